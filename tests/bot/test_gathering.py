"""Feeds of a web site on this machine, taken in by all that the bot does it with but the embedding model."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from bot.gathering import Gathering
from bot.settings import Settings
from bot.shared_indexing import SharedIndexing
from bot.writer import Writer
from corpus.article import Article
from corpus.catalog import Catalog
from corpus.loading import Skipped
from retrieval.chunking import Chunker
from retrieval.indexing import Indexer
from retrieval.keywords import Fts5Index
from retrieval.outcome import Indexed, Outcome
from tests.databases import open_migrated
from tests.fake_web import WORDS, item, rss, teaser
from tests.fakes import ListStore, WordEmbedder
from tests.web import Reply, WebSite, page, redirect, validated


@dataclass
class Served:
    """What the bot has behind its conversations. `stored` is set whenever articles are."""

    gathering: Gathering
    catalog: Catalog
    writer: Writer
    stored: Event


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite() as opened:
        yield opened


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    database, writer, stored = open_migrated(tmp_path / "catalog.db"), Writer(), Event()
    catalog = Catalog(database)
    indexer = Indexer(
        catalog=catalog,
        chunker=Chunker(),
        embedder=WordEmbedder(),
        vectors=ListStore(),
        keywords=Fts5Index(catalog),
        clock=lambda: datetime.now(UTC),
    )
    shared = SharedIndexing(indexer, writer)

    def add(loaded: Iterable[Article | Skipped]) -> Iterator[Indexed]:
        yield from shared.add(loaded)
        stored.set()

    settings = Settings(data_dir=tmp_path, fetch_allow="127.0.0.1")
    yield Served(Gathering(settings, database, add, sleep=lambda _: None), catalog, writer, stored)
    writer.close(5)
    database.dispose()


def feed(*items: dict[str, str]) -> Reply:
    return Reply(body=rss(*items).encode(), headers={"Content-Type": "application/rss+xml"})


def titles(results: Iterable[Indexed]) -> list[str]:
    return [result.title or result.reason for result in results]


def test_a_due_feed_is_fetched_in_the_background_and_its_news_are_stored(served: Served, site: WebSite) -> None:
    address = site.put("/feed.xml", feed(item(1, link=site.url("/1"))))
    assert titles(served.gathering.intake.add([address])) == ["Story 1"]
    site.put("/feed.xml", feed(item(1, link=site.url("/1")), item(2, link=site.url("/2"), pubDate="")))
    served.stored.clear()
    served.gathering.feeds.hasten([1])
    served.writer.every(0.01, "feeds", served.gathering.feeding.keep_up)
    assert served.stored.wait(60)
    assert served.catalog.count() == 2


def test_an_unchanged_feed_answers_with_304(served: Served, site: WebSite) -> None:
    address = site.put("/feed.xml", validated(feed(item(1, link=site.url("/1")))))
    assert titles(served.gathering.intake.add([address])) == ["Story 1"]
    assert [result.reason for result in served.gathering.feeding.refresh_feeds([1])] == ["nothing new"]
    assert site.seen[-1].headers["if-none-match"] == '"1"'


def test_pages_of_entries_are_read_as_robots_txt_allows(served: Served, site: WebSite) -> None:
    site.put("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /closed/\n", headers={"Content-Type": "text/plain"}))
    site.put("/open/1", page(WORDS, WORDS, WORDS, title="Open story"))
    site.put("/closed/2", page(WORDS, WORDS, title="Closed story"))
    address = site.put("/feed.xml", feed(teaser(2, link=site.url("/closed/2")), teaser(1, link=site.url("/open/1"))))
    results = list(served.gathering.intake.add([address]))
    assert [result.outcome for result in results] == [Outcome.SKIPPED, Outcome.ADDED]
    assert "robots.txt asks programs not to" in results[0].reason
    assert ("/closed/2" in site.paths(), results[1].title) == (False, "Open story")


def test_a_feed_that_moved_for_good_is_followed_at_its_new_home(served: Served, site: WebSite) -> None:
    old = site.put("/feed.xml", feed(item(1, link=site.url("/1"))))
    list(served.gathering.intake.add([old]))
    site.put("/feed.xml", redirect("/news.xml", 301))
    new = site.put("/news.xml", feed(item(1, link=site.url("/1"))))
    list(served.gathering.feeding.refresh_feeds([1]))
    assert [each.address for each in served.gathering.feeds.feeds()] == [new]


def test_a_busy_server_is_left_alone_as_long_as_it_asks(served: Served, site: WebSite) -> None:
    address = site.put("/feed.xml", feed(item(1, link=site.url("/1"))))
    list(served.gathering.intake.add([address]))
    site.put("/feed.xml", Reply(status=503, headers={"Retry-After": "20000"}))
    list(served.gathering.feeding.refresh_feeds([1]))
    (followed,) = served.gathering.feeds.feeds()
    assert followed.due - datetime.now(UTC) > timedelta(hours=5)


def test_a_feed_that_is_gone_is_paused(served: Served, site: WebSite) -> None:
    address = site.put("/feed.xml", feed(item(1, link=site.url("/1"))))
    list(served.gathering.intake.add([address]))
    site.put("/feed.xml", Reply(status=410))
    list(served.gathering.feeding.refresh_feeds([1]))
    (followed,) = served.gathering.feeds.feeds()
    assert (followed.paused, "has been taken down" in followed.error) == (True, True)


def test_feeds_are_unfollowed_that_were_followed_only_now(served: Served, site: WebSite) -> None:
    before, now = (site.put(path, feed(item(1, link=site.url("/1")))) for path in ("/before.xml", "/now.xml"))
    list(served.gathering.intake.add([before]))
    since = datetime.now(UTC)
    list(served.gathering.intake.add([before, now]))
    served.gathering.unfollow([before, now], since)
    assert [each.address for each in served.gathering.feeds.feeds()] == [before]


def test_the_feeds_of_a_list_are_unfollowed_that_were_followed_only_with_it(served: Served, site: WebSite, tmp_path: Path) -> None:
    before, now, alone = (site.put(f"/{name}.xml", feed(item(1, link=site.url("/1")))) for name in ("before", "now", "alone"))
    moved = site.put("/moved.xml", redirect("/now.xml", 301))
    outlines = "".join(f'<outline xmlUrl="{address}"/>' for address in (before, moved))
    path = tmp_path / "feeds.opml"
    path.write_text(f"<opml><body>{outlines}</body></opml>")
    list(served.gathering.intake.add([before]))
    since = datetime.now(UTC)
    list(served.gathering.intake.add([str(path)]))
    list(served.gathering.intake.add([alone]))
    assert [each.address for each in served.gathering.feeds.feeds()] == [before, now, alone]
    served.gathering.unfollow([str(path)], since)
    assert [each.address for each in served.gathering.feeds.feeds()] == [before, alone]
