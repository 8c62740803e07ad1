import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.clock import HERE, now
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
        ("two weeks ago", "2025-02-26T09:30+02:00"),
        ("the last three days", "2025-03-09T09:30+02:00"),
        ("since monday", "2025-03-10T00:00+02:00"),
        ("last night", "2025-03-11T00:00+02:00"),
        ("the weekend", "2025-03-08T00:00+02:00"),
        ("the day before yesterday", "2025-03-10T00:00+02:00"),
        ("since March 1", "2025-03-01T00:00+02:00"),
        ("Since the 3rd of March", "2025-03-03T00:00+02:00"),
        ("since 15 march", "2024-03-15T00:00+02:00"),
        ("since jan", "2025-01-01T00:00+02:00"),
        ("since may", "2024-05-01T00:00+02:00"),
        ("since 2024", "2024-01-01T00:00+02:00"),
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


@pytest.fixture
def zone_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let this program run in another zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("zone_here", ["Europe/Berlin"], indirect=True)
@pytest.mark.parametrize(
    ("now", "written", "moment"),
    [
        ("2025-03-31T09:30", "this month", "2025-03-01T00:00+01:00"),
        ("2025-07-01T09:30", "2025-01-06", "2025-01-06T00:00+01:00"),
        ("2025-10-27T09:30", "saturday", "2025-10-25T00:00+02:00"),
        ("2025-03-30T03:10", "30 minutes ago", "2025-03-30T01:40+01:00"),
    ],
)
def test_a_day_here_begins_at_midnight_in_summer_and_in_winter(zone_here: str, now: str, written: str, moment: str) -> None:
    for zone in (HERE, ZoneInfo(zone_here)):
        assert moment_of(written, datetime.fromisoformat(now).replace(tzinfo=zone)) == datetime.fromisoformat(moment)


@pytest.mark.parametrize("zone_here", ["Europe/Berlin"], indirect=True)
def test_the_clock_here_knows_summer_and_winter(zone_here: str) -> None:
    assert [f"{now().replace(month=month, day=1):%z %Z}" for month in (1, 7)] == ["+0100 CET", "+0200 CEST"]


@pytest.mark.parametrize("zone_here", ["Europe/Berlin"], indirect=True)
def test_an_hour_that_comes_twice_is_told_apart(zone_here: str) -> None:
    first, second = datetime(2025, 10, 26, 0, 30, tzinfo=UTC), datetime(2025, 10, 26, 1, 10, tzinfo=UTC)
    assert [moment.astimezone(HERE).isoformat() for moment in (first, second)] == ["2025-10-26T02:30:00+02:00", "2025-10-26T02:10:00+01:00"]
    assert moment_of("40 minutes", second.astimezone(HERE)).astimezone(UTC) == first


@pytest.mark.parametrize("zone_here", ["Asia/Tokyo", "America/New_York", "UTC"], indirect=True)
@pytest.mark.parametrize("written", ["0001-01-01", "0001-01-01T00:00+14:00", "2024 years", "9999 years"])
def test_a_moment_at_the_edge_of_the_calendar_can_be_kept(zone_here: str, written: str) -> None:
    for zone in (HERE, ZoneInfo(zone_here)):
        assert moment_of(written, NOW.astimezone(zone)).astimezone(UTC).year <= 2


@pytest.mark.parametrize(
    "written",
    [
        "9999-12-31T23:59-05:00",
        "",
        "soon",
        "tomorrow",
        "2025-02-30",
        "2030-01-01",
        "0x3 days",
        "days of our lives",
        "3",
        "May",
        "October 7",
        "since the attack on Monday",
    ],
)
def test_what_is_no_moment_in_the_past_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="is no moment in the past; write a date such as"):
        moment_of(written, NOW)
