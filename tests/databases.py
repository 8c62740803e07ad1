"""New databases without the time that their migrations take."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from bot import store
from corpus import catalog
from corpus.database import migrate, open_database


def open_migrated(path: Path) -> Engine:
    """Return an engine for the database at `path`; a new one has all tables already, as the migrations make them."""
    if not path.exists():
        path.write_bytes(_migrated())
    return open_database(f"sqlite:///{path}")


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.db"
        engine = open_database(f"sqlite:///{path}")
        for migrations in (catalog.MIGRATIONS, store.MIGRATIONS):
            migrate(engine, migrations)
        engine.dispose()
        return path.read_bytes()
