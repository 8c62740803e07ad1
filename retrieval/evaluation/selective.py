"""How well a confidence tells right answers from wrong ones: calibration, and what silence buys.

Every answer counts, also one that was withheld for its low confidence: the curves show what other thresholds would do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10
"""Of equal width; Guo et al. (2017) take 15 for many thousands of guesses, here there are hundreds."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A best answer: the probability (0 to 1) that it is right, as the system saw it, and whether it is."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The guesses with a confidence from `low` to `high`: how many, their mean confidence, and the share that is right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(guesses: Sequence[Guess]) -> list[Bin]:
    """Return the bins that have guesses, of BINS of equal width; a confidence on a border belongs to the upper bin, 1 to the last."""
    binned: list[list[Guess]] = [[] for _ in range(BINS)]
    for guess in guesses:
        binned[min(int(guess.confidence * BINS), BINS - 1)].append(guess)
    return [_bin(place, members) for place, members in enumerate(binned) if members]


def _bin(place: int, members: Sequence[Guess]) -> Bin:
    confidence = sum(guess.confidence for guess in members) / len(members)
    right = sum(guess.right for guess in members) / len(members)
    return Bin(place / BINS, (place + 1) / BINS, len(members), confidence, right)


def calibration_error(guesses: Sequence[Guess]) -> float | None:
    """Return the expected calibration error, 0 to 1 (Guo et al. 2017): over the bins of `reliability`, the mean difference
    between confidence and share right, weighted by their guesses. None without guesses.
    """
    if not guesses:
        return None
    return sum(found.count * abs(found.confidence - found.right) for found in reliability(guesses)) / len(guesses)


def risk_coverage(guesses: Sequence[Guess]) -> NDArray[np.float64]:
    """Return, for k = 1 to all guesses, the share that is wrong among the k most confident ones.

    Guesses of equal confidence count with the mean of their errors: the expectation over all of their orders.
    """
    if not guesses:
        return np.empty(0)
    confidences = np.asarray([-guess.confidence for guess in guesses])
    _, tied, sizes = np.unique(confidences, return_inverse=True, return_counts=True)
    wrong = np.bincount(tied, weights=[not guess.right for guess in guesses])
    errors = np.repeat(wrong / sizes, sizes)
    return np.asarray(np.cumsum(errors) / np.arange(1, len(guesses) + 1))


def aurc(guesses: Sequence[Guess]) -> float | None:
    """Return the area under the risk-coverage curve, 0 to 1, less is better (Geifman et al. 2019): the mean of
    `risk_coverage` over its coverages. None without guesses.
    """
    return float(risk_coverage(guesses).mean()) if guesses else None


def refused_at(false_refusals: float, answerable: Sequence[float], unanswerable: Sequence[float]) -> float | None:
    """Return the share of unanswerable questions that the best threshold refuses with at most that share of false refusals.

    The confidences of answerable and unanswerable questions are given; below the threshold a question is refused, and an
    answerable one falsely so, right or wrong. None where there are none of one sort.
    """
    if not 0 <= false_refusals < 1:
        raise ValueError(f"false_refusals must be at least 0 and less than 1, got {false_refusals}")
    if not answerable or not unanswerable:
        return None
    allowed = int(false_refusals * len(answerable) + 1e-9)  # 0.07 * 100 is a little less than 7
    threshold = sorted(answerable)[allowed]
    return sum(confidence < threshold for confidence in unanswerable) / len(unanswerable)
