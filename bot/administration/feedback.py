"""What people thought of answers: the thumbs, with the question and the answer that they judge. Blocks on the disk."""

from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import TypeAdapter
from sqlalchemy import Engine, Integer, func, select

from bot.state import Result, Tally, answer_table, vote_table
from corpus.database import transaction

_result_json: TypeAdapter[Result] = TypeAdapter(Result)


@dataclass(frozen=True, slots=True)
class Opinion:
    """An answer that people judged, with when it was given."""

    result: Result
    tally: Tally
    given: datetime


class Feedback:
    """The judged answers in the database of `engine`, whose tables `bot.state.State` has brought up to date."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def count(self) -> int:
        """Return how many answers have been judged."""
        with transaction(self._engine) as connection:
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
        with transaction(self._engine) as connection:
            rows = connection.execute(query).all()
        return [
            Opinion(_result_json.validate_json(row.result), Tally(row.good, row.votes - row.good), row.created.replace(tzinfo=UTC))
            for row in rows
        ]
