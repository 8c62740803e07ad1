"""Who wants digests: each chat's settings, and the people who want a group's digest privately. Kept in the database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Integer, Row, String, Table, Text, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.digests.schedule import Rhythm, Schedule, is_zone
from bot.store import Store, metadata
from corpus.database import Moment
from retrieval.summaries.topics import Topics

subscription_table = Table(
    "subscriptions",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread_id", BigInteger),
    Column("rhythm", String(16), nullable=False),
    Column("times", Text, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("include", Text, nullable=False),
    Column("exclude", Text, nullable=False),
    Column("when_empty", String(16), nullable=False),
    Column("length", String(16), nullable=False),
    Column("since", Moment, nullable=False),
    Column("paused", Text),
    Column("paused_since", Moment),
)
copy_table = Table(
    "digest_copies",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
)
EVERYTHING = Topics()
MAX_COPIES = 20
"""Groups whose digests one person can have copied."""


class WhenEmpty(StrEnum):
    """What a digest without news is: nothing at all, or one line that says so."""

    SKIP = "skip"
    LINE = "line"


class Length(StrEnum):
    """How many stories a digest has at most, and how many sentences each."""

    SHORT = "short"
    NORMAL = "normal"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Pause:
    """Why a chat gets nothing at present, in words for its people, and since when."""

    reason: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What one chat wants. `since` is when its schedule came into force; `thread_id` is the forum topic to speak in, or None."""

    chat_id: int
    schedule: Schedule
    since: datetime
    thread_id: int | None = None
    topics: Topics = EVERYTHING
    when_empty: WhenEmpty = WhenEmpty.SKIP
    length: Length = Length.NORMAL
    pause: Pause | None = None

    @classmethod
    def new(cls, chat_id: int, now: datetime, zone: str) -> "Subscription":
        """Return the settings of a chat that has set nothing: no digests, and 8:00 in `zone` where it switches them on."""
        return cls(chat_id=chat_id, schedule=Schedule(zone=zone), since=now)

    @property
    def private(self) -> bool:
        """Whether the chat is one with a single person."""
        return self.chat_id > 0

    def changed(self, schedule: Schedule, now: datetime) -> "Subscription":
        """Return the same with another schedule, which is in force from `now` on and ends a pause; the same one changes nothing."""
        return self if schedule == self.schedule and not self.pause else replace(self, schedule=schedule, since=now, pause=None)


class Subscriptions(Store):
    """What each chat wants, and who has the digests of which groups copied."""

    def find(self, chat_id: int) -> Subscription | None:
        """Return what a chat wants; None where it never said."""
        with self._transaction() as connection:
            row = connection.execute(select(subscription_table).where(subscription_table.c.chat_id == chat_id)).one_or_none()
        return _subscription(row) if row else None

    def all(self) -> list[Subscription]:
        """Return every subscription, switched off and paused ones too, in the order of the chats."""
        with self._transaction() as connection:
            return [_subscription(row) for row in connection.execute(select(subscription_table).order_by(subscription_table.c.chat_id))]

    def keep(self, subscription: Subscription) -> None:
        """Remember what a chat wants, in place of what it wanted before."""
        row = _row(subscription)
        changes = {name: value for name, value in row.items() if name != "chat_id"}
        with self._transaction() as connection:
            connection.execute(upsert(subscription_table).values(row).on_conflict_do_update(index_elements=["chat_id"], set_=changes))

    def pause(self, chat_id: int, reason: str) -> None:
        """Send a chat nothing until `resume`; one that is paused already keeps its reason."""
        columns = subscription_table.c
        values = {"paused": reason, "paused_since": self._now()}
        with self._transaction() as connection:
            connection.execute(update(subscription_table).where(columns.chat_id == chat_id, columns.paused.is_(None)).values(values))

    def resume(self, chat_id: int) -> bool:
        """End a pause; what was missed meanwhile is not caught up. Return whether there was one."""
        columns = subscription_table.c
        values = {"paused": None, "paused_since": None, "since": self._now()}
        with self._transaction() as connection:
            found = connection.execute(
                update(subscription_table).where(columns.chat_id == chat_id, columns.paused.isnot(None)).values(values)
            )
            return found.rowcount == 1

    def leave_topic(self, chat_id: int, thread_id: int) -> None:
        """Speak in the chat itself from now on, where it was in this forum topic."""
        columns = subscription_table.c
        with self._transaction() as connection:
            there = (columns.chat_id == chat_id, columns.thread_id == thread_id)
            connection.execute(update(subscription_table).where(*there).values(thread_id=None))

    def copy(self, user_id: int, chat_id: int) -> bool:
        """Send a person the digests of a group, too; return False where that is so already, or too many are copied."""
        with self._transaction() as connection:
            copied = connection.scalars(select(copy_table.c.chat_id).where(copy_table.c.user_id == user_id)).all()
            if chat_id in copied or len(copied) >= MAX_COPIES:
                return False
            row = {"user_id": user_id, "chat_id": chat_id}
            return connection.execute(upsert(copy_table).values(row).on_conflict_do_nothing()).rowcount == 1

    def stop_copies(self, user_id: int, chat_id: int | None = None) -> int:
        """Stop copying a group's digests to a person, or all groups'; return how many that were."""
        where = [copy_table.c.user_id == user_id, *([copy_table.c.chat_id == chat_id] if chat_id is not None else [])]
        with self._transaction() as connection:
            return connection.execute(delete(copy_table).where(*where)).rowcount

    def readers(self, chat_id: int) -> Sequence[int]:
        """Return the people who have a group's digests copied."""
        with self._transaction() as connection:
            return connection.scalars(
                select(copy_table.c.user_id).where(copy_table.c.chat_id == chat_id).order_by(copy_table.c.user_id)
            ).all()

    def copied_by(self, user_id: int) -> Collection[int]:
        """Return the groups whose digests a person has copied."""
        with self._transaction() as connection:
            return connection.scalars(select(copy_table.c.chat_id).where(copy_table.c.user_id == user_id)).all()


def _row(subscription: Subscription) -> dict[str, object]:
    schedule, pause = subscription.schedule, subscription.pause
    return {
        "chat_id": subscription.chat_id,
        "thread_id": subscription.thread_id,
        "rhythm": schedule.rhythm.value,
        "times": " ".join(f"{at:%H:%M}" for at in schedule.times),
        "weekday": schedule.weekday,
        "zone": schedule.zone,
        "include": "\n".join(subscription.topics.include),
        "exclude": "\n".join(subscription.topics.exclude),
        "when_empty": subscription.when_empty.value,
        "length": subscription.length.value,
        "since": subscription.since,
        "paused": pause.reason if pause else None,
        "paused_since": pause.since if pause else None,
    }


def _subscription(row: Row[tuple[object, ...]]) -> Subscription:
    schedule = Schedule(
        rhythm=Rhythm(row.rhythm),
        times=tuple(time.fromisoformat(at) for at in row.times.split()),
        weekday=row.weekday,
        zone=row.zone if is_zone(row.zone) else "UTC",  # a machine with an older list of zones
    )
    return Subscription(
        chat_id=row.chat_id,
        schedule=schedule,
        since=row.since,
        thread_id=row.thread_id,
        topics=Topics(tuple(row.include.splitlines()), tuple(row.exclude.splitlines())),
        when_empty=WhenEmpty(row.when_empty),
        length=Length(row.length),
        pause=Pause(row.paused, row.paused_since) if row.paused else None,
    )
