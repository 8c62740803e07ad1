"""The training loop, on a tiny model with the packaged tokenizer."""

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoTokenizer, BertConfig, BertForQuestionAnswering

from retrieval.reading import BUNDLED, SpanReader
from retrieval.training.pairs import Mixture
from retrieval.training.reader import main, train
from retrieval.training.recipe import Progress, Recipe
from retrieval.training.trainer import OtherRun
from tests.builders import a_passage
from tests.retrieval.training.squad_data import some_articles

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("tiny")
    tokenizer = AutoTokenizer.from_pretrained(BUNDLED)
    torch.manual_seed(0)
    config = BertConfig(vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64)
    BertForQuestionAnswering(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


def a_recipe(start: str, **changes: object) -> Recipe:
    mixture = Mixture(answered=24, elsewhere=4, removed=4, perturbed=4, written_answered=2, written=2)
    recipe = {
        "files": ("a.json",),
        "held_out": (),
        "start": start,
        "mixture": mixture,
        "rate": 3e-3,
        "share": 1.0,
        "kept": "",
        "kept_share": 0.0,
        "batch": 4,
        "window": 96,
        "seed": 0,
    }
    return Recipe(**{**recipe, **changes})  # type: ignore[arg-type]


def test_training_learns_and_writes_a_reader(start: str, tmp_path: Path) -> None:
    losses: list[float] = []
    recipe = a_recipe(
        start, mixture=Mixture(answered=960, elsewhere=0, removed=0, perturbed=0, written_answered=0, written=0), rate=1e-2, batch=8
    )
    train(recipe, some_articles(), tmp_path / "out", tmp_path / "work", on_step=lambda progress: losses.append(progress.loss))
    assert losses[-1] < 0.9 * losses[0]
    run = json.loads((tmp_path / "out" / "run.json").read_text())
    assert (run["steps"], run["pairs"], run["recipe"]["seed"]) == (120, 960, 0)
    passage = a_passage()
    [reading] = SpanReader(str(tmp_path / "out")).read("Who is the mayor?", [passage])
    assert all(passage.start <= span.start < span.end <= passage.end for span in reading.spans)


def test_a_run_tells_of_the_run_that_it_went_on_from(start: str, tmp_path: Path) -> None:
    train(a_recipe(start), some_articles(), tmp_path / "first", tmp_path / "a")
    run = train(a_recipe(str(tmp_path / "first"), seed=1), some_articles(), tmp_path / "second", tmp_path / "b")
    assert run.before == json.loads((tmp_path / "first" / "run.json").read_text())
    assert run.before is not None
    assert run.before["recipe"]["seed"] == 0


@pytest.mark.parametrize("pairs", [("nonsense", "3"), ("answered", "many"), ("answered", "-1")])
def test_pairs_of_no_sort_or_number_are_wrong_usage(pairs: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        main(["train.json", "--pairs", *pairs])
    assert f"not {pairs[0]} {pairs[1]}." in capsys.readouterr().err


class _Stopped(Exception):
    pass


def test_a_stopped_run_goes_on_to_the_same_weights(start: str, tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.step == 5:
            raise _Stopped

    recipe = a_recipe(start)
    train(recipe, some_articles(), tmp_path / "whole", tmp_path / "a")
    with pytest.raises(_Stopped):
        train(recipe, some_articles(), tmp_path / "parted", tmp_path / "b", checkpoint_every=2, on_step=stop)
    steps: list[int] = []
    train(recipe, some_articles(), tmp_path / "parted", tmp_path / "b", on_step=lambda progress: steps.append(progress.step))
    assert steps[0] == 5
    whole, parted = (load_file(tmp_path / name / "model.safetensors") for name in ("whole", "parted"))
    assert all(torch.equal(whole[name], parted[name]) for name in whole)


def test_a_checkpoint_of_other_options_is_refused(start: str, tmp_path: Path) -> None:
    train(a_recipe(start), some_articles(), tmp_path / "out", tmp_path / "work")
    with pytest.raises(OtherRun, match="another folder"):
        train(a_recipe(start, rate=1e-3), some_articles(), tmp_path / "out", tmp_path / "work")


def test_another_reader_can_be_kept_in_the_result(start: str, tmp_path: Path) -> None:
    train(a_recipe(start), some_articles(), tmp_path / "other", tmp_path / "a")
    train(a_recipe(start, seed=1, kept=str(tmp_path / "other"), kept_share=1.0), some_articles(), tmp_path / "out", tmp_path / "b")
    other, out = (load_file(tmp_path / name / "model.safetensors") for name in ("other", "out"))
    assert all(torch.equal(out[name], other[name]) for name in other)


@pytest.mark.parametrize("share", ["half", "1.5", "-1", "nan"])
def test_a_share_to_keep_is_a_fraction(share: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        main(["train.json", "--keep", "folder", share])
    assert f"not {share}." in capsys.readouterr().err


def test_a_share_of_nothing_leaves_the_weights_as_they_were(start: str, tmp_path: Path) -> None:
    train(a_recipe(start, share=0.0), some_articles(), tmp_path / "out", tmp_path / "work")
    before, after = (load_file(Path(folder) / "model.safetensors") for folder in (start, tmp_path / "out"))
    assert all(torch.equal(after[name], before[name].half()) for name in after)
