"""What an answer means: spans of different spelling brought to one normal form, so that they can be compared."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from corpus.article import Precision, Published
from retrieval.quantities import Quantity


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which some parts may be unknown: "February 3" has no year."""

    year: int | None
    month: int
    day: int | None

    def __str__(self) -> str:
        """Return it like `2025-02-03`, with `--02-03` for an unknown year and `2025-02` for an unknown day."""
        year = f"{self.year:04d}" if self.year else "-"
        return f"{year}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")

    def fits(self, other: "PartialDate") -> bool:
        """Whether the two agree in every part that both know."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


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
        plain = unicodedata.normalize("NFKD", text.casefold())
        folded = re.sub(r"['’]s\b", "", "".join(letter for letter in plain if not unicodedata.combining(letter))).replace("’", "'")
        words = re.findall(r"[^\W_]+(?:[.'&-][^\W_]+)*", folded)
        return cls(tuple(word for word in words if word not in _NOISE) or tuple(words))

    def fits(self, other: "Words") -> bool:
        """Whether one says all that the other says: "Witkoff" and "Steve Witkoff", "B. Netanyahu" and "Benjamin Netanyahu"."""
        shorter, longer = sorted((self.words, other.words), key=lambda words: len(set(words)))
        more = set(longer) - set(shorter)
        return bool(shorter) and not more & _NEGATIONS and (set(shorter) <= set(longer) or _is_one_person(shorter, longer))


_NOISE = frozenset(
    "a an the on in at to of by for from mr mrs ms dr sir president prime minister former his her its their about around some governor gov "
    "rep sen senator chancellor jr sr".split()
)
_NEGATIONS = frozenset("no not none neither never nobody without non".split())
_SHARED_LETTERS = 3
"""Letters that short forms of given names share: Bernie and Bernard."""


def _is_one_person(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether two full names end alike and their given names agree, be it in an initial or a short form."""
    if len(shorter) < 2 or shorter[-1] != longer[-1]:
        return False
    return all(any(_is_one_given_name(mine, theirs) for theirs in longer[:-1]) for mine in shorter[:-1])


def _is_one_given_name(one: str, other: str) -> bool:
    letters = min(len(one), len(other), _SHARED_LETTERS)
    return one[:letters] == other[:letters] and letters in {1, _SHARED_LETTERS}


Value = PartialDate | Quantity | Words


def value_of(text: str, published: Published | None) -> Value:
    """Return what a span means; `published` (of its article) supplies the year that newspapers leave out."""
    return _date_in(text, published) or _relative_date_in(text, published) or Quantity.parse(text) or Words.of(text)


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
        case (PartialDate(), PartialDate()):
            return Match.COMPATIBLE if one.fits(other) else Match.EXCLUSIVE
        case (Quantity(), Quantity()) if one.equals(other):
            return Match.SAME
        case (Quantity(), Quantity()) if one.overlaps(other):
            return Match.COMPATIBLE
        case (Quantity(), Quantity()):
            return Match.EXCLUSIVE if one.measures_like(other) else Match.OPEN
        case (Words(), Words()) if one.fits(other):
            return Match.SAME
    return Match.OPEN


def same(one: Value, other: Value) -> bool:
    """Whether two answers to one question say the same, one perhaps more precisely."""
    return matched(one, other) in {Match.SAME, Match.COMPATIBLE}


MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})"
_DATES = [
    re.compile(rf"\b{_YEAR}-(?P<number>0[1-9]|1[0-2])-{_DAY}\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_DAY}\b(?:,?\s+{_YEAR}\b)?", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}\b)?", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+(?:of\s+)?{_YEAR}\b", re.IGNORECASE),
]
_MONTH_ALONE = re.compile(rf"\b(?P<month>{'|'.join(month.capitalize() for month in MONTHS)})\b(?! [a-z])")


def _date_in(text: str, published: Published | None) -> PartialDate | None:
    """Return the first date that `text` spells out, or None."""
    for pattern in (*_DATES, _MONTH_ALONE):  # "may" and "march" are other words in lower case
        match = pattern.search(text)
        if match:
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else _month(parts["month"])
            day = int(parts["day"]) if parts.get("day") else None
            year = int(parts["year"]) if parts.get("year") else _year(month, day, published)
            return PartialDate(year, month, day)
    return None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name.casefold()[:3]))


def _year(month: int, day: int | None, published: Published | None) -> int | None:
    """Return the year that puts month and day nearest to the publication; None where that is not known to the day."""
    if published is None or published.precision in {Precision.YEAR, Precision.MONTH}:
        return None
    base = published.moment.date()
    # The 28th stands for an unknown or leap day: only the year is wanted.
    nearest = min((date(base.year + shift, month, min(day or 15, 28)) for shift in (-1, 0, 1)), key=lambda day: abs(day - base))
    return nearest.year


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHIFTS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_NEXT_WEEK = re.compile(rf"\bnext (?P<day>{'|'.join(_WEEKDAYS)})\b|\b(?P<weekday>{'|'.join(_WEEKDAYS)}) (?:of )?next week\b", re.IGNORECASE)
_NEAR_DAY = re.compile(rf"\b(?P<day>{'|'.join(_SHIFTS)})\b", re.IGNORECASE)


def _relative_date_in(text: str, published: Published | None) -> PartialDate | None:
    """Return the day that "tomorrow" or "Tuesday of next week" names in an article of a known day, or None.

    "Next Friday" said on a Monday may mean two days, and gives None; said on a Saturday it means one.
    """
    if published is None or published.precision not in {Precision.DAY, Precision.MINUTE}:
        return None
    base = published.moment.date()
    if near := _NEAR_DAY.search(text):
        return _partial(base + timedelta(days=_SHIFTS[near["day"].casefold()]))
    if later := _NEXT_WEEK.search(text):
        number = _WEEKDAYS.index((later["day"] or later["weekday"]).casefold())
        is_clear = later["weekday"] is not None or number <= base.weekday()
        return _partial(base + timedelta(days=7 - base.weekday() + number)) if is_clear else None
    return None


def _partial(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
