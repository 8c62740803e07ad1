"""The followed feeds on a real SQLite file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.feed_catalog import MOST_KNOWN, FeedCatalog, KnownEntry
from corpus.followed import FollowedFeed
from tests.databases import open_migrated

NOON = datetime(2025, 3, 12, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ADDRESS = "https://post.example/feed.xml"


class Clock:
    """It stands still unless it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def feeds(tmp_path: Path, clock: Clock) -> Iterator[FeedCatalog]:
    database = open_migrated(tmp_path / "catalog.db")
    yield FeedCatalog(database, clock)
    database.dispose()


def test_a_new_feed_is_due_at_once(feeds: FeedCatalog, clock: Clock) -> None:
    feed = feeds.follow(ADDRESS, "Harbour Post")
    assert feed == FollowedFeed(number=1, address=ADDRESS, title="Harbour Post", added=NOON, due=NOON, came_from=ADDRESS)
    assert (feeds.feeds(), feeds.due()) == ([feed], [feed])
    clock.now -= HOUR
    assert feeds.due() == []


def test_a_feed_that_is_followed_already_stays_as_it_is(feeds: FeedCatalog) -> None:
    feed = feeds.follow(ADDRESS, "Harbour Post")
    assert feeds.follow(f"{ADDRESS}?utm_source=x#top", "Other") == feed


def test_a_feed_is_found_by_its_number_and_its_address(feeds: FeedCatalog) -> None:
    feed = feeds.follow(ADDRESS, "")
    found = [feeds.find(name) for name in ("1", ADDRESS, "HTTPS://POST.example:443/feed.xml/", "2", "https://x.example", "", "9" * 40)]
    assert found == [feed, feed, feed, None, None, None, None]


def test_the_state_of_a_feed_is_kept(feeds: FeedCatalog) -> None:
    feed = replace(
        feeds.follow(ADDRESS, ""),
        title="Post",
        address="https://post.example/new.xml",
        due=NOON + HOUR,
        etag='"1"',
        last_modified="today",
        asked_minutes=60,
        last_fetched=NOON,
        last_new=3,
        failures=2,
        failing_since=NOON,
        error="It is gone.",
        paused=True,
    )
    feeds.save(feed, {"a": KnownEntry("1"), "b": KnownEntry("2", 1)})
    assert (feeds.feeds(), feeds.known(1)) == ([feed], {"a": KnownEntry("1"), "b": KnownEntry("2", 1)})
    assert feeds.find("https://post.example/new.xml") == feed


def test_the_feed_that_has_waited_longest_comes_first_and_paused_ones_never(feeds: FeedCatalog, clock: Clock) -> None:
    for number in range(3):
        clock.now = NOON - number * HOUR
        feeds.follow(f"https://site{number}.example/", "")
    clock.now = NOON
    feeds.pause(2)
    assert [feed.number for feed in feeds.due()] == [3, 1]


def test_a_pause_that_was_said_meanwhile_is_kept(feeds: FeedCatalog) -> None:
    feed = feeds.follow(ADDRESS, "")
    feeds.pause(1)
    feeds.save(feed, {})
    assert [feed.paused for feed in feeds.feeds()] == [True]


def test_a_resumed_feed_is_due_and_its_failures_are_forgotten(feeds: FeedCatalog, clock: Clock) -> None:
    feed = feeds.follow(ADDRESS, "")
    failing = replace(feed, failures=9, failing_since=NOON, error="It is gone.", due=NOON + 24 * HOUR, paused=True)
    feeds.save(failing, {})
    clock.now = NOON + HOUR
    feeds.resume(1)
    assert feeds.feeds() == [replace(feed, due=NOON + HOUR)]


def test_a_removed_feed_leaves_nothing_and_its_number_is_not_given_out_again(feeds: FeedCatalog) -> None:
    feed = feeds.follow(ADDRESS, "")
    feeds.save(feed, {"a": KnownEntry("1")})
    feeds.remove(1)
    feeds.save(feed, {"a": KnownEntry("1")})  # it was being fetched
    assert (feeds.feeds(), feeds.known(1)) == ([], {})
    assert feeds.follow(ADDRESS, "").number == 2


def test_only_the_entries_that_were_shown_last_are_remembered(feeds: FeedCatalog, clock: Clock) -> None:
    feed = feeds.follow(ADDRESS, "")
    feeds.save(feed, {f"old{number}": KnownEntry("1") for number in range(MOST_KNOWN)})
    clock.now += HOUR
    feeds.save(feed, {f"new{number}": KnownEntry("1") for number in range(10)})
    known = feeds.known(1)
    assert (len(known), sum(key.startswith("new") for key in known)) == (MOST_KNOWN, 10)


def test_feeds_may_be_made_due_before_their_time_unless_they_are_paused(feeds: FeedCatalog) -> None:
    for number in (1, 2, 3):
        feed = feeds.follow(f"https://site{number}.example/", "")
        feeds.save(replace(feed, due=NOON + HOUR), {})
    feeds.pause(2)
    feeds.hasten([1, 2])
    assert [feed.number for feed in feeds.due()] == [1]
