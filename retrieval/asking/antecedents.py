"""What "he", "it" and "they" mean: the person or the thing that was talked about just before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from retrieval.asking.clause import Clause
from retrieval.question import Kind

MAX_ANSWER_WORDS = 8
"""A longer answer names nothing that "it" could mean."""


class Sort(Enum):
    """What a pronoun asks for."""

    PERSON = "person"
    THING = "thing"
    SEVERAL = "several"


SORTS = {
    Sort.PERSON: "he him his she her hers himself herself".split(),
    Sort.THING: "it its itself this that".split(),
    Sort.SEVERAL: "they them their theirs themselves".split(),
}
SORT_OF = {pronoun: sort for sort, pronouns in SORTS.items() for pronoun in pronouns}

_TITLES = (
    "president|minister|secretary|mayor|governor|senator|sen|rep|judge|captain|capt|det|sgt|dr|mr|mrs|ms|sir|lady|lord|king|queen|prince|"
    "princess|pope|general|gen|colonel|chancellor|premier|chairman|chairwoman|director|envoy|leader|member|coach"
)
_SAYS = "said|says|added|told|wrote|argued|promised|asked|answered|explained|warned|announced|called"
_NAME_WORD = r"[^\W\d_a-z][\w’'.-]*"
_NAME = re.compile(rf"{_NAME_WORD}(?: (?:(?:bin|al|de|van|von|der|la) )?{_NAME_WORD})*")
_ORGANISATION = re.compile(
    r"\b(?:bridge|house|museum|group|fund|authority|council|works|ferries|mutual|security|materials|partners|street|island|river|hall|"
    r"ministry|party|university|college|school|office|bank|inc|corp|ltd|agency|department|news|times|wire|local|trust|company|"
    r"cooperative|league|union|court|press|tower|airport|station|church|hospital|states|city|county|lake|sea|mount|war|power)\b",
    re.IGNORECASE,
)
_PERSON_NOUN = re.compile(
    r"\b(?!(?:heist|(?:play|check|short)?list|twist|mist|fist|wrist)s?$)(?:\w+(?:man|woman|ician|ist)|mayor|director|president|minister|chief|guard|captain|engineer|manager|leader|owner|founder|officer|"
    r"teacher|worker|cleaner|restorer|judge|senator|secretary|envoy|reporter|author|coach|player|actor|actress|doctor|nurse|lawyer|driver|"
    r"girl|boy|baby|child|mother|father|wife|husband|brother|sister|son|daughter|king|queen|prince|princess|pope|suspect|victim|winner|"
    r"singer|killer|candidate|inventor|collector|pilot|professor|trustee|person)s?$|\b(?:people|\w*men|\w*women|children)$",
    re.IGNORECASE,
)
_AGE = re.compile(r", (?:aged )?\d{1,3}(?=,|\b)")
_SINGULAR_IN_S = re.compile(r"(?:ss|us|is|news|series)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said before: the question taken apart, the `answer` to it (empty for none) and the `text` around that."""

    clause: Clause
    kind: Kind
    answer: str
    text: str

    def antecedent(self, pronoun: str, *, as_subject: bool) -> str | None:
        """Return what `pronoun` stands for, None where nothing fits. The role in the new question prefers the same role in the old one."""
        sort = SORT_OF[pronoun.casefold()]
        subjects, objects = self._subjects(), self.clause.objects
        if sort is Sort.PERSON:
            return self._person([*subjects, *objects])
        ordered = [*subjects, *objects] if as_subject else [*objects, *subjects]
        if sort is Sort.SEVERAL:
            return self._several(ordered)
        things = [phrase for phrase in [*ordered, *self._answers()] if not self._is_person(phrase, at_least=1)]
        single = (phrase for phrase in things if not is_plural(phrase))
        return next((definite(phrase) for phrase in (*single, *things) if " and " not in phrase), None)

    def _answers(self) -> list[str]:
        """Return the answer as a noun phrase, where it is one."""
        named = tidy(self.answer)
        is_phrase = self.kind in {Kind.WHO, Kind.WHAT} and 0 < len(named.split()) <= MAX_ANSWER_WORDS and named[:1] not in "“\"'"
        return [named] if is_phrase else []

    def _subjects(self) -> list[str]:
        """Return what the old question was about, what it asked for included where that is its subject."""
        clause = self.clause
        if clause.subject:
            return [clause.subject]
        return self._answers() or ([f"the {clause.noun}"] if clause.noun else [])

    def _person(self, phrases: Sequence[str]) -> str | None:
        named = [phrase for phrase in self._answers() if is_name(phrase) and self._is_person(phrase)]
        if named and not is_plural(named[0]):
            return _whole(named[0], self.text)
        for phrase in phrases:
            possessor = re.split(r"['’]s? ", phrase)[0]
            for candidate in dict.fromkeys([phrase, possessor]):
                if self._is_person(candidate) and not is_plural(candidate):
                    return _whole(definite(candidate), self.text)
        return next((name for name in names_in(self.text) if self._evidence(name) > 1), None)

    def _several(self, phrases: Sequence[str]) -> str | None:
        for phrase in [*self._answers(), *phrases]:
            if is_plural(phrase):
                return definite(phrase)
        persons = [phrase for phrase in phrases if is_name(phrase) and self._is_person(phrase)]
        if len(persons) > 1:
            return " and ".join(persons[:2])
        bodies = [
            phrase for phrase in [*self._answers(), *phrases] if not self._is_person(phrase) and (is_name(phrase) or _is_body(phrase))
        ]
        return definite(bodies[0]) if bodies else None

    def _is_person(self, phrase: str, *, at_least: int = 0) -> bool:
        """Whether a phrase names persons: by its noun ("the mayor") or, for a name, by how the text uses it: with 0, in doubt too."""
        if _ORGANISATION.search(phrase):
            return False
        if not is_name(phrase):
            return phrase[:1].islower() and _PERSON_NOUN.search(re.split(r" of ", phrase)[0]) is not None
        return self._evidence(phrase) >= at_least

    def _evidence(self, name: str) -> int:
        """Return how much speaks for `name` being a person's; negative for a place or a body."""
        last = re.escape(name.split()[-1])
        signs = [
            (2, rf"\b(?i:{_TITLES})\.?,? (?:{_NAME_WORD} )*{last}\b"),
            (2, rf"\b{last}(?: {_NAME_WORD})*,? (?:{_SAYS})\b|\b(?:{_SAYS}) (?:{_NAME_WORD} )*{last}\b"),
            (2, rf"\b{last}, (?:\d{{1,3}},|who\b|an? )"),
            (1, rf"\b{_NAME_WORD} {last}\b" if " " not in name else r"(?!)"),
            (-3, rf"\b(?:in|at|near|across|throughout) (?:{_NAME_WORD} )*{last}\b"),
            (-2, rf"\b(?:the|The) (?:{_NAME_WORD} )*{last}\b"),
            (-1, rf"\bbetween {last}\b|\b{last} and [A-Z]\w+ (?:talks|war)\b"),
        ]
        return sum(weight for weight, pattern in signs if re.search(pattern, self.text)) + (1 if " " in name else 0)


