"""How well a reader reads: the scores of SQuAD 1.1 and 2.0 over a file in their format (Rajpurkar et al. 2016, 2018)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp

from retrieval.evaluation.selective import Guess
from retrieval.evaluation.squad import SquadArticle, SquadQuestion
from retrieval.evaluation.text_scores import RIGHT_F1, best_f1, exact_match, normalize_answer
from retrieval.passage import Passage
from retrieval.protocols import PairReader, Reading

BATCH = 64
"""Questions that are read at once."""

_LARGEST = 500.0
"""Log-odds beyond which a probability is 0 or 1; the exponential of 710 is no float."""


@dataclass(frozen=True, slots=True)
class Read:
    """A question with the best span of its paragraph, given whether the reader believes in it or not.

    `no_answer_probability` is the reader's own: the logistic of the span's negative log-odds against "no answer". Without
    any span the text is empty and the probability 1. `exact` and `f1` compare the span with the golds: with an empty
    text where there are none, as SQuAD 2.0 does.
    """

    question: SquadQuestion
    title: str
    text: str
    no_answer_probability: float
    exact: bool
    f1: float

    @property
    def answerable(self) -> bool:
        """Whether there is a gold answer that has words."""
        return any(normalize_answer(answer) for answer in self.question.answers)

    @property
    def guess(self) -> Guess:
        """The span as a guess of its reader."""
        return Guess(1 - self.no_answer_probability, self.answerable and self.f1 >= RIGHT_F1)


def questions_of(articles: Sequence[SquadArticle], limit: int | None = None) -> list[tuple[SquadQuestion, Passage]]:
    """Return each question with its paragraph; `limit` of them, spread evenly over the file, where there are more."""
    pairs = [
        (question, Passage(found.article, paragraph.start, paragraph.start + len(paragraph.text)))
        for found in articles
        for paragraph in found.paragraphs
        for question in paragraph.questions
    ]
    count = len(pairs) if limit is None else min(limit, len(pairs))
    return [pairs[i * len(pairs) // count] for i in range(count)]


def read_all(reader: PairReader, pairs: Sequence[tuple[SquadQuestion, Passage]]) -> Iterator[Read]:
    """Let `reader` read each question's paragraph; yield what it found, in the same order."""
    for first in range(0, len(pairs), BATCH):
        batch = pairs[first : first + BATCH]
        readings = reader.read_pairs([(question.text, passage) for question, passage in batch])
        for (question, passage), reading in zip(batch, readings, strict=True):
            yield _read(question, passage, reading)


def _read(question: SquadQuestion, passage: Passage, reading: Reading) -> Read:
    golds = [answer for answer in question.answers if normalize_answer(answer)] or [""]
    article = passage.article
    best = reading.spans[0] if reading.spans else None
    text = article.text[best.start : best.end] if best else ""
    probability = 1 / (1 + exp(max(-_LARGEST, min(_LARGEST, best.score)))) if best else 1.0
    return Read(question, article.title, text, probability, exact_match(text, golds), best_f1(text, golds))


@dataclass(frozen=True, slots=True)
class Scores:
    """Exact match and F1 in percent over `total` questions; both are 0 for none."""

    exact: float
    f1: float
    total: int


@dataclass(frozen=True, slots=True)
class Best:
    """The best score in percent that any threshold on the probability of "no answer" reaches, and the lowest such threshold."""

    score: float
    threshold: float


@dataclass(frozen=True, slots=True)
class ReaderScores:
    """What a file's questions gave.

    `forced` counts every answerable question's best span, as SQuAD 1.1 does. `overall`, `has_answer` and `no_answer` are
    SQuAD 2.0's: from a `no_answer_probability` above `threshold` on, a question is left unanswered, which is right for
    those without golds. `best_exact` and `best_f1` belong to its best thresholds.
    """

    threshold: float
    forced: Scores
    overall: Scores
    has_answer: Scores
    no_answer: Scores
    best_exact: Best
    best_f1: Best


def default_threshold(results: Sequence[Read]) -> float:
    """Return 0.5, or 1 (every question is answered) where all can be answered, as in SQuAD 1.1."""
    return 1.0 if all(read.answerable for read in results) else 0.5


def score(results: Sequence[Read], threshold: float) -> ReaderScores:
    """Return the scores of all questions; `threshold` is from 0 to 1."""
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold must be from 0 to 1, got {threshold}")
    with_answer = [read for read in results if read.answerable]
    without = [read for read in results if not read.answerable]
    return ReaderScores(
        threshold=threshold,
        forced=_scores(with_answer, 1.0),
        overall=_scores(results, threshold),
        has_answer=_scores(with_answer, threshold),
        no_answer=_scores(without, threshold),
        best_exact=_best([(read, float(read.exact)) for read in results]),
        best_f1=_best([(read, read.f1) for read in results]),
    )


def _scores(results: Sequence[Read], threshold: float) -> Scores:
    if not results:
        return Scores(0.0, 0.0, 0)
    refusals = [(not read.answerable) if read.no_answer_probability > threshold else None for read in results]
    exact = sum(read.exact if refused is None else refused for read, refused in zip(results, refusals, strict=True))
    f1 = sum(read.f1 if refused is None else refused for read, refused in zip(results, refusals, strict=True))
    return Scores(100 * exact / len(results), 100 * f1 / len(results), len(results))


def _best(scored: Sequence[tuple[Read, float]]) -> Best:
    """Return the best threshold, as `find_best_thresh` of SQuAD 2.0's script; questions of one probability go together."""
    if not scored:
        return Best(0.0, 0.0)
    current = float(sum(not read.answerable for read, _ in scored))
    best = Best(current, 0.0)
    gains: dict[float, float] = {}
    for read, value in scored:
        gain = value - (not read.answerable)
        gains[read.no_answer_probability] = gains.get(read.no_answer_probability, 0.0) + gain
    for threshold in sorted(gains):
        current += gains[threshold]
        if current > best.score + 1e-9:
            best = Best(current, threshold)
    return Best(100 * best.score / len(scored), best.threshold)
