"""A file -> an article."""

import stat
from collections.abc import Callable
from pathlib import Path

from corpus.addresses import file_address
from corpus.article import Article
from corpus.cleaning import clean, normalise, one_line
from corpus.decoding import decode, is_binary, kind_of_binary
from corpus.errors import SourceUnreachable, UnreadableSource
from corpus.front_matter import split_front_matter
from corpus.headers import Header, is_metadata, read_header, shorten, title_from
from corpus.markup import plain_text
from corpus.pages import LONGEST_TEXT, LONGEST_TITLE, read_page

MAX_BYTES = 10_000_000
"""Of one file."""
MOST_MARKS = 100_000
"""Brackets, stars and the like in one Markdown file; parsing so many takes some seconds."""


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
    return reader(path, data)


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


def _decoded(path: Path, data: bytes) -> str:
    text = decode(data)
    if is_binary(text):
        raise UnreadableSource(f"{_name(path)} is a binary file, not text.")
    if len(text) > LONGEST_TEXT:
        raise UnreadableSource(f"{_name(path)} has {len(text):,} characters, more than the {LONGEST_TEXT:,} that one article may have.")
    if not normalise(text):
        raise UnreadableSource(f"{_name(path)} is empty.")
    return text


def _name(path: Path) -> str:
    """Return the file's name as text that can be stored, whatever bytes are in it."""
    return path.name.encode("utf-8", "replace").decode()


def _read_plain(path: Path, data: bytes) -> Article:
    return _article(path, read_header(normalise(_decoded(path, data))))


def _read_markdown(path: Path, data: bytes) -> Article:
    text = _decoded(path, data).replace("\r\n", "\n")
    if (marks := sum(text.count(mark) for mark in "[]*_`<&")) > MOST_MARKS:
        raise UnreadableSource(f"{_name(path)} has {marks:,} Markdown marks, more than the {MOST_MARKS:,} that one article may have.")
    front = split_front_matter(text, name=_name(path))
    plain = plain_text(normalise(front.body if front else text), keeps_lines=is_metadata)
    if front is None:
        return _article(path, read_header(normalise(plain.body), title=plain.heading))
    return _article(path, _with_heading(front, plain.heading, plain.body))


def _with_heading(front: Header, heading: str, body: str) -> Header:
    """Return `front` over `body`: the heading is the title where the front matter has none, and text where it says another."""
    if front.title and heading and heading.casefold() != front.title.casefold():
        body = f"{heading}\n\n{body}"
    return Header(
        body=body, title=front.title or heading, source=front.source, author=front.author, url=front.url, published=front.published
    )


def _read_html(path: Path, data: bytes) -> Article:
    if not data.strip():
        raise UnreadableSource(f"{_name(path)} is empty.")
    return read_page(data, address_hint=file_address(path), file=_name(path))


def _article(path: Path, header: Header) -> Article:
    text = clean(header.body)
    if not text:
        raise UnreadableSource(f"{_name(path)} has no article in it.")
    return Article(
        address=header.url or file_address(path),
        title=shorten(one_line(header.title), LONGEST_TITLE) or title_from(text),
        text=text,
        source=one_line(header.source),
        author=one_line(header.author),
        published=header.published,
        file=_name(path),
    )


_READERS: dict[str, Callable[[Path, bytes], Article]] = {
    ".txt": _read_plain,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
}
