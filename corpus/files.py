"""A file -> an article."""

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus import documents
from corpus.addresses import file_address
from corpus.article import Article
from corpus.decoding import kind_of_binary
from corpus.documents import read_pdf_document, read_word_document
from corpus.errors import SourceUnreachable, UnreadableSource
from corpus.kinds import Kind, kind_of
from corpus.pages import read_page
from corpus.texts import Origin, read_markdown, read_plain

MAX_BYTES = 10_000_000
"""Of one text or page; documents, which carry pictures along, may have `corpus.documents.MAX_BYTES`."""


@dataclass(frozen=True, slots=True)
class _Format:
    """How files of a kind are read, how many bytes one may have, and what the bytes have to be; None is text."""

    reader: Callable[[bytes, Origin], Article]
    limit: int = MAX_BYTES
    kind: Kind | None = None


def is_supported(path: Path) -> bool:
    """Return whether the name of `path` says that it is of a kind that `read_file` reads."""
    return path.suffix.lower() in _FORMATS


def read_file(path: Path) -> Article:
    """Return the article in a file of text, Markdown or HTML, a PDF or a DOCX; its text is clean.

    Raises SourceUnreachable where `path` cannot be opened or is no file, and UnreadableSource where it is of another kind, too
    big, no text, broken, or without an article.
    """
    size = _size(path)
    known = _format(path.name)
    if size > known.limit:
        raise UnreadableSource(too_big(path.name, size, known.limit))
    name = path.name.encode("utf-8", "replace").decode()  # text that can be stored, whatever bytes are in it
    return read_content(_read(path, known.limit), Origin(name=name, address=file_address(path), file=name))


def read_content(data: bytes, origin: Origin) -> Article:
    """Return the article in `data`, the content of a file that is called `origin.name`. Raises UnreadableSource."""
    known = _format(origin.name)
    if len(data) > known.limit:
        raise UnreadableSource(too_big(origin.name, len(data), known.limit))
    if known.kind and data.strip() and kind_of(data) is not known.kind:
        found = f"{kind_of_binary(data) or 'something else'} by its content"
        raise UnreadableSource(f"{origin.name} is {found}, or locked with a password; save it anew in the format of its name.")
    if known.kind is None and (kind := kind_of_binary(data)):
        raise UnreadableSource(f"{origin.name} is {kind} by its content, not text.")
    return known.reader(data, origin)


def too_big(name: str, size: int, limit: int) -> str:
    """Return the sentence for what has `size` bytes where one article may have `limit`."""
    return f"{name} has {size / 1e6:.1f} MB, more than the {limit / 1e6:.0f} MB that one article may have."


def _format(name: str) -> _Format:
    known = _FORMATS.get(Path(name).suffix.lower())
    if known is None:
        raise UnreadableSource(f"{name} is of a kind that cannot be read; the kinds that can be are {', '.join(_FORMATS)}.")
    return known


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


def _read(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)  # it may have grown since it was measured, and is too big then
    except OSError as error:
        raise SourceUnreachable(f"{path} cannot be opened: {_why(error)}.") from error


def _why(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return reason[:1].lower() + reason[1:]


def _read_html(data: bytes, origin: Origin) -> Article:
    if not data.strip():
        raise UnreadableSource(f"{origin.name} is empty.")
    return read_page(data, address_hint=origin.address, file=origin.file)


_FORMATS = {
    ".txt": _Format(read_plain),
    ".md": _Format(read_markdown),
    ".markdown": _Format(read_markdown),
    ".html": _Format(_read_html),
    ".htm": _Format(_read_html),
    ".pdf": _Format(read_pdf_document, documents.MAX_BYTES, Kind.PDF),
    ".docx": _Format(read_word_document, documents.MAX_BYTES, Kind.ZIP),
}
