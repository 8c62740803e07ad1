from dataclasses import replace
from datetime import timedelta

from bot.feed_status import SHOWN, lines
from corpus.followed import FollowedFeed
from tests.bot.objects import NOW

FEED = FollowedFeed(number=1, address="https://post.example/feed", title="The Post", added=NOW, due=NOW, last_fetched=NOW)
FAILING = replace(FEED, title="", failures=2, failing_since=NOW - timedelta(hours=1), error="the server said no")


def test_without_feeds_there_is_nothing_to_tell() -> None:
    assert lines([], NOW) == []


def test_feeds_that_do_well_are_only_counted() -> None:
    assert lines([FEED], NOW) == ["1 feed is followed, none with trouble."]


def test_feeds_with_trouble_are_named_with_the_reason() -> None:
    assert lines([FEED, FAILING], NOW) == [
        "2 feeds are followed, 1 with trouble.",
        "https://post.example/feed: failing since 1 February 11:00: the server said no",
    ]


def test_only_so_many_are_named() -> None:
    assert lines([FAILING] * 9, NOW)[-1] == f"… and {9 - SHOWN} more."
    assert len(lines([FAILING] * 9, NOW)) == SHOWN + 2
