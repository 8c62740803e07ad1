"""Which digests a chat has had, and what it was told in them.

A digest is claimed before it is made, so that of several processes one makes it. One whose process died over the making is made
again: nothing of it was sent, as its messages come to be all at once, and with them those of its copies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.digests.delivery_tables import PartState, Stage, digest_table, part_table
from bot.digests.schedule import Slot
from bot.store import Store

KEEP_DAYS = 60
"""How long it is remembered what a chat was told."""
HANDLED_DAYS = 7
"""Slots of before that are too old to come again."""
MAKING = timedelta(minutes=5)
"""A digest that has been in the making for longer was given up by a process that died; nothing of it was sent."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A claimed digest: for which chat, for which slot."""

    id: int
    chat_id: int
    slot: Slot


@dataclass(frozen=True, slots=True)
class Draft:
    """A message of a digest before it is sent, and the articles that it tells of."""

    html: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SkippedDigest:
    """A digest that was not sent, and why."""

    chat_id: int
    slot: Slot
    reason: str


class Deliveries(Store):
    """The digests of the last KEEP_DAYS."""

    def handled(self) -> dict[int, set[Slot]]:
        """Return the slots that each subscription's chat has had lately, those under way and skipped ones included.

        A digest whose making was given up is not among them: nothing of it was sent.
        """
        columns = digest_table.c
        given_up = and_(columns.state == Stage.MAKING, columns.claimed <= self._ago(MAKING))
        oldest = self._ago(timedelta(days=HANDLED_DAYS)).date().isoformat()
        query = select(columns.chat_id, columns.slot).where(columns.chat_id == columns.origin, columns.slot >= oldest, ~given_up)
        found: dict[int, set[Slot]] = {}
        with self._transaction() as connection:
            for chat_id, slot in connection.execute(query):
                found.setdefault(chat_id, set()).add(Slot.parse(slot))
        return found

    def claim(self, chat_id: int, slot: Slot) -> Digest | None:
        """Return the digest to make; None where another process or an earlier time has it."""
        now, columns = self._now(), digest_table.c
        row = {"chat_id": chat_id, "origin": chat_id, "slot": str(slot), "state": Stage.MAKING, "claimed": now}
        given_up = and_(columns.state == Stage.MAKING, columns.claimed <= self._ago(MAKING))
        statement = upsert(digest_table).values(row)
        statement = statement.on_conflict_do_update(index_elements=["chat_id", "origin", "slot"], set_={"claimed": now}, where=given_up)
        with self._transaction() as connection:
            digest_id = connection.scalar(statement.returning(columns.id))
        return Digest(digest_id, chat_id, slot) if digest_id is not None else None

    def unclaim(self, digest: Digest) -> None:
        """Give a digest that is still being made back, to be made later."""
        with self._transaction() as connection:
            connection.execute(delete(digest_table).where(digest_table.c.id == digest.id, digest_table.c.state == Stage.MAKING))

    def skip(self, digest: Digest, reason: str) -> None:
        """Note that there is nothing to send for a digest."""
        with self._transaction() as connection:
            _finish(connection, digest, Stage.SKIPPED, reason)

    def fill(self, digest: Digest, drafts: Sequence[Draft], *, readers: Sequence[int] = ()) -> list[int]:
        """Put the messages of a digest out to be sent in this order, to its chat and to the `readers` who have it copied.

        Return the chats that they are for. The first to call this decides what they are; nothing happens at a second call.
        """
        with self._transaction() as connection:
            if not _finish(connection, digest, Stage.MADE):
                return []
            copies = {reader: copy_id for reader in readers if (copy_id := self._copy(connection, digest, reader)) is not None}
            places = {digest.chat_id: digest.id} | copies
            rows = [self._row(digest_id, number, draft) for digest_id in places.values() for number, draft in enumerate(drafts, 1)]
            connection.execute(insert(part_table), rows)
        return list(places)

    def _copy(self, connection: Connection, digest: Digest, reader: int) -> int | None:
        """Return the id of a new digest with the same messages for somebody who has it copied; None where they had it before."""
        row = {"chat_id": reader, "origin": digest.chat_id, "slot": str(digest.slot), "state": Stage.MADE, "claimed": self._now()}
        return connection.scalar(upsert(digest_table).values(row).on_conflict_do_nothing().returning(digest_table.c.id))

    def _row(self, digest_id: int, number: int, draft: Draft) -> dict[str, object]:
        now = self._now()
        return {
            "digest_id": digest_id,
            "number": number,
            "html": draft.html,
            "articles": " ".join(draft.articles),
            "state": PartState.WAITING,
            "changed": now,
            "not_before": now,
        }

    def told(self, chat_id: int) -> tuple[str, ...]:
        """Return the ids of the articles that a chat was told of lately, the latest first.

        Those in messages that may have arrived, or are under way, are among them.
        """
        lost = part_table.c.state == PartState.DROPPED
        query = select(part_table.c.articles).join(digest_table).where(digest_table.c.chat_id == chat_id, ~lost)
        with self._transaction() as connection:
            parts = connection.scalars(query.order_by(part_table.c.id.desc())).all()
        return tuple(dict.fromkeys(article for articles in parts for article in articles.split()))

    def last_told(self, chat_id: int) -> datetime | None:
        """Return when a digest of a chat's own with news in it was last claimed; None where there was none lately."""
        mine = (digest_table.c.chat_id == chat_id, digest_table.c.origin == chat_id)
        news = (part_table.c.articles != "", part_table.c.state != PartState.DROPPED)
        query = select(digest_table.c.claimed).join(part_table).where(*mine, *news)
        with self._transaction() as connection:
            return connection.scalar(query.order_by(digest_table.c.claimed.desc()).limit(1))

    def skipped_since(self, moment: datetime) -> list[SkippedDigest]:
        """Return the digests that were skipped after `moment`, the newest first."""
        columns = digest_table.c
        query = select(digest_table).where(columns.state == Stage.SKIPPED, columns.claimed > moment).order_by(columns.id.desc())
        with self._transaction() as connection:
            return [SkippedDigest(row.chat_id, Slot.parse(row.slot), row.reason or "") for row in connection.execute(query)]

    def purge(self) -> None:
        """Forget what is older than KEEP_DAYS."""
        with self._transaction() as connection:
            connection.execute(delete(digest_table).where(digest_table.c.claimed <= self._ago(timedelta(days=KEEP_DAYS))))


def _finish(connection: Connection, digest: Digest, stage: Stage, reason: str | None = None) -> bool:
    """End the making of a digest; return False where it had ended before."""
    columns = digest_table.c
    statement = update(digest_table).where(columns.id == digest.id, columns.state == Stage.MAKING).values(state=stage, reason=reason)
    return connection.execute(statement).rowcount == 1
