"""A new index of some articles, in a folder of its own: what simulations and benchmarks search."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from corpus.article import Article
from corpus.catalog import Catalog
from corpus.database import open_database
from retrieval.chunking import Chunker
from retrieval.indexing import Indexer
from retrieval.keywords import Fts5Index
from retrieval.protocols import Embedder
from retrieval.search import HybridSearch
from retrieval.store import ChromaStore, open_chroma

logger = logging.getLogger(__name__)


def fresh_index(articles: Sequence[Article], embedder: Embedder, folder: Path) -> tuple[HybridSearch, Fts5Index]:
    """Index `articles` in `folder`, which has no index yet; return what searches them, and their words."""
    catalog = Catalog(open_database(f"sqlite:///{folder / 'catalog.db'}"))
    vectors = ChromaStore(open_chroma(folder / "chroma"), "passages")
    keywords = Fts5Index(catalog)
    indexer = Indexer(
        catalog=catalog, chunker=Chunker(), embedder=embedder, vectors=vectors, keywords=keywords, clock=lambda: datetime.now(UTC)
    )
    logger.info("indexed %d articles", len(list(indexer.add(articles))))
    return HybridSearch(catalog=catalog, embedder=embedder, vectors=vectors, keywords=keywords), keywords
