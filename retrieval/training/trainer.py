"""The loop in which the reader learns, with checkpoints: a run that is stopped goes on from the last one."""

import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import torch
from torch.nn.functional import cross_entropy

from retrieval.training.recipe import Progress, Recipe
from retrieval.training.windows import Window

if TYPE_CHECKING:
    from transformers import PreTrainedModel

CHECKPOINT = "checkpoint.pt"

WARM_UP = 0.05
"""Share of the steps in which the rate rises."""

WEIGHT_DECAY = 0.01
"""What AdamW takes off each weight but biases and norms (Devlin et al. 2019, appendix A.2)."""

LONGEST_GRADIENT = 1.0
"""Euclidean length to which the gradient is cut (as in BERT's own optimizer)."""

SMOOTHING = 0.98
"""What of the running mean of the loss stays at each step."""

logger = logging.getLogger(__name__)


class OtherRun(ValueError):
    """The checkpoint was made with other options."""


class Trainer:
    """The loop over the batches, with single-precision master weights beside the bfloat16 model."""

    def __init__(self, model: "PreTrainedModel", recipe: Recipe, rows: list[list[Window]], work: Path) -> None:
        self._model = model
        self._recipe = recipe
        self._batches = rows
        self._work = work
        model.base_model.embeddings.requires_grad_(False)
        named = [(name, weight) for name, weight in model.named_parameters() if weight.requires_grad]
        self._masters = [weight.detach().clone().float().requires_grad_() for _, weight in named]
        plain = [master for (name, _), master in zip(named, self._masters, strict=True) if _is_plain(name)]
        decayed = [master for (name, _), master in zip(named, self._masters, strict=True) if not _is_plain(name)]
        groups = [{"params": decayed, "weight_decay": WEIGHT_DECAY}, {"params": plain, "weight_decay": 0.0}]
        self._optimizer = torch.optim.AdamW(groups, lr=recipe.rate, fused=True)
        model.bfloat16().train()
        self._weights = [weight for weight in model.parameters() if weight.requires_grad]
        self._step = 0
        self._seconds = 0.0
        self._pieces = 0
        self._loss = math.nan

    def run(self, checkpoint_every: int, on_step: Callable[[Progress], None]) -> None:
        """Go through the batches that are left, with a checkpoint every so many steps and after the last. Raises OtherRun."""
        self._resume()
        began, before = monotonic(), self._seconds
        while self._step < len(self._batches):
            self._learn(self._batches[self._step])
            self._step += 1
            self._seconds = before + monotonic() - began
            if self._step % checkpoint_every == 0 or self._step == len(self._batches):
                self._save()
            on_step(self.progress)
        self._copy_masters()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return Progress(self._step, len(self._batches), self._loss, self._seconds, self._pieces)

    def _learn(self, rows: Sequence[Window]) -> None:
        for group in self._optimizer.param_groups:
            group["lr"] = self._recipe.rate * _warmth(self._step, len(self._batches))
        loss = self._loss_of(rows)
        loss.backward()  # type: ignore[no-untyped-call]
        for master, weight in zip(self._masters, self._weights, strict=True):
            master.grad = None if weight.grad is None else weight.grad.float()
            weight.grad = None
        torch.nn.utils.clip_grad_norm_(self._masters, LONGEST_GRADIENT)
        self._optimizer.step()
        self._copy_masters()
        seen = float(loss.detach())
        self._loss = seen if math.isnan(self._loss) else SMOOTHING * self._loss + (1 - SMOOTHING) * seen

    def _loss_of(self, rows: Sequence[Window]) -> torch.Tensor:
        """Return the mean cross entropy of the two ends, over the places of the passage and the first token."""
        width = max(len(row.pieces) for row in rows)
        pieces = torch.zeros(len(rows), width, dtype=torch.long)
        mask, part = torch.zeros_like(pieces), torch.zeros_like(pieces)
        for i, row in enumerate(rows):
            pieces[i, : len(row.pieces)] = torch.tensor(row.pieces)
            mask[i, : len(row.pieces)] = 1
            part[i, row.passage : len(row.pieces)] = 1
        self._pieces += int(mask.sum())
        output = self._model(input_ids=pieces, attention_mask=mask, token_type_ids=part)
        outside = part == 0
        outside[:, 0] = False
        return (
            cross_entropy(output.start_logits.float().masked_fill(outside, -1e4), torch.tensor([row.start for row in rows]))
            + cross_entropy(output.end_logits.float().masked_fill(outside, -1e4), torch.tensor([row.end for row in rows]))
        ) / 2

    def _copy_masters(self) -> None:
        with torch.no_grad():
            for master, weight in zip(self._masters, self._weights, strict=True):
                weight.copy_(master)

    def _save(self) -> None:
        state = {
            "recipe": asdict(self._recipe),
            "masters": [master.detach() for master in self._masters],
            "optimizer": self._optimizer.state_dict(),
            "step": self._step,
            "seconds": self._seconds,
            "pieces": self._pieces,
            "loss": self._loss,
        }
        self._work.mkdir(parents=True, exist_ok=True)
        fresh = self._work / f"{CHECKPOINT}.new"
        torch.save(state, fresh)
        fresh.replace(self._work / CHECKPOINT)

    def _resume(self) -> None:
        path = self._work / CHECKPOINT
        if not path.exists():
            return
        state = torch.load(path)
        if state["recipe"] != asdict(self._recipe):
            raise OtherRun(f"{path} belongs to a run with other options; give --work another folder or remove it.")
        with torch.no_grad():
            for master, saved in zip(self._masters, state["masters"], strict=True):
                master.copy_(saved)
        self._optimizer.load_state_dict(state["optimizer"])
        self._step, self._seconds, self._pieces, self._loss = state["step"], state["seconds"], state["pieces"], state["loss"]
        self._copy_masters()
        logger.info("going on from step %d", self._step)


def _is_plain(name: str) -> bool:
    """Whether a weight is a bias or a norm, which do not decay."""
    return name.endswith("bias") or "LayerNorm" in name


def _warmth(step: int, steps: int) -> float:
    """Return the share of the peak rate: a linear rise, then a linear fall to nothing."""
    warm = max(1, int(WARM_UP * steps))
    return (step + 1) / warm if step < warm else (steps - step) / max(1, steps - warm)
