"""How a followed feed does, in words."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from bot.messages import feed_state
from tests.bot.fake_feeds import FAILING, FINE, NOON, PAUSED


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=12), "12 min ago"),
        (timedelta(minutes=119), "1 h ago"),
        (timedelta(hours=47), "47 h ago"),
        (timedelta(hours=48), "2 days ago"),
    ],
)
def test_a_feed_that_does_well_says_when_and_how_much(passed: timedelta, said: str) -> None:
    assert feed_state(FINE, NOON + passed) == f"last fetched {said}, 3 new"


def test_a_failing_feed_says_since_when_on_the_readers_clock_and_why() -> None:
    here = NOON.astimezone(timezone(timedelta(hours=-2)))
    assert feed_state(FAILING, here) == "failing since 12 March 10:00: https://star.example/rss does not exist; check the address."


def test_a_paused_feed_says_so_and_why_where_it_paused_itself() -> None:
    assert feed_state(PAUSED, NOON) == "paused"
    assert feed_state(replace(PAUSED, error="It is gone."), NOON) == "paused: It is gone."


def test_a_new_feed_has_not_been_fetched_yet() -> None:
    assert feed_state(replace(PAUSED, paused=False), NOON) == "not fetched yet"
