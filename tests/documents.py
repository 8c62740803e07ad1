"""PDF and DOCX documents for tests, made of nothing but their words."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docx import Document
from pypdf import PdfReader, PdfWriter

PAGE = (595, 842)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of text at a place of a page, in points from the lower left corner."""

    text: str
    x: float
    y: float
    size: float = 10


def column(*lines: str, x: float = 70, top: float = 760, size: float = 10, leading: float = 12) -> list[Placed]:
    """Return `lines` below one another; an empty one leaves a gap, one that begins with a tab is indented."""
    return [
        Placed(line.lstrip("\t"), x + 15 * line.startswith("\t"), top - number * leading, size) for number, line in enumerate(lines) if line
    ]


def pdf(*pages: Sequence[Placed], info: Mapping[str, str] | None = None) -> bytes:
    """Return a PDF with `pages`; `info` names its properties, such as Title."""
    return drawn(
        *(
            b"\n".join(b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (line.size, line.x, line.y, _escaped(line.text)) for line in page)
            for page in pages
        ),
        info=info,
    )


def drawn(*pages: bytes, info: Mapping[str, str] | None = None, packed: bool = False) -> bytes:
    """Return a PDF whose pages are drawn by these instructions, `packed` or not; /F1 is a font."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    objects.append(b"<<%s>>" % b"".join(b"/%s(%s)" % (name.encode(), _escaped(value)) for name, value in (info or {}).items()))
    numbers = []
    for page in pages:
        content = zlib.compress(page, 9) if packed else page
        packing = b"/Filter/FlateDecode" if packed else b""
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), packing, content))
        font = b"/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]%s/Contents %d 0 R>>" % (*PAGE, font, len(objects)))
        numbers.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(numbers), b" ".join(b"%d 0 R" % number for number in numbers))
    return _written(objects)


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _written(objects: Sequence[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    written += b"trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(written)


def locked(document: bytes, password: str) -> bytes:
    """Return a PDF that opens with `password` only; with an empty one it is locked against changes alone."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def docx(*paragraphs: str, title: str = "", stated_title: str = "", author: str = "") -> bytes:
    """Return a DOCX with `paragraphs`, under `title` where there is one."""
    document = Document()
    document.core_properties.title = stated_title
    document.core_properties.author = author
    if title:
        document.add_heading(title, level=0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def with_part(document: bytes, name: str, content: bytes) -> bytes:
    """Return a zip archive such as a DOCX with `content` as its part `name`, compressed."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as archive, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as changed:
        for part in archive.namelist():
            if part != name:
                changed.writestr(part, archive.read(part))
        changed.writestr(name, content)
    return output.getvalue()
