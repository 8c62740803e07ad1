"""Many sources in, an article or a reason for each out."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.addresses import canonical_url, is_web_address, shown
from corpus.article import Article
from corpus.errors import CorpusError, guarded
from corpus.files import is_supported, read_file
from corpus.protocols import Fetcher
from corpus.web import read_web

MOST_FILES = 10_000
"""Of one folder and all that is below it."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source that gave no article; `reason` is one sentence for people."""

    source: str
    reason: str


def load(sources: Iterable[str | Path], fetcher: Fetcher | None = None) -> Iterator[Article | Skipped]:
    """Yield an article or a Skipped for each file and web address in `sources`.

    Folders are read with all that is below them, in order of names; hidden files, those that Word keeps beside a document that is
    open, and files of other kinds, in them are passed over. What comes twice is read once. Without a `fetcher`, web addresses are skipped.
    """
    for item in _plan(sources):
        yield item if isinstance(item, Skipped) else _load(item, fetcher)


def count(sources: Iterable[str | Path]) -> int:
    """Return how many files and web addresses `load` will try to read."""
    return sum(not isinstance(item, Skipped) for item in _plan(sources))


def _load(item: Path | str, fetcher: Fetcher | None) -> Article | Skipped:
    try:
        if isinstance(item, Path):
            with guarded(str(item)):
                return read_file(item)
        if fetcher is None:
            return Skipped(item, f"{shown(item)} is a web address, and only files are read here.")
        return read_web(item, fetcher)
    except CorpusError as error:
        return Skipped(str(item), str(error))


def _plan(sources: Iterable[str | Path]) -> Iterator[Path | str | Skipped]:
    """Yield each file and each web address (a str) to read, once, and what is skipped without being opened."""
    seen: set[str] = set()
    for source in sources:
        for item in _expand(source):
            if isinstance(item, Skipped):
                yield item
            elif (place := _place(item)) not in seen:
                seen.add(place)
                yield item


def _place(item: Path | str) -> str:
    """Return what is the same for two names of one thing."""
    try:
        return os.path.realpath(item) if isinstance(item, Path) else canonical_url(item)
    except ValueError:
        return str(item)  # no file and no page can have such a name; reading it will say so


def _expand(source: str | Path) -> Iterator[Path | str | Skipped]:
    if isinstance(source, str) and not source.strip():
        yield Skipped(source, "An empty name is neither a file nor an address; write one of these.")
    elif isinstance(source, str) and is_web_address(source):
        yield source.strip()
    elif isinstance(source, str) and _OTHER_ADDRESS.match(source):
        yield Skipped(source, f"{source} cannot be read; only addresses that begin with http:// or https:// can.")
    elif _is_folder(Path(source)):
        yield from _files_below(Path(source))
    else:
        yield Path(source)


_OTHER_ADDRESS = re.compile(r"\s*[a-z][a-z0-9+.-]*://", re.IGNORECASE)


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
        if entry.name.startswith((".", "~$")):
            continue
        if _is_folder(entry):
            yield from _walk(entry, visited)
        elif is_supported(entry):
            yield entry
