"""What an answer means: spans of different spelling brought to one normal form, so that they can be compared."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from corpus.article import Published
from retrieval.dates.partial_date import PartialDate
from retrieval.dates.temporal import first_date
from retrieval.names import spelt_alike
from retrieval.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Words:
    """The words that carry the meaning, in lower case, without articles, titles, punctuation and possessives."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        """Return the words with blanks between."""
        return " ".join(self.words)

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the words of `text`; all of them where none carries meaning ("the")."""
        return cls(tuple(_content(text)) or tuple(_split(text)))

    def fits(self, other: "Words") -> bool:
        """Whether one says all that the other says: "Witkoff" and "Steve Witkoff", "B. Netanyahu" and "Benjamin Netanyahu".

        Spellings of a last name, and hyphens, make no difference: "Zelensky" and "Zelenskyy", "Kim Jong-un" and "Kim Jong Un".
        """
        shorter, longer = sorted((self._parts, other._parts), key=lambda words: len(set(words)))
        more = set(longer) - set(shorter)
        return bool(shorter) and not more & _NEGATIONS and (set(shorter) <= set(longer) or _is_one_person(shorter, longer))

    @property
    def last(self) -> str:
        """The last word, which is a person's last name: "assad" of "Bashar al-Assad"."""
        return self._parts[-1]

    @property
    def _parts(self) -> list[str]:
        return [part for word in self.words for part in word.split("-")]


_NOISE = frozenset(
    "a an the on in at to of by for from mr mrs ms dr sir president prime minister former his her its their about around some governor gov "
    "rep sen senator chancellor jr sr".split()
)
_NEGATIONS = frozenset("no not none neither never nobody without non".split())
_SHARED_LETTERS = 3
"""Letters that short forms of given names share: Bernie and Bernard."""


def _is_one_person(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether two full names end alike and their given names agree, be it in an initial or a short form."""
    if len(shorter) < 2 or not spelt_alike(shorter[-1], longer[-1]):
        return False
    return all(any(_is_one_given_name(mine, theirs) for theirs in longer[:-1]) for mine in shorter[:-1])


def _is_one_given_name(one: str, other: str) -> bool:
    letters = min(len(one), len(other), _SHARED_LETTERS)
    return one[:letters] == other[:letters] and letters in {1, _SHARED_LETTERS}


Value = PartialDate | Quantity | Words


def value_of(text: str, published: Published | None, *, before: str = "", after: str = "", is_time: bool = False) -> Value:
    """Return what a span means.

    `published` is its article's date, `before` and `after` the rest of its sentence: relative dates need them. `is_time` says that
    a time is asked for: a date in the span is its meaning then. Elsewhere a quantity in front of it, or more than a few words beside
    it, weigh more.
    """
    mention = first_date(text, published, before=before, after=after, is_time=is_time)
    if mention is None:
        return Quantity.parse(text) or Words.of(text)
    if is_time:
        return mention.date
    quantity = Quantity.parse(text[: mention.start])
    beside = _content(f"{text[: mention.start]} {text[mention.end :]}")
    return quantity or (mention.date if len(beside) <= _BESIDE_WORDS else Words.of(text))


_BESIDE_WORDS = 2
"""Words that may stand beside a date that is the whole meaning ("early on", "evening")."""


class Match(StrEnum):
    """What two values say of each other."""

    SAME = "same"
    """They say the same."""
    COMPATIBLE = "compatible"
    """Both can be true: one is more precise, or rounded."""
    EXCLUSIVE = "exclusive"
    """Not both can be true of one thing."""
    OPEN = "open"
    """The values alone do not tell."""


def matched(one: Value, other: Value) -> Match:
    """Return what two answers to one question say of each other."""
    match one, other:
        case (PartialDate(), PartialDate()) if one == other:
            return Match.SAME
        case (PartialDate(), PartialDate()) if one.fits(other):
            return Match.COMPATIBLE
        case (PartialDate(), PartialDate()):
            return Match.EXCLUSIVE if one.contradicts(other) else Match.OPEN
        case (Quantity(), Quantity()) if one.equals(other):
            return Match.SAME
        case (Quantity(), Quantity()) if one.overlaps(other):
            return Match.COMPATIBLE
        case (Quantity(), Quantity()):
            return Match.EXCLUSIVE if one.measures_like(other) and not one.may_overlap(other) else Match.OPEN
        case (Words(), Words()) if one.fits(other):
            return Match.SAME
    return Match.OPEN


def same(one: Value, other: Value) -> bool:
    """Whether two answers to one question say the same, one perhaps more precisely."""
    return matched(one, other) in {Match.SAME, Match.COMPATIBLE}


def _content(text: str) -> list[str]:
    """Return the words of `text` that carry meaning."""
    return [word for word in _split(text) if word not in _NOISE]


def _split(text: str) -> list[str]:
    """Return the words of `text` in lower case, without accents and possessives."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    folded = re.sub(r"['’]s\b", "", "".join(letter for letter in plain if not unicodedata.combining(letter))).replace("’", "'")
    return re.findall(r"[^\W_]+(?:[.'&-][^\W_]+)*", folded)
