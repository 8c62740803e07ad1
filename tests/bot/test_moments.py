from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.errors import UsageError
from bot.moments import moment_of

ZONE = timezone(timedelta(hours=2))
NOW = datetime(2025, 3, 12, 9, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("today", "2025-03-12T00:00+02:00"),
        ("Yesterday", "2025-03-11T00:00+02:00"),
        ("this morning", "2025-03-12T00:00+02:00"),
        ("Monday", "2025-03-10T00:00+02:00"),
        ("last wednesday", "2025-03-05T00:00+02:00"),
        ("this week", "2025-03-10T00:00+02:00"),
        ("this month", "2025-03-01T00:00+02:00"),
        ("this year", "2025-01-01T00:00+02:00"),
        ("the past 2 weeks", "2025-02-26T09:30+02:00"),
        ("3 days", "2025-03-09T09:30+02:00"),
        ("3 days ago", "2025-03-09T09:30+02:00"),
        ("an hour ago", "2025-03-12T08:30+02:00"),
        ("last week", "2025-03-05T09:30+02:00"),
        ("  2   weeks ", "2025-02-26T09:30+02:00"),
        ("2025-03-01", "2025-03-01T00:00+02:00"),
        ("2025-03-01T08:00", "2025-03-01T08:00+02:00"),
        ("2025-03-01 08:00", "2025-03-01T08:00+02:00"),
        ("2025-03-01t08:00z", "2025-03-01T08:00+00:00"),
    ],
)
def test_a_moment_is_read_as_people_write_it(written: str, moment: str) -> None:
    assert moment_of(written, NOW) == datetime.fromisoformat(moment)


def test_a_span_beyond_the_calendar_goes_back_to_its_beginning() -> None:
    assert moment_of("9999 years", NOW) == datetime.min.replace(tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "soon", "tomorrow", "2025-02-30", "2030-01-01", "0x3 days", "days of our lives", "3"])
def test_what_is_no_moment_in_the_past_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="is no moment in the past; write a date such as"):
        moment_of(written, NOW)
