"""The composition root: the only module that names concrete parts and puts them together."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import Connection, Engine

from bot.books import Books
from bot.clock import now, today
from bot.editor import Editor
from bot.errors import DataDirInUse
from bot.locking import DataDirLock
from bot.newsroom import LibraryNewsroom
from bot.previews import Preview, previews
from bot.protocols import Report
from bot.settings import Settings
from bot.state import State
from corpus.catalog import Catalog
from corpus.database import open_database
from corpus.fetching import HttpFetcher
from corpus.hosts import AllowList, HostGuard
from corpus.loading import count, load
from corpus.protocols import Fetcher
from retrieval.answering import Answerer
from retrieval.chunking import Chunker
from retrieval.confidence import Calibration
from retrieval.embedding import BUNDLED as BUNDLED_EMBEDDER
from retrieval.embedding import SentenceEmbedder
from retrieval.errors import IndexUnusable
from retrieval.examples import example_questions
from retrieval.indexing import Indexer
from retrieval.keywords import Fts5Index
from retrieval.reading import BUNDLED as BUNDLED_READER
from retrieval.reading import SpanReader
from retrieval.search import HybridSearch
from retrieval.spelling import Speller
from retrieval.store import ChromaStore, delete_collection, open_chroma
from retrieval.summarising import Summariser

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

SAMPLE = Path(__file__).parents[1] / "corpus" / "articles"
"""The articles that a fresh data folder starts with."""

# Facts about the index that the catalog remembers.
_COLLECTION, _SPARE_COLLECTION, _EMBEDDING_MODEL, _STARTED = "collection", "spare_collection", "embedding_model", "started"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Library:
    """An opened data folder: the articles, and what it takes to change and to ask them. Models load at first use."""

    settings: Settings
    database: Engine
    catalog: Catalog
    chroma: "ClientAPI"

    @cached_property
    def embedder(self) -> SentenceEmbedder:
        """The sentence-embedding model."""
        return SentenceEmbedder(_embedding_model(self.settings))

    @cached_property
    def keywords(self) -> Fts5Index:
        """The keyword index."""
        return Fts5Index(self.catalog)

    @cached_property
    def vectors(self) -> ChromaStore:
        """The vectors of the passages."""
        name = self.catalog.fact(_COLLECTION)
        if name is None:
            name = _new_collection_name()
            with self.catalog.transaction() as connection:
                self.catalog.remember(connection, _COLLECTION, name)
                self.catalog.remember(connection, _EMBEDDING_MODEL, _embedding_model(self.settings))
        return ChromaStore(self.chroma, name)

    @cached_property
    def indexer(self) -> Indexer:
        """Takes articles in and out; for a process that opened the library for writing."""
        return self._indexer(self.vectors)

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
            today=today,
        )

    @cached_property
    def newsroom(self) -> LibraryNewsroom:
        """The articles as digests need them."""
        return LibraryNewsroom(catalog=self.catalog, summariser=self.summariser, embedder=self.embedder)

    def digests_at(self, moment: datetime) -> list[Preview]:
        """Return what each subscribed chat would get at `moment`. Nothing is changed."""
        State(self.database, now)  # brings the tables up to date
        return previews(Books.of(self.database, now), Editor(self.newsroom), moment)

    def examples(self) -> list[str]:
        """Return at most three questions that the newest articles answer. Found once: the articles do not change meanwhile."""
        return self._examples

    @cached_property
    def _examples(self) -> list[str]:
        return example_questions((entry.article for entry in self.catalog.entries()), self.answerer.ask)

    def verify(self) -> list[str]:
        """Return one sentence for each way in which the stores disagree; none where all is well."""
        wanted = self.catalog.passage_count()
        complaints = [
            f"The {name} has {found} passages where the catalog has {wanted}."
            for name, found in (("vector store", self.vectors.count()), ("keyword index", self.keywords.count()))
            if found != wanted
        ]
        model = self.catalog.fact(_EMBEDDING_MODEL)
        if model not in {None, _embedding_model(self.settings)}:
            complaints.append(f"The index was made with the embedding model {model!r}, not {_embedding_model(self.settings)!r}.")
        return complaints

    def rebuild(self, progress: Report) -> int:
        """Index every article anew, from the catalog alone; return the number of passages. Reopen the library to use them.

        Until the last moment the old index stays in force, so an interruption costs nothing but the work.
        """
        name, old = _new_collection_name(), self.catalog.fact(_COLLECTION)

        def switch(connection: Connection) -> None:
            self.catalog.remember(connection, _COLLECTION, name)
            self.catalog.remember(connection, _EMBEDDING_MODEL, _embedding_model(self.settings))
            self.catalog.remember(connection, _SPARE_COLLECTION, old or "")

        with self.catalog.transaction() as connection:
            self.catalog.remember(connection, _SPARE_COLLECTION, name)
        indexer = self._indexer(ChromaStore(self.chroma, name))
        passages = indexer.rebuild(lambda done, total: progress("Indexing", done, total), switch)
        self._tidy()
        return passages

    def _indexer(self, vectors: ChromaStore) -> Indexer:
        return Indexer(
            catalog=self.catalog,
            chunker=Chunker(),
            embedder=self.embedder,
            vectors=vectors,
            keywords=self.keywords,
            clock=lambda: datetime.now(UTC),
        )

    def recover(self) -> None:
        """Undo what an interrupted process left half done, do what an older version left undone. Needs the right to write."""
        self._tidy()
        if self.catalog.doubtful():
            logger.info("undid %d interrupted changes", self.indexer.recover())
        if linked := self.indexer.link_copies():
            logger.info("looked for copies among %d articles", linked)

    def _tidy(self) -> None:
        spare = self.catalog.fact(_SPARE_COLLECTION)
        if spare:
            delete_collection(self.chroma, spare)
            with self.catalog.transaction() as connection:
                self.catalog.remember(connection, _SPARE_COLLECTION, "")

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


@contextmanager
def open_library(settings: Settings, *, writing: bool, sample: bool, progress: Report, repair: bool = False) -> Iterator[Library]:
    """Open the data folder, finish what was interrupted there and, on a first start with `sample`, index the sample articles.

    A library for `writing` belongs to this process alone; one for asking is shared, and has its models loaded.
    Raises BotError, CorpusError or RetrievalError, each with one sentence: also where the stores disagree, unless
    it is opened to `repair` them.
    """
    lock = DataDirLock(settings.data_dir)
    with ExitStack() as cleanup:
        if writing:
            cleanup.enter_context(lock.writing())
            library = cleanup.enter_context(_prepared(settings, sample=sample, progress=progress))
            library.own()
        else:
            library = cleanup.enter_context(_shared(settings, lock, sample=sample, progress=progress))
            _ = library.answerer  # a wrong model is better known now than at the first question
        if not repair:
            _refuse_disagreement(library)
        yield library


@contextmanager
def open_catalog(settings: Settings) -> Iterator[Catalog]:
    """Open the catalog alone: no models, no lock. Raises DataDirUnusable and DatabaseUnusable."""
    DataDirLock(settings.data_dir)
    database = open_database(_database_url(settings))
    try:
        yield Catalog(database)
    finally:
        database.dispose()


def open_fetcher(settings: Settings) -> Fetcher:
    """Return what reads from the web, within its limits and only from public hosts and those of FETCH_ALLOW."""
    return HttpFetcher(
        user_agent=f"Quotewire/{version('quotewire')} (answers questions about news with quotes and links)",
        guard=HostGuard(allowed=AllowList.parse(settings.fetch_allow)),
        clock=monotonic,
        sleep=sleep,
    )


def open_reader(settings: Settings) -> SpanReader:
    """Load the reading model. Raises ModelUnusable."""
    return SpanReader(settings.reader_model or BUNDLED_READER)


@contextmanager
def _opened(settings: Settings) -> Iterator[Library]:
    database = open_database(_database_url(settings))
    try:
        yield Library(settings, database, Catalog(database), open_chroma(settings.data_dir / "chroma", settings.chroma_url))
    finally:
        database.dispose()


@contextmanager
def _prepared(settings: Settings, *, sample: bool, progress: Report) -> Iterator[Library]:
    with _opened(settings) as library:
        library.recover()
        if sample:
            library.start(progress)
        yield library


@contextmanager
def _shared(settings: Settings, lock: DataDirLock, *, sample: bool, progress: Report) -> Iterator[Library]:
    """Prepare the folder if nobody else is in (who is in has done so), then keep only writers out."""
    with suppress(DataDirInUse), lock.writing(), _prepared(settings, sample=sample, progress=progress):
        pass
    with lock.reading(), _opened(settings) as library:
        yield library


def _refuse_disagreement(library: Library) -> None:
    complaints = library.verify()
    if complaints:
        raise IndexUnusable(" ".join([*complaints, "Run: quotewire reindex"]))


def _database_url(settings: Settings) -> str:
    return settings.database_url or f"sqlite:///{settings.data_dir / 'quotewire.db'}"


def _embedding_model(settings: Settings) -> str:
    return settings.embedding_model or BUNDLED_EMBEDDER


def _new_collection_name() -> str:
    """Return a name that no other data folder uses on the same Chroma server."""
    return f"quotewire-{uuid4().hex}"
