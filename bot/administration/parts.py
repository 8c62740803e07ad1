"""What administrators have put together: its handlers, and the work that goes on beside them."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from telegram.ext import CallbackQueryHandler

from bot.administration.feedback import Feedback
from bot.administration.question_log import QuestionLog
from bot.administration.status import Lines, Overview
from bot.administration.week_picture import draw_days
from bot.administration.weekly import Weekly, WeeklyPost
from bot.clock import Clock
from bot.handlers.access import Access
from bot.handlers.administration import PRESSES, AdminDesk, Administration, Group
from bot.handlers.replies import Replies
from bot.sending import Sender
from bot.serving import App
from bot.state import State
from bot.worker import Worker
from corpus.catalog import SourceSummary


def admin_desk(
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
) -> AdminDesk:
    """Return what administrators are told from, over a database; each of `further` gives sentences for /status.

    Their days are those of `zone`.
    """
    days = ZoneInfo(zone)
    question_log = QuestionLog(engine, clock, days)
    overview = Overview(
        started=started, clock=clock, sources=sources, passages=passages, log=question_log, state=state, further=tuple(further)
    )
    weekly, feedback = Weekly(engine, clock, days), Feedback(engine, clock, days)
    return AdminDesk(overview=overview, question_log=question_log, feedback=feedback, weekly=weekly, group=group, draw=draw_days)


def add_administration(
    application: App, desk: AdminDesk, *, access: Access, worker: Worker, sender: Sender, replies: Replies
) -> Administration:
    """Let the buttons under what administrators got be heard, and return their commands. To be called before other buttons are added."""
    administration = Administration(
        desk=desk,
        access=access,
        worker=worker,
        sender=sender,
        replies=replies,
    )
    application.add_handler(CallbackQueryHandler(administration.press, pattern=PRESSES))
    return administration


def build_weekly(application: App, desk: AdminDesk, admins: Collection[int]) -> WeeklyPost:
    """Return what sends the picture of the week to those of `admins` who asked for it."""
    return WeeklyPost(weekly=desk.weekly, log=desk.question_log, draw=desk.draw, sender=Sender(application.bot), admins=admins)
