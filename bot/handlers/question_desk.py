"""What questions are answered and kept with, whichever way they come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.administration.question_log import QuestionLog
from bot.clock import Clock
from bot.contexts import Contexts
from bot.limits import Limits
from bot.state import Result, State
from bot.worker import Worker
from retrieval.answering import Asked

Ask = Callable[[str, Result | None], Asked]
"""Answers a question as it is meant after the result before it (None: there is none); blocks meanwhile. Raises QuestionTooLong."""
Log = Callable[[str, Asked], None]
"""Notes that a question from a kind of chat was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDesk:
    """What questions are answered and kept with. `ask` is for the worker's thread; `new_id` makes ids that nobody can guess."""

    ask: Ask
    worker: Worker
    state: State
    contexts: Contexts
    limits: Limits
    question_log: QuestionLog
    log: Log
    clock: Clock
    new_id: Callable[[], str]

    @property
    def today(self) -> date:
        """The day from which dates are told."""
        return self.clock().date()
