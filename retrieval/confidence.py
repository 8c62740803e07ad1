"""How likely an answer is right: one calibrated number from what the search and the reader saw."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from math import exp, inf
from pathlib import Path
from typing import Self

from retrieval.aggregation import Group
from retrieval.question import Kind

MARGIN_LIMIT = 8.0
"""Log-odds beyond which it does not matter how far an answer is ahead."""

_BROAD = frozenset({Kind.WHO, Kind.WHAT, Kind.HOW_MANY, Kind.HOW_MUCH})

BUNDLED = Path(__file__).parent / "models" / "confidence.json"
"""The parameters that the project ships; `quotewire train confidence` makes them."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known about an answer when its confidence is judged. All are plain numbers."""

    score: float
    """The reader's log-odds of the span against "no answer" in its window, lowered where it is not the kind of thing asked for. That
    others say the same does not count here: everybody's articles name the prime minister, whatever was asked."""
    coverage: float
    """Which share of what the question is about the passage covers: 0 to 1."""
    relevance: float
    """The passage's score beside the others that were read, 0 to 1: near 1 where it leads in words, in meaning and in coverage."""
    margin: float
    """By how much the score, raised for further sources, exceeds that of the best other answer: from -MARGIN_LIMIT to MARGIN_LIMIT, the
    latter for a lone answer."""
    broad: float
    """1 where any name, number or words may answer (who, what, how many, how much), of which every passage has some; 0 where a time, a
    place or whole sentences are asked for, which are rarer or harder to get wrong."""


def features_of(groups: Sequence[Group], index: int, kind: Kind) -> Features:
    """Return the features of one of the answers to a question of a kind."""
    shown = groups[index]
    rival = max((other.score for i, other in enumerate(groups) if i != index), default=-inf)
    return Features(
        score=shown.best.score,
        coverage=shown.best.hit.coverage,
        relevance=min(1.0, shown.best.hit.score),
        margin=max(-MARGIN_LIMIT, min(MARGIN_LIMIT, shown.score - rival)),
        broad=float(kind in _BROAD),
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
