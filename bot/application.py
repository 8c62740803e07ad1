"""The bot assembled: its handlers on python-telegram-bot's Application, and the entry that runs it."""

import asyncio
import logging
import os
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

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
from telegram.request import BaseRequest, HTTPXRequest

from bot import feed_status
from bot.adding_cards import PRESSED
from bot.administration.parts import AdminParts, add_administration, admin_parts, build_weekly
from bot.administration.status import job_lines
from bot.contexts import Contexts
from bot.digests import status as digest_status
from bot.digests.parts import DigestParts, add_digest_handlers, build_digests, digest_parts
from bot.handlers.access import Access
from bot.handlers.adding import Adding, Addition
from bot.handlers.buttons import Buttons
from bot.handlers.conversation import Commands, Conversation
from bot.handlers.failures import Failures
from bot.handlers.feeds import FeedCommands
from bot.handlers.inline import Inline, Pause
from bot.handlers.membership import Membership
from bot.handlers.questions import Ask, Log, Questions
from bot.handlers.replies import Replies
from bot.handlers.summary_desk import SummaryDesk
from bot.jobs.clerk import Clerk, Staff
from bot.jobs.duties import Duties
from bot.jobs.table import Jobs
from bot.limits import Limits
from bot.logs import log_question
from bot.pacing import Pacer
from bot.protocols import FeedsView
from bot.receiving import Polling, Source, UpdatesRequest, Webhook
from bot.sending import Sender
from bot.server import Server, server_of
from bot.serving import App, Service, stop_on_signals
from bot.settings import Settings
from bot.state import State
from bot.summaries.parts import add_summary_handlers, summary_desk
from bot.worker import Worker
from bot.writer import Writer
from corpus.article import Article
from corpus.catalog import SourceSummary
from retrieval.asking.followup import ask_in_context
from retrieval.similar import grouped

if TYPE_CHECKING:  # it opens libraries in order to run bots, and so imports this module
    from bot.assembly import Library

UPLOADS = "uploads"
"""The folder for documents from chats, below the data folder, until they are added."""
MAX_RETRIES = 3
"""How often a request that Telegram asked to repeat later is repeated."""
FEED_SECONDS = 15.0
"""How often it is looked whether a feed is due."""
QUEUE_SIZE = 256
"""Updates that may wait to be looked at; more stay with Telegram meanwhile."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the handlers work with. `ask`, `examples`, `sources` and `article` block; `writer` changes the articles."""

    ask: Ask
    examples: Callable[[], Sequence[str]]
    sources: Callable[[], Sequence[SourceSummary]]
    feeds: FeedsView
    state: State
    contexts: Contexts
    limits: Limits
    worker: Worker
    writer: Writer
    jobs: Jobs
    article: Callable[[str], Article | None]
    uploads: Path
    digests: DigestParts
    admin: AdminParts
    summaries: SummaryDesk
    access: Access
    log: Log
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    pause: Pause = asyncio.sleep
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


def build_application(
    server: Server, parts: Parts, *, request: BaseRequest | None = None, polling_request: BaseRequest | None = None
) -> App:
    """Return the Application with all handlers, not yet initialized. The requests are the way to the network; by default, httpx."""
    builder = (
        ApplicationBuilder()
        .token(server.token)
        .base_url(server.methods)
        .base_file_url(server.files)
        .request(request or HTTPXRequest(connection_pool_size=64, read_timeout=10, write_timeout=10, pool_timeout=5))
        .get_updates_request(polling_request or UpdatesRequest(connection_pool_size=2, read_timeout=10))
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .rate_limiter(Pacer(max_retries=MAX_RETRIES, clock=monotonic))
        .concurrent_updates(True)
        .update_queue(asyncio.Queue(QUEUE_SIZE))
        .updater(None)
        .job_queue(None)
    )
    application = builder.build()
    _add_handlers(application, parts)
    return application


