"""Ours beside other ways of answering, on the same reader, articles and questions: `python -m benchmarks.peers`.

The questions are those of SQuAD's development articles, the articles their paragraphs and, to distract, news. For half of
the questions the paragraph that answers them is left out of the articles, so the right reply is silence. The reader is that
of the settings (READER_MODEL). Haystack and txtai read what our own search finds, so that only the rules differ:

ours        the product's Answerer
naive       the first window with a span, in the article that BM25 ranks first (News-QA-Telegram-Bot)
haystack    spans of the ten best passages scored by sigmoid(0.1 x logits); no answer where the product of (1 - score) is higher
txtai       the three best passages joined into one text; start and end chosen apart; no answer where their probability is below 0.05

An answer is right when its token F1 with a gold answer is at least one half, or when the question wants a sentence (why, how,
yes or no), the answer is one, and the words of a gold answer are in it. On a question without its paragraph none is right.
"""

import json
import random
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Protocol

from rich.table import Table

from benchmarks import rules
from benchmarks.collection import Asked, chosen, settings_for, stocked
from benchmarks.rules import Given, Logits
from benchmarks.scoring import Outcome, Score, score
from bot.cli import let_idle_threads_sleep
from bot.commands.terminal import make_console, progress_bar
from bot.library import Library
from bot.protocols import Asking, Report
from bot.settings import Settings
from corpus.article import Article
from retrieval.answer import Answer
from retrieval.content_words import content_words
from retrieval.evaluation import text_scores
from retrieval.evaluation.selective import Guess
from retrieval.evaluation.text_scores import best_f1
from retrieval.finding import READ_PASSAGES
from retrieval.question import Question
from retrieval.reading import BUNDLED
from retrieval.search import HybridSearch

TXTAI_PASSAGES = 3
"""`RAG`'s default for `context`."""
TXTAI_TOKENS = 512


class System(Protocol):
    """Something that answers questions."""

    def ask(self, question: str) -> Given:
        """Return what it says."""


class Ours:
    """The product."""

    def __init__(self, answerer: Asking) -> None:
        self._answerer = answerer

    def ask(self, question: str) -> Given:
        """Return the shown answer, or the one that was withheld."""
        result = self._answerer.ask(question).result
        if isinstance(result, Answer):
            return Given(result.variant.best.span.text, result.confidence, refused=False)
        return Given(result.withheld.span.text, result.withheld.confidence, refused=True) if result.withheld else rules.NOTHING


class Naive:
    """BM25 over whole articles, and the first window with a span."""

    def __init__(self, logits: Logits, articles: Iterable[Article]) -> None:
        self._logits = logits
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE articles USING fts5(text, tokenize='porter unicode61')")
        self._database.executemany("INSERT INTO articles VALUES (?)", ((f"{article.title}\n{article.text}",) for article in articles))

    def ask(self, question: str) -> Given:
        """Read the article that shares most words with the question."""
        words = " OR ".join(f'"{word}"' for word in content_words(question))
        found = self._database.execute("SELECT text FROM articles WHERE articles MATCH ? ORDER BY rank, rowid LIMIT 1", (words,)).fetchone()
        return rules.first_window(self._logits.windows(question, found)) if found else rules.NOTHING


class Haystack:
    """Haystack's reader on the passages that we read."""

    def __init__(self, logits: Logits, search: HybridSearch) -> None:
        self._logits, self._search = logits, search

    def ask(self, question: str) -> Given:
        """Read the best passages."""
        hits = self._search.search(question, READ_PASSAGES)
        return rules.haystack(self._logits.windows(question, [hit.passage.titled for hit in hits]))


class Txtai:
    """txtai's reader on the best passages in one text."""

    def __init__(self, logits: Logits, search: HybridSearch) -> None:
        self._logits, self._search = logits, search

    def ask(self, question: str) -> Given:
        """Read what fits into one window."""
        context = " ".join(hit.passage.titled for hit in self._search.search(question, TXTAI_PASSAGES))
        windows = self._logits.windows(question, [context] if context else [], length=TXTAI_TOKENS, stride=0)
        return rules.txtai(windows[0]) if windows else rules.NOTHING


