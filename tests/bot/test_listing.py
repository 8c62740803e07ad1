"""Tables: what people copy stays whole, also on narrow terminals."""

import io

import pytest
from rich.console import Console
from rich.text import Text

from bot.commands.terminal import make_console
from bot.listing import Listing

ID = "dd831a361c8eebe4"
ROW = (ID, "9 October 2025", "Meridian Wire", "Stolen astrolabe turns up in bus station locker", "3")
LISTING = Listing(["ID", "Published", "Source", "Title", "Passages"], [ROW], right=["Passages"])


def on_terminal(shown: object, width: int) -> list[str]:
    """Return the lines that a terminal of `width` columns gets, without colours."""
    stream = io.StringIO()
    Console(file=stream, force_terminal=True, width=width, color_system=None, markup=False, emoji=False, highlight=False).print(shown)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
def test_an_id_is_never_broken(width: int) -> None:
    assert [line for line in on_terminal(LISTING, width) if ID in line] != []


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert [line for line in on_terminal(LISTING, width) if len(line) > width] == []


def test_a_narrow_terminal_gets_a_block_of_lines_for_each_row() -> None:
    rows = [("1", "The Star", ""), ("2", "Post", "https://post.example/feeds/all.xml")]
    blocks = ["Feed: 1", "Name: The Star", "", "Feed: 2", "Name: Post", "Address:", "https://post.example/feeds/all", ".xml"]
    assert on_terminal(Listing(["Feed", "Name", "Address"], rows), 30) == blocks


def test_a_pipe_gets_a_line_for_each_row() -> None:
    stream = io.StringIO()
    make_console(stream).print(LISTING)
    assert len(stream.getvalue().splitlines()) == 2


@pytest.mark.parametrize("width", [10, 80])
def test_a_cell_is_never_read_as_markup(width: int) -> None:
    assert any("[red]" in line for line in on_terminal(Listing(["Status"], [(Text("[red]ok", style="green"),)]), width))
