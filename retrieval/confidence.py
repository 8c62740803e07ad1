"""How likely an answer is right: one calibrated number from what the search and the reader saw."""

import json
from dataclasses import asdict, dataclass, fields
from math import exp
from pathlib import Path
from typing import Self

from retrieval.aggregation import Group

BUNDLED = Path(__file__).parent / "models" / "confidence.json"
"""The parameters that the project ships; `python -m retrieval.training.confidence` makes them."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known about an answer when its confidence is judged. All are plain numbers."""

    score: float
    """The reader's log-odds of the span against "no answer" in its window, raised for every further source
    that says the same, lowered where it is not the kind of thing asked for."""
    coverage: float
    """Which share of the question's words, weighted by rarity, the passage or its title has: 0 to 1."""


def features_of(shown: Group, coverage: float) -> Features:
    """Return the features of an answer; `coverage` is its best passage's."""
    return Features(score=shown.score, coverage=coverage)


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
