"""Does jobs from the table: one at a time for its kinds, in a thread of its own, each by the duty for its kind."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

from bot.errors import BotError
from bot.jobs.table import Job, Jobs, JobState, Progress
from bot.messages import FAILED
from bot.worker import Stopping
from bot.writer import Writer
from corpus.errors import CorpusError, DatabaseUnusable
from retrieval.errors import RetrievalError

LOOK_SECONDS = 0.1
"""How often an idle clerk looks at the table: what people at a terminal do not notice."""
TROUBLE_SECONDS = 5.0
"""How long a clerk rests when the database fails."""

logger = logging.getLogger(__name__)


class Task:
    """A job that is being done."""

    def __init__(self, job: Job, jobs: Jobs, closing: Callable[[], bool]) -> None:
        self._job = job
        self._jobs = jobs
        self._closing = closing
        self._progress = job.progress

    @property
    def id(self) -> int:
        """The job's id."""
        return self._job.id

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What the job is about."""
        return self._job.arguments

    def results(self) -> list[str]:
        """Return what came of the job when the bot began it before and ended in the middle; usually nothing."""
        return self._jobs.results(self._job.id)

    def report(self, what: str, done: int, total: int) -> None:
        """Tell whoever waits how far the job is."""
        self._progress = Progress(what, done, total)
        self._jobs.note(self._job.id, self._progress)

    def note(self, results: Iterable[str], done: int | None = None) -> None:
        """Hand out further results, with how many are done by then."""
        if done is not None:
            self._progress = Progress(self._progress.what, done, self._progress.total)
        self._jobs.note(self._job.id, self._progress, list(results))

    def stop(self) -> bool:
        """Return whether to end after the current batch: nobody wants the job any more, or the bot is being stopped."""
        return self._closing() or not self._jobs.is_wanted(self._job.id)


Duty = Callable[[Task], None]
"""Does a job, and raises Stopping where `Task.stop` says so; BotError, CorpusError and RetrievalError have a sentence for people."""


class Clerk:
    """Does the jobs of the kinds that `duties` name."""

    def __init__(self, jobs: Jobs, duties: Mapping[str, Duty]) -> None:
        self._jobs = jobs
        self._duties = dict(duties)
        self._closing = Event()
        self._thread = Thread(target=self._serve, name="clerk", daemon=True)

    def start(self) -> None:
        """Begin to look for jobs."""
        self._thread.start()

    def close(self, timeout: float) -> bool:
        """Take no more jobs, and wait `timeout` seconds for the batch at hand; return whether it was done by then.

        A job that is not done stays on the table, to be taken up at the next start.
        """
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def do_next(self) -> bool:
        """Do the next job where there is one; return whether there was."""
        job = self._jobs.take(self._duties)
        if job is None:
            return False
        try:
            self._duties[job.kind](Task(job, self._jobs, self._closing.is_set))
        except Stopping:
            if not self._jobs.is_wanted(job.id):
                self._end(job, JobState.CANCELLED)
            return True  # one that is wanted stays as running: the next start takes it up
        except (BotError, CorpusError, RetrievalError) as error:
            self._end(job, JobState.FAILED, str(error))
        except Exception:  # one job that nobody foresaw must not end the others
            logger.exception("Job %d (%s) failed", job.id, job.kind)
            self._end(job, JobState.FAILED, FAILED)
        else:
            self._end(job, JobState.DONE)
        return True

    def _end(self, job: Job, state: JobState, error: str = "") -> None:
        """Note how the job ended: somebody waits for that, so where the database fails (a full disk, say) it is tried again."""
        while True:
            try:
                return self._jobs.end(job.id, state, error)
            except DatabaseUnusable as failure:
                logger.warning("The end of job %d cannot be noted; next try in %.0f s: %s", job.id, TROUBLE_SECONDS, failure)
                if self._closing.wait(TROUBLE_SECONDS):
                    return None

    def _serve(self) -> None:
        while not self._closing.is_set():
            try:
                busy = self.do_next()
            except DatabaseUnusable as error:
                logger.warning("Jobs cannot be looked up; next try in %.0f s: %s", TROUBLE_SECONDS, error)
                self._closing.wait(TROUBLE_SECONDS)
                continue
            if not busy:
                self._closing.wait(LOOK_SECONDS)


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works behind the conversation: the writer, and the clerks who bring it work."""

    writer: Writer
    clerks: Sequence[Clerk] = ()

    def start(self) -> None:
        """Begin with what the last run of the bot left undone."""
        for clerk in self.clerks:
            clerk.start()

    def close(self, timeout: float) -> bool:
        """End after the batches at hand, within `timeout` seconds and a little; return whether they were done by then."""
        for clerk in self.clerks:
            clerk.close(0)
        written = self.writer.close(timeout)
        return all([written, *(clerk.close(1) for clerk in self.clerks)])
