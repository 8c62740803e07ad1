"""`quotewire bench`: how fast, and how big, the program is on this machine with these articles.

It copies the catalog's articles, or generated ones, into an index in a temporary folder, so it disturbs nobody and measures adding as
well: how long each part of it takes, and whether time and memory grow with the number of articles as they should.
"""

import json
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bot.errors import UsageError
from bot.evaluation.bench_articles import generated, write
from bot.evaluation.stopwatch import EMBEDDING, PARSING, SQL, VECTORS, Stopwatch
from bot.json_output import Json
from bot.protocols import Asking, Backend, LibraryView, OwnLibrary, Report
from bot.settings import Settings
from corpus.article import Article
from corpus.loading import Skipped
from retrieval.question import MAX_LENGTH

MAX_QUESTIONS = 1000
DEFAULT_QUESTIONS = 50
POINTS = 10
"""Stretches of an ingestion whose time and memory are told."""
SAMPLE_QUESTIONS = Path(__file__).parents[2] / "tests" / "data" / "sample_questions.jsonl"
"""Only in a checkout; an installed package has its articles' own examples instead."""


@dataclass(frozen=True, slots=True)
class Point:
    """How far an ingestion was: the articles, the seconds that they took, and the memory then (None where it cannot be known)."""

    articles: int
    seconds: float
    memory_mb: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a run of the benchmark found. Latencies are of warm questions, from text to answer; shares are of the time of indexing."""

    articles: int
    passages: int
    startup_seconds: float
    indexing_seconds: float
    shares: Mapping[str, float]
    growth: Sequence[Point]
    questions: int
    p50_ms: float
    p95_ms: float
    peak_memory_mb: float


def _read_questions(path: Path, limit: int = MAX_QUESTIONS) -> list[str]:
    """Return the first questions of a file of JSON lines with "question". Raises UsageError naming the line at fault."""
    try:
        with path.open(encoding="utf-8") as lines:
            return [_question(path, number, line) for number, line in zip(range(1, limit + 1), lines, strict=False) if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The questions in {path} cannot be read: {error}.") from error


def _question(path: Path, number: int, line: str) -> str:
    try:
        question = json.loads(line)["question"]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f'Line {number} of {path} is not a JSON object with a "question".') from error
    if not isinstance(question, str) or not 0 < len(question) <= MAX_LENGTH:
        raise UsageError(f"The question in line {number} of {path} is not a text of 1 to {MAX_LENGTH} characters.")
    return question


def measure(
    settings: Settings, backend: Backend, *, questions: Path | None, articles: int, clock: Callable[[], float], report: Report
) -> Measured:
    """Index `articles` generated ones (0: the catalog's, or the sample's where it is empty) apart, and ask the questions there.

    `clock` counts seconds. Without `questions`: the first of the sample's, or else the articles' own examples.
    """
    watch = Stopwatch(clock)
    with tempfile.TemporaryDirectory(prefix="quotewire-bench-", ignore_cleanup_errors=True) as folder:
        sources = write(Path(folder) / "articles", generated(articles) if articles else _articles(settings, backend))
        apart = settings.model_copy(update={"data_dir": Path(folder), "chroma_url": "", "database_url": ""})
        started = clock()
        with backend.open_apart(apart, report, watch) as library:
            answerer = library.answerer  # a library for writing loads its models at first use
            opened = clock()
            watch.restart()
            growth, passages = _index(library, backend.load(settings, sources), backend.count(sources), watch, clock, report)
            seconds = clock() - opened
            shares = {part: watch.share(part, seconds) for part in (PARSING, EMBEDDING, VECTORS, SQL)}
            latencies = _ask(answerer, _chosen(library, questions), clock, report)
            return Measured(
                articles=library.catalog.count(),
                passages=passages,
                startup_seconds=opened - started,
                indexing_seconds=seconds,
                shares=shares,
                growth=growth,
                questions=len(latencies),
                p50_ms=_percentile(latencies, 50),
                p95_ms=_percentile(latencies, 95),
                peak_memory_mb=_peak_memory_mb(),
            )


def _articles(settings: Settings, backend: Backend) -> Iterator[Article]:
    with backend.open_catalog(settings) as catalog:
        kept = [entry.article for entry in catalog.entries()]
    loaded = kept or backend.load(settings, backend.sample())
    return (article for article in loaded if isinstance(article, Article))


def _chosen(library: LibraryView, questions: Path | None) -> list[str]:
    if questions is not None:
        return _read_questions(questions)
    return _read_questions(SAMPLE_QUESTIONS, DEFAULT_QUESTIONS) if SAMPLE_QUESTIONS.exists() else library.examples()


def _index(
    library: OwnLibrary, loaded: Iterator[Article | Skipped], total: int, watch: Stopwatch, clock: Callable[[], float], report: Report
) -> tuple[list[Point], int]:
    """Index what is loaded; return how far it was after each tenth, and the number of passages."""
    passages, growth, begun, step = 0, list[Point](), clock(), max(1, total // POINTS)
    for done, result in enumerate(library.indexer.add(watch.each(PARSING, loaded)), 1):
        passages += result.passages
        report("Indexing", done, total)
        if done % step == 0:
            growth.append(Point(done, clock() - begun, _memory_mb()))
    return growth, passages


def _ask(answerer: Asking, questions: Sequence[str], clock: Callable[[], float], report: Report) -> list[float]:
    """Return the milliseconds of each question; the first is asked once before, to warm up."""
    latencies = []
    for done, question in enumerate([*questions[:1], *questions]):
        started = clock()
        answerer.ask(question)
        latencies.append(1000 * (clock() - started))
        report("Asking", done, len(questions))
    return latencies[1:]


def _percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that `percent` of `values` do not exceed; 0 for no values."""
    if len(values) < 2:
        return values[0] if values else 0.0
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def _peak_memory_mb() -> float:
    """Return the most memory that this process has held at once, in millions of bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def _memory_mb() -> float | None:
    """Return how much memory this process holds now, in millions of bytes; None where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return None
    return pages * resource.getpagesize() / 1e6


