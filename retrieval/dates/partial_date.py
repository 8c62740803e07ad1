"""Dates as far as they are known: a day, a month, a year, or a stretch of days such as a week; perhaps without the year."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Self

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_LEAP_YEAR = 2000
"""Stands for the year of a date that has none: it has all the days that any year has."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which some parts may be unknown: "February 3" has no year, "October 2023" no day, "2019" neither month nor day.

    With `until`, it is the stretch of days from that date's first day to `until`: a week, a decade, "3 to 5 May".
    `clock` is the time of day where one is told, in the local time of whoever told it. Without a year there is a month.
    Raises ValueError for a day that no calendar has.
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    until: date | None = None
    clock: time | None = None

    def __post_init__(self) -> None:
        if self.month is None and (self.year is None or self.day is not None):
            raise ValueError(f"a date needs a year or a month, and a month where it has a day, got {self.year}, {self.month}, {self.day}")
        first = date(self.year or _LEAP_YEAR, self.month or 1, self.day or 1)
        if self.until is not None and (self.year is None or self.until < first):
            raise ValueError(f"until must not be before {first} and needs a year, got {self.until}")

    @classmethod
    def on(cls, day: date) -> Self:
        """Return the date that is all of `day`."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def between(cls, first: date, last: date) -> Self:
        """Return the stretch from `first` to `last`, both included. Raises ValueError where `last` is earlier."""
        return cls(first.year, first.month, first.day, until=last)

    @classmethod
    def week_of(cls, day: date) -> Self:
        """Return the week, Monday to Sunday, that `day` is in. Raises OverflowError at the ends of the calendar."""
        monday = day - timedelta(days=day.weekday())
        return cls.between(monday, monday + timedelta(days=6))

    @property
    def first(self) -> date | None:
        """The first day that it may be; None without a year."""
        return date(self.year, self.month or 1, self.day or 1) if self.year else None

    @property
    def last(self) -> date | None:
        """The last day that it may be; None without a year."""
        if self.year is None or self.until:
            return self.until
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def is_day(self) -> bool:
        """Whether it is one day of a known year."""
        return self.first is not None and self.first == self.last

    def __str__(self) -> str:
        """Return it as ISO 8601: `2025-02-04`, `2025-02`, `2025`, `2025-02-03/2025-02-09`, `2025-02-04T18:40`; `--02-03` without a year."""
        if self.until:
            return f"{self.first}/{self.until}"
        parts = [f"{self.year:04d}" if self.year else "-"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts) + (f"T{self.clock:%H:%M}" if self.clock else "")

    def fits(self, other: "PartialDate") -> bool:
        """Whether the two may well mean the same: equal, or one within the other ("next week" and "4 February").

        Two times of day must be equal; one on the hour fits any in that hour.
        """
        return _clocks_fit(self.clock, other.clock) and any(
            _is_within(one, two) or _is_within(two, one) for one, two in _pairs(self, other)
        )

    def contradicts(self, other: "PartialDate") -> bool:
        """Whether the two have no day in common; times of day, often told in different zones, do not count."""
        return not any(one[0] <= two[1] and two[0] <= one[1] for one, two in _pairs(self, other))


_Stretch = tuple[date, date]


def _pairs(one: PartialDate, other: PartialDate) -> list[tuple[_Stretch, _Stretch]]:
    """Return the stretches that the two may mean; a date without a year gets each year that the other one touches."""
    if one.first is None and other.first is None:
        years = {_LEAP_YEAR}
    else:
        years = {day.year for known in (one, other) for day in (known.first, known.last) if day}
    return [(mine, theirs) for mine in _stretches(one, years) for theirs in _stretches(other, years)]


def _stretches(known: PartialDate, years: set[int]) -> list[_Stretch]:
    found = []
    for year in years if known.year is None else {known.year}:
        try:
            dated = replace(known, year=year)
        except ValueError:  # 29 February
            continue
        if dated.first and dated.last:
            found.append((dated.first, dated.last))
    return found


def _is_within(inner: _Stretch, outer: _Stretch) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _clocks_fit(one: time | None, other: time | None) -> bool:
    if one is None or other is None or one == other:
        return True
    return one.hour == other.hour and 0 in {one.minute, other.minute}
