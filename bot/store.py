"""What all tables of the bot have in common: one schema, and how they are read and changed."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData

from bot.clock import Clock
from corpus.database import migrate, transaction

MIGRATIONS = Path(__file__).parent / "migrations"

metadata = MetaData()


class Store:
    """Tables in the database behind `engine`; making a store brings all of the bot's tables up to date.

    Its methods block on the disk: call them from a thread. They raise DatabaseUnusable where the database cannot be used, as does
    the construction.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        migrate(engine, MIGRATIONS)

    def _transaction(self) -> AbstractContextManager[Connection]:
        return transaction(self._engine)

    def _now(self) -> datetime:
        """Return the moment in UTC."""
        return self._clock().astimezone(UTC)

    def _ago(self, duration: timedelta) -> datetime:
        return self._now() - duration
