"""Sources of all kinds taken in together, over real stores with fakes for the models and the web."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.outcome import Indexed, Outcome
from tests.bot.feed_bench import FeedBench, open_bench
from tests.fake_web import item, page, rss

FEED = "https://post.example/feed.xml"
SITE = "https://post.example/story"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[FeedBench]:
    with open_bench(tmp_path) as opened:
        yield opened


def opml(*addresses: str) -> str:
    """Return a list of feeds."""
    outlines = "".join(f'<outline text="Feed {number}" xmlUrl="{address}"/>' for number, address in enumerate(addresses, start=1))
    return f'<opml version="2.0"><body><outline text="News">{outlines}</outline></body></opml>'


def told(results: list[Indexed]) -> list[tuple[Outcome, str]]:
    return [(result.outcome, result.reason or result.title) for result in results]


def test_pages_files_and_feeds_are_taken_in_together(bench: FeedBench, tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text("The ferry to Lowland runs until June, the company said on Monday.")
    bench.web.put(SITE, page(7))
    bench.web.put(FEED, rss(item(1), item(2)))
    results = list(bench.intake.add([FEED, SITE, str(tmp_path / "ferry.txt"), "https://post.example/gone"]))
    assert sorted(result.title for result in results if result.outcome is Outcome.ADDED)[:3] == ["Story 1", "Story 2", "Story 7"]
    assert [result.source for result in results if result.outcome is Outcome.SKIPPED] == ["https://post.example/gone"]
    assert [(feed.address, feed.title, feed.last_new) for feed in bench.feeds.feeds()] == [(FEED, "Harbour Post", 2)]
    assert bench.web.asked.count(FEED) == 1


def test_the_same_feed_again_has_nothing_new(bench: FeedBench) -> None:
    bench.web.put(FEED, rss(item(1)))
    assert told(list(bench.intake.add([FEED]))) == [(Outcome.ADDED, "Story 1")]
    assert told(list(bench.intake.add([FEED, f"{FEED}#top"]))) == [(Outcome.UNCHANGED, "nothing new")]
    assert len(bench.feeds.feeds()) == 1


def test_a_broken_feed_is_skipped_with_its_reason_and_not_followed(bench: FeedBench) -> None:
    bench.web.put(FEED, '<!DOCTYPE rss [<!ENTITY a "&b;">]><rss></rss>')
    ((outcome, reason),) = told(list(bench.intake.add([FEED])))
    assert (outcome, reason.partition("that stand")[0], bench.feeds.feeds()) == (Outcome.SKIPPED, f"{FEED} declares XML entities ", [])


def test_a_page_that_names_a_feed_is_no_subscription(bench: FeedBench) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    bench.web.put(SITE, page(7).replace("<head>", f"<head>{head}"))
    assert told(list(bench.intake.add([SITE]))) == [(Outcome.ADDED, "Story 7")]
    assert bench.feeds.feeds() == []


def test_a_front_page_is_no_article_and_the_reason_names_its_feed(bench: FeedBench) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    bench.web.put("https://post.example/", page(7).replace("<head>", f"<head>{head}"))
    bench.web.put("https://post.example/empty", f"<html><head>{head}</head><body></body></html>")
    assert told(list(bench.intake.add(["https://post.example/", "https://post.example/empty"]))) == [
        (Outcome.SKIPPED, f"https://post.example/ is a front page, not an article; to follow the site's feed, add {FEED}."),
        (Outcome.SKIPPED, f"https://post.example/empty has no article in it; to follow the feed that it names, add {FEED}."),
    ]


@pytest.mark.parametrize("by_address", [False, True])
def test_a_list_of_feeds_is_followed_and_a_failing_one_does_not_stop_the_others(bench: FeedBench, tmp_path: Path, by_address: bool) -> None:
    for number in (1, 2):
        bench.web.put(f"https://site{number}.example/feed", rss(item(number)))
    content = opml("https://site1.example/feed", "https://gone.example/", "https://site2.example/feed")
    (tmp_path / "feeds.opml").write_text(content)
    bench.web.put("https://x.example/list", content)
    source = "https://x.example/list" if by_address else str(tmp_path / "feeds.opml")
    assert told(list(bench.intake.add([source]))) == [
        (Outcome.ADDED, "Story 1"),
        (Outcome.SKIPPED, "https://gone.example/ does not exist; check the address."),
        (Outcome.ADDED, "Story 2"),
    ]
    assert [(feed.title, feed.failures) for feed in bench.feeds.feeds()] == [("Feed 1", 0), ("Feed 2", 1), ("Feed 3", 0)]


def test_five_hundred_feeds_of_a_list_are_followed_before_any_is_fetched(bench: FeedBench, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(opml(*(f"https://site{number}.example/feed" for number in range(500))))
    results = bench.intake.add([str(tmp_path / "feeds.opml")])
    assert next(results).outcome is Outcome.SKIPPED
    assert len(bench.feeds.feeds()) == 500
    assert len(bench.web.asked) <= 8
    assert len(list(results)) == 499


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html></html>", "feeds.xml is not an OPML list of feeds."),
        (rss(item(1)), "feeds.xml is a saved feed; add the address that it came from, so that it can be followed."),
        ("<opml><body>", "feeds.xml breaks off before its end, so that feeds may be missing; export it again."),
    ],
)
def test_a_file_that_is_no_list_is_skipped_with_its_reason(bench: FeedBench, tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "feeds.xml").write_text(content)
    assert told(list(bench.intake.add([str(tmp_path / "feeds.xml")]))) == [(Outcome.SKIPPED, reason)]


def test_a_list_that_is_missing_is_skipped_with_its_reason(bench: FeedBench, tmp_path: Path) -> None:
    missing = tmp_path / "none.opml"
    assert told(list(bench.intake.add([str(missing)]))) == [(Outcome.SKIPPED, f"{missing} cannot be opened: no such file or directory.")]


def test_a_feed_is_followed_where_it_has_its_home(bench: FeedBench) -> None:
    bench.web.put("http://post.example/feed.xml", rss(item(1)), moved_to=FEED)
    list(bench.intake.add(["http://post.example/feed.xml"]))
    assert [feed.address for feed in bench.feeds.feeds()] == [FEED]
