"""A small index with the real catalog and keyword index, and a fake model."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.catalog import Catalog
from retrieval.chunking import Chunker
from retrieval.indexing import Indexer
from retrieval.keywords import Fts5Index
from retrieval.protocols import Embedder, VectorStore
from retrieval.search import HybridSearch
from tests.databases import open_migrated
from tests.fakes import ListStore, WordEmbedder

NOON = datetime(2025, 3, 12, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Shelf:
    """The stores of one index."""

    catalog: Catalog
    keywords: Fts5Index
    vectors: ListStore

    def indexer(self, vectors: VectorStore | None = None, now: datetime = NOON, embedder: Embedder | None = None) -> Indexer:
        """Return an indexer over these stores, or over other `vectors`, that works at `now`, or with another `embedder`."""
        return Indexer(
            catalog=self.catalog,
            chunker=Chunker(words=20),
            embedder=embedder or WordEmbedder(),
            vectors=vectors or self.vectors,
            keywords=self.keywords,
            clock=lambda: now,
        )

    @property
    def search(self) -> HybridSearch:
        """The search over these stores."""
        return HybridSearch(catalog=self.catalog, embedder=WordEmbedder(), vectors=self.vectors, keywords=self.keywords)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    database = open_migrated(tmp_path / "catalog.db")
    catalog = Catalog(database)
    yield Shelf(catalog, Fts5Index(catalog), ListStore())
    database.dispose()
