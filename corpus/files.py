"""A file -> an article."""

import stat
from collections.abc import Callable
from pathlib import Path

from corpus.addresses import file_address
from corpus.article import Article
from corpus.decoding import kind_of_binary
from corpus.errors import SourceUnreachable, UnreadableSource
from corpus.pages import read_page
from corpus.texts import Origin, read_markdown, read_plain

MAX_BYTES = 10_000_000
"""Of one file."""


def is_supported(path: Path) -> bool:
    """Return whether the name of `path` says that it is of a kind that `read_file` reads."""
    return path.suffix.lower() in _READERS


def read_file(path: Path) -> Article:
    """Return the article in a .txt, .md, .markdown, .html or .htm file; its text is clean.

    Raises SourceUnreachable where `path` cannot be opened or is no file, and UnreadableSource where it is of another kind, too
    big, no text, broken, or without an article.
    """
    size = _size(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableSource(f"{path.name} is of a kind that cannot be read; the kinds that can be are {', '.join(_READERS)}.")
    if size > MAX_BYTES:
        raise UnreadableSource(f"{path.name} has {size / 1e6:.1f} MB, more than the {MAX_BYTES / 1e6:.0f} MB that one article may have.")
    data = _read(path)
    if kind := kind_of_binary(data):
        raise UnreadableSource(f"{path.name} is {kind} by its content, not text.")
    name = path.name.encode("utf-8", "replace").decode()  # text that can be stored, whatever bytes are in it
    return reader(data, Origin(name=name, address=file_address(path), file=name))


def _size(path: Path) -> int:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise SourceUnreachable(f"{path} cannot be opened: {_why(error)}.") from error
    if stat.S_ISDIR(status.st_mode):
        raise SourceUnreachable(f"{path} is a folder, not a file.")
    if not stat.S_ISREG(status.st_mode):
        raise SourceUnreachable(f"{path} is a device or a pipe, not a file.")
    return status.st_size


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES)  # it may have grown since it was measured
    except OSError as error:
        raise SourceUnreachable(f"{path} cannot be opened: {_why(error)}.") from error


def _why(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return reason[:1].lower() + reason[1:]


def _read_html(data: bytes, origin: Origin) -> Article:
    if not data.strip():
        raise UnreadableSource(f"{origin.name} is empty.")
    return read_page(data, address_hint=origin.address, file=origin.file)


_READERS: dict[str, Callable[[bytes, Origin], Article]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
}
