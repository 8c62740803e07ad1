"""What the commands work with: the parts behind them, the settings in force, and a progress bar while something slow goes on."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.commands.terminal import make_console, progress_bar
from bot.protocols import Backend, LibraryView, Report

if TYPE_CHECKING:  # `quotewire --help` starts at once
    from bot.settings import Settings

T = TypeVar("T")


@dataclass
class Workplace:
    """One run of the command line. `clock` counts seconds; `data_dir` is the folder that was named, None for that of the settings."""

    backend: Backend
    clock: Callable[[], float]
    data_dir: Path | None = None

    def settings(self, *, quiet: bool = True) -> "Settings":
        """Return the settings in force, with logs going where they say."""
        from bot.logs import configure_logging
        from bot.settings import read_settings

        settings = read_settings(data_dir=self.data_dir)
        configure_logging(settings, quiet=quiet)
        return settings

    def progress(self) -> AbstractContextManager[Report]:
        """Show a progress bar on stderr for the length of the block."""
        return progress_bar(make_console(sys.stderr))

    @contextmanager
    def library(self, *, writing: bool = False, sample: bool = False, repair: bool = False, slow: bool = False) -> Iterator[LibraryView]:
        """Open the library behind a progress bar, which is gone when the block begins, or after it where that is `slow`."""
        settings = self.settings()
        with ExitStack() as stack:
            bar = stack.enter_context(ExitStack())
            report = bar.enter_context(self.progress())
            library = stack.enter_context(self.backend.open_library(settings, report, writing=writing, sample=sample, repair=repair))
            if not slow:
                bar.close()
            yield library

    def collect(self, results: Iterable[T], what: str, total: int = 0) -> list[T]:
        """Return all `results`, counting them on a progress bar as they come; `total` is how many there will be, 0 where nobody knows."""
        found: list[T] = []
        with self.progress() as report:
            report(what, 0, total)
            for result in results:
                found.append(result)
                report(what, len(found), total)
        return found

    def since(self, started: float) -> float:
        """Return the milliseconds since the clock read `started`."""
        return 1000 * (self.clock() - started)