def measured_object(measured: Measured) -> dict[str, Json]:
    """Return the object of `bench --json`."""
    growth: list[Json] = [
        {
            "articles": point.articles,
            "seconds": round(point.seconds, 2),
            "memory_mb": None if point.memory_mb is None else round(point.memory_mb),
        }
        for point in measured.growth
    ]
    return {
        "articles": measured.articles,
        "passages": measured.passages,
        "startup_seconds": round(measured.startup_seconds, 2),
        "articles_per_second": round(_rate(measured.articles, measured), 1),
        "passages_per_second": round(_rate(measured.passages, measured), 1),
        "shares": {part: round(share, 3) for part, share in measured.shares.items()},
        "growth": growth,
        "questions": measured.questions,
        "latency_ms": {"p50": round(measured.p50_ms, 1), "p95": round(measured.p95_ms, 1)},
        "peak_memory_mb": round(measured.peak_memory_mb),
    }


def _rate(count: int, measured: Measured) -> float:
    return count / measured.indexing_seconds if measured.indexing_seconds else 0.0


def measured_rows(measured: Measured) -> list[tuple[str, str]]:
    """Return what people read: names and values with their units."""
    shares = ", ".join(f"{part} {100 * share:.0f} %" for part, share in measured.shares.items())
    return [
        ("Articles", str(measured.articles)),
        ("Passages", str(measured.passages)),
        ("Start-up", f"{measured.startup_seconds:.1f} s"),
        ("Indexing", f"{_rate(measured.articles, measured):.1f} articles/s, {_rate(measured.passages, measured):.0f} passages/s"),
        ("Of that time", shares),
        *_grown(measured.growth),
        (f"One question (p50 of {measured.questions})", f"{measured.p50_ms:.0f} ms"),
        (f"One question (p95 of {measured.questions})", f"{measured.p95_ms:.0f} ms"),
        ("Peak memory", f"{measured.peak_memory_mb:.0f} MB"),
    ]


def _grown(growth: Sequence[Point]) -> list[tuple[str, str]]:
    """Return how the first and the last stretch compare; nothing where there are too few."""
    if len(growth) < 2:
        return []
    first, before, last = growth[0], growth[-2], growth[-1]
    rows = [("First, last stretch", f"{first.seconds:.1f} s, {last.seconds - before.seconds:.1f} s for {first.articles} articles each")]
    if first.memory_mb is not None and last.memory_mb is not None:
        rows.append(("Memory after them", f"{first.memory_mb:.0f} MB, {last.memory_mb:.0f} MB"))
    return rows
