"""Running the bot: over an opened library, until it is told to stop."""

import asyncio
import logging
import os
import secrets
import sys
from functools import partial
from typing import NoReturn

from bot import feed_status
from bot.administration.parts import admin_desk, build_weekly
from bot.administration.status import job_lines
from bot.application import Parts, build_application
from bot.clock import utc_now
from bot.contexts import Contexts
from bot.digests import status as digest_status
from bot.digests.parts import DigestParts, build_dispatcher, digest_parts
from bot.handlers.access import Access
from bot.handlers.administration import AdminDesk
from bot.handlers.question_desk import QuestionDesk
from bot.jobs.clerk import Clerk, Staff
from bot.jobs.duties import Duties
from bot.jobs.table import Jobs
from bot.library import Library
from bot.limits import Limits
from bot.logs import log_question
from bot.receiving import Polling, Source, Webhook
from bot.server import Server, server_of
from bot.serving import App, Service, stop_on_signals
from bot.settings import Settings
from bot.state import State
from bot.summaries.parts import summary_desk
from bot.worker import Worker
from bot.writer import Writer
from retrieval.asking.followup import ask_in_context
from retrieval.similar import grouped

UPLOADS = "uploads"
"""The folder for documents from chats, below the data folder, until they are added."""
FEED_SECONDS = 15.0
"""How often it is looked whether a feed is due."""


def run_bot(library: Library, writer: Writer) -> None:
    """Serve Telegram, and the jobs of other processes, until SIGTERM or SIGINT, and end within ten seconds then.

    `writer` is where the library's changes take their turns.
    Raises TelegramUnusable where the token is missing, refused, or used by another program, and where the server cannot be reached.
    """
    if not asyncio.run(_run(library, writer, server_of(library.settings))):
        end_process()  # a thread is in the middle of a model, and closing the library would tear that down under it


def end_process() -> NoReturn:
    """End with exit code 0 at once: to take the models apart takes Python seconds, and it would wait for a thread that uses them."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)


async def _run(library: Library, writer: Writer, server: Server) -> bool:
    """Serve; return whether everything came to its end."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    settings, jobs = library.settings, Jobs(library.database, utc_now)
    duties = Duties(library, writer, jobs)
    jobs.take_up([*duties.changes, *duties.questions])
    staff = Staff(writer, [Clerk(jobs, duties.changes), Clerk(jobs, duties.questions)])
    parts = _parts(library, jobs)
    writer.every(FEED_SECONDS, "feeds", library.gathering.feeding.keep_up)
    application, resume = build_application(server, parts)
    service = Service(
        application=application,
        resume=resume,
        source=_source(application, settings),
        worker=parts.questions.worker,
        staff=staff,
        purges=parts.purges,
        address=server.address,
        admins=settings.admin_ids,
        companions=(build_dispatcher(application, parts.digests), build_weekly(application, parts.admin, settings.admin_ids)),
    )
    await service.run(stop)
    return staff.close(0) and not any(worker.at_work for worker in (parts.questions.worker, parts.digests.worker))


def _parts(library: Library, jobs: Jobs) -> Parts:
    """Return what the handlers work with, over a library."""
    settings, database = library.settings, library.database
    access, state, worker = Access(settings.allowed_chats, settings.admin_ids), State(database, utc_now), Worker()
    digests = digest_parts(
        engine=database,
        newsroom=library.newsroom,
        worker=Worker(),
        questions=worker,
        access=access,
        clock=utc_now,
        zone=settings.timezone,
    )
    admin = _admin_desk(library, jobs, state, digests)
    limits = Limits(settings.questions_per_minute, utc_now, exempt=settings.admin_ids)
    questions = QuestionDesk(
        ask=partial(ask_in_context, library.answerer),
        worker=worker,
        state=state,
        contexts=Contexts(database, utc_now),
        limits=limits,
        question_log=admin.question_log,
        log=log_question,
        clock=library.clock,
        new_id=_new_id,
    )
    return Parts(
        access=access,
        questions=questions,
        summaries=summary_desk(database, library.summariser, state, worker, limits=limits, clock=library.clock, new_id=_new_id),
        digests=digests,
        admin=admin,
        examples=library.examples,
        sources=library.catalog.sources,
        feeds=library.gathering.feeds,
        jobs=jobs,
        article=library.catalog.get,
        uploads=settings.data_dir / UPLOADS,
    )


def _admin_desk(library: Library, jobs: Jobs, state: State, digests: DigestParts) -> AdminDesk:
    return admin_desk(
        engine=library.database,
        state=state,
        started=utc_now(),
        clock=utc_now,
        zone=library.settings.timezone,
        sources=library.catalog.sources,
        passages=library.catalog.passage_count,
        group=partial(grouped, embedder=library.embedder),
        further=[
            partial(job_lines, jobs),
            lambda: feed_status.lines(library.gathering.feeds.feeds(), library.clock()),
            lambda: digest_status.lines(digest_status.overview(digests.books, utc_now(), access=digests.access)),
        ],
    )


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


def _new_id() -> str:
    return secrets.token_urlsafe(12)