def _add_handlers(application: App, parts: Parts) -> None:
    sender = Sender(application.bot, moved=parts.digests.books.moves.move)
    replies = Replies(parts.state, sender, parts.clock)
    questions = Questions(
        ask=parts.ask,
        worker=parts.worker,
        state=parts.state,
        contexts=parts.contexts,
        limits=parts.limits,
        question_log=parts.admin.question_log,
        sender=sender,
        replies=replies,
        log=parts.log,
        new_id=parts.new_id,
        clock=parts.clock,
    )
    commands = Commands(examples=parts.examples, sources=parts.sources, worker=parts.worker, state=parts.state, replies=replies)
    administration = add_administration(application, parts.admin, access=parts.access, worker=parts.worker, sender=sender, replies=replies)
    conversation = Conversation(
        access=parts.access,
        replies=replies,
        questions=questions,
        commands=commands,
        administration=administration,
        clock=parts.clock,
    )
    inline = Inline(
        ask=parts.ask,
        access=parts.access,
        limits=parts.limits,
        question_log=parts.admin.question_log,
        worker=parts.worker,
        sender=sender,
        replies=replies,
        log=parts.log,
        clock=parts.clock,
        pause=parts.pause,
    )
    buttons = Buttons(access=parts.access, state=parts.state, sender=sender, replies=replies, questions=questions, clock=parts.clock)
    membership = Membership(access=parts.access, replies=replies)
    adding = Adding(
        access=parts.access,
        jobs=parts.jobs,
        article=parts.article,
        uploads=parts.uploads,
        bot=application.bot,
        sender=sender,
        replies=replies,
        sleep=parts.sleep,
    )
    feeds = FeedCommands(sources=parts.sources, feeds=parts.feeds, replies=replies, clock=parts.clock)
    administrators = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.User(user_id=parts.access.admins)
    application.add_handler(CommandHandler("sources", feeds.hear, filters=administrators))
    application.post_init = lambda _: adding.resume()
    add_summary_handlers(application, parts.summaries, access=parts.access, sender=sender, replies=replies)
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & Addition(parts.access), adding.hear))
    add_digest_handlers(application, parts.digests, sender=sender, replies=replies)
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, conversation.hear))
    application.add_handler(InlineQueryHandler(inline.query))
    application.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, inline.guest))
    application.add_handler(CallbackQueryHandler(adding.press, PRESSED))
    application.add_handler(CallbackQueryHandler(buttons.press))
    application.add_handler(ChatMemberHandler(membership.change, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(Failures(access=parts.access, sender=sender, replies=replies).report)


def run_bot(library: "Library", writer: Writer) -> None:
    """Serve Telegram, and the jobs of other processes, until SIGTERM or SIGINT, and end within ten seconds then.

    `writer` is where the library's changes take their turns.
    Raises TelegramUnusable where the token is missing, refused, or used by another program, and where the server cannot be reached.
    """
    if not asyncio.run(_run(library, writer, server_of(library.settings))):
        logging.shutdown()
        os._exit(0)  # a thread is in the middle of a model, and Python's own end would tear that down under it


async def _run(library: "Library", writer: Writer, server: Server) -> bool:
    """Serve; return whether everything came to its end."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    settings = library.settings
    jobs = Jobs(library.database, _now)
    duties = Duties(library, writer, jobs)
    jobs.take_up([*duties.changes, *duties.questions])
    staff = Staff(writer, [Clerk(jobs, duties.changes), Clerk(jobs, duties.questions)])
    access, worker = Access(settings.allowed_chats, settings.admin_ids), Worker()
    state = State(library.database, _now)
    digests = digest_parts(
        engine=library.database, newsroom=library.newsroom, worker=Worker(), access=access, clock=_now, zone=settings.timezone
    )
    admin = admin_parts(
        engine=library.database,
        state=state,
        started=_now(),
        clock=_now,
        zone=settings.timezone,
        sources=library.catalog.sources,
        passages=library.catalog.passage_count,
        group=partial(grouped, embedder=library.embedder),
        further=[
            partial(job_lines, jobs),
            lambda: feed_status.lines(library.gathering.feeds.feeds(), _now()),
            lambda: digest_status.lines(digest_status.overview(digests.books, _now(), access=access)),
        ],
    )
    parts = Parts(
        ask=partial(ask_in_context, library.answerer),
        examples=library.examples,
        sources=library.catalog.sources,
        feeds=library.gathering.feeds,
        state=state,
        contexts=Contexts(library.database, _now),
        limits=Limits(settings.questions_per_minute, _now, exempt=settings.admin_ids),
        worker=worker,
        writer=writer,
        jobs=jobs,
        article=library.catalog.get,
        uploads=library.settings.data_dir / UPLOADS,
        digests=digests,
        admin=admin,
        summaries=summary_desk(library.database, library.summariser, state, worker, clock=_now, new_id=_new_id),
        access=access,
        log=log_question,
        clock=_now,
        new_id=_new_id,
    )
    writer.every(FEED_SECONDS, "feeds", library.gathering.feeding.keep_up)
    application = build_application(server, parts)
    service = Service(
        application=application,
        source=_source(application, settings),
        worker=parts.worker,
        staff=staff,
        state=parts.state,
        jobs=jobs,
        address=server.address,
        admins=settings.admin_ids,
        purges=(admin.question_log.purge,),
        companions=(build_digests(application, digests), build_weekly(application, admin, settings.admin_ids)),
    )
    await service.run(stop)
    return staff.close(0) and not digests.worker.at_work


def _source(application: App, settings: Settings) -> Source:
    """Return a webhook where the settings have an address for one, long polling otherwise."""
    if not settings.telegram_webhook_url:
        return Polling(application.bot, application.update_queue)
    secret = settings.telegram_webhook_secret
    return Webhook(
        application.bot,
        application.update_queue,
        url=settings.telegram_webhook_url,
        port=settings.telegram_webhook_port,
        secret=secret.get_secret_value() if secret else secrets.token_urlsafe(32),
    )


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return secrets.token_urlsafe(12)
