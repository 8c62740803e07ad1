"""What is planned, as it can be compared: whether two sentences speak of one event, or of two of a kind."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from retrieval.names import names_in
from retrieval.summaries.happenings import Happening
from retrieval.summaries.overlap import telling_words

CONTEXT_NAMES = 2
"""Names that two sentences with what stands around them share at least where the thing by itself is not told more closely."""

_REPEATED = frozenset(
    "ballot ceremony concert conference debate election event flight game hearing launch march match meeting performance protest rally "
    "round sentencing session show strike summit talk test tournament trial vote visit".split()
)
"""Things of which a story often has several: what they are about must be told."""
_BY_PEOPLE = frozenset({"meet", "vote"})
_BY_PLACE = frozenset({"go on sale", "launch", "open"})
"""What happens in each place on a day of its own."""
_INDEFINITE = frozenset("a an another some any every each no".split())


@dataclass(frozen=True, slots=True)
class Planned:
    """Something planned: `what` happens (one of a few verbs) to the noun `head`. Everything is in lower case, without plurals' endings.

    `modifiers` stand in front of the noun, `words` and `names` go with it, `places` are the names behind the verb. `numbers` say which of
    several it is: ("phase", 2). `around` are the names of the sentence, of the one before and of the title.
    """

    what: str
    head: str
    modifiers: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    numbers: frozenset[tuple[str, int]]
    around: frozenset[str]
    is_definite: bool

    @classmethod
    def of(cls, happening: Happening, *, before: str, around: str) -> Self:
        """Return what a happening is about; `before` is the sentence before its own, and `around` all that is told around it."""
        thing, head = happening.thing, stem(happening.thing.head)
        rest = {stem(word) for word in telling_words(" ".join(word for word in thing.rest if not word[0].isupper()))}
        return cls(
            what=happening.what,
            head=head,
            modifiers=frozenset(stem(word) for word in thing.modifiers if not word[0].isupper()),
            words=frozenset(word for word in rest - _SMALL if word.isalpha()),
            names=frozenset(name for name in _names((*thing.modifiers, *thing.rest)) if stem(name) != head),
            places=frozenset(_names(happening.behind)),
            numbers=_numbers(happening.said, before),
            around=frozenset(names_in(around)),
            is_definite=thing.determiner not in _INDEFINITE,
        )

    def is_the_same_as(self, other: "Planned") -> bool:
        """Whether it is certain that both are one event: nothing tells them apart, and enough shows that they are one."""
        if (self.what, self.head, self.modifiers, self.numbers) != (other.what, other.head, other.modifiers, other.numbers):
            return False
        is_elsewhere = self.what in _BY_PLACE and self.places != other.places
        is_other = bool(self.words and other.words) and not self.words & other.words
        return not is_elsewhere and not is_other and self._names_agree_with(other) and self._is_told_like(other)

    def _names_agree_with(self, other: "Planned") -> bool:
        """Whether one has no name but those of the other: "in Doha" and "in Cairo" are two."""
        return self.names <= other.names or other.names <= self.names

    def _is_told_like(self, other: "Planned") -> bool:
        if not (self.what in _BY_PEOPLE or self.head in _REPEATED):
            is_told = bool(self.numbers or self.names & other.names or self.words & other.words)
            return is_told or len(self.around & other.around) >= CONTEXT_NAMES
        is_named = self.names == other.names and (bool(self.names) or (bool(self.words) and self.words == other.words))
        return self.is_definite and other.is_definite and (bool(self.numbers) or is_named)


_SMALL = frozenset("side day week month year first second third fourth fifth sixth two three four five between surrounding".split())
_ALIKE = {"negotiation": "talk", "discussion": "talk", "truce": "ceasefire", "cease-fire": "ceasefire", "trek": "tour", "jaunt": "tour"}


def stem(word: str) -> str:
    """Return a noun in lower case, without a possessive or a plural's ending, and one of several that mean the same."""
    folded = re.sub(r"['’]s?$", "", word.casefold())
    single = re.sub(r"(?<=\w{3})(?<!s)s$", "", folded)
    return _ALIKE.get(single, single)


_ABBREVIATION = re.compile(r"(?:[A-Z]\.?){2,}")


def _names(words: Iterable[str]) -> set[str]:
    """Return the names among `words`, abbreviations such as U.S. too."""
    said = tuple(words)
    return names_in(" ".join(said)) | {word.replace(".", "").casefold() for word in said if _ABBREVIATION.fullmatch(word)}


_ORDINALS = dict(zip("first second third fourth fifth sixth seventh eighth ninth tenth".split(), range(1, 11), strict=True))
_CARDINALS = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))
_COUNTED = "phase|round|stage|part|leg|season|step|series|session|volume|chapter|test|game|match"
_NUMBER = re.compile(
    rf"\b(?:(?P<ordinal>{'|'.join(_ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th))[ -](?P<noun>[a-z]+)|"
    rf"(?P<kind>{_COUNTED}) (?P<count>{'|'.join(_CARDINALS)}|\d{{1,2}}))\b",
    re.IGNORECASE,
)
_POINTING = re.compile(r"\b(?:that|this) ([a-z]+)", re.IGNORECASE)


def _numbers(said: str, before: str) -> frozenset[tuple[str, int]]:
    """Return which of several things is meant; "that phase" is the one of the sentence before."""
    pointed = {stem(match[1]) for match in _POINTING.finditer(said)}
    return frozenset(_numbered(said)) | {number for number in _numbered(before) if number[0] in pointed}


def _numbered(text: str) -> Iterator[tuple[str, int]]:
    for match in _NUMBER.finditer(text):
        written = (match["ordinal"] or match["count"]).casefold()
        number = _ORDINALS.get(written) or _CARDINALS.get(written) or int(re.sub(r"\D", "", written))
        yield stem(match["noun"] or match["kind"]), number
