"""The terminal's two streams, and the progress bar on one of them."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from bot.protocols import Report

PLAIN_WIDTH = 4000
"""Columns where nobody looks: a file or a pipe gets long lines, never broken ones."""
LOADING = "Loading the models"


def make_console(stream: TextIO) -> Console:
    """Return a console on `stream` that never reads text as markup; without colour and line breaks unless it is a terminal."""
    width = None if stream.isatty() else PLAIN_WIDTH
    return Console(file=stream, width=width, soft_wrap=not stream.isatty(), markup=False, emoji=False, highlight=False)


def open_missing_streams() -> None:
    """Put nothing in the place of each of the three streams that whoever started us had closed, before a database takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - it stays open to the end


def tolerate_any_text() -> None:
    """Let the three streams replace what they cannot decode or encode, instead of failing on it."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


class Bar:
    """A progress bar that shows the latest of what it is told; it starts by saying that models load."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._what = LOADING
        self._task: TaskID = progress.add_task(LOADING, total=None)

    def report(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done of `what`."""
        if what != self._what:
            self._progress.remove_task(self._task)
            self._task, self._what = self._progress.add_task(what, total=total or None), what
        self._progress.update(self._task, completed=done, total=total or None)


@contextmanager
def progress_bar(console: Console) -> Iterator[Report]:
    """Show a progress bar for the length of the block, on a terminal only; it leaves no trace."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True, refresh_per_second=4, disable=not console.is_terminal) as progress:
        yield Bar(progress).report
