"""Followed feeds kept up to date, over real stores with fakes for the models and the web."""

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.feeding import AT_ONCE
from corpus.article import Article
from corpus.errors import ServerRefused, UnreadableSource
from corpus.loading import Skipped
from corpus.protocols import Fetched
from retrieval.outcome import Indexed, Outcome
from tests.bot.feed_bench import HALF_AN_HOUR, NOON, FeedBench, open_bench
from tests.fake_web import item, page, rss, teaser
from tests.fakes import PowerCut


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[FeedBench]:
    with open_bench(tmp_path) as opened:
        yield opened


def test_a_due_feed_is_taken_in_and_its_state_tells_how_it_went(bench: FeedBench) -> None:
    bench.follow(1, rss(item(1), item(2)))
    (refreshed,) = bench.feeding.tick()
    assert [result.outcome for result in refreshed.results] == [Outcome.ADDED] * 2
    (feed,) = bench.feeds.feeds()
    assert (feed.last_fetched, feed.last_new, feed.due, bench.catalog.count()) == (NOON, 2, NOON + HALF_AN_HOUR, 2)
    assert bench.feeding.tick() == []


def test_a_changed_entry_replaces_its_article(bench: FeedBench) -> None:
    address = bench.follow(1, rss(item(1)))
    bench.feeding.tick()
    bench.now += HALF_AN_HOUR
    bench.web.put(address, rss(item(1, title="Corrected")))
    (refreshed,) = bench.feeding.tick()
    assert [(result.outcome, result.title) for result in refreshed.results] == [(Outcome.UPDATED, "Corrected")]
    assert ([entry.article.title for entry in bench.catalog.entries()], bench.feeds.feeds()[0].last_new) == (["Corrected"], 1)


def test_the_same_entry_in_two_feeds_is_one_article(bench: FeedBench) -> None:
    for number in (1, 2):
        bench.follow(number, rss(item(7)))
    bench.feeding.tick()
    assert (bench.catalog.count(), sorted(feed.last_new for feed in bench.feeds.feeds())) == (1, [0, 1])


def test_a_failing_feed_does_not_stop_the_others(bench: FeedBench) -> None:
    for number in range(1, 4):
        bench.follow(number)
    bench.web.fail("https://site2.example/2.xml", ServerRefused("It is out of order.", status=500))
    assert [refreshed.feed.error for refreshed in bench.feeding.tick()] == ["", "It is out of order.", ""]
    assert (bench.catalog.count(), [feed.failures for feed in bench.feeds.feeds()]) == (2, [0, 1, 0])


def test_a_feed_that_fails_in_a_way_that_nobody_foresaw_does_not_stop_the_others(bench: FeedBench) -> None:
    odd, sound = bench.follow(1), bench.follow(2)
    bench.web.fail(odd, OverflowError("int too large to convert"))
    assert [len(refreshed.results) for refreshed in bench.feeding.tick()] == [0, 1]
    failed, well = bench.feeds.feeds()
    assert failed.error == f"{odd} could not be read, for a reason that nobody foresaw; it has been logged."
    assert (failed.failures, failed.due, well.error, well.address) == (1, NOON + 2 * HALF_AN_HOUR, "", sound)
    assert bench.feeding.tick() == []


