"""An opened data folder: its stores and its models, put together. Part of the composition root."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from bot.clock import Clock, now, utc_now
from bot.digests.books import Books
from bot.digests.editor import Editor
from bot.digests.newsroom import LibraryNewsroom
from bot.digests.previews import Preview, previews
from bot.evaluation.stopwatch import Stopwatch, TimedEmbedder, TimedStore
from bot.examples import Examples
from bot.gathering import Gathering
from bot.handlers.access import Access
from bot.protocols import Report
from bot.settings import Settings
from bot.shared_indexing import SharedIndexing
from bot.vector_collections import VectorCollections
from bot.worker import Stopping
from bot.writer import Writer
from corpus.catalog import Catalog
from corpus.loading import count, load
from retrieval.answering import Answerer
from retrieval.asking.spelling import Speller
from retrieval.chunking import Chunker
from retrieval.confidence import Calibration
from retrieval.embedding import BUNDLED as BUNDLED_EMBEDDER
from retrieval.embedding import SentenceEmbedder
from retrieval.examples import example_questions
from retrieval.indexing import Indexer
from retrieval.keywords import Fts5Index
from retrieval.outcome import Indexed
from retrieval.protocols import VectorStore
from retrieval.reading import BUNDLED as BUNDLED_READER
from retrieval.reading import SpanReader
from retrieval.replaceable import ReplaceableStore
from retrieval.search import HybridSearch
from retrieval.summaries.summarising import Summariser
from retrieval.verifying import disagreements

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

SAMPLE = Path(__file__).parents[1] / "corpus" / "articles"
"""The articles that a fresh data folder starts with."""

# Facts that the catalog remembers.
_STARTED, _WORDS_DUE = "started", "words_due"

EXAMPLE_ARTICLES = 50
"""The newest articles, of which some suggest questions."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Library:
    """The articles, and what it takes to change and to ask them. Models load at first use."""

    settings: Settings
    database: Engine
    catalog: Catalog
    chroma: "ClientAPI"
    writer: Writer | None = None
    """Where changes take their turn, in a process that has several threads which make some."""
    watch: Stopwatch | None = None
    """Measures the parts while articles are added."""
    clock: Clock = now
    """Tells the moment in the zone of those who ask."""

    @cached_property
    def embedder(self) -> SentenceEmbedder:
        """The sentence-embedding model."""
        return open_embedder(self.settings)

    @cached_property
    def keywords(self) -> Fts5Index:
        """The keyword index."""
        return Fts5Index(self.catalog)

    @cached_property
    def vectors(self) -> ReplaceableStore:
        """The vectors of the passages."""
        return ReplaceableStore(self._collections.current())

    @cached_property
    def _collections(self) -> VectorCollections:
        return VectorCollections(self.catalog, self.chroma, _embedding_model(self.settings))

    @cached_property
    def indexer(self) -> Indexer | SharedIndexing:
        """Takes articles in and out; for a process that opened the library for writing."""
        return SharedIndexing(self._own_indexer, self.writer) if self.writer else self._own_indexer

    @cached_property
    def _own_indexer(self) -> Indexer:
        return self._indexer(self.vectors)

    @cached_property
    def gathering(self) -> Gathering:
        """Takes in what comes from outside; for a process that opened the library for writing."""
        return Gathering(self.settings, self.database, self.indexer.add)

    def add_sources(self, sources: Sequence[str]) -> Iterator[Indexed]:
        """Yield what became of each article in files, folders, pages and feeds, after it is safely stored; feeds are followed."""
        return self.gathering.intake.add(sources)

    def refresh_feeds(self, numbers: Sequence[int]) -> Iterator[Indexed]:
        """Yield what is new in followed feeds, after it is safely stored; one result for each that fails or has nothing new."""
        return self.gathering.feeding.refresh_feeds(numbers)

    def unfollow(self, sources: Sequence[str], since: datetime) -> None:
        """Follow those feeds no longer that `sources` named, themselves or in a list, only after `since`; their articles stay."""
        self.gathering.unfollow(sources, since)

    def remove_articles(self, article_ids: Sequence[str]) -> list[str]:
        """Remove articles from every store; return the ids of those that there were."""
        return [article_id for article_id in article_ids if self.indexer.remove(article_id)]

    @cached_property
    def search(self) -> HybridSearch:
        """Finds passages by meaning and by words."""
        return HybridSearch(catalog=self.catalog, embedder=self.embedder, vectors=self.vectors, keywords=self.keywords)

    @cached_property
    def speller(self) -> Speller:
        """Brings misspelt words to the spelling of the articles."""
        return Speller(self.keywords)

    @cached_property
    def summariser(self) -> Summariser:
        """Tells articles in a few of their own sentences."""
        return Summariser(
            catalog=self.catalog,
            search=self.search,
            keywords=self.keywords,
            vectors=self.vectors,
            embedder=self.embedder,
            speller=self.speller,
        )

    @cached_property
    def answerer(self) -> Answerer:
        """Answers questions. Both models, and the words for the spelling, are loaded when it comes back."""
        self.embedder.load()
        self.speller.load()
        return Answerer(
            search=self.search,
            keywords=self.keywords,
            embedder=self.embedder,
            reader=open_reader(self.settings),
            calibration=Calibration.load(),
            speller=self.speller,
            min_confidence=self.settings.min_confidence,
            today=lambda: self.clock().date(),
        )

    @cached_property
    def newsroom(self) -> LibraryNewsroom:
        """The articles as digests need them."""
        return LibraryNewsroom(catalog=self.catalog, summariser=self.summariser, embedder=self.embedder)

    def digests_at(self, moment: datetime) -> list[Preview]:
        """Return what each subscribed chat that the bot may speak in would get at `moment`. Nothing is changed."""
        access = Access(self.settings.allowed_chats, self.settings.admin_ids)
        return previews(Books.of(self.database, now), Editor(self.newsroom), moment, access=access)

    def examples(self) -> list[str]:
        """Return at most three questions that the newest articles answer: found anew some time after articles have changed."""
        return self._examples.get()

    @cached_property
    def _examples(self) -> Examples:
        return Examples(
            find=lambda: example_questions(self.catalog.newest(EXAMPLE_ARTICLES), self.answerer.ask),
            version=self.keywords.version,
            clock=time.monotonic,
        )

    def verify(self) -> list[str]:
        """Return one sentence for each way in which the stores disagree, compared passage by passage; none where all is well."""
        return [*disagreements(self.catalog, self.vectors), *self._collections.complaints()]

    def glance(self) -> list[str]:
        """Return what is wrong with the stores as far as it can be seen at once: their sizes, and the model of the vectors."""
        wanted = self.catalog.passage_count()
        sizes = (("vector store", self.vectors.count()), ("keyword index", self.keywords.count()))
        complaints = [f"The {name} has {found} passages where the catalog has {wanted}." for name, found in sizes if found != wanted]
        return [*complaints, *self._collections.complaints()]

    def rebuild(self, progress: Report, *, stop: Callable[[], bool] = lambda: False) -> int:
        """Index every article anew, from the catalog alone; return the number of passages.

        Until all vectors are made the old index stays in force, so an interruption costs nothing but the work.
        Raises Stopping where `stop` says so before that.
        """

        def note(done: int, total: int) -> None:
            if stop():
                raise Stopping("the index is not wanted now")
            progress("Indexing", done, total)

        def switch(connection: Connection) -> None:
            self._collections.switch(connection)
            self.catalog.remember(connection, _WORDS_DUE, "yes")

        store = self._collections.begin()
        try:
            passages = self._indexer(store).rebuild_vectors(note, switch)
            self.vectors.replace(store)
            self._rebuild_words()
        finally:
            self._collections.tidy()
        return passages

    def _rebuild_words(self) -> None:
        self._own_indexer.rebuild_words()
        with self.catalog.transaction() as connection:
            self.catalog.remember(connection, _WORDS_DUE, "")

    def _indexer(self, vectors: VectorStore) -> Indexer:
        return Indexer(
            catalog=self.catalog,
            chunker=Chunker(),
            embedder=TimedEmbedder(self.embedder, self.watch) if self.watch else self.embedder,
            vectors=TimedStore(vectors, self.watch) if self.watch else vectors,
            keywords=self.keywords,
            clock=utc_now,
        )

    def recover(self) -> None:
        """Undo what an interrupted process left half done, do what an older version left undone. Needs the right to write."""
        self._collections.tidy()
        if self.catalog.fact(_WORDS_DUE):
            self._rebuild_words()
        if self.catalog.doubtful():
            logger.info("undid %d interrupted changes", self._own_indexer.recover())
        if linked := self._own_indexer.link_copies():
            logger.info("looked for copies among %d articles", linked)

    def start(self, progress: Report) -> None:
        """On the first start, index the sample articles; an interrupted first start is taken up again."""
        if self.catalog.fact(_STARTED):
            return
        total = count([str(SAMPLE)])
        for done, _ in enumerate(self.indexer.add(load([str(SAMPLE)])), start=1):
            progress("Indexing the sample articles", done, total)
        self.own()

    def own(self) -> None:
        """Remember that the folder's owner decides what is in it, so that no later start adds the sample."""
        with self.catalog.transaction() as connection:
            self.catalog.remember(connection, _STARTED, "yes")


def open_reader(settings: Settings) -> SpanReader:
    """Load the reading model. Raises ModelUnusable."""
    return SpanReader(settings.reader_model or BUNDLED_READER)


def open_embedder(settings: Settings) -> SentenceEmbedder:
    """Return the embedding model; it loads at first use. Raises ModelUnusable then."""
    return SentenceEmbedder(_embedding_model(settings))


def _embedding_model(settings: Settings) -> str:
    return settings.embedding_model or BUNDLED_EMBEDDER
