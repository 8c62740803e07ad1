"""A timeline as a picture that a phone shows well, on a light and on a dark background."""

import textwrap
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from bot.calendar_words import in_full
from bot.summaries.messages import AHEAD
from retrieval.summaries.timeline import Event

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_EVENTS = 12
"""Events that a picture has room for; a timeline has no more."""

WIDTH, DPI = 6.0, 180
WRAPPED, MOST_LINES = 50, 3
LINE_HEIGHT, GAP = 0.228, 0.3
"""Inches for a line of text, and around each event."""

PAPER, INK, QUIET, LINE, LATER = "#fbfaf7", "#1b1f24", "#5d6670", "#1f5fa8", "#c8501e"
"""A paper of its own, so that it reads on every background; what lies ahead has another colour and an open dot."""


def draw_timeline(events: Sequence[Event], *, title: str, today: date) -> bytes:
    """Return a PNG of the first MOST_EVENTS of `events`, one below the other. There is at least one."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    shown = list(events[:MOST_EVENTS])
    texts = [_wrapped(event.evidence[0].quote.text) for event in shown]
    heights = [GAP + LINE_HEIGHT * (1 + len(lines)) for lines in texts]
    heading = _clean(title, 2)
    height = sum(heights) + 0.4 + LINE_HEIGHT * len(heading)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0), xlim=(0, WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    _text(axes, 0.3, 0.25, "\n".join(heading), size=15, weight="bold")
    _draw(axes, shown, texts, heights, top=0.35 + LINE_HEIGHT * len(heading), today=today)
    buffer = BytesIO()
    figure.savefig(buffer, format="png", facecolor=PAPER)
    return buffer.getvalue()


def _draw(axes: "Axes", events: Sequence[Event], texts: Sequence[list[str]], heights: Sequence[float], *, top: float, today: date) -> None:
    """Draw the line with a dot, a date and a quote for each event."""
    starts = [top + sum(heights[:place]) for place in range(len(heights))]
    axes.plot([0.42, 0.42], [starts[0] + 0.2, starts[-1] + 0.2], color=QUIET, linewidth=1.6, zorder=1)
    for event, lines, start in zip(events, texts, starts, strict=True):
        ahead = event.is_ahead(today)
        colour = LATER if ahead else LINE
        axes.plot(0.42, start + 0.19, "o", markersize=10, color=PAPER if ahead else colour, markeredgecolor=colour, markeredgewidth=2.2)
        told = f"{in_full(event.date)} · {AHEAD}" if ahead else in_full(event.date)
        _text(axes, 0.75, start + 0.09, told, size=12.5, weight="bold", color=colour)
        _text(axes, 0.75, start + 0.09 + LINE_HEIGHT, "\n".join(lines), size=12)


def _text(axes: "Axes", x: float, y: float, words: str, *, size: float, weight: str = "normal", color: str = INK) -> None:
    axes.text(x, y, words, fontsize=size, fontweight=weight, color=color, va="top", ha="left", linespacing=1.35, parse_math=False)


def _wrapped(quote: str) -> list[str]:
    lines = textwrap.wrap(f"“{_drawable(quote)}”", WRAPPED, max_lines=MOST_LINES, placeholder=" …")
    return lines or [""]


def _clean(title: str, most: int) -> list[str]:
    return textwrap.wrap(_drawable(title), WRAPPED - 4, max_lines=most, placeholder=" …") or [""]


def _drawable(text: str) -> str:
    """Return `text` on one line with a box for each character that the font has no picture of."""
    have = _characters()
    return "".join(character if ord(character) in have else "\u25a1" for character in " ".join(text.split()))


def _characters() -> frozenset[int]:
    """Return the characters of the font that matplotlib brings along (DejaVu Sans)."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties())).get_charmap())
