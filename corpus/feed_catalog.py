"""The feeds that are followed, in the catalog's database: they stay through crashes and restarts."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from corpus.addresses import key_of
from corpus.database import Moment, migrate, transaction
from corpus.followed import FollowedFeed

MIGRATIONS = Path(__file__).parent / "migrations"
MOST_KNOWN = 5_000
"""Entries of one feed that are remembered; those that the feed has shown longest ago are forgotten first."""

metadata = MetaData()
feed_table = Table(
    "feeds",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("address", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("added", Moment, nullable=False),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("asked_minutes", Integer, nullable=False),
    Column("last_fetched", Moment),
    Column("last_new", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Moment),
    Column("error", Text, nullable=False),
    Column("due", Moment, nullable=False, index=True),
    Column("paused", Boolean, nullable=False),
    Column("came_from", Text, nullable=False),
    sqlite_autoincrement=True,
)
entry_table = Table(
    "feed_entries",
    metadata,
    Column("feed", Integer, ForeignKey("feeds.number", ondelete="CASCADE"), primary_key=True),
    Column("key", String(16), primary_key=True),
    Column("digest", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("seen", Moment, nullable=False),
)


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What is remembered of an entry: its digest when it was dealt with, and how often that failed (0: it is done)."""

    digest: str
    attempts: int = 0


class FeedCatalog:
    """The followed feeds in the database behind `engine`; making one brings the tables up to date.

    Raises DatabaseUnusable where the database cannot be used, at construction and later on.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        migrate(engine, MIGRATIONS)

    def transaction(self) -> AbstractContextManager[Connection]:
        """Run a block of changes that happen together or not at all."""
        return transaction(self._engine)

    def feeds(self) -> list[FollowedFeed]:
        """Return every feed, in the order in which they came."""
        with self.transaction() as connection:
            return [_feed(row) for row in connection.execute(select(feed_table).order_by(feed_table.c.number))]

    def due(self) -> list[FollowedFeed]:
        """Return the feeds that are to be fetched by now, the one that has waited longest first."""
        query = (
            select(feed_table)
            .where(feed_table.c.due <= self._clock(), ~feed_table.c.paused)
            .order_by(feed_table.c.due, feed_table.c.number)
        )
        with self.transaction() as connection:
            return [_feed(row) for row in connection.execute(query)]

    def find(self, name: str) -> FollowedFeed | None:
        """Return the feed with this number or address; None where there is none."""
        column, value = (feed_table.c.number, int(name)) if name.isdecimal() and len(name) < 18 else (feed_table.c.key, key_of(name))
        with self.transaction() as connection:
            row = connection.execute(select(feed_table).where(column == value)).first()
        return _feed(row) if row else None

    def follow(self, address: str, title: str, came_from: str = "") -> FollowedFeed:
        """Return the feed at `address`, which is followed, and due, from now on unless it was followed before.

        `came_from` is the source that named it, where that is not the address itself.
        """
        moment = self._clock()
        values = {
            "key": key_of(address),
            "address": address,
            "title": title,
            "added": moment,
            "due": moment,
            "etag": "",
            "last_modified": "",
            "asked_minutes": 0,
            "last_new": 0,
            "failures": 0,
            "error": "",
            "paused": False,
            "came_from": came_from or address,
        }
        with self.transaction() as connection:
            connection.execute(upsert(feed_table).values(values).on_conflict_do_nothing())
            row = connection.execute(select(feed_table).where(feed_table.c.key == key_of(address))).one()
        return _feed(row)

    def save(self, feed: FollowedFeed, known: Mapping[str, KnownEntry]) -> None:
        """Keep the new state of `feed`, with what is `known` by now of the entries that it shows.

        Nothing happens where the feed is not followed any more. That it is paused is kept as it stands in the database, unless
        `feed` is paused: somebody may have said so while it was being fetched.
        """
        with self.transaction() as connection:
            columns = feed_table.c
            values = {name: getattr(feed, name) for name in columns.keys() if name not in {"number", "key", "added", "paused"}}  # noqa: SIM118
            values |= {"key": key_of(feed.address)} | ({"paused": True} if feed.paused else {})
            if connection.execute(update(feed_table).where(columns.number == feed.number).values(values)).rowcount:
                _remember(connection, feed.number, known, self._clock())

    def known(self, number: int) -> dict[str, KnownEntry]:
        """Return what is remembered of the entries of feed `number`, by their keys."""
        with self.transaction() as connection:
            rows = connection.execute(select(entry_table).where(entry_table.c.feed == number))
            return {row.key: KnownEntry(row.digest, row.attempts) for row in rows}

    def pause(self, number: int) -> None:
        """Do not fetch feed `number` until it is resumed."""
        self._change(number, paused=True)

    def resume(self, number: int) -> None:
        """Fetch feed `number` again, from now on; earlier failures are forgotten."""
        self._change(number, paused=False, due=self._clock(), failures=0, failing_since=None, error="")

    def hasten(self, numbers: Sequence[int]) -> None:
        """Make feeds due now, unless they are paused."""
        for number in numbers:
            self._change(number, due=self._clock())

    def remove(self, number: int) -> None:
        """Follow feed `number` no longer. The articles that came from it stay."""
        with self.transaction() as connection:
            connection.execute(delete(feed_table).where(feed_table.c.number == number))

    def _change(self, number: int, **values: object) -> None:
        with self.transaction() as connection:
            connection.execute(update(feed_table).where(feed_table.c.number == number).values(values))


def _remember(connection: Connection, number: int, known: Mapping[str, KnownEntry], moment: datetime) -> None:
    columns = entry_table.c
    rows = [
        {"feed": number, "key": key, "digest": entry.digest, "attempts": entry.attempts, "seen": moment} for key, entry in known.items()
    ]
    statement = upsert(entry_table)
    kept = {name: statement.excluded[name] for name in ("digest", "attempts", "seen")}
    if rows:
        connection.execute(statement.on_conflict_do_update(index_elements=["feed", "key"], set_=kept), rows)
    newest = select(columns.key).where(columns.feed == number).order_by(columns.seen.desc(), columns.key).limit(MOST_KNOWN)
    connection.execute(delete(entry_table).where(columns.feed == number, columns.key.not_in(newest)))


def _feed(row: Row[tuple[object, ...]]) -> FollowedFeed:
    return FollowedFeed(
        number=row.number,
        address=row.address,
        title=row.title,
        added=row.added,
        due=row.due,
        etag=row.etag,
        last_modified=row.last_modified,
        asked_minutes=row.asked_minutes,
        last_fetched=row.last_fetched,
        last_new=row.last_new,
        failures=row.failures,
        failing_since=row.failing_since,
        error=row.error,
        paused=row.paused,
        came_from=row.came_from,
    )
