"""A library that a running bot serves: what is asked of it becomes a job, and the bot does that."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.digests.previews import Preview
from bot.errors import BotBusy, BotLost, JobFailed
from bot.jobs.duties import (
    ADD,
    ASK,
    DIGESTS,
    EXAMPLES,
    REFRESH,
    REINDEX,
    REMOVE,
    REMOVED,
    SUMMARISE,
    VERIFY,
    asked_json,
    indexed_json,
    previews_json,
)
from bot.jobs.remote_summaries import RemoteSummariser
from bot.jobs.table import Job, Jobs, JobState
from bot.presence import Presence
from bot.protocols import Report, Summarising
from corpus.catalog import Catalog
from retrieval.answering import Asked
from retrieval.outcome import Indexed
from retrieval.question import Question

SHORT = timedelta(minutes=10)
"""A question that has waited longer is not worth an answer any more."""
SOON = timedelta(minutes=1)
"""The stores are compared between two changes of the articles: what takes longer than this may take hours."""
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 0.25

LOST = "The bot that was doing this has stopped; what it had stored is safe, and it does the rest when it starts again."
LOST_ASKING = "The bot that was to answer has stopped; ask again."
BUSY = "The running bot is busy with other work, and did not get to this in time; try again later."


class RemoteLibrary:
    """A `LibraryView` over the jobs table; its catalog is read directly."""

    def __init__(
        self,
        catalog: Catalog,
        jobs: Jobs,
        presence: Presence,
        clock: Clock,
        *,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._catalog = catalog
        self._jobs = jobs
        self._presence = presence
        self._clock = clock
        self._sleep = sleep

    @property
    def catalog(self) -> Catalog:
        """Which articles there are."""
        return self._catalog

    @property
    def answerer(self) -> "RemoteLibrary":
        """Answers questions."""
        return self

    @property
    def summariser(self) -> Summarising:
        """Tells what the articles say in a few sentences."""
        return RemoteSummariser(self._summarised)

    def _summarised(self, wanted: Mapping[str, Any]) -> str:
        (result,) = self._follow(SUMMARISE, wanted, keep=SHORT)
        return result

    def digests_at(self, moment: datetime) -> list[Preview]:
        """Return what each subscribed chat would get at `moment`."""
        (result,) = self._follow(DIGESTS, {"moment": moment.isoformat()}, keep=SHORT)
        return previews_json.validate_json(result)

    def ask(self, text: str, *, cited: Collection[str] = ()) -> Asked:
        """Return the bot's answer, rather from articles with an id in `cited`. Raises QuestionTooLong."""
        Question.parse(text)
        (result,) = self._follow(ASK, {"question": text, "cited": list(cited)}, keep=SHORT)
        return asked_json.validate_json(result)

    def examples(self) -> list[str]:
        """Return a few questions that the articles answer."""
        return list(self._follow(EXAMPLES, {}, keep=SHORT))

    def verify(self) -> list[str]:
        """Return one sentence for each way in which the stores disagree; none where all is well."""
        return list(self._follow(VERIFY, {}, keep=SOON))

    def add_sources(self, sources: Sequence[str]) -> Iterator[Indexed]:
        """Yield what became of each source, as the bot stores it. The bot reads the files itself."""
        yield from map(indexed_json.validate_json, self._follow(ADD, {"sources": [_absolute(source) for source in sources]}))

    def refresh_feeds(self, numbers: Sequence[int]) -> Iterator[Indexed]:
        """Yield what is new in followed feeds, as the bot stores it."""
        yield from map(indexed_json.validate_json, self._follow(REFRESH, {"feeds": list(numbers)}))

    def remove_articles(self, article_ids: Sequence[str]) -> list[str]:
        """Remove articles; return the ids of those that there were."""
        results = self._follow(REMOVE, {"ids": list(article_ids)})
        return [article_id for article_id, result in zip(article_ids, results, strict=True) if result == REMOVED]

    def rebuild(self, progress: Report) -> int:
        """Have every article indexed anew; return the number of passages."""
        (passages,) = self._follow(REINDEX, {}, progress=progress)
        return int(passages)

    def _follow(
        self, kind: str, arguments: Mapping[str, Any], *, keep: timedelta | None = None, progress: Report = lambda *_: None
    ) -> Iterator[str]:
        """Hand a job over, and yield its results as they come; leaving early (Ctrl-C, say) cancels it after its current batch.

        Raises JobFailed with the bot's own sentence; BotBusy where the bot has not begun it after `keep`, and it is taken back;
        and BotLost where the bot stops meanwhile: a question is then taken back, anything else is done when the bot starts again.
        """
        job_id = self._jobs.submit(kind, arguments, keep=keep) if keep else self._jobs.submit(kind, arguments)
        seen, job = 0, None
        try:
            for job in self._looks(job_id):
                progress(job.progress.what, job.progress.done, job.progress.total)
                results = self._jobs.results(job_id, after=seen)
                seen += len(results)
                yield from results
                if job.state is JobState.QUEUED and job.expires <= self._clock():
                    raise BotBusy(BUSY)
        except BaseException:
            self._jobs.cancel(job_id)
            raise
        if keep or job is None or not job.state.is_open:
            self._jobs.forget(job_id)
        if job is None or job.state.is_open:
            raise BotLost(LOST_ASKING if keep else LOST)
        if job.state is JobState.FAILED:
            raise JobFailed(job.error)

    def _looks(self, job_id: int) -> Iterator[Job]:
        """Yield the job each time that something may have changed, a last time when it has ended; end early where the bot is lost."""
        pause = FIRST_PAUSE
        while True:
            lost = self._presence.is_lost
            job = self._jobs.find(job_id)
            if job is None:
                return
            yield job
            if lost or not job.state.is_open:
                return
            self._sleep(pause)
            pause = min(LONGEST_PAUSE, 1.3 * pause)


def _absolute(source: str) -> str:
    """Return a file's whole path, as the bot works in another folder; an address stays as it is, and so does what names nothing."""
    return source if "://" in source or not source.strip() else str(Path(source).expanduser().absolute())
