"""How likely an answer is right: one calibrated number from what the search and the reader saw."""

import json
from collections.abc import Sequence
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
    """The reader's log-odds of the span against "no answer" in its window, raised for every further source that says the same."""
    fit: float
    """1 where the span is the kind of thing asked for, else 0."""
    margin: float
    """How much better the span's score is than that of the best different answer; -10 to 10."""
    coverage: float
    """Which share of the question's words, weighted by rarity, the passage or its title has: 0 to 1."""
    similarity: float
    """The cosine of question and passage; 0 where the vector search did not find it."""
    sentence: float
    """1 where the question asks for a sentence (why, how, yes or no), else 0."""


MAX_MARGIN = 10.0


def features_of(groups: Sequence[Group], index: int, *, coverage: float, wants_sentence: bool) -> Features:
    """Return the features of `groups[index]` beside the other groups (all answers to one question, best first)."""
    shown = groups[index]
    rival = max((other.score for i, other in enumerate(groups) if i != index), default=shown.score - MAX_MARGIN)
    return Features(
        score=shown.score,
        fit=float(shown.best.fit),
        margin=max(-MAX_MARGIN, min(MAX_MARGIN, shown.score - rival)),
        coverage=coverage,
        similarity=shown.best.hit.similarity or 0.0,
        sentence=float(wants_sentence),
    )


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
