"""Rows under headings, as a terminal or a pipe shows them: pure, safe for hostile text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from bot.printable import one_line

GAP = 3
"""Columns of the screen between two of the table's, one at its edges, and in all that its margins take."""
LONGEST_WORD = 20
"""Longer words, addresses for instance, may be broken."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of plain words under `headings`, ruled on a terminal only; the columns named in `right` are aligned there.

    Where a terminal is too narrow to keep their words whole, each row is a block of lines instead.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str | Text]]
    right: Sequence[str] = ()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table, or its rows one below the other."""
        cells = [[cell if isinstance(cell, Text) else Text(one_line(cell)) for cell in row] for row in self.rows]
        if console.is_terminal and self._least_width(cells) > options.max_width:
            yield from self._blocks(cells)
        else:
            yield self._table(cells, ruled=console.is_terminal)

    def _table(self, cells: Sequence[Sequence[Text]], *, ruled: bool) -> Table:
        drawn = Table(box=box.SIMPLE_HEAD if ruled else None, pad_edge=False)
        for number, heading in enumerate(self.headings):
            whole = all(_is_word(row[number].plain) for row in cells)
            drawn.add_column(Text(heading), justify="right" if heading in self.right else "left", overflow="fold", no_wrap=whole)
        for row in cells:
            drawn.add_row(*row)
        return drawn

    def _least_width(self, cells: Sequence[Sequence[Text]]) -> int:
        """Return how many columns of the screen the table takes when it breaks lines at spaces only."""
        columns = ([heading, *(row[number].plain for row in cells)] for number, heading in enumerate(self.headings))
        return sum(GAP + max(map(_longest_word, column)) for column in columns)

    def _blocks(self, cells: Sequence[Sequence[Text]]) -> Iterator[Text]:
        for number, row in enumerate(cells):
            known = [(heading, cell) for heading, cell in zip(self.headings, row, strict=True) if cell.plain]
            lines = [Text(f"{heading}: ", style="dim").append_text(Text("", style="not dim").append_text(cell)) for heading, cell in known]
            yield Text("\n").join([*([Text()] if number else []), *lines])


def _is_word(text: str) -> bool:
    """Return whether `text` is to stay on one line, as what will be copied is."""
    return " " not in text and cell_len(text) <= LONGEST_WORD


def _longest_word(text: str) -> int:
    return max((min(cell_len(word), LONGEST_WORD) for word in text.split()), default=0)
