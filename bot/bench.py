"""`quotewire bench`: how fast, and how big, the program is on this machine with these articles.

It copies the catalog's articles into an index in a temporary folder, so it disturbs nobody and measures adding as well.
"""

import json
import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bot.errors import UsageError
from bot.json_output import Json
from bot.protocols import Asking, Backend, LibraryView, OwnLibrary, Report
from bot.settings import Settings
from corpus.article import Article
from corpus.loading import Skipped
from retrieval.question import MAX_LENGTH

MAX_QUESTIONS = 1000
DEFAULT_QUESTIONS = 50
SAMPLE_QUESTIONS = Path(__file__).parents[1] / "tests" / "data" / "sample_questions.jsonl"
"""Only in a checkout; an installed package has its articles' own examples instead."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run of the benchmark found. Latencies are of warm questions, from text to answer."""

    articles: int
    passages: int
    startup_seconds: float
    passages_per_second: float
    questions: int
    p50_ms: float
    p95_ms: float
    peak_memory_mb: float


def read_questions(path: Path, limit: int = MAX_QUESTIONS) -> list[str]:
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


def measure(settings: Settings, backend: Backend, *, questions: Path | None, clock: Callable[[], float], report: Report) -> Measured:
    """Index the catalog's articles (the sample's where it is empty) in a temporary folder, and ask the questions there.

    `clock` counts seconds. Without `questions`: the first of the sample's, or else the articles' own examples.
    """
    articles = _articles(settings, backend)
    with tempfile.TemporaryDirectory(prefix="quotewire-bench-", ignore_cleanup_errors=True) as folder:
        apart = settings.model_copy(update={"data_dir": Path(folder), "chroma_url": "", "database_url": ""})
        started = clock()
        with backend.open_apart(apart, report) as library:
            answerer = library.answerer  # a library for writing loads its models at first use
            opened = clock()
            passages = _index(library, articles, report)
            indexed = clock()
            latencies = _ask(answerer, _chosen(library, questions), clock, report)
            return Measured(
                articles=library.catalog.count(),
                passages=passages,
                startup_seconds=opened - started,
                passages_per_second=passages / (indexed - opened),
                questions=len(latencies),
                p50_ms=_percentile(latencies, 50),
                p95_ms=_percentile(latencies, 95),
                peak_memory_mb=peak_memory_mb(),
            )


def _articles(settings: Settings, backend: Backend) -> list[Article | Skipped]:
    with backend.open_catalog(settings) as catalog:
        kept = [entry.article for entry in catalog.entries()]
    return [*kept] or list(backend.load(settings, backend.sample()))


def _chosen(library: LibraryView, questions: Path | None) -> list[str]:
    if questions is not None:
        return read_questions(questions)
    return read_questions(SAMPLE_QUESTIONS, DEFAULT_QUESTIONS) if SAMPLE_QUESTIONS.exists() else library.examples()


def _index(library: OwnLibrary, articles: Sequence[Article | Skipped], report: Report) -> int:
    passages = 0
    for done, result in enumerate(library.indexer.add(articles), 1):
        passages += result.passages
        report("Indexing", done, len(articles))
    return passages


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


def peak_memory_mb() -> float:
    """Return the most memory that this process has held at once, in millions of bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def measured_object(measured: Measured) -> dict[str, Json]:
    """Return the object of `bench --json`."""
    return {
        "articles": measured.articles,
        "passages": measured.passages,
        "startup_seconds": round(measured.startup_seconds, 2),
        "passages_per_second": round(measured.passages_per_second, 1),
        "questions": measured.questions,
        "latency_ms": {"p50": round(measured.p50_ms, 1), "p95": round(measured.p95_ms, 1)},
        "peak_memory_mb": round(measured.peak_memory_mb),
    }


def measured_rows(measured: Measured) -> list[tuple[str, str]]:
    """Return what people read: names and values with their units."""
    return [
        ("Articles", str(measured.articles)),
        ("Passages", str(measured.passages)),
        ("Start-up", f"{measured.startup_seconds:.1f} s"),
        ("Indexing", f"{measured.passages_per_second:.0f} passages/s"),
        (f"One question (p50 of {measured.questions})", f"{measured.p50_ms:.0f} ms"),
        (f"One question (p95 of {measured.questions})", f"{measured.p95_ms:.0f} ms"),
        ("Peak memory", f"{measured.peak_memory_mb:.0f} MB"),
    ]
