"""Followed feeds over real stores, with fakes for the models and the web."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from bot.feeding import Add, Feeding
from bot.intake import Intake
from corpus.catalog import Catalog
from corpus.feed_catalog import FeedCatalog
from corpus.feed_reading import FeedReader
from retrieval.chunking import Chunker
from retrieval.indexing import Indexer
from retrieval.keywords import Fts5Index
from tests.databases import open_migrated
from tests.fake_web import FakeWeb, item, rss
from tests.fakes import ListStore, WordEmbedder

NOON = datetime(2025, 3, 13, 12, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass
class FeedBench:
    """Feeds, a web for them, and a clock that stands still unless it is moved."""

    catalog: Catalog
    engine: Engine
    vectors: ListStore
    web: FakeWeb
    now: datetime = NOON

    @property
    def feeds(self) -> FeedCatalog:
        """The feeds that are followed."""
        return FeedCatalog(self.engine, lambda: self.now)

    @property
    def indexer(self) -> Indexer:
        """What stores articles."""
        return Indexer(
            catalog=self.catalog,
            chunker=Chunker(),
            embedder=WordEmbedder(),
            vectors=self.vectors,
            keywords=Fts5Index(self.catalog),
            clock=lambda: self.now,
        )

    @property
    def feeding(self) -> Feeding:
        """What refreshes the feeds."""
        return self.feeding_with(self.indexer.add)

    @property
    def intake(self) -> Intake:
        """What takes sources in."""
        return Intake(fetcher=self.web, feeding=self.feeding, feeds=self.feeds, add=self.indexer.add)

    def feeding_with(self, add: Add) -> Feeding:
        """Return what refreshes the feeds, with `add` to store their articles."""
        reader = FeedReader(fetcher=self.web, pages=self.web, every=HALF_AN_HOUR, clock=lambda: self.now, chance=lambda: 0.0)
        return Feeding(feeds=self.feeds, reader=reader, add=add)

    def follow(self, number: int, content: str | None = None, host: str | None = None) -> str:
        """Follow the feed of a site whose one entry is its own; return its address."""
        site = host or f"https://site{number}.example"
        address = f"{site}/{number}.xml"
        self.web.put(address, content or rss(item(number, link=f"{site}/{number}"), title=f"Site {number}"))
        self.feeds.follow(address, "")
        return address


@contextmanager
def open_bench(folder: Path) -> Iterator[FeedBench]:
    """Open stores in `folder`."""
    database = open_migrated(folder / "catalog.db")
    yield FeedBench(Catalog(database), database, ListStore(), FakeWeb())
    database.dispose()
