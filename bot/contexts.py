"""What a follow-up refers to: which answer a person got last in a chat, for a few minutes. The words stay with the answer."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import BigInteger, Column, ColumnElement, ForeignKey, String, Table, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.store import Store, metadata
from corpus.database import Moment

CONTEXT_TIME = timedelta(minutes=10)
"""How long after an answer the same person's question can be a follow-up."""

context_table = Table(
    "contexts",
    metadata,
    Column("chat_id", BigInteger, primary_key=True),
    Column("topic", BigInteger, primary_key=True),
    Column("user_id", BigInteger, primary_key=True),
    Column("answer_id", String(32), ForeignKey("answers.id", ondelete="CASCADE"), nullable=False),
    Column("noted", Moment, nullable=False, index=True),
)


@dataclass(frozen=True, slots=True)
class Talk:
    """One person's conversation in a chat, and in a forum topic of it (0: none)."""

    chat_id: int
    topic: int
    user_id: int


class Contexts(Store):
    """The last answer of each conversation."""

    def note(self, talk: Talk, answer_id: str) -> None:
        """Remember a kept answer as the last one of `talk`, and forget all that have expired."""
        row = {"answer_id": answer_id, "noted": self._now()}
        statement = upsert(context_table).values(**asdict(talk), **row)
        with self._transaction() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["chat_id", "topic", "user_id"], set_=row))
            connection.execute(delete(context_table).where(context_table.c.noted <= self._ago(CONTEXT_TIME)))

    def last(self, talk: Talk) -> str | None:
        """Return the id of the last answer of `talk`; None where there is none or it is too long ago."""
        query = select(context_table.c.answer_id).where(*_is(talk), context_table.c.noted > self._ago(CONTEXT_TIME))
        with self._transaction() as connection:
            return connection.scalar(query)

    def forget(self, talk: Talk) -> None:
        """Forget what `talk` was about."""
        with self._transaction() as connection:
            connection.execute(delete(context_table).where(*_is(talk)))


def _is(talk: Talk) -> list[ColumnElement[bool]]:
    columns = context_table.c
    return [columns.chat_id == talk.chat_id, columns.topic == talk.topic, columns.user_id == talk.user_id]
