"""The pictures: there, of a size to look at, and for every input that scores can come from."""

from pathlib import Path

import pytest
from PIL import Image

from bot.charts import draw_reliability, draw_risk_coverage
from retrieval.evaluation.selective import Guess

SAME = [Guess(0.5, right=True)] * 3
SPREAD = [Guess(place / 100, right=place % 3 == 0) for place in range(101)]


def size(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        return picture.size


@pytest.mark.parametrize("guesses", [SAME, SPREAD, [Guess(0.0, right=False)], [Guess(1.0, right=True)]])
@pytest.mark.parametrize("threshold", [0.0, 0.45, 1.0])
def test_the_risk_coverage_curve_is_drawn(tmp_path: Path, guesses: list[Guess], threshold: float) -> None:
    draw_risk_coverage(guesses, tmp_path / "curve.png", threshold=threshold)
    assert size(tmp_path / "curve.png") == (960, 630)


@pytest.mark.parametrize("guesses", [SAME, SPREAD, [Guess(0.0, right=False)], [Guess(1.0, right=True)], []])
def test_the_reliability_diagram_is_drawn(tmp_path: Path, guesses: list[Guess]) -> None:
    draw_reliability(guesses, tmp_path / "diagram.png")
    assert size(tmp_path / "diagram.png") == (960, 780)


def test_different_answers_make_different_pictures(tmp_path: Path) -> None:
    for name, guesses in (("one", SAME), ("other", SPREAD)):
        draw_reliability(guesses, tmp_path / f"{name}-diagram.png")
        draw_risk_coverage(guesses, tmp_path / f"{name}-curve.png", threshold=0.45)
    for kind in ("diagram", "curve"):
        assert (tmp_path / f"one-{kind}.png").read_bytes() != (tmp_path / f"other-{kind}.png").read_bytes()
