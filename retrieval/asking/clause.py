"""A question taken apart into what is asked, its auxiliary, its subject and the rest, without a grammar: enough to ask it anew."""

import re
from dataclasses import dataclass
from typing import Self

from retrieval.asking.verbs import is_participle, is_past

DO = frozenset("do does did don't doesn't didn't".split())
BE = frozenset("is are am was were isn't aren't wasn't weren't".split())
OTHER_AUXILIARIES = frozenset(
    "has have had can could will would shall should may might must hasn't haven't hadn't can't couldn't won't wouldn't shouldn't".split()
)
AUXILIARIES = DO | BE | OTHER_AUXILIARIES
DETERMINERS = frozenset("the a an this that these those my your his her its our their all both each every some any no another".split())
PREPOSITIONS = frozenset(
    "about above across after against along among around as at before behind below beside besides between beyond by despite down during "
    "except for from in inside into near off on onto out outside over per since through to toward towards under until up upon via with "
    "within without".split()
)
_STATES = frozenset(
    "able afraid alive available aware back better closed complete dead due final free full happy known likely necessary new old open over "
    "possible ready real responsible right safe sure true valid worse worth wrong".split()
)
_JOINING = frozenset("and of de la van von der bin al &".split())
_OF_PLACE = frozenset("at in near since during until".split())
_ADVERBS = frozenset("again already also currently ever exactly finally just later now officially once only soon still then".split())

_INTRANSITIVE = frozenset(
    "apply arrive be begin close continue cost end expire finish happen last open reopen resume return rise start stop take work".split()
)
"""Verbs that end a question; what stands before them is the subject: "the talks on the second phase | begin"."""
_STAYING = frozenset("be been become remain stay".split())

_NO_NOUN = "|".join(sorted(PREPOSITIONS | AUXILIARIES))
_AROUND = re.compile(rf"\b(?:in|at|near|during) (?P<where>(?:the|an?|this|that)(?: (?!(?:{_NO_NOUN})\b)[^\s,]+)+)", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:morning|afternoon|evening|night|hour|day|week|weekend|month|season|year|decade|century|end|moment|past|future)s?$", re.IGNORECASE
)

_MEASURE = r"how (?:many|much|long|often|old|far|big|large|high|tall|deep|fast|wide|heavy|soon)"
ASKING = rf"(?:{_MEASURE}|(?:at )?what time|when|where|why|how|who|whom|whose|what|which)"
_LEAD = re.compile(
    rf"^(?:(?P<preposition>at|in|on|by|from|for|since|until|to|with|under|of|about|against) )?"
    rf"(?P<asking>{ASKING}(?: (?:and|or|&) {ASKING})?)\b",
    re.IGNORECASE,
)
_TAKES_NOUN = re.compile(r"how (?:many|much)|what|which|whose", re.IGNORECASE)
_ARGUMENT = re.compile(r"how (?:many|much)|what|which|whose|who|whom", re.IGNORECASE)
_WORD = re.compile(r"(?:[^\W\d_]\.)+|St\.|[^\s,;?!]+|,")
MAX_NOUN = 8
"""Words between "which" and its verb."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A question in its parts: "when", "will", "the bridge", "reopen in May".

    `noun` is what "which" or "how many" goes with. `subject` is empty where it is what is asked for ("who resigned"), and
    `auxiliary` where there is none; `asked` is empty for a question that wants yes or no. `is_topic`: no question, a bare phrase.
    """

    asked: str
    noun: str
    auxiliary: str
    subject: str
    rest: str
    is_topic: bool = False

    @classmethod
    def parse(cls, question: str) -> Self:
        """Take apart a question that is said in full, on one line."""
        text = question.strip(" ?!.")
        lead = _LEAD.match(text)
        words = _WORD.findall(text[lead.end() :] if lead else text)
        if lead is None:
            if words and words[0].casefold() in AUXILIARIES:
                return cls._with_subject("", "", words[0].casefold(), words[1:])
            return cls("", "", "", text, "", is_topic=True)
        noun = _noun_length(words) if _TAKES_NOUN.fullmatch(lead["asking"]) else _adverbs(words)
        asked, nouns, words = " ".join([lead[0], *words[:noun]]), words[:noun], words[noun:]
        auxiliary, words = (words[0], words[1:]) if words and words[0].casefold() in AUXILIARIES else ("", words)
        asks_argument = _ARGUMENT.fullmatch(lead["asking"]) is not None and not lead["preposition"]
        if not auxiliary or (asks_argument and _asks_for_subject(auxiliary, words)):
            return cls(asked, " ".join(nouns), auxiliary, "", " ".join(words))
        return cls._with_subject(asked, " ".join(nouns), auxiliary, words)

    @classmethod
    def _with_subject(cls, asked: str, noun: str, auxiliary: str, words: list[str]) -> Self:
        length = _subject_length(words, takes_verb=auxiliary.casefold() not in BE)
        return cls(asked, noun, auxiliary, " ".join(words[:length]), " ".join(words[length:]).replace(" ,", ","))

    @property
    def is_passive(self) -> bool:
        """Whether it tells what is done to its subject: "was | the bridge | closed"."""
        first = self.rest.split(" ", 1)[0]
        return self.auxiliary.casefold() in BE and is_participle(first) and not first.endswith("ing")

    @property
    def places(self) -> list[str]:
        """What it was in or near: "the attack" of "killed in the attack"; names and times ("in Gaza", "in the night") are none."""
        return [match["where"] for match in _AROUND.finditer(self.rest) if not _TIME.search(match["where"])]

    @property
    def objects(self) -> list[str]:
        """The noun phrases of the rest, in their order, without their prepositions; places and times ("in Gaza") are none."""
        found: list[list[str]] = []
        grows, may_start, is_place = False, False, False
        for word in _WORD.findall(self.rest):
            folded = word.casefold()
            if folded in PREPOSITIONS or folded in AUXILIARIES or word == "," or folded in _ADVERBS:
                grows, may_start, is_place = False, folded in PREPOSITIONS, folded in _OF_PLACE
            elif is_place:
                continue
            elif grows and not (folded in DETERMINERS and found[-1][-1].casefold() not in _JOINING):
                found[-1].append(word)
            elif may_start or folded in DETERMINERS or word[0].isupper():
                found.append([word])
                grows, may_start = True, False
        return [" ".join(words) for words in found]


