"""The composition root: opens data folders, each with the parts that a command or the bot needs.

Only this module, with `bot.library` and `bot.gathering`, names concrete parts.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.clock import Clock, clock_in, now, utc_now
from bot.errors import DataDirInUse
from bot.evaluation.stopwatch import Stopwatch
from bot.gathering import followed_feeds
from bot.jobs.remote import RemoteLibrary
from bot.jobs.table import Jobs
from bot.library import Library
from bot.locking import DataDirLock
from bot.presence import Presence
from bot.protocols import Report
from bot.settings import Settings
from bot.writer import Writer
from corpus.catalog import Catalog
from corpus.database import open_database
from corpus.feed_catalog import FeedCatalog
from retrieval.errors import IndexUnusable
from retrieval.store import open_chroma

PATIENCE_SECONDS = 30.0
"""How long a bot that starts waits for a question at a terminal to be answered."""


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
            _presence(settings).clear()
            library = cleanup.enter_context(_prepared(settings, sample=sample, progress=progress))
            library.own()
        else:
            library = cleanup.enter_context(_shared(settings, lock, sample=sample, progress=progress))
            _ = library.answerer  # a wrong model is better known now than at the first question
        if not repair:
            _refuse_disagreement(library)
        yield library


@contextmanager
def open_served(settings: Settings, writer: Writer, progress: Report) -> Iterator[Library]:
    """Open the data folder for a bot, which has it alone, takes jobs, and has its models loaded. Raises as `open_library` does.

    Changes of the articles take their turns with `writer`. Chats are told days in the zone of the settings.
    """
    lock, presence, clock = DataDirLock(settings.data_dir), _presence(settings), clock_in(ZoneInfo(settings.timezone))
    with (
        lock.writing(patience=0 if presence.is_served else PATIENCE_SECONDS),
        presence.shown(),
        _prepared(settings, sample=True, progress=progress, writer=writer, clock=clock) as library,
    ):
        library.own()
        _ = library.answerer
        _refuse_disagreement(library)
        yield library


@contextmanager
def open_watched(settings: Settings, progress: Report, watch: Stopwatch) -> Iterator[Library]:
    """Open a library for writing whose parts `watch` measures while articles are added. Raises as `open_library` does."""
    with open_library(settings, writing=True, sample=False, progress=progress) as library:
        watch.watch(library.database)
        yield replace(library, watch=watch)


@contextmanager
def open_remote(settings: Settings) -> Iterator[RemoteLibrary]:
    """Open the library of the bot that serves the data folder. Raises DatabaseUnusable."""
    with _database(settings) as database:
        yield RemoteLibrary(Catalog(database), Jobs(database, utc_now), _presence(settings), utc_now)


@contextmanager
def open_catalog(settings: Settings) -> Iterator[Catalog]:
    """Open the catalog alone: no models, no lock. Raises DataDirUnusable and DatabaseUnusable."""
    DataDirLock(settings.data_dir)
    with _database(settings) as database:
        yield Catalog(database)


@contextmanager
def open_feeds(settings: Settings) -> Iterator[FeedCatalog]:
    """Open the list of followed feeds alone: no models, no lock. Raises DataDirUnusable and DatabaseUnusable."""
    DataDirLock(settings.data_dir)
    with _database(settings) as database:
        yield followed_feeds(database)


def is_served(settings: Settings) -> bool:
    """Return whether a bot serves the data folder now. Raises DataDirUnusable."""
    return _presence(settings).is_served


@contextmanager
def _prepared(settings: Settings, *, sample: bool, progress: Report, writer: Writer | None = None, clock: Clock = now) -> Iterator[Library]:
    """Open the data folder, which the process has locked, and finish what was interrupted there. Raises as `open_library` does."""
    with _opened(settings, writer, clock) as library:
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


@contextmanager
def _opened(settings: Settings, writer: Writer | None = None, clock: Clock = now) -> Iterator[Library]:
    with _database(settings) as database:
        chroma = open_chroma(settings.data_dir / "chroma", settings.chroma_url)
        yield Library(settings, database, Catalog(database), chroma, writer, clock=clock)


@contextmanager
def _database(settings: Settings) -> Iterator[Engine]:
    """Open the database that all tables are in."""
    database = open_database(settings.database_url or f"sqlite:///{settings.data_dir / 'quotewire.db'}")
    try:
        yield database
    finally:
        database.dispose()


def _presence(settings: Settings) -> Presence:
    return Presence(settings.data_dir, time.time)


def _refuse_disagreement(library: Library) -> None:
    """Raise IndexUnusable where the stores disagree."""
    complaints = library.glance()
    if complaints:
        raise IndexUnusable(" ".join([*complaints, "Run: quotewire reindex"]))
