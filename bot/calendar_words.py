"""Dates as a card's small print tells them: in full, and how far they are from today."""

import re
from datetime import date

from bot import messages
from retrieval.dates.partial_date import PartialDate

_WEEKS_FROM = 14
_MONTHS_FROM = 62
"""Days from which a distance is told in the next larger unit: two months have 62 at most."""
_YEARS_FROM = 24
"""Months from which a distance is told in years."""


def in_full(known: PartialDate) -> str:
    """Return "Tuesday 4 February 2025", "3 to 9 February 2025", "February 2025" or "2025"; an empty string without a year."""
    if known.first is None or known.last is None:
        return ""
    if known.is_day:
        return f"{known.first:%A} {_day_month(known.first)} {known.first.year}"
    if known.until is None:
        return f"{known.first:%B} {known.year}" if known.month else str(known.year)
    return _stretch(known.first, known.last)


def _day_month(day: date) -> str:
    return f"{day.day} {day:%B}"


def _stretch(first: date, last: date) -> str:
    if _is_years(PartialDate.between(first, last)):
        return f"{first.year} to {last.year}"
    if first.year != last.year:
        return f"{_day_month(first)} {first.year} to {_day_month(last)} {last.year}"
    beginning = str(first.day) if first.month == last.month else _day_month(first)
    return f"{beginning} to {_day_month(last)} {last.year}"


def _is_years(known: PartialDate) -> bool:
    """Whether it is a stretch of whole years."""
    first, last = known.first, known.last
    return first is not None and last is not None and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def adds_to(known: PartialDate, said: str) -> bool:
    """Whether telling a date in full adds to what was `said`: a weekday, a month or a year that is not in it.

    To "the 1990s" and "16th century", their years add nothing.
    """
    if known.until and _is_years(known) and re.search(r"\d", said):
        return False
    words = {"to", *re.findall(r"\w+", said.casefold())}
    return any(word not in words for word in re.findall(r"\w+", in_full(known).casefold()))


def is_worth_telling(known: PartialDate, said: str) -> bool:
    """Whether an answer that `said` a date is better understood with the date in full: every day is, and what that adds to."""
    return known.is_day or adds_to(known, said)


def from_today(known: PartialDate, today: date) -> str:
    """Return "in 6 days", "3 weeks ago", "next month", "today"; an empty string without a year, and within a longer stretch."""
    if known.first is None or known.last is None:
        return ""
    if known.until is None and known.month is None:
        return _told(known.first.year - today.year, "year")
    if known.until is None and known.day is None:
        return _months(12 * (known.first.year - today.year) + known.first.month - today.month)
    if known.first <= today <= known.last:
        return "today" if known.is_day else ""
    return _from_day(known.first if known.first > today else known.last, today)


def _from_day(day: date, today: date) -> str:
    days = (day - today).days
    distance = abs(days)
    if distance < _WEEKS_FROM:
        return {-1: "yesterday", 1: "tomorrow"}.get(days) or _counted(days, distance, "day")
    if distance < _MONTHS_FROM:
        return _counted(days, round(distance / 7), "week")
    return _months(_whole_months(min(day, today), max(day, today)) * (1 if days > 0 else -1))


def _whole_months(first: date, last: date) -> int:
    """Return how many months lie between two days: from 10 February to 10 May, three; to the 9th, two."""
    return 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)


def _months(months: int) -> str:
    return _told(months, "month") if abs(months) < _YEARS_FROM else _counted(months, abs(months) // 12, "year")


def _told(distance: int, unit: str) -> str:
    near = {-1: f"last {unit}", 0: f"this {unit}", 1: f"next {unit}"}
    return near.get(distance) or _counted(distance, abs(distance), unit)


def _counted(direction: int, count: int, unit: str) -> str:
    distance = messages.counted(count, unit)
    return f"in {distance}" if direction > 0 else f"{distance} ago"
