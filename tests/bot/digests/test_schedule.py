"""When digests are due: named cases, and properties over random zones, schedules, times away and clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.schedule import CATCH_UP, Rhythm, Schedule, Slot, due, is_zone, missed, moment_of, upcoming

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
EIGHT = Schedule(rhythm=Rhythm.DAILY, zone="Europe/Berlin")
SECOND = timedelta(seconds=1)


def at(text: str, zone: str = "Europe/Berlin") -> datetime:
    """Return the moment at which a clock of `zone` reads `text`; the first of two."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def slot(text: str) -> Slot:
    return Slot.parse(text)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-03-10T07:59:59", None),
        ("2025-03-10T08:00:00", "2025-03-10T08:00"),
        ("2025-03-10T19:59:59", "2025-03-10T08:00"),
        ("2025-03-10T20:00:01", None),
    ],
)
def test_a_daily_digest_is_due_from_its_time_until_it_is_too_late(now: str, expected: str | None) -> None:
    found = due(at(now), EIGHT, LONG_AGO, ())
    assert (str(found) if found else None) == expected


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        (Schedule(rhythm=Rhythm.OFF), []),
        (Schedule(rhythm=Rhythm.DAILY), [10, 11, 12, 13, 14, 15, 16]),
        (Schedule(rhythm=Rhythm.WEEKDAYS), [10, 11, 12, 13, 14]),
        (Schedule(rhythm=Rhythm.WEEKLY, weekday=6), [16]),
    ],
)
def test_the_rhythm_says_on_which_days(schedule: Schedule, days: list[int]) -> None:
    week = [datetime(2025, 3, day, 9, tzinfo=UTC) for day in range(10, 17)]  # a Monday to a Sunday
    assert [now.day for now in week if due(now, schedule, LONG_AGO, ())] == days


@pytest.mark.parametrize(
    ("zone", "wall", "moment"),
    [
        ("Europe/Berlin", "2025-03-30T02:30", "2025-03-30T01:00"),  # skipped: 2 h becomes 3 h
        ("Europe/Berlin", "2025-10-26T02:30", "2025-10-26T00:30"),  # comes twice: the first
        ("America/New_York", "2025-03-09T02:00", "2025-03-09T07:00"),
        ("America/New_York", "2025-11-02T01:30", "2025-11-02T05:30"),
        ("Australia/Lord_Howe", "2025-10-05T02:15", "2025-10-04T15:30"),  # half an hour is skipped
        ("Pacific/Apia", "2011-12-30T08:00", "2011-12-30T10:00"),  # a whole day is
        ("Europe/Berlin", "2025-03-30T08:00", "2025-03-30T06:00"),
        ("Europe/Berlin", "2025-03-29T08:00", "2025-03-29T07:00"),
        ("UTC", "2024-02-29T08:00", "2024-02-29T08:00"),
    ],
)
def test_a_slot_comes_when_the_wall_clock_first_reads_its_time_or_later(zone: str, wall: str, moment: str) -> None:
    assert moment_of(slot(wall), ZoneInfo(zone)) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(("zone", "day"), [("Europe/Berlin", "2025-10-26"), ("America/New_York", "2025-11-02")])
def test_an_hour_that_comes_twice_brings_one_digest(zone: str, day: str) -> None:
    schedule = Schedule(rhythm=Rhythm.DAILY, times=(time(1, 30),), zone=zone)
    handled: set[Slot] = set()
    start = at(f"{day}T00:00", zone)
    for minute in range(5 * 60):
        found = due(start + timedelta(minutes=minute), schedule, start, handled)
        if found:
            assert found not in handled
            handled.add(found)
    assert handled == {slot(f"{day}T01:30")}


@pytest.mark.parametrize(("zone", "day"), [("Europe/Berlin", "2025-03-30"), ("America/New_York", "2025-03-09")])
def test_a_time_that_is_skipped_brings_its_digest_right_after_the_gap(zone: str, day: str) -> None:
    schedule = Schedule(rhythm=Rhythm.DAILY, times=(time(2, 30),), zone=zone)
    after = at(f"{day}T03:00", zone)
    assert due(after - SECOND, schedule, after - timedelta(hours=2), ()) is None
    assert due(after, schedule, after - timedelta(hours=2), ()) == slot(f"{day}T02:30")


