"""A DOCX document -> its words. For the process that reads documents: a hostile one takes what time and memory it gets."""

import zipfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from corpus.extracted import LONGEST_TEXT, Extracted, Refusal, Refused

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

MOST_PARTS = 5_000
"""Files in one document."""
MOST_BYTES = 200_000_000
"""Of all the files in one document, unpacked."""
MOST_TEXT_BYTES = 15_000_000
"""Of the file that holds the text, unpacked; parsing takes ten times as much memory."""

_BODY = "word/document.xml"
_CHUNK = 1 << 20
_TITLE_STYLES = ("title", "heading1")
_LONGEST_CELL = 200  # characters; a table with a longer one only arranges paragraphs on the page
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
# What was deleted or moved away is still in the file, and text in boxes is there twice.
_WORDS = (
    ".//*[(self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen) and not(ancestor::w:del) "
    "and not(ancestor::w:moveFrom) and not(ancestor::*[local-name()='AlternateContent'])]"
)
_MARKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_word(stream: IO[bytes]) -> Extracted:
    """Return the words of a DOCX, a row of a table as a line. Raises Refused; all else that it raises means that it is damaged."""
    from docx import Document

    _refuse_swollen(stream)
    stream.seek(0)
    document = Document(stream)
    paragraphs = [(style.lower(), text) for style, text in _paragraphs(document.element.body)]
    if sum(len(text) for _, text in paragraphs) > LONGEST_TEXT:
        raise Refused(Refusal.LONG)
    title = next((text for style, text in paragraphs[:10] if style in _TITLE_STYLES and "\n" not in text), "")
    words = [text for _, text in paragraphs if text != title]
    if not words:
        raise Refused(Refusal.EMPTY)
    stated = document.core_properties
    return Extracted(text="\n\n".join(words), title=title, stated_title=stated.title, author=stated.author)


def _refuse_swollen(stream: IO[bytes]) -> None:
    """Raise Refused where the zip archive holds more than it may, by its own list or in truth, or no DOCX at all."""
    with zipfile.ZipFile(stream) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
            raise Refused(Refusal.SWOLLEN)
        if _BODY not in archive.namelist():
            raise Refused(Refusal.OTHER_KIND)
        if any(part.flag_bits & 1 for part in parts):
            raise Refused(Refusal.ENCRYPTED)
        total = sum(_unpacked(archive, part) for part in parts)
        if total > MOST_BYTES or archive.getinfo(_BODY).file_size > MOST_TEXT_BYTES:
            raise Refused(Refusal.SWOLLEN)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Return how many bytes there are in `part`, kept nowhere. Raises BadZipFile where they are not what the list says."""
    total = 0
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            total += len(chunk)
            if total > MOST_BYTES:
                raise Refused(Refusal.SWOLLEN)
    return total


def _paragraphs(holder: "BaseOxmlElement") -> Iterator[tuple[str, str]]:
    """Yield the style and the text of each paragraph and each row of a table that has one, in order."""
    for element in _nearest(holder, _PARAGRAPH, _TABLE):
        if element.tag == _TABLE:
            for row in _nearest(element, _ROW):
                yield from _row(row)
            continue
        text = "".join(_MARKS.get(piece.tag) or piece.text or "" for piece in element.xpath(_WORDS))
        lines = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
        if lines:
            yield element.style or "", lines


def _row(row: "BaseOxmlElement") -> Iterator[tuple[str, str]]:
    """Yield a row's cells as one line, between bars; as the paragraphs that they are where one of them is no short line."""
    cells = [found for cell in _nearest(row, _CELL) if (found := list(_paragraphs(cell)))]
    if len(cells) > 1 and all(len(cell) == 1 and len(cell[0][1]) <= _LONGEST_CELL and "\n" not in cell[0][1] for cell in cells):
        yield "", " | ".join(text for [(_, text)] in cells)
    else:
        yield from (paragraph for cell in cells for paragraph in cell)


def _nearest(holder: "BaseOxmlElement", *tags: str) -> Iterator[Any]:
    """Yield what has one of `tags` below `holder`, in order, but nothing that is inside of another such."""
    for child in holder.xpath("./*"):
        if child.tag in tags:
            yield child
        else:
            yield from _nearest(child, *tags)
