"""The wall clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo

Clock = Callable[[], datetime]
"""Tells the moment that it is, with its zone."""


class Here(tzinfo):
    """The zone where this program runs, in summer and in winter; what `datetime.astimezone` gives is the offset of one moment only."""

    def utcoffset(self, moment: datetime | None, /) -> timedelta | None:
        """Return how far ahead of UTC the clocks here are at `moment`."""
        return None if moment is None else _local(moment).utcoffset()

    def dst(self, moment: datetime | None, /) -> timedelta | None:
        """Return None: how much of the offset is summer time is not known."""
        return None

    def tzname(self, moment: datetime | None, /) -> str | None:
        """Return what the zone is called at `moment`, such as CET."""
        return None if moment is None else _local(moment).tzname()

    def fromutc(self, moment: datetime, /) -> datetime:
        """Return `moment`, which tells UTC, as the clocks here show it: in an hour that comes twice, with its fold."""
        shown = moment.replace(tzinfo=UTC).astimezone()
        here = shown.replace(tzinfo=self)
        return here if here.utcoffset() == shown.utcoffset() else here.replace(fold=1)


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None).astimezone()


HERE = Here()


def today() -> date:
    """Return the day that it is where this program runs."""
    return now().date()


def now() -> datetime:
    """Return the moment that it is, in the zone where this program runs."""
    return clock_in(HERE)()


def utc_now() -> datetime:
    """Return the moment that it is, in UTC."""
    return datetime.now(UTC)


def clock_in(zone: tzinfo) -> Clock:
    """Return the clock of a zone."""
    return lambda: datetime.now(zone)
