from dataclasses import asdict

import pytest

from benchmarks.scoring import Decisions, Outcome, score
from retrieval.evaluation.selective import Guess


def an_outcome(confidence: float, *, right: bool = True, answerable: bool = True, refused: bool = False, f1: float = 1.0) -> Outcome:
    return Outcome(answerable=answerable, refused=refused, guess=Guess(confidence, right), f1=f1, milliseconds=20.0)


def test_shares_of_decisions_are_whole_where_nothing_is_there() -> None:
    nothing, some = Decisions(0, 0, 0), Decisions(3, 1, 2)
    assert (nothing.precision, nothing.recall, nothing.f1) == (1.0, 1.0, 1.0)
    assert (some.precision, some.recall, round(some.f1, 3)) == (0.75, 0.6, 0.667)


def test_the_figures_of_a_system() -> None:
    outcomes = [
        an_outcome(0.9, f1=0.8),
        an_outcome(0.6, right=False, f1=0.0),
        an_outcome(0.2, refused=True),
        an_outcome(0.5, right=False, answerable=False, f1=0.0),
        an_outcome(0.1, right=False, answerable=False, refused=True, f1=0.0),
    ]
    assert asdict(score(outcomes, probabilities=True)) == pytest.approx(
        {
            "answered": 0.6,
            "precision": 1 / 3,
            "f1": 0.8 / 3,
            "refused_unanswerable": 0.5,
            "refused_answerable": 1 / 3,
            "refused_at_5": 0.5,
            "calibration_error": (0.1 + 0.6 + 0.5) / 3,
            "aurc": (0 + 1 / 2 + 2 / 3 + 2 / 4 + 3 / 5) / 5,
            "milliseconds": 20.0,
        }
    )


def test_scores_that_are_no_probabilities_have_no_calibration_error() -> None:
    assert score([an_outcome(7.0)], probabilities=False).calibration_error is None


def test_a_system_that_never_answers_has_no_precision() -> None:
    silent = score([an_outcome(0.0, right=False, refused=True)], probabilities=True)
    assert (silent.answered, silent.precision, silent.f1, silent.calibration_error) == (0.0, None, 0.0, None)
