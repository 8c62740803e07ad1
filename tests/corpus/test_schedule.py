"""When feeds are due, without any clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.schedule import LONGEST, LONGEST_ASKED, SPREAD, next_due

NOW = datetime(2025, 3, 12, 12, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize(("failures", "hours"), [(0, 0.5), (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 24), (7, 24), (1_000_000, 24)])
def test_each_failure_doubles_the_pause_up_to_a_day(failures: int, hours: float) -> None:
    assert next_due(NOW, every=HALF_AN_HOUR, failures=failures) == NOW + timedelta(hours=hours)


@pytest.mark.parametrize(("asked", "hours"), [(timedelta(minutes=5), 0.5), (timedelta(hours=6), 6), (timedelta(days=365), 24)])
def test_a_feed_may_ask_for_a_longer_pause_up_to_a_day(asked: timedelta, hours: float) -> None:
    assert next_due(NOW, every=HALF_AN_HOUR, asked=asked) == NOW + timedelta(hours=hours)


@pytest.mark.parametrize(("fresh", "hours"), [(timedelta(minutes=5), 0.5), (timedelta(hours=2), 2), (timedelta(days=365), 6)])
def test_a_server_may_call_a_feed_fresh_for_some_hours(fresh: timedelta, hours: float) -> None:
    assert next_due(NOW, every=HALF_AN_HOUR, fresh=fresh) == NOW + timedelta(hours=hours)
    assert next_due(NOW, every=timedelta(hours=12), fresh=fresh) == NOW + timedelta(hours=12)


@pytest.mark.parametrize(
    ("retry_after", "hours"), [(timedelta(0), 1), (timedelta(minutes=5), 1), (timedelta(days=2), 48), (timedelta(days=365), 7 * 24)]
)
def test_a_server_may_ask_for_a_pause_of_days(retry_after: timedelta, hours: float) -> None:
    assert next_due(NOW, every=HALF_AN_HOUR, failures=1, retry_after=retry_after) == NOW + timedelta(hours=hours)


pauses = st.timedeltas(timedelta(minutes=1), timedelta(days=400))


@given(pauses, st.integers(0, 100), pauses, pauses, st.floats(0, 1))
def test_a_feed_is_due_later_than_now_and_within_its_bounds(
    every: timedelta, failures: int, asked: timedelta, retry_after: timedelta, chance: float
) -> None:
    due = next_due(NOW, every=every, failures=failures, asked=asked, retry_after=retry_after, chance=chance)
    assert NOW + min(every, LONGEST) <= due <= NOW + LONGEST_ASKED * (1 + SPREAD)
    assert due <= next_due(NOW, every=every, failures=failures + 1, asked=asked, retry_after=retry_after, chance=chance)