def names_in(text: str) -> list[str]:
    """Return the names of two words or more in `text`, in their order."""
    return [found[0] for found in _NAME.finditer(text) if " " in found[0]]


def tidy(phrase: str) -> str:
    """Return an answer without what is told about it in passing: ages, and what follows a comma: "Ines Dahlberg, a chemist"."""
    phrase = _AGE.sub("", phrase).replace(", and ", " and ")
    several = " and " in phrase
    return (phrase if several else phrase.split(", ")[0]).strip(" ,.")


def definite(phrase: str) -> str:
    """Return "the astrolabe" for "an astrolabe"; anything else as it is."""
    return re.sub(r"^(?:an?|another) ", "the ", phrase, flags=re.IGNORECASE)


def is_name(phrase: str) -> bool:
    """Whether every word has a capital, as in "Ben Gvir"; "the White House" is no name of a person."""
    return _NAME.fullmatch(phrase) is not None


def genitive(noun: str) -> str:
    """Return what makes a noun an owner: “'s”, or “'” after a plural."""
    return "'" if noun.endswith("s") and not is_name(noun) else "'s"


def is_plural(phrase: str) -> bool:
    """Whether "they" rather than "it" stands for `phrase`."""
    if re.search(r"\band\b|&", phrase):
        return " and " in phrase
    if is_name(phrase):
        return False
    head = re.split(r" (?:of|in|on|for|to|from|with|at) ", phrase)[0].split()[-1]
    return re.fullmatch(r"people|men|women|children|police", head, re.IGNORECASE) is not None or (
        head.endswith("s") and not _SINGULAR_IN_S.search(head) and not head.endswith(("'s", "’s"))
    )


def _is_body(phrase: str) -> bool:
    return (
        re.search(r"\b(?:company|firm|council|team|government|party|board|court|committee|family|group|police|crew|club)$", phrase)
        is not None
    )


def _whole(phrase: str, text: str) -> str:
    """Return a person's name with the given name that `text` has, and without a title that is only half there."""
    if not is_name(phrase) or " " in phrase:
        return phrase
    given = re.findall(rf"\b({_NAME_WORD}) {re.escape(phrase)}\b", text)
    fitting = {name for name in given if not re.fullmatch(_TITLES, name.strip(".").casefold())}
    return f"{fitting.pop()} {phrase}" if len(fitting) == 1 else phrase


def in_capitals(question: str, text: str) -> str:
    """Return `question` with the names that `text` has written with their capitals, as far as `text` never has them without.

    A single word with an article, such as "the bridge", is no name.
    """
    capital = set(re.findall(r"(?<=[a-z,;’'“] )[^\W\d_a-z][\w-]+|(?<=[^\W\d_a-z] )[^\W\d_a-z][\w-]+", text))
    small = set(re.findall(r"\b[a-z][\w-]+", text))
    spelling = {word.casefold(): word for word in capital if word.casefold() not in small}
    words: list[str] = re.split(r"(\w[\w-]*)", question)
    written = [spelling.get(word, word) for word in words]
    for place in range(3, len(words) - 1, 2):
        goes_on = place + 2 < len(words) and written[place + 2] != words[place + 2]
        if words[place - 2].casefold() in {"the", "a", "an", "this"} and not goes_on:
            written[place] = words[place]
    return "".join(written)
