"""The bot assembled: its handlers on python-telegram-bot's Application."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.adding_cards import PRESSED
from bot.administration.parts import add_administration
from bot.digests.parts import DigestParts, add_digest_handlers
from bot.handlers.access import Access
from bot.handlers.adding import Adding, Addition
from bot.handlers.administration import AdminDesk, Administration
from bot.handlers.buttons import Buttons
from bot.handlers.conversation import Commands, Conversation
from bot.handlers.failures import Failures
from bot.handlers.feeds import FeedCommands
from bot.handlers.inline import Inline, Pause
from bot.handlers.membership import Membership
from bot.handlers.question_desk import QuestionDesk
from bot.handlers.questions import Questions
from bot.handlers.replies import Replies
from bot.handlers.summary_desk import SummaryDesk
from bot.jobs.table import Jobs
from bot.pacing import Pacer
from bot.protocols import FeedsView
from bot.sending import Sender
from bot.server import Server
from bot.serving import App, Resume
from bot.summaries.parts import add_summary_handlers
from bot.transport import ApiRequest, UpdatesRequest
from corpus.article import Article
from corpus.catalog import SourceSummary

MAX_RETRIES = 3
"""How often a request that Telegram asked to repeat later is repeated."""
QUEUE_SIZE = 256
"""Updates that may wait to be looked at; more stay with Telegram meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the handlers work with. `examples`, `sources` and `article` block."""

    access: Access
    questions: QuestionDesk
    summaries: SummaryDesk
    digests: DigestParts
    admin: AdminDesk
    examples: Callable[[], Sequence[str]]
    sources: Callable[[], Sequence[SourceSummary]]
    feeds: FeedsView
    jobs: Jobs
    article: Callable[[str], Article | None]
    uploads: Path
    pause: Pause = asyncio.sleep
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    @property
    def purges(self) -> Sequence[Callable[[], None]]:
        """What forgets what has expired, in each store that does not forget by itself; each blocks."""
        return (
            self.questions.state.purge,
            self.jobs.purge,
            self.admin.question_log.purge,
            self.digests.books.deliveries.purge,
            self.summaries.shown.purge,
        )


def build_application(
    server: Server, parts: Parts, *, request: BaseRequest | None = None, polling_request: BaseRequest | None = None
) -> tuple[App, Resume]:
    """Return the Application with all handlers, not yet initialized, and what goes on with the work of the last run once it has started.

    The requests are the way to the network; by default, httpx.
    """
    builder = (
        ApplicationBuilder()
        .token(server.token)
        .base_url(server.methods)
        .base_file_url(server.files)
        .request(request or ApiRequest(connection_pool_size=64, read_timeout=10, write_timeout=10, pool_timeout=5))
        .get_updates_request(polling_request or UpdatesRequest(connection_pool_size=2, read_timeout=10))
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .rate_limiter(Pacer(max_retries=MAX_RETRIES, clock=monotonic))
        .concurrent_updates(True)
        .update_queue(asyncio.Queue(QUEUE_SIZE))
        .updater(None)
        .job_queue(None)
    )
    application = builder.build()
    return application, _add_handlers(application, parts)


def _add_handlers(application: App, parts: Parts) -> Resume:
    """Let the bot hear what it answers to; return what goes on with the work of the last run.

    Of the handlers that fit an update, the first one added gets it.
    """
    sender = Sender(application.bot, moved=parts.digests.books.moves.move)
    replies = Replies(parts.questions.state, sender, parts.questions.clock, parts.access)
    administration = add_administration(
        application, parts.admin, access=parts.access, worker=parts.questions.worker, sender=sender, replies=replies
    )
    _add_feeds(application, parts, replies)
    add_digest_handlers(application, parts.digests, sender=sender, replies=replies)  # its menu asks for words that others hear, too
    add_summary_handlers(application, parts.summaries, sender=sender, replies=replies)
    adding = _add_adding(application, parts, sender, replies)
    _add_questions(application, parts, administration, sender, replies)
    membership = Membership(access=parts.access, replies=replies)
    application.add_handler(ChatMemberHandler(membership.change, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(Failures(access=parts.access, sender=sender, replies=replies).report)
    return adding.resume


def _add_feeds(application: App, parts: Parts, replies: Replies) -> None:
    """Let administrators hear more from /sources than others, in private."""
    feeds = FeedCommands(sources=parts.sources, feeds=parts.feeds, replies=replies, clock=parts.questions.clock)
    administrators = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.User(user_id=parts.access.admins)
    application.add_handler(CommandHandler("sources", feeds.hear, filters=administrators))


def _add_adding(application: App, parts: Parts, sender: Sender, replies: Replies) -> Adding:
    adding = Adding(
        access=parts.access,
        jobs=parts.jobs,
        article=parts.article,
        feeds=parts.feeds,
        uploads=parts.uploads,
        bot=application.bot,
        sender=sender,
        replies=replies,
        sleep=parts.sleep,
    )
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & Addition(parts.access), adding.hear))
    application.add_handler(CallbackQueryHandler(adding.press, PRESSED))
    return adding


def _add_questions(application: App, parts: Parts, administration: Administration, sender: Sender, replies: Replies) -> None:
    """Let questions be heard, and everything else that people say to the bot: to be added last."""
    desk, access = parts.questions, parts.access
    questions = Questions(desk=desk, sender=sender, replies=replies)
    commands = Commands(
        examples=parts.examples, sources=parts.sources, worker=desk.worker, state=desk.state, sender=sender, replies=replies
    )
    conversation = Conversation(
        replies=replies,
        questions=questions,
        commands=commands,
        administration=administration,
        clock=desk.clock,
    )
    inline = Inline(desk=desk, access=access, sender=sender, replies=replies, pause=parts.pause)
    buttons = Buttons(desk=desk, sender=sender, replies=replies, questions=questions)
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, conversation.hear))
    application.add_handler(InlineQueryHandler(inline.query))
    application.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, inline.guest))
    application.add_handler(CallbackQueryHandler(buttons.press))
