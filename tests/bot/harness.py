"""The whole bot over a recorded network, with fakes for what it asks."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, text
from telegram import Update

from bot.administration.parts import admin_desk
from bot.application import Parts, build_application
from bot.contexts import Contexts
from bot.digests.books import Books
from bot.digests.parts import digest_parts
from bot.handlers.access import Access
from bot.handlers.administration import AdminDesk
from bot.handlers.question_desk import QuestionDesk
from bot.jobs.clerk import Clerk
from bot.jobs.duties import Duties
from bot.jobs.table import Jobs
from bot.limits import Limits
from bot.server import Server
from bot.serving import App, Resume
from bot.state import Result, State
from bot.summaries.parts import summary_desk
from bot.worker import Worker
from bot.writer import Writer
from corpus.article import Published
from corpus.catalog import SourceSummary
from retrieval.answering import Asked
from retrieval.question import MAX_LENGTH, QuestionTooLong
from retrieval.similar import grouped
from tests.bot.fake_backend import FakeLibrary
from tests.bot.fake_summaries import FakeSummariser
from tests.bot.newsroom import FakeNewsroom
from tests.bot.objects import ANSWER, NOW, Json
from tests.databases import open_migrated
from tests.fakes import WordEmbedder
from tests.recording import Call, RecordingRequest

TOKEN = "123456:test"
EVERYONE = Access()
SOURCES = [SourceSummary("Harbour Post", 2, Published.parse("2025-01-29"))]


class Oracle:
    """Answers every question with `result`, and remembers what it was asked."""

    def __init__(self) -> None:
        self.result: Result = ANSWER
        self.questions: list[str] = []
        self.earlier: list[Result | None] = []
        self.before: Callable[[], object] = lambda: None

    def __call__(self, text: str, earlier: Result | None = None) -> Asked:
        self.before()
        if len(text) > MAX_LENGTH:
            raise QuestionTooLong("too long")
        self.questions.append(text)
        self.earlier.append(earlier)
        return Asked(self.result, {"total": 1.0})


@dataclass
class Bench:
    """A running bot and the levers on it."""

    application: App
    resume: Resume
    parts: Parts
    network: RecordingRequest
    oracle: Oracle
    worker: Worker
    writer: Writer
    jobs: Jobs
    state: State
    logged: list[str]
    update_ids: Iterator[int]
    engine: Engine
    library: FakeLibrary
    newsroom: FakeNewsroom
    books: Books
    admin: AdminDesk
    summariser: FakeSummariser
    now: datetime = NOW
    pause: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(0)

    async def feed(self, update_id: int | None = None, /, **content: Json) -> list[Call]:
        """Let an update arrive; return what the bot did then."""
        before = len(self.network.calls)
        payload = {"update_id": update_id or next(self.update_ids), **content}
        await self.application.process_update(Update.de_json(payload, self.application.bot))
        return self.network.calls[before:]

    def drop_table(self, name: str) -> None:
        """Damage the database."""
        with self.engine.begin() as connection:
            connection.execute(text(f"DROP TABLE {name}"))


@asynccontextmanager
async def bench(
    folder: Path,
    *,
    access: Access = EVERYONE,
    waiting: int = 16,
    per_minute: int = 0,
    connected: bool = True,
    first_update: int = 500,
    zone: str = "UTC",
) -> AsyncIterator[Bench]:
    """Run a bot whose state lies in `folder`; a second one there is the same bot after a restart. `zone` is what TIMEZONE says."""
    engine = open_migrated(folder / "state.db")
    network, oracle, logged, ids = RecordingRequest(), Oracle(), list[str](), count(1)
    worker, desk_worker, writer = Worker(waiting=waiting), Worker(), Writer()
    newsroom, summariser = FakeNewsroom(), FakeSummariser()
    clock: Callable[[], datetime] = lambda: running.now  # noqa: E731
    state, jobs = State(engine, clock), Jobs(engine, clock)
    library = FakeLibrary()
    clerk = Clerk(jobs, Duties(library, writer, jobs).changes)

    async def pause(_: float) -> None:
        """Let the bot's clerk work while a report waits for it."""
        await asyncio.to_thread(clerk.do_next)

    digests = digest_parts(engine=engine, newsroom=newsroom, worker=desk_worker, questions=worker, access=access, clock=clock, zone=zone)
    admin = admin_desk(
        engine=engine,
        state=state,
        started=NOW - timedelta(hours=2, minutes=5),
        clock=clock,
        zone=zone,
        sources=lambda: SOURCES,
        passages=lambda: 9,
        group=lambda texts: grouped(texts, WordEmbedder()),
        further=[lambda: ["1 feed <fails>."]],
    )
    limits = Limits(per_minute, clock, exempt=access.admins)
    parts = Parts(
        access=access,
        questions=QuestionDesk(
            ask=oracle,
            worker=worker,
            state=state,
            contexts=Contexts(engine, clock),
            limits=limits,
            question_log=admin.question_log,
            log=lambda chat_kind, asked: logged.append(f"{chat_kind}: {asked.result.question}"),
            clock=clock,
            new_id=lambda: f"k{next(ids)}",
        ),
        examples=lambda: ["When is the meeting?", "Who came?"],
        sources=lambda: SOURCES,
        feeds=library.feeding,
        jobs=jobs,
        article=library.get,
        uploads=folder / "uploads",
        sleep=pause,
        digests=digests,
        admin=admin,
        summaries=summary_desk(engine, summariser, state, worker, limits=limits, clock=clock, new_id=lambda: f"k{next(ids)}"),
        pause=lambda _: running.pause(),
    )
    application, resume = build_application(Server(token=TOKEN), parts, request=network, polling_request=network)
    ids_of_updates = count(first_update)
    running = Bench(
        application,
        resume,
        parts,
        network,
        oracle,
        worker,
        writer,
        jobs,
        state,
        logged,
        ids_of_updates,
        engine,
        library,
        newsroom,
        digests.books,
        admin,
        summariser,
    )
    if connected:
        await application.initialize()
    yield running
    await application.shutdown()
    await worker.close(1)
    await desk_worker.close(1)
    writer.close(1)
    engine.dispose()