def test_the_29th_of_february_is_a_day_like_others() -> None:
    schedule = Schedule(rhythm=Rhythm.WEEKLY, weekday=3, zone="UTC")
    assert due(datetime(2024, 2, 29, 8, tzinfo=UTC), schedule, LONG_AGO, ()) == slot("2024-02-29T08:00")


@pytest.mark.parametrize(("late", "expected"), [(timedelta(0), "2025-03-10T08:00"), (timedelta(microseconds=1), None)])
def test_a_subscription_made_at_the_minute_of_its_digest_gets_it_only_where_it_is_not_late(late: timedelta, expected: str | None) -> None:
    made = at("2025-03-10T08:00") + late
    found = due(made, EIGHT, made, ())
    assert (str(found) if found else None) == expected


def test_a_digest_of_the_day_is_not_sent_again_in_another_zone() -> None:
    sent = {slot("2025-03-10T08:00")}
    moved = replace(EIGHT, zone="America/New_York")
    since = at("2025-03-10T10:00")
    assert due(at("2025-03-10T08:30", "America/New_York"), moved, since, sent) is None
    assert due(at("2025-03-11T08:00", "America/New_York"), moved, since, sent) == slot("2025-03-11T08:00")


def test_a_zone_that_is_ahead_does_not_bring_what_has_passed_there() -> None:
    moved = replace(EIGHT, zone="Asia/Tokyo")
    since = at("2025-03-10T07:00")  # the afternoon in Tokyo
    assert due(since, moved, since, ()) is None
    assert due(at("2025-03-11T08:00", "Asia/Tokyo"), moved, since, ()) == slot("2025-03-11T08:00")


def test_only_the_latest_of_several_missed_digests_is_caught_up() -> None:
    schedule = Schedule(rhythm=Rhythm.SEVERAL, times=(time(8), time(12), time(16)), zone="UTC")
    now = datetime(2025, 3, 10, 17, tzinfo=UTC)
    found = due(now, schedule, LONG_AGO, ())
    assert found == slot("2025-03-10T16:00")
    assert due(now, schedule, LONG_AGO, {found}) is None
    assert missed(now, schedule, LONG_AGO, {found}) == [slot("2025-03-10T08:00"), slot("2025-03-10T12:00")]


def test_a_clock_that_jumps_back_brings_nothing_again() -> None:
    sent = {slot("2025-03-10T08:00"), slot("2025-03-09T08:00")}
    assert [due(at(now), EIGHT, LONG_AGO, sent) for now in ("2025-03-10T08:10", "2025-03-10T07:00", "2025-03-09T09:00")] == [None] * 3


def test_a_clock_that_was_days_ahead_costs_only_the_days_that_were_sent_then() -> None:
    sent = {slot("2025-03-12T08:00")}
    days = [due(at(f"2025-03-{day}T08:00"), EIGHT, LONG_AGO, sent) for day in (10, 11, 12, 13)]
    assert [bool(found) for found in days] == [True, True, False, True]


