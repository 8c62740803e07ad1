"""The administrators' picture of some days, as a PNG file."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from bot.administration.question_log import Figures
from bot.charts import ACCENT, DPI, LINE, QUIET, stacked


def draw_days(days: Sequence[tuple[date, Figures]]) -> bytes:
    """Return a picture, as a PNG file, of the questions of each day, answered or not, above the median time that one took."""
    from matplotlib.ticker import MaxNLocator

    figure, (axes, times) = stacked()
    places = range(len(days))
    answered = [counted.answered for _, counted in days]
    others = [counted.questions - counted.answered for _, counted in days]
    axes.bar(places, answered, color=LINE, label="answered")
    axes.bar(places, others, bottom=answered, color=QUIET, label="without an answer")
    for place, (_, counted) in enumerate(days):
        if counted.share is not None:
            axes.annotate(f"{counted.share:.0%}", (place, counted.questions), ha="center", va="bottom", fontsize=9)
    axes.set(ylabel="Questions", ylim=(0, 1.25 * max(1, *(counted.questions for _, counted in days))))
    axes.legend(frameon=False, loc="upper left", ncols=2)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    times.plot(places, [_seconds(counted) for _, counted in days], "o-", color=ACCENT, linewidth=2)
    times.set(ylabel="Median, s", ylim=(0, 1.3 * max(0.1, *(counted.median_ms or 0 for _, counted in days)) / 1000))
    times.set_xticks(list(places), [f"{day:%a} {day.day}" for day, _ in days])
    picture = BytesIO()
    figure.savefig(picture, format="png", dpi=DPI)
    return picture.getvalue()


def _seconds(counted: Figures) -> float:
    return float("nan") if counted.median_ms is None else counted.median_ms / 1000
