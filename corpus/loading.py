"""Many sources in, an article or a reason for each out."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article
from corpus.errors import CorpusError
from corpus.files import is_supported, read_file

MOST_FILES = 10_000
"""Of one folder and all that is below it."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source that gave no article; `reason` is one sentence for people."""

    source: str
    reason: str


def load(sources: Iterable[str | Path]) -> Iterator[Article | Skipped]:
    """Yield an article or a Skipped for each file in `sources`, folders being read with all that is below them, in order of names.

    Hidden files, and files of other kinds, in a folder are passed over; a file that comes twice is read once.
    """
    for item in _plan(sources):
        yield item if isinstance(item, Skipped) else _load(item)


def count(sources: Iterable[str | Path]) -> int:
    """Return how many files `load` will try to read."""
    return sum(isinstance(item, Path) for item in _plan(sources))


def _load(path: Path) -> Article | Skipped:
    try:
        return read_file(path)
    except CorpusError as error:
        return Skipped(str(path), str(error))


def _plan(sources: Iterable[str | Path]) -> Iterator[Path | Skipped]:
    """Yield each file to read, once, and what is skipped without being opened."""
    seen: set[str] = set()
    for source in sources:
        for item in _expand(source):
            if isinstance(item, Skipped):
                yield item
            elif (place := _place(item)) not in seen:
                seen.add(place)
                yield item


def _place(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:
        return str(path)  # no file can have such a name; reading it will say so


def _expand(source: str | Path) -> Iterator[Path | Skipped]:
    if str(source).lower().startswith(("http://", "https://")):
        yield Skipped(
            str(source), f"{source} is a web address, and this version reads files only; save the page as .html and add the file."
        )
    elif _is_folder(Path(source)):
        yield from _files_below(Path(source))
    else:
        yield Path(source)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False  # reading it will say why


def _files_below(folder: Path) -> Iterator[Path | Skipped]:
    found = 0
    for item in _walk(folder, set()):
        found += 1
        if found > MOST_FILES:
            yield Skipped(str(folder), f"{folder} holds more than {MOST_FILES:,} files; add its subfolders one by one.")
            return
        yield item
    if not found:
        yield Skipped(str(folder), f"{folder} holds no articles.")


def _walk(folder: Path, visited: set[str]) -> Iterator[Path | Skipped]:
    """Yield the readable files below `folder`; each real folder is entered once, so that links cannot lead in circles."""
    place = os.path.realpath(folder)
    if place in visited:
        return
    visited.add(place)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Skipped(str(folder), f"{folder} cannot be opened: {(error.strerror or str(error)).lower()}.")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _walk(entry, visited)
        elif is_supported(entry):
            yield entry