def test_the_next_digest_is_told_on_the_clock_of_the_zone() -> None:
    next_time = upcoming(at("2025-03-29T09:00"), EIGHT, LONG_AGO, {slot("2025-03-29T08:00")})
    assert next_time
    assert next_time.isoformat() == "2025-03-30T08:00:00+02:00"
    assert upcoming(at("2025-03-29T09:00"), Schedule(), LONG_AGO, ()) is None


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"times": ()}, "times must be 1 to 12, got 0"),
        ({"times": (time(9), time(8))}, "times must be in order"),
        ({"times": (time(8, 0, 1),)}, "times must be whole minutes"),
        ({"weekday": 7}, "weekday must be 0 to 6, got 7"),
        ({"zone": "Europe"}, "zone must be an IANA time zone, got 'Europe'"),
        ({"zone": "../../etc/passwd"}, "zone must be an IANA time zone"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Schedule(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["", "Europe", "Mars/Olympus", "a\0b", "/etc/localtime"])
def test_what_is_no_zone_is_told(name: str) -> None:
    assert not is_zone(name)


ZONES = st.sampled_from(
    "Europe/Berlin America/New_York Australia/Lord_Howe Asia/Kathmandu Pacific/Apia Africa/Casablanca America/Santiago UTC".split()
)
MINUTES = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
SCHEDULES = st.builds(
    Schedule,
    rhythm=st.sampled_from([Rhythm.DAILY, Rhythm.WEEKDAYS, Rhythm.WEEKLY, Rhythm.SEVERAL]),
    times=st.sets(MINUTES, min_size=1, max_size=4).map(lambda times: tuple(sorted(times))),
    weekday=st.integers(0, 6),
    zone=ZONES,
)
CHANGES = ["2024-02-28", "2024-03-09", "2024-03-30", "2024-04-06", "2024-10-05", "2024-10-26", "2024-11-02", "2024-12-31"]
STARTS = st.tuples(st.sampled_from(CHANGES), st.integers(0, 95)).map(
    lambda start: datetime.fromisoformat(start[0]).replace(tzinfo=UTC) + start[1] * timedelta(minutes=15)
)
QUARTER = timedelta(minutes=15)


def wall_clock_reads(schedule: Schedule, first: datetime, quarters: int) -> dict[Slot, datetime]:
    """Return the slots by walking: each with the first quarter of an hour at which a clock on the wall reads it or later."""
    found: dict[Slot, datetime] = {}
    zone = ZoneInfo(schedule.zone)
    shown = (first - QUARTER).astimezone(zone).replace(tzinfo=None)
    for step in range(quarters):
        moment = first + step * QUARTER
        wall = moment.astimezone(zone).replace(tzinfo=None)
        while shown < wall:  # a clock set forward passes over several quarters at once; one set back shows none anew
            shown += QUARTER
            if schedule.has(shown.date()) and shown.time() in schedule.times:
                found.setdefault(Slot(shown.date(), shown.time()), moment)
    return found


@given(SCHEDULES, STARTS)
@settings(max_examples=60)
def test_a_bot_that_is_always_there_sends_each_digest_once_at_its_moment(schedule: Schedule, first: datetime) -> None:
    quarters = 4 * 24 * 4
    sent: dict[Slot, datetime] = {}
    for step in range(quarters):
        now = first + step * QUARTER
        found = due(now, schedule, first, sent)
        if found:
            assert found not in sent
            sent[found] = now
    expected = wall_clock_reads(schedule, first, quarters)
    at_once = {moment: slot for slot, moment in sorted(expected.items(), key=lambda item: item[0])}  # of two skipped ones, the latest
    assert sent == {slot: moment for moment, slot in at_once.items()}


@given(SCHEDULES, STARTS, st.lists(st.integers(1, 400), min_size=1, max_size=40))
@settings(max_examples=60)
def test_after_each_time_away_the_latest_digest_comes_once_if_it_is_not_too_late(
    schedule: Schedule, first: datetime, away: list[int]
) -> None:
    expected = wall_clock_reads(schedule, first, sum(away) + 1)
    sent: set[Slot] = set()
    now = first
    for quarters in away:
        now += quarters * QUARTER
        found = due(now, schedule, first, sent)
        passed = [slot for slot, moment in sorted(expected.items()) if moment <= now]
        latest = passed[-1] if passed and now - expected[passed[-1]] <= CATCH_UP else None
        assert found == (latest if latest not in sent else None)
        if found:
            sent.add(found)
            assert due(now, schedule, first, sent) is None


@given(SCHEDULES, STARTS, st.lists(st.integers(-300, 300), min_size=1, max_size=40))
@settings(max_examples=60)
def test_a_clock_that_jumps_to_and_fro_never_brings_a_digest_twice_nor_early(schedule: Schedule, first: datetime, jumps: list[int]) -> None:
    sent: list[Slot] = []
    now = first
    for quarters in jumps:
        now += quarters * QUARTER
        found = due(now, schedule, first, sent)
        if found:
            assert timedelta(0) <= now - moment_of(found, schedule.clock) <= CATCH_UP
            sent.append(found)
    assert len(sent) == len(set(sent))


@given(SCHEDULES, st.lists(ZONES, min_size=1, max_size=6), STARTS)
@settings(max_examples=40)
def test_however_the_zone_changes_no_day_brings_a_digest_twice(schedule: Schedule, zones: list[str], first: datetime) -> None:
    sent: list[Slot] = []
    now = first
    for zone in zones:
        current, since = replace(schedule, zone=zone), now
        for _ in range(4 * 9):
            now += QUARTER
            found = due(now, current, since, sent)
            if found:
                sent.append(found)
    assert len(sent) == len(set(sent))


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.times())
def test_a_slot_is_read_back_from_the_database(day: date, moment: time) -> None:
    written = Slot(day, moment.replace(second=0, microsecond=0))
    assert Slot.parse(str(written)) == written
