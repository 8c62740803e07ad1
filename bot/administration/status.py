"""How the bot is doing, at a glance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version

from bot.administration.question_log import Figures, QuestionLog
from bot.clock import Clock
from bot.jobs.table import Jobs, JobState
from bot.state import State
from corpus.article import Published
from corpus.catalog import SourceSummary

DAY = timedelta(days=1)

Lines = Callable[[], Sequence[str]]
"""Returns sentences on a part of the bot; blocks."""


@dataclass(frozen=True, slots=True)
class Status:
    """What /status tells. `queue` counts the questions that wait; `further` are the sentences of other parts of the bot."""

    version: str
    up: timedelta
    articles: int
    passages: int
    newest: Published | None
    day: Figures
    queue: int
    chats: int
    further: tuple[str, ...] = ()


def job_lines(jobs: Jobs) -> list[str]:
    """Return how many jobs are under way and wait, in a sentence; nothing where there are none."""
    running, waiting = jobs.count(JobState.RUNNING), jobs.count(JobState.QUEUED)
    return [f"Jobs: {running} under way, {waiting} waiting."] if running or waiting else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Looks at the parts of the bot. `sources`, `passages` and each of `further` block."""

    started: datetime
    clock: Clock
    sources: Callable[[], Sequence[SourceSummary]]
    passages: Callable[[], int]
    log: QuestionLog
    state: State
    further: Sequence[Lines] = ()

    def look(self, queue: int) -> Status:
        """Return how the bot is doing; `queue` is how many questions wait. Blocks."""
        sources = self.sources()
        dated = [summary.newest for summary in sources if summary.newest]
        return Status(
            version=version("quotewire"),
            up=self.clock() - self.started,
            articles=sum(summary.articles for summary in sources),
            passages=self.passages(),
            newest=max(dated, key=lambda published: published.moment, default=None),
            day=self.log.last(DAY),
            queue=queue,
            chats=self.state.chat_count(),
            further=tuple(line for lines in self.further for line in lines()),
        )
