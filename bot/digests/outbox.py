"""The messages of digests on their way, each sent at most once.

A message is claimed before it is sent; the database lets one process win. One that was claimed and not settled, because the
connection or the process broke in between, may have arrived: it is parked, for a person to look at, and never repeated by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, func, select, update

from bot.digests.delivery_tables import PartState, digest_table, part_table
from bot.digests.schedule import CATCH_UP, Slot
from bot.store import Store

SENDING = timedelta(minutes=10)
"""A message that has been under way for longer was claimed by a process that died."""
INTERRUPTED = "the bot was stopped while it was being sent"
TOO_LATE = "Telegram could not be reached in time"


@dataclass(frozen=True, slots=True)
class Part:
    """A message that this process has claimed to send."""

    id: int
    chat_id: int
    origin: int
    number: int
    html: str


@dataclass(frozen=True, slots=True)
class Parked:
    """A message that may have arrived. `resend` takes its id."""

    id: int
    chat_id: int
    slot: Slot
    number: int
    note: str
    since: datetime


class Outbox(Store):
    """The messages of digests."""

    def waiting(self) -> list[int]:
        """Return the chats that have messages to be sent now."""
        query = select(digest_table.c.chat_id).join(part_table).where(self._sendable()).distinct().order_by(digest_table.c.chat_id)
        with self._transaction() as connection:
            return list(connection.scalars(query))

    def next_part(self, chat_id: int) -> Part | None:
        """Claim the next message for a chat; None where there is none now, or another process is sending one that comes before."""
        query = _parts().where(digest_table.c.chat_id == chat_id, self._sendable()).order_by(part_table.c.id).limit(1)
        with self._transaction() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            claimed = and_(part_table.c.id == row.id, part_table.c.state == PartState.WAITING, ~self._comes_after_another(row.digest_id))
            changes = {"state": PartState.SENDING, "changed": self._now()}
            won = connection.execute(update(part_table).where(claimed).values(changes)).rowcount == 1
        return Part(row.id, row.chat_id, row.origin, row.number, row.html) if won else None

    def _comes_after_another(self, digest_id: int) -> Exists:
        """Return the condition that a message of the digest before this one is not settled."""
        before = part_table.alias()
        open_one = (before.c.digest_id == digest_id, before.c.number < part_table.c.number)
        return exists().where(*open_one, before.c.state.in_([PartState.WAITING, PartState.SENDING]))

    def _sendable(self) -> ColumnElement[bool]:
        return and_(part_table.c.state == PartState.WAITING, part_table.c.not_before <= self._now())

    def settle(self, part_id: int, message_id: int) -> None:
        """Note that a message has arrived; its words are not needed any more."""
        self._change(part_id, state=PartState.SENT, message_id=message_id, note=None, html="")

    def park(self, part_id: int, note: str) -> None:
        """Note that a message may have arrived, so that it is not sent again."""
        self._change(part_id, state=PartState.PARKED, note=note)

    def put_back(self, part_id: int, wait: timedelta, note: str) -> None:
        """Send a message, which has not arrived at this try, after `wait`; not any more once its digest is too old.

        One that a person had sent again may have arrived at an earlier try: it waits as long from then on, and is parked anew.
        """
        query = select(digest_table.c.claimed, part_table.c.resent).join(part_table).where(part_table.c.id == part_id)
        with self._transaction() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return  # it was purged while it was under way
        if self._now() + wait - (row.resent or row.claimed) <= CATCH_UP:
            self._change(part_id, state=PartState.WAITING, not_before=self._now() + wait, note=note)
        elif row.resent:
            self.park(part_id, f"{TOO_LATE} ({note})")
        else:
            self.drop(part_id, f"{TOO_LATE} ({note})")

    def drop(self, part_id: int, note: str) -> None:
        """Note that a message has not arrived and never will."""
        self._change(part_id, state=PartState.DROPPED, note=note, html="")

    def drop_waiting(self, chat_id: int, note: str) -> None:
        """Give up the messages for a chat in which the bot cannot or may not speak."""
        mine = select(digest_table.c.id).where(digest_table.c.chat_id == chat_id)
        waiting = and_(part_table.c.digest_id.in_(mine), part_table.c.state == PartState.WAITING)
        values = {"state": PartState.DROPPED, "note": note, "html": "", "changed": self._now()}
        with self._transaction() as connection:
            connection.execute(update(part_table).where(waiting).values(values))

    def park_interrupted(self, *, older_than: timedelta = SENDING) -> int:
        """Park the messages that a process claimed so long ago and never settled; return how many those are.

        A process that is still alive settles its message all the same.
        """
        stuck = and_(part_table.c.state == PartState.SENDING, part_table.c.changed <= self._ago(older_than))
        values = {"state": PartState.PARKED, "note": INTERRUPTED, "changed": self._now()}
        with self._transaction() as connection:
            return connection.execute(update(part_table).where(stuck).values(values)).rowcount

    def parked(self) -> list[Parked]:
        """Return the messages that may have arrived, the newest first."""
        query = _parts().where(part_table.c.state == PartState.PARKED).order_by(part_table.c.id.desc())
        with self._transaction() as connection:
            return [
                Parked(row.id, row.chat_id, Slot.parse(row.slot), row.number, row.note or "", row.changed)
                for row in connection.execute(query)
            ]

    def resend(self, part_id: int) -> bool:
        """Send a parked message after all, because a person says so; return False where it is not parked any more."""
        return self._decide(part_id, state=PartState.WAITING, not_before=self._now(), resent=self._now(), note=None)

    def forget(self, part_id: int) -> bool:
        """Leave a parked message be, because a person says so; return False where it is not parked any more."""
        return self._decide(part_id, state=PartState.SENT, html="")

    def _decide(self, part_id: int, **values: object) -> bool:
        """Change a parked message; return False where it is not parked any more."""
        parked = and_(part_table.c.id == part_id, part_table.c.state == PartState.PARKED)
        with self._transaction() as connection:
            return connection.execute(update(part_table).where(parked).values({"changed": self._now(), **values})).rowcount == 1

    def count(self, state: PartState, since: datetime | None = None) -> int:
        """Return how many messages are in `state`, of those that came into it after `since` where that is given."""
        recent = [] if since is None else [part_table.c.changed > since]
        query = select(func.count()).select_from(part_table).where(part_table.c.state == state, *recent)
        with self._transaction() as connection:
            return connection.scalar(query) or 0

    def _change(self, part_id: int, **values: object) -> None:
        with self._transaction() as connection:
            connection.execute(update(part_table).where(part_table.c.id == part_id).values({"changed": self._now(), **values}))


def _parts() -> Select[Any]:
    columns = (digest_table.c.chat_id, digest_table.c.origin, digest_table.c.slot)
    return select(part_table, *columns).join(digest_table)
