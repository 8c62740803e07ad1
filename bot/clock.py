"""The wall clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]
"""Tells the moment that it is, with its zone."""


def today() -> date:
    """Return the day that it is where this program runs."""
    return now().date()


def now() -> datetime:
    """Return the moment that it is, in the zone where this program runs."""
    return datetime.now().astimezone()


def utc_now() -> datetime:
    """Return the moment that it is, in UTC."""
    return datetime.now(UTC)
