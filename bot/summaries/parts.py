"""Summaries put together: their handlers on the application."""

from collections.abc import Callable

from sqlalchemy import Engine
from telegram import Message
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.clock import Clock
from bot.contexts import Contexts
from bot.handlers.addressing import without_address
from bot.handlers.replies import Replies
from bot.handlers.story_buttons import StoryButtons
from bot.handlers.summaries import Summaries
from bot.handlers.summary_desk import SummaryDesk
from bot.limits import Limits
from bot.protocols import Summarising
from bot.sending import Sender
from bot.serving import App
from bot.state import State
from bot.summaries.keyboards import PREFIX
from bot.summaries.shown import ShownSummaries
from bot.worker import Worker
from retrieval.asking.smalltalk import news_since


class _AsksForNews(filters.MessageFilter):
    """Lets messages through that only ask what is new, however they call the bot."""

    def filter(self, message: Message) -> bool:
        """Return whether `message` is one."""
        return news_since(without_address(message.text or "")) is not None


def summary_desk(
    engine: Engine,
    summariser: Summarising,
    state: State,
    worker: Worker,
    *,
    limits: Limits,
    clock: Clock,
    new_id: Callable[[], str],
) -> SummaryDesk:
    """Return what summaries are made and kept with, in the database of `engine`."""
    return SummaryDesk(
        summariser=summariser,
        shown=ShownSummaries(engine, clock),
        state=state,
        contexts=Contexts(engine, clock),
        worker=worker,
        limits=limits,
        clock=clock,
        new_id=new_id,
    )


def add_summary_handlers(application: App, desk: SummaryDesk, *, sender: Sender, replies: Replies) -> None:
    """Let /summary, /timeline and their buttons be heard. To be called before handlers that hear every message are added."""
    summaries = Summaries(desk=desk, sender=sender, replies=replies)
    buttons = StoryButtons(desk=desk, sender=sender, replies=replies)
    application.add_handler(CommandHandler("summary", summaries.summary, filters=filters.UpdateType.MESSAGE))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & _AsksForNews(), summaries.news))
    application.add_handler(CommandHandler("timeline", summaries.timeline, filters=filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(buttons.press, pattern=rf"^{PREFIX}\."))
