"""What the bot must still know after a restart, in the database: answers, votes, answered updates, offered examples."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from pydantic import TypeAdapter
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.store import Store, metadata
from corpus.database import Moment
from retrieval.answer import Answer, NoAnswer

ANSWER_DAYS = 30
"""How long an answer's buttons work."""
UPDATE_DAYS = 2
"""Telegram redelivers for 24 hours at most."""

Result = Answer | NoAnswer
result_json: TypeAdapter[Result] = TypeAdapter(Result)

answer_table = Table(
    "answers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    Column("question", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("created", Moment, nullable=False, index=True),
    Index("ix_answers_message", "chat_id", "message_id"),
)
vote_table = Table(
    "votes",
    metadata,
    Column("answer_id", String(32), ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True),
    Column("good", Boolean, nullable=False),
)
update_table = Table(
    "answered_updates",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("answered", Moment, nullable=False, index=True),
)
example_table = Table(
    "examples",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("question", Text, nullable=False),
    Column("offered", Moment, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people voted an answer good and bad."""

    good: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given in a chat. `message_id` is None until the message is known to have arrived."""

    id: str
    chat_id: int
    result: Result
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A question that people can ask by a button; the same question always has the same id."""

    id: str
    question: str


class State(Store):
    """The bot's memory: answers with their votes, which updates were answered, and the examples that were offered."""

    def keep(self, answer: Kept) -> None:
        """Remember `answer` for ANSWER_DAYS."""
        row = {
            "id": answer.id,
            "chat_id": answer.chat_id,
            "message_id": answer.message_id,
            "question": answer.result.question,
            "result": result_json.dump_json(answer.result).decode(),
            "created": self._now(),
        }
        with self._transaction() as connection:
            connection.execute(insert(answer_table).values(row))

    def note_message(self, answer_id: str, message_id: int) -> None:
        """Remember which message shows the answer; nothing happens where the answer is gone."""
        with self._transaction() as connection:
            connection.execute(update(answer_table).where(answer_table.c.id == answer_id).values(message_id=message_id))

    def find(self, answer_id: str) -> Kept | None:
        """Return the answer with this id; None where there is none or it has expired."""
        query = select(answer_table).where(answer_table.c.id == answer_id, answer_table.c.created > self._ago(timedelta(days=ANSWER_DAYS)))
        with self._transaction() as connection:
            row = connection.execute(query).one_or_none()
        return Kept(row.id, row.chat_id, result_json.validate_json(row.result), row.message_id) if row else None

    def shown_in(self, chat_id: int, message_id: int) -> Kept | None:
        """Return the answer that a message shows; None where it shows none or the answer has expired."""
        query = select(answer_table.c.id).where(answer_table.c.chat_id == chat_id, answer_table.c.message_id == message_id)
        with self._transaction() as connection:
            answer_id = connection.scalar(query)
        return self.find(answer_id) if answer_id else None

    def chat_count(self) -> int:
        """Return in how many chats there are answers."""
        with self._transaction() as connection:
            return connection.scalar(select(func.count(answer_table.c.chat_id.distinct()))) or 0

    def vote(self, answer_id: str, user_id: int, *, good: bool) -> None:
        """Remember one person's opinion of a kept answer, in place of an earlier one."""
        row = {"answer_id": answer_id, "user_id": user_id, "good": good}
        statement = upsert(vote_table).values(row).on_conflict_do_update(index_elements=["answer_id", "user_id"], set_={"good": good})
        with self._transaction() as connection:
            connection.execute(statement)

    def tally(self, answer_id: str) -> Tally:
        """Return the votes on an answer; zeros where there are none."""
        query = select(vote_table.c.good, func.count()).where(vote_table.c.answer_id == answer_id).group_by(vote_table.c.good)
        with self._transaction() as connection:
            votes = {bool(good): count for good, count in connection.execute(query)}
        return Tally(good=votes.get(True, 0), bad=votes.get(False, 0))

    def is_answered(self, update_id: int) -> bool:
        """Return whether `claim` was called with this update."""
        with self._transaction() as connection:
            return connection.scalar(select(update_table.c.id).where(update_table.c.id == update_id)) is not None

    def claim(self, update_id: int) -> bool:
        """Record that an update is being answered; return False where that was recorded before."""
        statement = upsert(update_table).values(id=update_id, answered=self._now()).on_conflict_do_nothing()
        with self._transaction() as connection:
            return connection.execute(statement).rowcount == 1

    def offer(self, questions: Sequence[str]) -> list[Example]:
        """Remember `questions`, so that `example` finds them, and return them with their ids."""
        examples = [Example(sha256(question.encode()).hexdigest()[:16], question) for question in questions]
        now = self._now()
        with self._transaction() as connection:
            for example in examples:
                row = {"id": example.id, "question": example.question, "offered": now}
                connection.execute(upsert(example_table).values(row).on_conflict_do_update(index_elements=["id"], set_={"offered": now}))
        return examples

    def example(self, example_id: str) -> str | None:
        """Return the question that was offered under this id, or None."""
        with self._transaction() as connection:
            return connection.scalar(select(example_table.c.question).where(example_table.c.id == example_id))

    def purge(self) -> None:
        """Forget what has expired."""
        with self._transaction() as connection:
            connection.execute(delete(answer_table).where(answer_table.c.created <= self._ago(timedelta(days=ANSWER_DAYS))))
            connection.execute(delete(example_table).where(example_table.c.offered <= self._ago(timedelta(days=ANSWER_DAYS))))
            connection.execute(delete(update_table).where(update_table.c.answered <= self._ago(timedelta(days=UPDATE_DAYS))))
