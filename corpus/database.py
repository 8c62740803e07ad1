"""Opening the SQL database, bringing its tables up to date, and the column for moments."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, DateTime, Dialect, Engine, TypeDecorator, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from corpus.errors import DatabaseUnusable

LOCK_WAIT_SECONDS = 15
"""How long a statement waits for another process's transaction before it fails."""


class Moment(TypeDecorator[datetime]):
    """A column of moments, each with its zone; the database keeps them in UTC without one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return a moment as it is kept."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return a moment that was kept, in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def open_database(url: str | URL) -> Engine:
    """Return an engine for the SQLite database at `url`, in write-ahead mode with foreign keys on.

    Raises DatabaseUnusable where the URL is malformed or names another kind of database.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnusable("DATABASE_URL is not a database address; write it like sqlite:///path/to/quotewire.db.") from error
    if parsed.get_backend_name() != "sqlite":
        raise DatabaseUnusable(
            f"DATABASE_URL names a {parsed.get_backend_name()} database, but this version keeps its catalog in SQLite only; "
            "write it like sqlite:///path/to/quotewire.db or leave it empty."
        )
    # Parameters are people's questions and articles: they must not get into error messages, and so into logs.
    engine = create_engine(parsed, connect_args={"timeout": LOCK_WAIT_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Run a block of changes that happen together or not at all. Raises DatabaseUnusable where the database fails."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise DatabaseUnusable(f"The database {engine.url.database} failed: {error.orig}; is the disk full or read-only?") from error


def _prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # a power cut must not undo what was reported as done
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def migrate(engine: Engine, migrations: Path) -> None:
    """Bring the tables that the Alembic scripts in the folder `migrations` describe to their newest version.

    Each such folder keeps its version in a table of its own, so that packages migrate independently.
    Raises DatabaseUnusable where the database cannot be written, or comes from a newer version of the program.
    """
    version_table = f"{migrations.parent.name}_version"
    try:
        with engine.begin() as connection:
            current = MigrationContext.configure(connection, opts={"version_table": version_table}).get_current_revision()
            if current == _newest(migrations):
                return
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # by itself, sqlite3 begins none for CREATE TABLE: a kill would leave half
            config = _config(migrations)
            config.attributes["connection"] = connection
            config.attributes["version_table"] = version_table
            command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseUnusable(
            f"The database {engine.url.database} was made by a newer version of Quotewire; update the program or use another data folder."
        ) from error
    except DBAPIError as error:
        raise DatabaseUnusable(f"The database {engine.url.database} cannot be used: {error.orig}.") from error


@lru_cache(maxsize=8)
def _newest(migrations: Path) -> str | None:
    """Return the version that the scripts lead to: reading them takes longer than everything else where there is nothing to do."""
    return ScriptDirectory.from_config(_config(migrations)).get_current_head()


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config
