"""What an answer means: spans of different spelling brought to one normal form, so that they can be compared."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.article import Precision, Published


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
class Quantity:
    """A number with its unit in the singular; the unit is empty where none is named."""

    number: float
    unit: str

    def __str__(self) -> str:
        """Return it like `15 month` or `4200000 $`."""
        return f"{self.number:.12g} {self.unit}".strip()

    def fits(self, other: "Quantity") -> bool:
        """Whether the two are the same number, of the same thing where both say of what."""
        return self.number == other.number and (not self.unit or not other.unit or self.unit == other.unit)


@dataclass(frozen=True, slots=True)
class Words:
    """The words that carry the meaning, in lower case, without articles, titles, punctuation and possessives."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        """Return the words with blanks between."""
        return " ".join(self.words)

    def fits(self, other: "Words") -> bool:
        """Whether one says all that the other says: "Witkoff" and "Steve Witkoff"."""
        shorter, longer = sorted((set(self.words), set(other.words)), key=len)
        return bool(shorter) and shorter <= longer


Value = PartialDate | Quantity | Words


def value_of(text: str, published: Published | None) -> Value:
    """Return what a span means; `published` (of its article) supplies the year that newspapers leave out."""
    return _date_in(text, published) or _relative_date_in(text, published) or _quantity_in(text) or _words_of(text)


def same(one: Value, other: Value) -> bool:
    """Whether two answers to one question say the same."""
    match one, other:
        case (PartialDate(), PartialDate()):
            return one.fits(other)
        case (Quantity(), Quantity()):
            return one.fits(other)
        case (Words(), Words()):
            return one.fits(other)
    return False


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


_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SPELLED = {word: float(number) for number, word in enumerate(_NUMBER_WORDS)} | {word: float(number) for word, number in _TENS.items()}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9, "k": 1e3}
_QUANTITY = re.compile(
    r"(?P<currency>[$€£¥])?\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|bn|m|k)?\b[\s-]*(?P<unit>%|[^\W\d_]+)?",
    re.IGNORECASE,
)
_SPELLED_QUANTITY = re.compile(
    rf"\b(?P<number>(?:{'|'.join(_TENS)})[\s-](?:{'|'.join(_NUMBER_WORDS[1:10])})|{'|'.join(sorted(_SPELLED, key=len, reverse=True))})\b"
    r"[\s-]?(?P<scale>hundred|thousand|million|billion|trillion)?\b[\s-]*(?P<unit>[^\W\d_]+)?",
    re.IGNORECASE,
)


def _quantity_in(text: str) -> Quantity | None:
    """Return the quantity that `text` begins with, give or take a "more than"; None where it is about something else."""
    match = _QUANTITY.search(text) or _SPELLED_QUANTITY.search(text)
    if match is None or len(re.findall(r"\w+", text[: match.start()])) > _LEAD_WORDS:
        return None
    parts = match.groupdict()
    number = _spelled(parts["number"]) * _SCALES.get((parts["scale"] or "").casefold(), 1)
    unit = parts.get("currency") or _singular((parts["unit"] or "").casefold())
    return Quantity(number, "$" if unit in {"dollar", "usd"} else unit)


_LEAD_WORDS = 4
"""Words that may stand before the number ("about", "a total of some")."""


def _spelled(number: str) -> float:
    parts = re.split(r"[\s-]", number.casefold())
    return sum(_SPELLED[part] for part in parts) if parts[0] in _SPELLED else float(number.replace(",", ""))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


_NOISE = frozenset(
    "a an the on in at to of by for from mr mrs ms dr sir president prime minister former his her its their about around some".split()
)


def _words_of(text: str) -> Words:
    folded = re.sub(r"['’]s\b", "", text.casefold()).replace("’", "'")
    words = re.findall(r"[^\W_]+(?:[.'&-][^\W_]+)*", folded)
    return Words(tuple(word for word in words if word not in _NOISE) or tuple(words))
