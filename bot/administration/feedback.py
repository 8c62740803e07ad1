"""What people thought of answers: the thumbs, with the question and the answer that they judge."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from sqlalchemy import Engine, Integer, func, select

from bot.clock import Clock
from bot.state import Result, Tally, answer_table, result_json, vote_table
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Opinion:
    """An answer that people judged, with when it was given."""

    result: Result
    tally: Tally
    given: datetime


class Feedback(Store):
    """The judged answers; when they were given is told on the clock of `zone`."""

    def __init__(self, engine: Engine, clock: Clock, zone: tzinfo = UTC) -> None:
        super().__init__(engine, clock)
        self._zone = zone

    def count(self) -> int:
        """Return how many answers have been judged."""
        with self._transaction() as connection:
            return connection.scalar(select(func.count(vote_table.c.answer_id.distinct()))) or 0

    def page(self, offset: int, size: int) -> list[Opinion]:
        """Return at most `size` judged answers, the newest first, after the first `offset`."""
        good = func.sum(vote_table.c.good.cast(Integer))
        query = (
            select(answer_table.c.result, answer_table.c.created, good.label("good"), func.count().label("votes"))
            .join(vote_table, vote_table.c.answer_id == answer_table.c.id)
            .group_by(answer_table.c.id)
            .order_by(answer_table.c.created.desc(), answer_table.c.id)
            .limit(size)
            .offset(offset)
        )
        with self._transaction() as connection:
            rows = connection.execute(query).all()
        return [
            Opinion(result_json.validate_json(row.result), Tally(row.good, row.votes - row.good), row.created.astimezone(self._zone))
            for row in rows
        ]