def _adverbs(words: list[str]) -> int:
    return 1 if words and words[0].casefold() in {"else", "exactly", "precisely"} else 0


def _noun_length(words: list[str]) -> int:
    """Return how many of the first words belong to "which" or "how many": up to the verb."""
    for place, word in enumerate(words[:MAX_NOUN]):
        if word.casefold() in AUXILIARIES or (place > 0 and (is_past(word) or word.casefold() in PREPOSITIONS)):
            return place
    return min(len(words), 1) if words and words[0].casefold() not in AUXILIARIES else 0


def _asks_for_subject(auxiliary: str, words: list[str]) -> bool:
    """Whether a verb follows the auxiliary of "who" or "which" at once: "who was arrested", not "who is the mayor"."""
    if not words or auxiliary.casefold() in DO:
        return False
    first = words[0]
    if first.casefold() in DETERMINERS or first[0].isupper():
        return False
    return is_participle(first) if auxiliary.casefold() in BE else len(words) == 1 or not is_participle(words[1])


def _subject_length(words: list[str], *, takes_verb: bool) -> int:
    """Return how many of `words` make up the subject; the verb of "does the bridge reopen" does not belong to it."""
    staying = next((place for place, word in enumerate(words) if place > 0 and word.casefold() in _STAYING), None)
    if staying is not None:
        return staying
    if takes_verb and len(words) > 2 and words[-1].casefold() in _INTRANSITIVE and words[0].casefold() in DETERMINERS:
        return len(words) - 1
    start = 1 if words and words[0].casefold() in DETERMINERS else 0
    run = _before_a_name(words, start, _first_run(words))
    if run <= 1:
        return run
    is_verb = words[run - 1][0].islower() if takes_verb else _is_state(words[run - 1]) and run > start + 1
    return run - 1 if is_verb else run


def _is_state(word: str) -> bool:
    return is_participle(word) or word.casefold() in _STATES


def _first_run(words: list[str]) -> int:
    """Return how many words come before the first preposition, adverb or further determiner."""
    for place, word in enumerate(words):
        folded = word.casefold()
        starts_anew = folded in DETERMINERS and place > 0 and words[place - 1].casefold() not in _JOINING
        if folded in PREPOSITIONS or folded in _ADVERBS or word == "," or starts_anew:
            return place
    return len(words)


def _before_a_name(words: list[str], start: int, run: int) -> int:
    """Return where a subject that is a name ends at the latest: before the next name, as in "Netanyahu meet Trump"."""
    named = start
    while named < run and (words[named][0].isupper() or (named > start and words[named].casefold() in _JOINING)):
        named += 1
    if named == start:
        return run
    return next((place for place in range(named, run) if words[place][0].isupper()), run)
