"""How well questions are answered over an index of articles: right, cited, silent where it should be, and calibrated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath
from typing import Annotated

import numpy as np
from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from retrieval.answer import Answer, Citation, Evidence, NoAnswer
from retrieval.answering import Asked
from retrieval.evaluation.files import first_flaw
from retrieval.evaluation.selective import Guess, aurc, calibration_error, refused_at
from retrieval.evaluation.text_scores import best_f1, exact_match, is_right
from retrieval.question import MAX_LENGTH, Kind

FALSE_REFUSALS = (0.05, 0.1, 0.2)
"""Shares of false refusals at which the refused share of unanswerable questions is told."""


class MalformedQuestions(ValueError):
    """The file is not JSON lines of questions; the message is one sentence and names the line."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with every acceptable answer, none where the articles do not answer it.

    `articles` are the ids or file stems of those that answer; empty where that is not known.
    """

    id: str
    text: str
    answers: tuple[str, ...]
    articles: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether the articles answer it."""
        return bool(self.answers)


class _Line(BaseModel):
    id: Annotated[str, BeforeValidator(str)]
    question: str = Field(min_length=1, max_length=MAX_LENGTH)
    answers: list[Annotated[str, Field(min_length=1)]]
    articles: list[str] = []


def read_gold_questions(path: Path) -> list[GoldQuestion]:
    """Return the questions of a file of JSON lines, blank ones left out. Raises OSError, MalformedQuestions."""
    found: dict[str, GoldQuestion] = {}
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    question = _gold_question(path, number, line)
                    if question.id in found:
                        raise MalformedQuestions(f"Line {number} of {path} has the id {question.id!r} of an earlier line.")
                    found[question.id] = question
    except UnicodeDecodeError as error:
        raise MalformedQuestions(f"{path} is not a text in UTF-8.") from error
    if not found:
        raise MalformedQuestions(f"{path} has no questions.")
    return list(found.values())


def _gold_question(path: Path, number: int, line: str) -> GoldQuestion:
    try:
        read = _Line.model_validate_json(line)
    except ValidationError as error:
        raise MalformedQuestions(f"Line {number} of {path} is not a question: {first_flaw(error, whole='the line')}.") from error
    return GoldQuestion(read.id, read.question, tuple(read.answers), tuple(read.articles))


