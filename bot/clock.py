"""The wall clock."""

from datetime import date, datetime


def today() -> date:
    """Return the day that it is where this program runs."""
    return datetime.now().astimezone().date()


def now() -> datetime:
    """Return the moment that it is, in the zone where this program runs."""
    return datetime.now().astimezone()