@dataclass(frozen=True, slots=True)
class Exam:
    """The questions to ask, and the articles to ask them of. A question whose article is missing there is unanswerable."""

    questions: tuple[Asked, ...]
    articles: tuple[Article, ...]

    @classmethod
    def drawn(cls, asked: Sequence[Asked], count: int, seed: int) -> "Exam":
        """Leave half of the paragraphs out; draw `count` questions, half of them on these, or as many as there are."""
        rng = random.Random(seed)  # noqa: S311 - a sample, no secret
        articles = list({question.article.id: question.article for question in asked}.values())
        kept = {article.id for article in rng.sample(articles, len(articles) // 2)}
        halves = ([question for question in asked if (question.article.id in kept) == inside] for inside in (True, False))
        drawn = [question for half in halves for question in rng.sample(half, min(max(count // 2, 1), len(half)))]
        rng.shuffle(drawn)
        return cls(tuple(drawn), tuple(article for article in articles if article.id in kept))

    def is_answerable(self, question: Asked) -> bool:
        """Return whether the article that answers is there."""
        return question.article in self.articles


def systems(library: Library, reader: str) -> dict[str, tuple[System, bool]]:
    """Return the systems by name, each with whether its confidence is a probability."""
    logits = Logits(reader)
    search = HybridSearch(catalog=library.catalog, embedder=library.embedder, vectors=library.vectors, keywords=library.keywords)
    return {
        "ours": (Ours(library.answerer), True),
        "naive": (Naive(logits, library.catalog.articles()), False),
        "haystack": (Haystack(logits, search), True),
        "txtai": (Txtai(logits, search), True),
    }


def outcomes(system: System, exam: Exam) -> Iterator[Outcome]:
    """Ask `system` the questions of the exam, and judge what it says."""
    for asked in exam.questions:
        started = perf_counter()
        given = system.ask(asked.text)
        milliseconds = 1000 * (perf_counter() - started)
        answerable = exam.is_answerable(asked)
        right = answerable and is_right(asked, given.text)
        yield Outcome(answerable, given.refused, Guess(given.confidence, right), best_f1(given.text, asked.answers), milliseconds)


def is_right(asked: Asked, text: str) -> bool:
    """Return whether `text` is an answer that counts as right."""
    return text_scores.is_right(text, text, asked.answers, wants_sentence=Question.parse(asked.text).kind.wants_sentence)


def run(settings: Settings, exam: Exam, news: Sequence[Article], report: Report) -> dict[str, Score]:
    """Return the scores of the systems, by name."""
    scores = {}
    with stocked(settings, [*exam.articles, *news], report) as library:
        for name, (system, probabilities) in systems(library, settings.reader_model or BUNDLED).items():
            system.ask(exam.questions[0].text)  # the first question of a process is slow
            found = []
            for outcome in outcomes(system, exam):
                found.append(outcome)
                report(f"Asking {name}", len(found), len(exam.questions))
            scores[name] = score(found, probabilities=probabilities)
    return scores


COLUMNS = (
    "answered",
    "precision",
    "F1",
    "refused, unanswerable",
    "refused, answerable",
    "refused, unanswerable at 5 %",
    "calibration error",
    "AURC",
    "ms",
)


def table(scores: Mapping[str, Score]) -> Table:
    """Return the scores as people read them: a system a row."""
    shown = Table("", *COLUMNS)
    for name, row in scores.items():
        shown.add_row(name, *(_figure(column, value) for column, value in zip(COLUMNS, asdict(row).values(), strict=True)))
    return shown


def _figure(column: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if column == "ms" else f"{value:.3f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask everybody, and print the figures on stdout."""
    let_idle_threads_sleep()
    given, asked, news = chosen(arguments, program="python -m benchmarks.peers", about=__doc__, questions=800)
    exam = Exam.drawn(asked, given.questions, given.seed)
    with progress_bar(make_console(sys.stderr)) as report:
        scores = run(settings_for(given.index), exam, news, report)
    if given.json:
        sys.stdout.write(
            json.dumps({"questions": len(exam.questions), "systems": {name: asdict(row) for name, row in scores.items()}}, indent=2) + "\n"
        )
    else:
        make_console(sys.stdout).print(table(scores))


if __name__ == "__main__":
    main()
