"""Summaries as they were shown in chats, so that their buttons work after a restart; and when a chat last looked at what is new."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Column, ColumnElement, Row, String, Table, Text, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.store import Store, metadata
from corpus.database import Moment
from retrieval.summaries.briefing import Briefing

SUMMARY_DAYS = 30
"""How long a summary's buttons work."""

_briefing_json: TypeAdapter[Briefing] = TypeAdapter(Briefing)

summary_table = Table(
    "summaries",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    Column("heading", Text, nullable=False),
    Column("briefing", Text, nullable=False),
    Column("created", Moment, nullable=False, index=True),
)
look_table = Table(
    "looks",
    metadata,
    Column("chat_id", BigInteger, primary_key=True),
    Column("topic", BigInteger, primary_key=True),
    Column("looked", Moment, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A summary as it was shown in a chat: stories below a line that says what they are."""

    id: str
    chat_id: int
    heading: str
    briefing: Briefing


class ShownSummaries(Store):
    """The summaries that chats were shown, and when each of them last looked."""

    def keep(self, shown: Shown) -> None:
        """Remember a summary for SUMMARY_DAYS."""
        row = {
            "id": shown.id,
            "chat_id": shown.chat_id,
            "heading": shown.heading,
            "briefing": _briefing_json.dump_json(shown.briefing).decode(),
            "created": self._now(),
        }
        with self._transaction() as connection:
            connection.execute(insert(summary_table).values(row))

    def note_message(self, shown_id: str, message_id: int) -> None:
        """Remember which message shows the summary; nothing happens where it is gone."""
        with self._transaction() as connection:
            connection.execute(update(summary_table).where(summary_table.c.id == shown_id).values(message_id=message_id))

    def find(self, shown_id: str) -> Shown | None:
        """Return the summary with this id; None where there is none or it is too old."""
        return self._one(summary_table.c.id == shown_id)

    def shown_in(self, chat_id: int, message_id: int) -> Shown | None:
        """Return the summary that a message shows, or None."""
        return self._one(summary_table.c.chat_id == chat_id, summary_table.c.message_id == message_id)

    def last_look(self, chat_id: int, topic: int) -> datetime | None:
        """Return when a chat, or a forum topic of it (0: none), was last told what is new; None where it never was."""
        query = select(look_table.c.looked).where(look_table.c.chat_id == chat_id, look_table.c.topic == topic)
        with self._transaction() as connection:
            return connection.scalar(query)

    def note_look(self, chat_id: int, topic: int, moment: datetime) -> None:
        """Remember that a chat was told what is new up to `moment`."""
        statement = upsert(look_table).values(chat_id=chat_id, topic=topic, looked=moment)
        with self._transaction() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["chat_id", "topic"], set_={"looked": moment}))

    def purge(self) -> None:
        """Forget the summaries that have expired."""
        with self._transaction() as connection:
            connection.execute(delete(summary_table).where(summary_table.c.created <= self._oldest()))

    def _one(self, *conditions: ColumnElement[bool]) -> Shown | None:
        query = select(summary_table).where(*conditions, summary_table.c.created > self._oldest()).limit(1)
        with self._transaction() as connection:
            row = connection.execute(query).first()
        return _shown(row) if row else None

    def _oldest(self) -> datetime:
        return self._ago(timedelta(days=SUMMARY_DAYS))


def _shown(row: Row[tuple[object, ...]]) -> Shown:
    return Shown(row.id, row.chat_id, row.heading, _briefing_json.validate_json(row.briefing))
