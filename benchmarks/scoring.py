"""How the benchmarks count: what was found rightly and wrongly, and how often a system answers, is right, and knows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from retrieval.evaluation.selective import Guess, aurc, calibration_error, refused_at

FALSE_REFUSALS = 0.05
"""Share of the answerable questions that may be refused where the refused share of the others is told."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """How often a thing was rightly taken for what is looked for, wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Which share of what was taken for it is; 1 where nothing was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Which share of what is to be found was; 1 where there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question. `guess` is the system's best span, refused or not; `f1` its token F1 with a gold answer."""

    answerable: bool
    refused: bool
    guess: Guess
    f1: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of a system; shares are 0 to 1, and None where there is nothing to take a share of."""

    answered: float
    """Share of all questions that it answers, by its own rule."""
    precision: float | None
    """Share of its answers that are right."""
    f1: float | None
    """Mean token F1 over the answerable questions; a refusal counts 0."""
    refused_unanswerable: float | None
    refused_answerable: float | None
    refused_at_5: float | None
    """Share of the unanswerable questions that it would refuse with the threshold that refuses 5 % of the answerable ones."""
    calibration_error: float | None
    """Expected calibration error of its answers; None where its confidences are no probabilities."""
    aurc: float | None
    """Area under the risk-coverage curve over all questions, refused ones by their best span: less is better."""
    milliseconds: float


def score(outcomes: Sequence[Outcome], *, probabilities: bool) -> Score:
    """Return the figures of at least one outcome; `probabilities` says whether the confidences are probabilities."""
    answered = [outcome for outcome in outcomes if not outcome.refused]
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.answerable]
    confidences = [[outcome.guess.confidence for outcome in part] for part in (answerable, unanswerable)]
    return Score(
        answered=len(answered) / len(outcomes),
        precision=_mean([outcome.guess.right for outcome in answered]),
        f1=_mean([0.0 if outcome.refused else outcome.f1 for outcome in answerable]),
        refused_unanswerable=_mean([outcome.refused for outcome in unanswerable]),
        refused_answerable=_mean([outcome.refused for outcome in answerable]),
        refused_at_5=refused_at(FALSE_REFUSALS, *confidences),
        calibration_error=calibration_error([outcome.guess for outcome in answered]) if probabilities else None,
        aurc=aurc([outcome.guess for outcome in outcomes]),
        milliseconds=fmean(outcome.milliseconds for outcome in outcomes),
    )


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None
