"""What administrators have put together: its handlers, and the work that goes on beside them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from telegram.ext import CallbackQueryHandler

from bot.administration.feedback import Feedback
from bot.administration.question_log import QuestionLog
from bot.administration.status import Lines, Overview
from bot.administration.weekly import Weekly, WeeklyPost
from bot.charts import draw_days
from bot.clock import Clock
from bot.handlers.access import Access
from bot.handlers.administration import PRESSES, Administration, Group
from bot.handlers.replies import Replies
from bot.sending import Sender
from bot.serving import App
from bot.state import State
from bot.worker import Worker
from corpus.catalog import SourceSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminParts:
    """What the administrators' commands work with. `group` blocks, and uses the models."""

    overview: Overview
    question_log: QuestionLog
    feedback: Feedback
    weekly: Weekly
    group: Group


def admin_parts(
    *,
    engine: Engine,
    state: State,
    started: datetime,
    clock: Clock,
    zone: str,
    sources: Callable[[], Sequence[SourceSummary]],
    passages: Callable[[], int],
    group: Group,
    further: Sequence[Lines] = (),
) -> AdminParts:
    """Return the parts over a database; each of `further` gives sentences for /status."""
    question_log = QuestionLog(engine, clock)
    overview = Overview(
        started=started, clock=clock, sources=sources, passages=passages, log=question_log, state=state, further=tuple(further)
    )
    weekly = Weekly(engine, clock, ZoneInfo(zone))
    return AdminParts(overview=overview, question_log=question_log, feedback=Feedback(engine, clock), weekly=weekly, group=group)


def add_administration(
    application: App, parts: AdminParts, *, access: Access, worker: Worker, sender: Sender, replies: Replies
) -> Administration:
    """Let the buttons under what administrators got be heard, and return their commands. To be called before other buttons are added."""
    administration = Administration(
        access=access,
        overview=parts.overview,
        log=parts.question_log,
        feedback=parts.feedback,
        weekly=parts.weekly,
        group=parts.group,
        draw=draw_days,
        worker=worker,
        sender=sender,
        replies=replies,
    )
    application.add_handler(CallbackQueryHandler(administration.press, pattern=PRESSES))
    return administration


def build_weekly(application: App, parts: AdminParts, admins: Collection[int]) -> WeeklyPost:
    """Return what sends the picture of the week to those of `admins` who asked for it."""
    return WeeklyPost(weekly=parts.weekly, log=parts.question_log, draw=draw_days, sender=Sender(application.bot), admins=admins)