def test_halves_of_emoji_in_a_feed_do_no_harm(bench: FeedBench) -> None:
    entry = {"id": "1\ud83d", "title": "A \ud83d bridge", "content_text": "The bridge \ud83d opens on Monday, the mayor said. " * 20}
    bench.follow(1, json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Post \ud83d", "items": [entry]}))
    (refreshed,) = bench.feeding.tick()
    assert [(result.outcome, result.title) for result in refreshed.results] == [(Outcome.ADDED, "A bridge")]


def test_a_tick_takes_a_few_feeds_and_no_two_of_one_host(bench: FeedBench) -> None:
    for number in range(20):
        bench.follow(number)
    for number in range(20, 23):
        bench.follow(number, host="https://site0.example")
    fetched = []
    while ticked := bench.feeding.tick():
        hosts = [refreshed.feed.address.split("/")[2] for refreshed in ticked]
        assert len(hosts) == len(set(hosts)) <= AT_ONCE
        fetched += hosts
    assert (len(fetched), bench.catalog.count()) == (23, 23)


def test_all_due_feeds_are_refreshed_at_once_unless_the_bot_is_to_stop(bench: FeedBench) -> None:
    for number in range(20):
        bench.follow(number)
    stops = iter([False, True])
    bench.feeding.keep_up(lambda: next(stops))
    assert bench.catalog.count() == AT_ONCE
    bench.feeding.keep_up(lambda: False)
    assert bench.catalog.count() == 20


def test_a_refresh_asks_feeds_that_are_not_due(bench: FeedBench) -> None:
    for number in range(3):
        bench.follow(number, host="https://site.example")
    bench.feeding.tick()
    bench.web.asked.clear()
    assert len(list(bench.feeding.refresh(bench.feeds.feeds()))) == len(bench.web.asked) == 3


def test_a_refresh_tells_of_every_feed_also_where_it_has_nothing_new(bench: FeedBench) -> None:
    for number in (1, 2, 3):
        bench.follow(number)
    bench.feeding.tick()
    bench.web.put("https://site1.example/1.xml", rss(item(5)))
    bench.web.fail("https://site3.example/3.xml", ServerRefused("It is out of order.", status=500))
    assert [(result.outcome, result.reason or result.title) for result in bench.feeding.refresh_feeds([1, 2, 3, 77])] == [
        (Outcome.ADDED, "Story 5"),
        (Outcome.UNCHANGED, "nothing new"),
        (Outcome.SKIPPED, "It is out of order."),
    ]


def test_a_feed_is_followed_with_what_was_fetched_already(bench: FeedBench) -> None:
    address = "https://post.example/feed"
    fetched = Fetched(url=address, content=rss(item(1), teaser(2)).encode(), etag='"1"')
    bench.web.put("https://post.example/2", page(2))
    refreshed = bench.feeding.follow(address, fetched)
    assert (refreshed.feed.title, len(refreshed.results), bench.web.asked) == ("Harbour Post", 2, ["https://post.example/2"])
    assert [(feed.etag, feed.last_new) for feed in bench.feeds.feeds()] == [('"1"', 2)]


def test_what_is_no_feed_is_not_followed(bench: FeedBench) -> None:
    with pytest.raises(UnreadableSource, match="is a web page"):
        bench.feeding.follow("https://post.example/", Fetched(url="https://post.example/", content=page(1).encode()))
    assert bench.feeds.feeds() == []


def test_a_feed_that_moves_onto_another_is_paused_with_the_reason(bench: FeedBench) -> None:
    other, moving = bench.follow(1), bench.follow(2)
    bench.web.put(moving, rss(item(1)), moved_to=other)
    bench.feeding.tick()
    feed = bench.feeds.feeds()[1]
    assert (feed.address, feed.paused, feed.error) == (
        moving,
        True,
        f"It has moved to {other}, which is followed already as feed 1; remove one of the two.",
    )


def test_a_feed_that_is_removed_while_it_moves_onto_another_stops_no_other_feed(bench: FeedBench) -> None:
    other, moving = bench.follow(1), bench.follow(2)
    bench.web.put(moving, rss(item(2)), moved_to=other)
    bench.follow(3)

    def add(loaded: Iterable[Article | Skipped]) -> list[Indexed]:
        bench.feeds.remove(2)
        return list(bench.indexer.add(loaded))

    assert [len(refreshed.results) for refreshed in bench.feeding_with(add).tick()] == [1, 1, 1]
    assert ([feed.number for feed in bench.feeds.feeds()], bench.catalog.count()) == ([1, 3], 3)


def test_a_paused_feed_is_not_fetched_and_a_removed_one_leaves_its_articles(bench: FeedBench) -> None:
    bench.follow(1)
    bench.follow(2)
    bench.feeding.tick()
    bench.feeds.pause(1)
    bench.feeds.remove(2)
    bench.now += timedelta(days=2)
    assert (bench.feeding.tick(), bench.catalog.count()) == ([], 2)


def test_entries_are_known_only_when_their_articles_are_stored(bench: FeedBench) -> None:
    """A crash between the two costs another look, and no article."""
    bench.follow(1)

    def die(loaded: Iterable[Article | Skipped]) -> list[Indexed]:
        raise PowerCut

    with pytest.raises(PowerCut):
        bench.feeding_with(die).tick()
    assert bench.feeds.known(1) == {}
    assert [result.outcome for refreshed in bench.feeding.tick() for result in refreshed.results] == [Outcome.ADDED]
    assert len(bench.feeds.known(1)) == 1
