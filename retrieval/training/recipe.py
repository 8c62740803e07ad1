"""What makes one training of the reader differ from another, and what came of it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from retrieval.training.pairs import Mixture

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What makes one run differ from another; a checkpoint belongs to one of them.

    The result has `share` of the trained weights and the rest from `start`; of `kept`, the folder of another reader, it has
    `kept_share` then, where one is named.
    """

    files: tuple[str, ...]
    held_out: tuple[str, ...]
    start: str
    mixture: Mixture
    rate: float
    share: float
    kept: str
    kept_share: float
    batch: int
    window: int
    seed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the training is. `loss` is a running mean; `seconds` and `pieces` count from the first step of the first run."""

    step: int
    steps: int
    loss: float
    seconds: float
    pieces: int

    def log(self) -> None:
        """Say so, every twenty steps."""
        if self.step % 20 == 0 or self.step == self.steps:
            left = self.seconds / self.step * (self.steps - self.step) / 60
            pace = self.pieces / self.seconds
            logger.info("step %d of %d, loss %.3f, %.0f word pieces a second, %.0f min left", self.step, self.steps, self.loss, pace, left)


@dataclass(frozen=True, slots=True)
class Run:
    """What a training took: steps, minutes from the first to the last, word pieces read, and the running mean of the loss at the end.

    `before` is what the same says of the reader that it started from, as JSON has it; None where nothing does.
    """

    recipe: Recipe
    pairs: int
    windows: int
    steps: int
    minutes: int
    word_pieces: int
    last_loss: float
    before: Mapping[str, Any] | None = None
