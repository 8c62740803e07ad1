"""What the running bot does for others: the kinds of jobs, and how each is done with its library."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter

from bot.digests.previews import Preview
from bot.jobs.clerk import Duty, Task
from bot.jobs.remote_summaries import summarised
from bot.jobs.table import Jobs, JobState
from bot.protocols import LibraryView, Report
from bot.worker import Stopping
from bot.writer import Writer
from corpus.loading import count
from retrieval.answering import Asked
from retrieval.outcome import Indexed, Outcome

ADD, REFRESH, REMOVE, UNDO, REINDEX = "add", "refresh", "remove", "undo", "reindex"
ASK, SUMMARISE, DIGESTS, EXAMPLES, VERIFY = "ask", "summarise", "digests", "examples", "verify"
ADDING, FETCHING = "Adding", "Fetching feeds"
REMOVED, UNKNOWN = "removed", "unknown"
KNOWN = "known"
"""Argument of a job that removes: those of its articles that there were when it began."""
UPLOAD = "upload"
"""Argument of a job that adds: a file, alone in its folder, that is deleted afterwards."""

STORED = (Outcome.ADDED, Outcome.UPDATED)
"""What is noted at once, as it may be taken back."""
HANDED_OUT = 20
"""Other results that are noted together: each note waits for the disk."""

asked_json: TypeAdapter[Asked] = TypeAdapter(Asked)
previews_json: TypeAdapter[list[Preview]] = TypeAdapter(list[Preview])
indexed_json: TypeAdapter[Indexed] = TypeAdapter(Indexed)


class ServedLibrary(LibraryView, Protocol):
    """A library that its owner serves to others."""

    def unfollow(self, sources: Sequence[str], since: datetime) -> None:
        """Follow those feeds no longer that `sources` named, themselves or in a list, only after `since`; their articles stay."""

    def rebuild(self, progress: Report, *, stop: Callable[[], bool] = ...) -> int:
        """Index every article anew; return the number of passages. Raises Stopping where `stop` says so."""


class Duties:
    """The duties of a bot over `library`, which it opened to serve; changes go in small batches through `writer`."""

    def __init__(self, library: ServedLibrary, writer: Writer, jobs: Jobs) -> None:
        self._library = library
        self._writer = writer
        self._jobs = jobs

    @property
    def changes(self) -> Mapping[str, Duty]:
        """The duties that change the articles, or wait for those who do."""
        return {
            ADD: self._add,
            REFRESH: self._refresh,
            REMOVE: self._remove,
            UNDO: self._undo,
            REINDEX: self._reindex,
            VERIFY: self._verify,
        }

    @property
    def questions(self) -> Mapping[str, Duty]:
        """The duties that somebody waits for at a terminal."""
        return {ASK: self._ask, SUMMARISE: self._summarise, DIGESTS: self._digests, EXAMPLES: self._examples}

    def _add(self, task: Task) -> None:
        sources, is_over = task.arguments["sources"], True
        try:
            task.report(ADDING, 0, count(sources))
            self._hand_out(task, self._library.add_sources(sources))
        except Stopping:
            is_over = not self._jobs.is_wanted(task.id)  # else the next start goes on with it
            raise
        finally:
            if is_over and UPLOAD in task.arguments:
                self._discard(task)

    def _discard(self, task: Task) -> None:
        """Delete a job's upload, unless it is that of another job, too: the same document has the same place."""
        upload = task.arguments[UPLOAD]
        others = (job for job in self._jobs.of_kinds([ADD]) if job.state.is_open and job.id != task.id)
        if all(job.arguments.get(UPLOAD) != upload for job in others):
            with suppress(OSError):  # it is gone already, or something else lies there
                Path(upload).unlink()
                Path(upload).parent.rmdir()

    def _refresh(self, task: Task) -> None:
        task.report(FETCHING, 0, 0)
        self._hand_out(task, self._library.refresh_feeds(task.arguments["feeds"]))

    def _hand_out(self, task: Task, results: Iterator[Indexed]) -> None:
        """Hand out results one after another. Raises Stopping where they are not wanted any more."""
        told = [indexed_json.validate_json(result) for result in task.results()]
        before = {result.article_id for result in told}
        waiting, done = list[str](), 0
        for done, result in enumerate(results, start=1):
            # What the job stored before the bot was stopped in the middle of it comes as unchanged now, what it skipped as before.
            if result not in told and (result.outcome is not Outcome.UNCHANGED or result.article_id not in before):
                waiting.append(indexed_json.dump_json(result).decode())
            if result.outcome in STORED or done % HANDED_OUT == 0:
                task.note(waiting, done)
                waiting = []
                if task.stop():
                    raise Stopping("the job is not wanted now")
        task.note(waiting, done)

    def _remove(self, task: Task) -> None:
        ids = task.arguments["ids"]
        known = self._known(task)
        for article_id in ids[len(task.results()) :]:  # the bot may have ended in the middle of the job
            if task.stop():
                raise Stopping("the job is not wanted now")
            self._library.remove_articles([article_id])
            task.note([REMOVED if article_id in known else UNKNOWN])

    def _known(self, task: Task) -> Collection[str]:
        """Return which articles a job is to remove, as of its beginning: one may be gone already when the bot ends before it notes that."""
        known = task.arguments.get(KNOWN)
        if known is None:
            known = [article_id for article_id in task.arguments["ids"] if self._library.catalog.get(article_id)]
            self._jobs.amend(task.id, {KNOWN: known})
        return known

    def _undo(self, task: Task) -> None:
        """Remove what another job added, once, and follow no feed that it began to follow; what it updated stays."""
        job = self._jobs.find(task.arguments["job"])
        if job is None or job.state.is_open or job.state is JobState.UNDONE:
            return
        results = map(indexed_json.validate_json, self._jobs.results(job.id))
        self._library.remove_articles([result.article_id for result in results if result.outcome is Outcome.ADDED and result.article_id])
        self._library.unfollow(job.arguments["sources"], job.created)
        self._jobs.end(job.id, JobState.UNDONE)

    def _reindex(self, task: Task) -> None:
        passages = self._writer.call(lambda: self._library.rebuild(task.report, stop=task.stop))
        task.note([str(passages)])

    def _ask(self, task: Task) -> None:
        asked = self._library.answerer.ask(task.arguments["question"], cited=task.arguments["cited"])
        task.note([asked_json.dump_json(asked).decode()])

    def _summarise(self, task: Task) -> None:
        task.note([summarised(self._library.summariser, task.arguments)])

    def _digests(self, task: Task) -> None:
        previews = self._library.digests_at(datetime.fromisoformat(task.arguments["moment"]))
        task.note([previews_json.dump_json(previews).decode()])

    def _examples(self, task: Task) -> None:
        task.note(self._library.examples())

    def _verify(self, task: Task) -> None:
        task.note(self._writer.call(self._library.verify))
