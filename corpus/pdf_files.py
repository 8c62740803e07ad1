"""A PDF document -> its words. For the process that reads documents: a hostile one takes what time and memory it gets."""

from collections.abc import Iterator, Mapping, Sequence
from math import hypot
from typing import IO, TYPE_CHECKING

from corpus.extracted import LONGEST_TEXT, MOST_PAGES, Extracted, Refusal, Refused
from corpus.reflow import Line, reflow

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader


def read_pdf(stream: IO[bytes]) -> Extracted:
    """Return the words of a PDF. Raises Refused; whatever else it raises means that the document is damaged."""
    from pypdf import PdfReader

    reader = PdfReader(stream)
    if reader.is_encrypted and not _opens(reader):
        raise Refused(Refusal.ENCRYPTED)
    if len(reader.pages) > MOST_PAGES:
        raise Refused(Refusal.MANY_PAGES)
    pages: list[list[Line]] = []
    length = 0
    for page in reader.pages:
        pages.append(_lines(page))
        length += sum(len(line.text) for line in pages[-1])
        if length > LONGEST_TEXT:
            raise Refused(Refusal.LONG)
    flow = reflow(pages)
    if not flow.paragraphs:
        raise Refused(Refusal.PICTURES if pages else Refusal.EMPTY)
    stated = reader.metadata
    return Extracted(
        text="\n\n".join(flow.paragraphs),
        title=flow.title,
        stated_title=(stated.title or "") if stated else "",
        author=(stated.author or "") if stated else "",
    )


def _opens(reader: "PdfReader") -> bool:
    """Return whether a document that is locked only against changes can be read: its password is the empty one."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return False  # it is locked in a way that needs a library which is not there


def _lines(page: "PageObject") -> list[Line]:
    pieces: list[Line] = []

    def note(text: str, outer: Sequence[float], inner: Sequence[float], font: Mapping[str, object] | None, size: float) -> None:
        x, y = inner[4], inner[5]
        height = size * hypot(inner[2], inner[3]) * hypot(outer[2], outer[3])
        pieces.append(Line(text, x * outer[0] + y * outer[2] + outer[4], x * outer[1] + y * outer[3] + outer[5], height))

    page.extract_text(visitor_text=note)
    return list(_assembled(pieces))


def _assembled(pieces: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that `pieces` make up; a line is where its first words are, and as large as most of its letters."""
    line: list[Line] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line.append(Line(first, piece.x, piece.y, piece.size))
        for text in others:
            yield from _whole(line)
            line = [Line(text, piece.x, piece.y, piece.size)]
    yield from _whole(line)


def _whole(pieces: Sequence[Line]) -> Iterator[Line]:
    inked = [piece for piece in pieces if piece.text.strip()]
    if inked:
        size = max(inked, key=lambda piece: len(piece.text)).size
        yield Line("".join(piece.text for piece in pieces), inked[0].x, inked[0].y, size or 1.0)
