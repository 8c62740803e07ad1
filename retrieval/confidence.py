"""How likely an answer is right: one calibrated number from what the search and the reader saw."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from math import exp, inf
from pathlib import Path
from typing import Self

from retrieval.aggregation import Group

MARGIN_LIMIT = 8.0
"""Log-odds beyond which it does not matter how far an answer is ahead."""

BUNDLED = Path(__file__).parent / "models" / "confidence.json"
"""The parameters that the project ships; `quotewire train confidence` makes them."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known about an answer when its confidence is judged. All are plain numbers."""

    score: float
    """The reader's log-odds of the span against "no answer" in its window, raised for every further source
    that says the same, lowered where it is not the kind of thing asked for."""
    coverage: float
    """Which share of the question's words, weighted by rarity, the passage or its title has: 0 to 1."""
    relevance: float
    """The search's score of the passage, 0 to 1: near 1 where it leads both in words and in meaning."""
    margin: float
    """By how much `score` exceeds that of the best other answer, from -MARGIN_LIMIT to MARGIN_LIMIT; the latter for a lone answer."""


def features_of(groups: Sequence[Group], index: int, coverage: float) -> Features:
    """Return the features of one of the answers to a question; `coverage` is its best passage's."""
    shown = groups[index]
    rival = max((other.score for i, other in enumerate(groups) if i != index), default=-inf)
    margin = max(-MARGIN_LIMIT, min(MARGIN_LIMIT, shown.score - rival))
    return Features(score=shown.score, coverage=coverage, relevance=min(1.0, shown.best.hit.score), margin=margin)


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression over `Features`: weights, by name, and the intercept."""

    weights: dict[str, float]
    intercept: float

    def __post_init__(self) -> None:
        wanted = {field.name for field in fields(Features)}
        if self.weights.keys() != wanted:
            raise ValueError(f"weights must be given for {sorted(wanted)}, got {sorted(self.weights)}")

    @classmethod
    def load(cls, path: Path = BUNDLED) -> Self:
        """Read the parameters from a JSON file."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        return cls(stored["weights"], stored["intercept"])

    def probability(self, features: Features) -> float:
        """Return the probability, 0 to 1, that the answer is right."""
        logit = self.intercept + sum(self.weights[name] * value for name, value in asdict(features).items())
        return 1 / (1 + exp(-max(-50.0, min(50.0, logit))))
