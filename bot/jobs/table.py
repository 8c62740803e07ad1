"""The jobs table: what other processes and chats want the running bot to do, how far it is, and what came of it."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    Row,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.store import Store, metadata
from corpus.database import Moment

KEEP = timedelta(days=30)
"""How long a job is remembered, and can be undone."""

job_table = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("arguments", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("unwanted", Boolean, nullable=False),
    Column("what", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("ended", Moment),
    Column("expires", Moment, nullable=False, index=True),
    sqlite_autoincrement=True,
)
result_table = Table(
    "job_results",
    metadata,
    Column("job_id", Integer, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("result", Text, nullable=False),
)


class JobState(StrEnum):
    """Where a job stands. An OFFERED one waits for somebody's yes; an UNDONE one was done, and taken back."""

    OFFERED = "offered"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNDONE = "undone"

    @property
    def is_open(self) -> bool:
        """Whether the bot still has something to do."""
        return self in {JobState.QUEUED, JobState.RUNNING}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: what is being done, how many are done, and of how many (0 where that is not known)."""

    what: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stood when it was read. `error` is one sentence for people, empty unless it failed; after `expires` it is not begun."""

    id: int
    kind: str
    arguments: Mapping[str, Any]
    state: JobState
    progress: Progress
    error: str
    created: datetime
    expires: datetime


class Jobs(Store):
    """The jobs, those that have ended included until they expire."""

    def submit(self, kind: str, arguments: Mapping[str, Any], *, keep: timedelta = KEEP, state: JobState = JobState.QUEUED) -> int:
        """Put a job on the table, to be forgotten after `keep`; return its id."""
        now = self._now()
        row = {
            "kind": kind,
            "arguments": json.dumps(arguments),
            "state": state.value,
            "unwanted": False,
            "what": "",
            "done": 0,
            "total": 0,
            "error": "",
            "created": now,
            "expires": now + keep,
        }
        with self._transaction() as connection:
            (number,) = connection.execute(insert(job_table).values(row)).inserted_primary_key or (0,)
        return int(number)

    def accept(self, job_id: int) -> bool:
        """Queue an offered job; return False where it is none (any more)."""
        columns = job_table.c
        offered = (columns.id == job_id) & (columns.state == JobState.OFFERED) & (columns.expires > self._now())
        with self._transaction() as connection:
            return connection.execute(update(job_table).where(offered).values(state=JobState.QUEUED.value)).rowcount == 1

    def take(self, kinds: Collection[str]) -> Job | None:
        """Return the oldest job of `kinds` that waits, as running from now on; None where none does. One process at a time may take."""
        columns = job_table.c
        query = (
            select(job_table)
            .where(columns.state == JobState.QUEUED, columns.kind.in_(kinds), columns.expires > self._now())
            .order_by(columns.id)
            .limit(1)
        )
        with self._transaction() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        with self._transaction() as connection:
            taken = update(job_table).where(columns.id == row.id, columns.state == JobState.QUEUED).values(state=JobState.RUNNING.value)
            return _job(row) if connection.execute(taken).rowcount == 1 else None

    def find(self, job_id: int) -> Job | None:
        """Return the job with this id; None where there is none (any more)."""
        with self._transaction() as connection:
            row = connection.execute(select(job_table).where(job_table.c.id == job_id)).one_or_none()
        return _job(row) if row else None

    def of_kinds(self, kinds: Collection[str]) -> list[Job]:
        """Return the jobs of `kinds` that are remembered, oldest first."""
        query = select(job_table).where(job_table.c.kind.in_(kinds)).order_by(job_table.c.id)
        with self._transaction() as connection:
            return [_job(row) for row in connection.execute(query)]

    def count(self, state: JobState) -> int:
        """Return how many jobs are in `state`."""
        with self._transaction() as connection:
            return connection.scalar(select(func.count()).where(job_table.c.state == state)) or 0

    def amend(self, job_id: int, arguments: Mapping[str, Any]) -> None:
        """Give a job further arguments, in place of those of the same names; nothing happens where it is gone."""
        columns = job_table.c
        with self._transaction() as connection:
            known = connection.scalar(select(columns.arguments).where(columns.id == job_id))
            if known is not None:
                amended = json.dumps(json.loads(known) | dict(arguments))
                connection.execute(update(job_table).where(columns.id == job_id).values(arguments=amended))

    def results(self, job_id: int, *, after: int = 0) -> list[str]:
        """Return what came of a job so far, without the first `after` results."""
        columns = result_table.c
        query = select(columns.result).where(columns.job_id == job_id, columns.number > after).order_by(columns.number)
        with self._transaction() as connection:
            return list(connection.scalars(query))

    def note(self, job_id: int, progress: Progress, results: Sequence[str] = ()) -> None:
        """Remember how far a job is, and further results of it; nothing happens where it is gone."""
        columns = job_table.c
        values = {"what": progress.what, "done": progress.done, "total": progress.total}
        with self._transaction() as connection:
            is_there = connection.execute(update(job_table).where(columns.id == job_id).values(values)).rowcount == 1
            first = connection.scalar(select(func.coalesce(func.max(result_table.c.number), 0)).where(result_table.c.job_id == job_id)) or 0
            if results and is_there:
                rows = [{"job_id": job_id, "number": number, "result": result} for number, result in enumerate(results, first + 1)]
                connection.execute(insert(result_table), rows)

    def is_wanted(self, job_id: int) -> bool:
        """Return whether nobody has cancelled a job."""
        with self._transaction() as connection:
            return connection.scalar(select(job_table.c.unwanted).where(job_table.c.id == job_id)) is False

    def end(self, job_id: int, state: JobState, error: str = "") -> None:
        """Remember how a job ended."""
        values = {"state": state.value, "error": error, "ended": self._now()}
        with self._transaction() as connection:
            connection.execute(update(job_table).where(job_table.c.id == job_id).values(values))

    def cancel(self, job_id: int) -> None:
        """Want a job no more: one that waits ends now, one that runs after its current batch; nothing happens to one that has ended."""
        columns = job_table.c
        with self._transaction() as connection:
            connection.execute(update(job_table).where(columns.id == job_id).values(unwanted=True))
            waiting = (columns.id == job_id) & columns.state.in_([JobState.QUEUED, JobState.OFFERED])
            connection.execute(update(job_table).where(waiting).values(state=JobState.CANCELLED.value, ended=self._now()))

    def forget(self, job_id: int) -> None:
        """Remove a job with its results."""
        with self._transaction() as connection:
            connection.execute(delete(job_table).where(job_table.c.id == job_id))

    def take_up(self, kinds: Collection[str]) -> int:
        """Queue again what was running when its bot ended; return how many jobs that are. For a bot that starts."""
        columns = job_table.c
        running = (columns.state == JobState.RUNNING) & columns.kind.in_(kinds)
        with self._transaction() as connection:
            connection.execute(update(job_table).where(running, columns.unwanted).values(state=JobState.CANCELLED.value, ended=self._now()))
            return connection.execute(update(job_table).where(running, ~columns.unwanted).values(state=JobState.QUEUED.value)).rowcount

    def purge(self) -> None:
        """Forget what has expired, begun or not."""
        expired = (job_table.c.expires <= self._now()) & (job_table.c.state != JobState.RUNNING)
        with self._transaction() as connection:
            connection.execute(delete(job_table).where(expired))


def _job(row: Row[tuple[object, ...]]) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        arguments=json.loads(row.arguments),
        state=JobState(row.state),
        progress=Progress(row.what, row.done, row.total),
        error=row.error,
        created=row.created,
        expires=row.expires,
    )
