"""The wall clock."""

from datetime import date, datetime


def now() -> datetime:
    """Return this moment, in the time zone in which this program runs."""
    return datetime.now().astimezone()


def today() -> date:
    """Return the day that it is where this program runs."""
    return now().date()