class Mistake(StrEnum):
    """What is wrong with what came of a question."""

    WRONG_SPAN = "wrong span"
    WRONG_ARTICLE = "wrong article"
    FALSE_REFUSAL = "false refusal"
    SHOULD_BE_SILENT = "should have been silent"


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what came of it."""

    gold: GoldQuestion
    asked: Asked

    @property
    def result(self) -> Answer | NoAnswer:
        """The answer, or the honest no."""
        return self.asked.result

    @property
    def shown(self) -> Evidence | None:
        """The answer that was given."""
        return self.result.variant.best if isinstance(self.result, Answer) else None

    @property
    def likeliest(self) -> Evidence | None:
        """The best answer that was found, given or withheld."""
        return self.result.withheld if isinstance(self.result, NoAnswer) else self.result.variant.best

    @property
    def guess(self) -> Guess:
        """The best answer as a guess; a wrong one of confidence 0 where nothing was found."""
        if self.likeliest is None:
            return Guess(0.0, right=False)
        confidence = self.result.confidence if isinstance(self.result, Answer) else self.likeliest.confidence
        span, quote = self.likeliest.span.text, self.likeliest.quote.text
        return Guess(confidence, is_right(span, quote, self.gold.answers, wants_sentence=self.result.kind.wants_sentence))

    @property
    def f1(self) -> float:
        """The token F1 of the given answer with the best gold one; 0 for a refusal."""
        return best_f1(self.shown.span.text, self.gold.answers) if self.shown else 0.0

    @property
    def exact(self) -> bool:
        """Whether the given answer equals a gold one."""
        return self.shown is not None and exact_match(self.shown.span.text, self.gold.answers)

    @property
    def best_f1(self) -> float:
        """The best F1 of all that is a tap away: the answer, those that differ, the alternatives."""
        if isinstance(self.result, NoAnswer):
            return 0.0
        variants = (self.result.variant, *self.result.disagreements, *self.result.alternatives)
        return max(best_f1(evidence.span.text, self.gold.answers) for variant in variants for evidence in variant.evidence)

    @property
    def cites_first(self) -> bool:
        """Whether the first article that is cited is one that answers."""
        return self.shown is not None and self._answers(self.shown.citation)

    @property
    def cites(self) -> bool:
        """Whether any article that is cited for the answer is one that answers."""
        return isinstance(self.result, Answer) and any(self._answers(evidence.citation) for evidence in self.result.variant.evidence)

    def _answers(self, citation: Citation) -> bool:
        names = {citation.id, *([citation.file, PurePath(citation.file).stem] if citation.file else [])}
        return not names.isdisjoint(self.gold.articles)

    @property
    def mistake(self) -> Mistake | None:
        """What went wrong, if anything; a wrong article goes before wrong words."""
        if self.shown is None:
            return Mistake.FALSE_REFUSAL if self.gold.answerable else None
        if not self.gold.answerable:
            return Mistake.SHOULD_BE_SILENT
        if self.gold.articles and not self.cites:
            return Mistake.WRONG_ARTICLE
        return None if self.guess.right else Mistake.WRONG_SPAN


@dataclass(frozen=True, slots=True)
class KindScores:
    """The answerable questions of one kind: their number, and shares from 0 to 1. A refusal has an F1 of 0."""

    questions: int
    f1: float
    exact: float
    right: float
    refused: float


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds that half of the questions, and 95 % of them, do not exceed."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """What a set of questions gave. Shares are from 0 to 1, and None where nothing is there to count."""

    questions: int
    answerable: int

    f1: float | None
    """Mean token F1 over the answerable questions; a refusal counts 0."""
    exact: float | None
    """Share of the answerable questions whose answer equals a gold one."""
    right: float | None
    """Share of the answerable questions that are answered right, as `is_right` says."""
    best_f1: float | None
    """As `f1`, with the best of the answer, those that differ and the alternatives."""

    cited: float | None
    """Share of the answered answerable questions, gold articles known, that cite one of these for their answer."""
    cited_first: float | None
    """The same, for the first article that is cited."""

    abstention_precision: float | None
    """Share of the refusals that were unanswerable."""
    abstention_recall: float | None
    """Share of the unanswerable questions that were refused."""
    false_refusals: float | None
    """Share of the answerable questions that were refused."""
    answered: float | None
    """Share of all questions that were answered."""
    answered_precision: float | None
    """Share of the answers that are right."""

    calibration_error: float | None
    """Expected calibration error of the best answers, given or withheld; questions without any are left out."""
    calibration_error_answered: float | None
    """The same, of the given answers."""
    aurc: float | None
    """Area under the risk-coverage curve over all questions."""
    refused_at: dict[float, float | None]
    """By share of false refusals: the share of unanswerable questions that the threshold with as many would refuse."""

    kinds: dict[Kind, KindScores]
    latencies: dict[str, Latency]


def score(judged: Sequence[Judged]) -> AnswerScores:
    """Return the scores over all questions."""
    answerable = [each for each in judged if each.gold.answerable]
    unanswerable = [each for each in judged if not each.gold.answerable]
    answered = [each for each in judged if each.shown]
    citing = [each for each in answered if each.gold.answerable and each.gold.articles]
    guesses = [each.guess for each in judged]
    return AnswerScores(
        questions=len(judged),
        answerable=len(answerable),
        f1=_mean(each.f1 for each in answerable),
        exact=_mean(each.exact for each in answerable),
        right=_mean(_answered_right(each) for each in answerable),
        best_f1=_mean(each.best_f1 for each in answerable),
        cited=_mean(each.cites for each in citing),
        cited_first=_mean(each.cites_first for each in citing),
        abstention_precision=_mean(not each.gold.answerable for each in judged if not each.shown),
        abstention_recall=_mean(not each.shown for each in unanswerable),
        false_refusals=_mean(not each.shown for each in answerable),
        answered=_mean(each.shown is not None for each in judged),
        answered_precision=_mean(each.guess.right for each in answered),
        calibration_error=calibration_error([each.guess for each in judged if each.likeliest]),
        calibration_error_answered=calibration_error([each.guess for each in answered]),
        aurc=aurc(guesses),
        refused_at={
            share: refused_at(share, [each.guess.confidence for each in answerable], [each.guess.confidence for each in unanswerable])
            for share in FALSE_REFUSALS
        },
        kinds={kind: _kind_scores([each for each in answerable if each.result.kind is kind]) for kind in _kinds(answerable)},
        latencies=_latencies(judged),
    )


def _mean(values: Iterable[float]) -> float | None:
    counted = list(values)
    return sum(counted) / len(counted) if counted else None


def _answered_right(each: Judged) -> bool:
    return each.shown is not None and each.guess.right


def _kinds(judged: Sequence[Judged]) -> list[Kind]:
    found = {each.result.kind for each in judged}
    return [kind for kind in Kind if kind in found]


def _kind_scores(judged: Sequence[Judged]) -> KindScores:
    count = len(judged)
    return KindScores(
        questions=count,
        f1=sum(each.f1 for each in judged) / count,
        exact=sum(each.exact for each in judged) / count,
        right=sum(_answered_right(each) for each in judged) / count,
        refused=sum(not each.shown for each in judged) / count,
    )


def _latencies(judged: Sequence[Judged]) -> dict[str, Latency]:
    """Return the latencies of each stage that any question went through, in the order in which stages appear."""
    stages = dict.fromkeys(stage for each in judged for stage in each.asked.milliseconds)
    return {stage: _latency([each.asked.milliseconds[stage] for each in judged if stage in each.asked.milliseconds]) for stage in stages}


def _latency(milliseconds: Sequence[float]) -> Latency:
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return Latency(float(p50), float(p95))
