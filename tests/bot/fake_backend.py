"""A backend without stores or models: a few articles in memory, and an answer for each question that it was given."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bot.digests.previews import Preview
from bot.digests.schedule import Slot
from bot.evaluation.stopwatch import Stopwatch
from bot.protocols import Report
from bot.server import server_of
from bot.settings import Settings
from bot.worker import Stopping
from corpus.article import Article, Published
from corpus.catalog import CatalogEntry, SourceSummary
from corpus.errors import DatabaseUnusable
from corpus.loading import Skipped, load
from retrieval.answer import Answer, Citation, Evidence, Extract, Near, NoAnswer, Silence, Variant
from retrieval.answering import Asked
from retrieval.errors import IndexUnusable
from retrieval.outcome import Indexed, Outcome
from retrieval.question import Kind, Question
from tests.bot.fake_feeds import FINE, FakeFeeds
from tests.bot.fake_summaries import FakeSummariser, story
from tests.fakes import PhraseReader, WordEmbedder

STAR = Article(
    address="https://star.example/visit",
    title="Netanyahu to Visit the White House",
    text="The first visit is set. The meeting is on February 4 in Washington. Nothing else is known.",
    source="The Star",
    author="A. Writer",
    published=Published.parse("2025-01-29"),
    file="star.md",
)
POST = Article(
    address="file:///post.txt",
    title="Talks [bold]Delayed[/bold]",
    text="Talks begin on the 16th day, \x1b[31ma source said.",
    file="post.txt",
)
MEETING = "when is the meeting?"
FIRST_SEEN = datetime(2025, 2, 1, 8, 30, tzinfo=UTC)


def evidence(article: Article, quote: str, span: str, confidence: float = 0.9) -> Evidence:
    """Return evidence that quotes `article`; its passage is the whole text."""
    start, inside = article.text.index(quote), quote.index(span)
    return Evidence(
        citation=Citation.of(article),
        span=Extract.of(article, start + inside, start + inside + len(span)),
        quote=Extract.of(article, start, start + len(quote)),
        passage=Extract.of(article, 0, len(article.text)),
        confidence=confidence,
    )


STAR_EVIDENCE = evidence(STAR, "The meeting is on February 4 in Washington.", "February 4")
POST_EVIDENCE = evidence(POST, "Talks begin on the 16th day, \x1b[31ma source said.", "the 16th day", 0.4)
ANSWER = Answer(
    question=MEETING,
    kind=Kind.WHEN,
    variant=Variant("2025-02-04", (STAR_EVIDENCE,), 2),
    confidence=0.93,
    disagreements=(Variant("day 16", (POST_EVIDENCE,), 1),),
    alternatives=(Variant("washington", (evidence(STAR, "The meeting is on February 4 in Washington.", "Washington", 0.2),), 1),),
)
MILLISECONDS = {"search": 10.0, "read": 30.0, "total": 41.26}


def no_answer(question: str, silence: Silence = Silence.NOT_FOUND) -> NoAnswer:
    """Return an honest no that points at the beginning of STAR."""
    return NoAnswer(question, Kind.WHAT, silence, (Near(Citation.of(STAR), Extract.of(STAR, 0, 23)),))


@dataclass
class FakeLibrary:
    """A `LibraryView` that is its own catalog, indexer and answerer, over a dictionary of articles."""

    kept: dict[str, Article] = field(default_factory=dict)
    results: Mapping[str, Answer | NoAnswer] = field(default_factory=lambda: {MEETING: ANSWER})
    complaints: Sequence[str] = ()
    feeding: FakeFeeds = field(default_factory=FakeFeeds)
    files: Mapping[str, Article | Skipped] = field(default_factory=dict)
    meanwhile: Callable[[], object] = lambda: None
    """Called before each answer, and before each result of adding and removing."""
    broken: str = ""
    """Why nothing can be removed."""
    previews: Sequence[Preview] = ()
    summariser: FakeSummariser = field(default_factory=lambda: FakeSummariser([story(STAR, "The first visit is set.")]))

    @property
    def catalog(self) -> "FakeLibrary":
        return self

    @property
    def indexer(self) -> "FakeLibrary":
        return self

    @property
    def answerer(self) -> "FakeLibrary":
        return self

    def ask(self, text: str, *, cited: Collection[str] = ()) -> Asked:
        """Return the answer that was given for `text`, or a no."""
        self.meanwhile()
        question = Question.parse(text).text
        return Asked(self.results.get(question) or no_answer(question), MILLISECONDS)

    def add(self, loaded: Iterable[Article | Skipped]) -> Iterator[Indexed]:
        for item in loaded:
            if isinstance(item, Skipped):
                self.meanwhile()
                yield Indexed(Outcome.SKIPPED, item.source, reason=item.reason)
            else:
                outcome = Outcome.UNCHANGED if item.id in self.kept else Outcome.ADDED
                self.kept[item.id] = item
                self.meanwhile()
                yield Indexed(outcome, item.file or item.address, item.id, item.title, 1)

    def add_sources(self, sources: Sequence[str]) -> Iterator[Indexed]:
        for source in sources:
            if source.endswith(".xml"):
                self.feeding.followed.append(replace(FINE, number=7, address=source))
        return self.add(item for source in sources for item in self.loaded(source))

    def unfollow(self, sources: Sequence[str], since: datetime) -> None:
        self.feeding.changes += [("unfollow", feed.number) for feed in self.feeding.followed if feed.address in sources]

    def refresh_feeds(self, numbers: Sequence[int]) -> Iterator[Indexed]:
        return self.feeding.refresh_feeds(numbers)

    def loaded(self, source: str) -> Iterator[Article | Skipped]:
        if source in self.files:
            return iter([self.files[source]])
        return load([source]) if Path(source).exists() else iter([Skipped(source, "There is no such file.")])

    def remove_articles(self, article_ids: Sequence[str]) -> list[str]:
        if self.broken:
            raise DatabaseUnusable(self.broken)
        self.meanwhile()
        return [article_id for article_id in article_ids if self.kept.pop(article_id, None)]

    def rebuild(self, progress: Report, *, stop: Callable[[], bool] = lambda: False) -> int:
        if stop():
            raise Stopping
        progress("Indexing", len(self.kept), len(self.kept))
        return 2 * len(self.kept)

    def entries(self) -> list[CatalogEntry]:
        return [CatalogEntry(article, FIRST_SEEN, FIRST_SEEN, 2) for article in self.kept.values()]

    def get(self, article_id: str) -> Article | None:
        return self.kept.get(article_id)

    def count(self) -> int:
        return len(self.kept)

    def passage_count(self) -> int:
        return 2 * len(self.kept)

    def sources(self) -> list[SourceSummary]:
        return [SourceSummary(article.source, 1, article.published) for article in self.kept.values()]

    def examples(self) -> list[str]:
        return [MEETING] if self.kept else []

    def digests_at(self, moment: datetime) -> list[Preview]:
        return [replace(preview, slot=preview.slot and Slot(moment.date(), preview.slot.at)) for preview in self.previews]

    def verify(self) -> list[str]:
        return list(self.complaints)


@dataclass
class FakeBackend:
    """A `Backend` over one FakeLibrary; opening it raises `trouble` where there is one. `opened` notes (data folder, writing, sample)."""

    library: FakeLibrary = field(default_factory=lambda: FakeLibrary({article.id: article for article in (STAR, POST)}))
    trouble: Exception | None = None
    files: Mapping[str, Article | Skipped] = field(default_factory=dict)
    telegram: httpx.BaseTransport = field(default_factory=lambda: httpx.MockTransport(_no_such_server))
    opened: list[tuple[Path, bool, bool]] = field(default_factory=list)
    served: list[Settings] = field(default_factory=list)
    reader: PhraseReader = field(default_factory=lambda: PhraseReader({}))
    trained: list[tuple[str, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.library.files = self.files or self.library.files

    @contextmanager
    def open_library(
        self, settings: Settings, progress: Report, *, writing: bool, sample: bool, repair: bool = False
    ) -> Iterator[FakeLibrary]:
        self.opened.append((settings.data_dir, writing, sample))
        progress("Opening", 1, 1)
        if self.trouble:
            raise self.trouble
        if self.library.complaints and not repair:
            raise IndexUnusable(" ".join(self.library.complaints))
        self.library.files = self.files
        yield self.library

    def open_apart(self, settings: Settings, progress: Report, watch: Stopwatch) -> AbstractContextManager[FakeLibrary]:
        return self.open_library(settings, progress, writing=True, sample=False)

    @contextmanager
    def open_catalog(self, settings: Settings) -> Iterator[FakeLibrary]:
        yield self.library

    @contextmanager
    def open_feeds(self, settings: Settings) -> Iterator[FakeFeeds]:
        yield self.library.feeding

    def open_reader(self, settings: Settings) -> PhraseReader:
        if self.trouble:
            raise self.trouble
        return self.reader

    def open_embedder(self, settings: Settings) -> WordEmbedder:
        return WordEmbedder()

    def load(self, settings: Settings, sources: Sequence[str]) -> Iterator[Article | Skipped]:
        return (item for source in sources for item in self.library.loaded(source))

    def count(self, sources: Sequence[str]) -> int:
        return sum(1 for source in sources for _ in self.library.loaded(source))

    def sample(self) -> Sequence[str]:
        return list(self.files)

    def run_bot(self, settings: Settings, progress: AbstractContextManager[Report]) -> None:
        server_of(settings)
        with progress:
            self.served.append(settings)

    def train_reader(self, arguments: Sequence[str]) -> None:
        self.trained.append(("reader", list(arguments)))

    def train_confidence(self, arguments: Sequence[str]) -> None:
        self.trained.append(("confidence", list(arguments)))

    def http_client(self) -> httpx.Client:
        return httpx.Client(transport=self.telegram)


def _no_such_server(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no route to host", request=request)
