"""What was asked, without who asked it: for the operator to see how the bot does, and which articles it lacks.

The words of a question are kept only where it found no answer, and everything for LOG_DAYS at most.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sqlalchemy import Boolean, Column, ColumnElement, Engine, Integer, String, Table, Text, delete, func, insert, select

from bot.clock import Clock
from bot.store import Store, metadata
from corpus.database import Moment
from retrieval.answer import Answer, Silence
from retrieval.answering import Asked

LOG_DAYS = 30
MAX_UNANSWERED = 400
"""The newest questions without an answer that are looked at; embedding them takes a minute at most."""

NO_QUESTIONS = frozenset(
    {Silence.GREETING, Silence.THANKS, Silence.GOODBYE, Silence.HELP, Silence.DOUBT, Silence.NO_WORDS, Silence.UNCLEAR}
)
"""What was said without a question is not counted."""

log_table = Table(
    "question_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asked", Moment, nullable=False, index=True),
    Column("chat_kind", String(16), nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("unanswered", Text),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many questions came, how many were answered, and the median time that one took; None where none came."""

    questions: int = 0
    answered: int = 0
    median_ms: int | None = None

    @property
    def share(self) -> float | None:
        """Which share of the questions was answered, None where none came."""
        return self.answered / self.questions if self.questions else None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that found no answer."""

    text: str
    asked: datetime


class QuestionLog(Store):
    """The questions of the last LOG_DAYS; its days, and when something was asked, are told on the clock of `zone`."""

    def __init__(self, engine: Engine, clock: Clock, zone: tzinfo = UTC) -> None:
        super().__init__(engine, clock)
        self._zone = zone

    def note(self, chat_kind: str, asked: Asked) -> None:
        """Count a question; nothing happens where nothing was asked."""
        result = asked.result
        answered = isinstance(result, Answer)
        if not isinstance(result, Answer) and result.silence in NO_QUESTIONS:
            return
        lacks = not isinstance(result, Answer) and result.silence is Silence.NOT_FOUND
        row = {
            "asked": self._now(),
            "chat_kind": chat_kind,
            "answered": answered,
            "milliseconds": round(asked.milliseconds.get("total", 0)),
            "unanswered": (result.understood_as or result.question) if lacks else None,
        }
        with self._transaction() as connection:
            connection.execute(insert(log_table).values(row))

    def last(self, period: timedelta) -> Figures:
        """Return the figures of the time up to now."""
        return self._figures(log_table.c.asked > self._ago(period))

    def days(self, count: int) -> list[tuple[date, Figures]]:
        """Return the figures of the last `count` days, today included, the oldest first."""
        today = self._now().astimezone(self._zone).date()
        return [(day, self._of_day(day)) for day in (today - timedelta(days=back) for back in range(count - 1, -1, -1))]

    def _of_day(self, day: date) -> Figures:
        start, end = (datetime.combine(midnight, time(), self._zone) for midnight in (day, day + timedelta(days=1)))
        return self._figures(log_table.c.asked >= start, log_table.c.asked < end)

    def _figures(self, *conditions: ColumnElement[bool]) -> Figures:
        columns = log_table.c
        with self._transaction() as connection:
            count, answered = connection.execute(select(func.count(), func.sum(columns.answered.cast(Integer))).where(*conditions)).one()
            middle = select(columns.milliseconds).where(*conditions).order_by(columns.milliseconds).offset(max(count - 1, 0) // 2).limit(1)
            return Figures(count, answered or 0, connection.scalar(middle))

    def unanswered(self) -> list[Unanswered]:
        """Return the newest MAX_UNANSWERED questions that found no answer, newest first."""
        columns = log_table.c
        query = select(columns.unanswered, columns.asked).where(columns.unanswered.is_not(None), columns.asked > self._oldest())
        with self._transaction() as connection:
            rows = connection.execute(query.order_by(columns.id.desc()).limit(MAX_UNANSWERED)).all()
        return [Unanswered(row.unanswered, row.asked.astimezone(self._zone)) for row in rows]

    def purge(self) -> None:
        """Forget what has expired."""
        with self._transaction() as connection:
            connection.execute(delete(log_table).where(log_table.c.asked <= self._oldest()))

    def _oldest(self) -> datetime:
        return self._ago(timedelta(days=LOG_DAYS))
