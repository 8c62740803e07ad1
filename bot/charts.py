"""Pictures of how far a confidence can be trusted, as PNG files."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.evaluation.selective import Guess, reliability, risk_coverage

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import PercentFormatter

LINE, ACCENT, QUIET = "#1f5fa8", "#c8501e", "#8a8f98"
DPI = 150


def draw_risk_coverage(guesses: Sequence[Guess], path: Path, *, threshold: float) -> None:
    """Draw the share of wrong answers over the share of questions answered, with the point that `threshold` stands for."""
    figure, axes = _figure()
    risks = risk_coverage(guesses)
    coverages = [(place + 1) / len(risks) for place in range(len(risks))]
    axes.plot(coverages, risks, color=LINE, linewidth=2, label="most confident first")
    axes.axhline(risks[-1], color=QUIET, linestyle="--", linewidth=1.2, label="in random order")
    answered = sum(guess.confidence >= threshold for guess in guesses)
    if answered:
        axes.plot(coverages[answered - 1], risks[answered - 1], "o", color=ACCENT, markersize=8, label=f"threshold {threshold:g}")
    axes.set(xlabel="Questions answered", ylabel="Wrong among the answered", xlim=(0, 1), ylim=(0, _headroom(float(risks.max()))))
    _percent(axes)
    axes.legend(frameon=False, loc="best")
    figure.savefig(path, dpi=DPI)


def draw_reliability(guesses: Sequence[Guess], path: Path) -> None:
    """Draw the share of right answers over their confidence, bin by bin, above the number of answers in each bin."""
    figure, (axes, counts) = stacked()
    bins = reliability(guesses)
    places, width = [(each.low + each.high) / 2 for each in bins], 0.09
    axes.bar(places, [each.right for each in bins], width=width, color=LINE, alpha=0.85, label="right")
    axes.plot([each.confidence for each in bins], [each.confidence for each in bins], "_", color=ACCENT, markersize=22, markeredgewidth=2.5)
    axes.plot([], [], "_", color=ACCENT, markersize=12, markeredgewidth=2.5, label="mean confidence")
    axes.plot([0, 1], [0, 1], color=QUIET, linestyle="--", linewidth=1.2, label="perfectly calibrated")
    axes.set(ylabel="Right", ylim=(0, 1.05), xlim=(0, 1))
    axes.legend(frameon=False, loc="upper left")
    counts.bar(places, [each.count for each in bins], width=width, color=QUIET, alpha=0.7)
    counts.set(xlabel="Confidence", ylabel="Answers")
    for axis in (axes.yaxis, counts.xaxis):
        axis.set_major_formatter(_percents())
    figure.savefig(path, dpi=DPI)


def _figure() -> "tuple[Figure, Axes]":
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 4.2), layout="constrained")
    axes = figure.add_subplot()
    _plain(axes)
    return figure, axes


def stacked() -> "tuple[Figure, tuple[Axes, Axes]]":
    """Return a figure with a tall picture above a flat one, over the same horizontal axis."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 5.2), layout="constrained")
    grid = figure.add_gridspec(2, 1, height_ratios=[3.2, 1])
    upper = figure.add_subplot(grid[0])
    lower = figure.add_subplot(grid[1], sharex=upper)
    upper.tick_params(labelbottom=False)
    _plain(upper)
    _plain(lower)
    return figure, (upper, lower)


def _plain(axes: "Axes") -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#e4e6ea", linewidth=0.8)
    axes.set_axisbelow(True)


def _percent(axes: "Axes") -> None:
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(_percents())


def _percents() -> "PercentFormatter":
    from matplotlib.ticker import PercentFormatter

    return PercentFormatter(1, decimals=0)


def _headroom(highest: float) -> float:
    """Return the top of an axis that shows `highest`: a little more, never nothing and never beyond 1."""
    return min(1.0, max(0.05, 1.15 * highest))
