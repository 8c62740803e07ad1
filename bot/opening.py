"""A data folder that a bot serves: opened by the bot itself, and by commands that hand their work to it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from bot.assembly import Library, database_url, open_library, prepared, refuse_disagreement
from bot.evaluation.stopwatch import Stopwatch
from bot.jobs.remote import RemoteLibrary
from bot.jobs.table import Jobs
from bot.locking import DataDirLock
from bot.presence import Presence
from bot.protocols import Report
from bot.settings import Settings
from bot.writer import Writer
from corpus.catalog import Catalog
from corpus.database import open_database

PATIENCE_SECONDS = 30.0
"""How long a bot that starts waits for a question at a terminal to be answered."""


@contextmanager
def open_served(settings: Settings, writer: Writer, progress: Report) -> Iterator[Library]:
    """Open the data folder for a bot, which has it alone, takes jobs, and has its models loaded. Raises as `open_library` does.

    Changes of the articles take their turns with `writer`.
    """
    lock, presence = DataDirLock(settings.data_dir), _presence(settings)
    with (
        lock.writing(patience=0 if presence.is_served else PATIENCE_SECONDS),
        presence.shown(),
        prepared(settings, sample=True, progress=progress, writer=writer) as library,
    ):
        library.own()
        _ = library.answerer
        refuse_disagreement(library)
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
    database = open_database(database_url(settings))
    try:
        yield RemoteLibrary(Catalog(database), Jobs(database, _now), _presence(settings))
    finally:
        database.dispose()


def is_served(settings: Settings) -> bool:
    """Return whether a bot serves the data folder now. Raises DataDirUnusable."""
    return _presence(settings).is_served


def _presence(settings: Settings) -> Presence:
    return Presence(settings.data_dir, time.time)


def _now() -> datetime:
    return datetime.now(UTC)
