"""`quotewire eval`: questions with known answers in, scores out, and on wish every prediction and a report."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.errors import UsageError
from bot.evaluation.files import read_with
from bot.evaluation.report import write_answers_report, write_reader_report
from bot.json_output import asked_object, dumps
from bot.protocols import LibraryView, Report
from bot.settings import Settings
from retrieval.evaluation.answer_scores import AnswerScores, GoldQuestion, Judged, read_gold_questions
from retrieval.evaluation.answer_scores import score as score_answers
from retrieval.evaluation.reader_scores import Read, ReaderScores, default_threshold, questions_of, read_all
from retrieval.evaluation.reader_scores import score as score_reader
from retrieval.evaluation.squad import read_squad
from retrieval.protocols import PairReader

READING, ASKING = "Reading", "Asking"
NOT_WRITABLE = "{} cannot be written: {}."
NO_QUESTIONS = "{} has no questions."
BUNDLED = "bundled"


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the details go: a file of predictions, a folder for the report; None for those that nobody wants."""

    predictions: Path | None = None
    report: Path | None = None

    @contextmanager
    def opened(self) -> Iterator[TextIO | None]:
        """Make the folder and open the file, before any work is done for them. Raises UsageError."""
        with ExitStack() as stack:
            try:
                if self.report is not None:
                    self.report.mkdir(parents=True, exist_ok=True)
                file = stack.enter_context(self.predictions.open("w", encoding="utf-8")) if self.predictions is not None else None
            except OSError as error:
                raise UsageError(NOT_WRITABLE.format(error.filename, error.strerror)) from error
            yield file


@dataclass(frozen=True, slots=True)
class ReaderEvaluated:
    """The scores of a reader, and how long it took for one question."""

    scores: ReaderScores
    ms_per_question: float


def evaluate_reader(
    path: Path,
    open_reader: Callable[[], PairReader],
    settings: Settings,
    outputs: Outputs,
    *,
    limit: int | None,
    threshold: float | None,
    clock: Callable[[], float],
    progress: Report,
) -> ReaderEvaluated:
    """Score the reader on a file in SQuAD's format, on `limit` of its questions where that is given.

    Without a `threshold` on the probability of "no answer": 0.5, or 1 where every question can be answered. The predictions
    are one object, {question id: {"text", "no_answer_probability"}}, with the best span of every question. Raises UsageError.
    """
    pairs = questions_of(read_with(read_squad, path), limit)
    if not pairs:
        raise UsageError(NO_QUESTIONS.format(path))
    with outputs.opened() as predictions:
        reader = open_reader()
        started = clock()
        results: list[Read] = []
        for read in read_all(reader, pairs):
            results.append(read)
            progress(READING, len(results), len(pairs))
        ms_per_question = 1000 * (clock() - started) / len(results)
        if predictions is not None:
            json.dump({read.question.id: _prediction(read) for read in results}, predictions)
    scores = score_reader(results, default_threshold(results) if threshold is None else threshold)
    if outputs.report is not None:
        about = [("Questions", f"{len(results)} of {path.name}"), ("Reader", settings.reader_model or BUNDLED)]
        write_reader_report(outputs.report, about, results, scores, ms_per_question)
    return ReaderEvaluated(scores, ms_per_question)


def _prediction(read: Read) -> dict[str, str | float]:
    return {"text": read.text, "no_answer_probability": read.no_answer_probability}


def evaluate_answers(
    path: Path,
    open_library: Callable[[], AbstractContextManager[LibraryView]],
    settings: Settings,
    outputs: Outputs,
    *,
    progress: Report,
) -> AnswerScores:
    """Ask every question of a file of JSON lines; score what comes back against its gold answers and articles.

    The predictions are JSON lines: for every question the object of `ask --json`, with its id. Raises UsageError.
    """
    questions = read_with(read_gold_questions, path)
    with outputs.opened() as predictions, open_library() as library:
        judged = list(_ask(library, questions, predictions, progress))
        about = [
            ("Questions", f"{len(judged)} of {path.name}"),
            ("Articles", f"{library.catalog.count()} in {library.catalog.passage_count()} passages"),
            ("Reader", settings.reader_model or BUNDLED),
            ("Embedding model", settings.embedding_model or BUNDLED),
            ("Least confidence of an answer", f"{settings.min_confidence:g}"),
        ]
    scores = score_answers(judged)
    if outputs.report is not None:
        write_answers_report(outputs.report, about, judged, scores, threshold=settings.min_confidence)
    return scores


def _ask(library: LibraryView, questions: Sequence[GoldQuestion], predictions: TextIO | None, progress: Report) -> Iterator[Judged]:
    """Yield what came of each question. The first is asked once before, so that its time is that of warm models."""
    library.answerer.ask(questions[0].text)
    for done, gold in enumerate(questions, 1):
        asked = library.answerer.ask(gold.text)
        if predictions is not None:
            predictions.write(dumps({"id": gold.id} | asked_object(asked)) + "\n")
        progress(ASKING, done, len(questions))
        yield Judged(gold, asked)
