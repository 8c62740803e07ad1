import io
import struct
import zipfile
from pathlib import Path

import pytest
from lxml.etree import XMLSyntaxError

from corpus.extracted import LONGEST_TEXT, Extracted, Refusal, Refused
from corpus.word_files import MOST_BYTES, MOST_PARTS, MOST_TEXT_BYTES, read_word
from tests.documents import docx, with_part

STORY = ("SKELMOUTH, January 29, 2025 (HP) - The mayor closed it.", "The repairs cost $4.2 million.")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(document: bytes) -> Extracted:
    return read_word(io.BytesIO(document))


def with_body(body: str, *, before: str = "") -> bytes:
    """Return a DOCX whose text is the XML in `body`, with `before` before its root."""
    return with_part(docx(), "word/document.xml", f"{before}<w:document {W}><w:body>{body}</w:body></w:document>".encode())


def test_a_document_is_its_title_and_its_paragraphs() -> None:
    assert read(docx(*STORY, title="Old bridge to close", stated_title="Bridge", author="Jane Doe")) == Extracted(
        title="Old bridge to close", text="\n\n".join(STORY), stated_title="Bridge", author="Jane Doe"
    )


def test_only_what_the_reader_of_a_document_sees_is_read() -> None:
    body = (
        "<w:p><w:r><w:t>The mayor </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>finally</w:t></w:r></w:ins><w:hyperlink><w:r><w:tab/><w:t>closed it.</w:t></w:r></w:hyperlink></w:p>"
        "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>It opens</w:t><w:br/><w:t>in May.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert read(with_body(body)).text == "The mayor finally closed it.\n\nIt opens\nin May."


def cell(*paragraphs: str, more: str = "") -> str:
    return f"<w:tc>{''.join(f'<w:p><w:r><w:t>{text}</w:t></w:r></w:p>' for text in paragraphs)}{more}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_a_row_of_a_table_is_a_line_between_the_paragraphs() -> None:
    rows = table(cell("Bridge") + cell("Opens") + cell(""), cell("Old Bridge") + cell("") + cell("2 June"), cell("") + cell(""))
    body = "<w:p><w:r><w:t>The works end soon.</w:t></w:r></w:p>" + rows + "<w:p><w:r><w:t>The mayor was glad.</w:t></w:r></w:p>"
    assert read(with_body(body)).text == "The works end soon.\n\nBridge | Opens\n\nOld Bridge | 2 June\n\nThe mayor was glad."


def test_a_table_that_arranges_paragraphs_is_those() -> None:
    long = "The council met on Monday and talked about the old bridge over the river for three hours. " * 3
    inner = table(cell("Opens") + cell("2 June"))
    body = table(cell("The mayor closed it.", "It opens in May."), cell(long.strip()) + cell("A picture", more=inner))
    assert read(with_body(body)).text.split("\n\n") == [
        "The mayor closed it.",
        "It opens in May.",
        long.strip(),
        "A picture",
        "Opens | 2 June",
    ]


def test_tables_in_tables_are_read_as_deep_as_a_document_may_be() -> None:
    def nested(depth: int) -> bytes:
        return with_body(f"{'<w:tbl><w:tr><w:tc>' * depth}<w:p><w:r><w:t>Deep.</w:t></w:r></w:p>{'</w:tc></w:tr></w:tbl>' * depth}")

    assert read(nested(60)).text == "Deep."
    with pytest.raises(XMLSyntaxError, match="depth"):
        read(nested(100))


def test_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish")
    dtd = f'<!DOCTYPE w:document [<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    found = read(with_body("<w:p><w:r><w:t>The word is &file; today.</w:t></w:r></w:p>", before=dtd))
    assert "swordfish" not in found.text


def test_entities_that_multiply_cost_nothing() -> None:
    entities = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 12))
    body = "<w:p><w:r><w:t>Words. &e11;</w:t></w:r></w:p>"
    with pytest.raises(XMLSyntaxError, match="amplification"):
        read(with_body(body, before=f'<!DOCTYPE w:document [<!ENTITY e0 "bomb">{entities}]>'))


def bomb(size: int) -> bytes:
    return with_part(docx(*STORY), "word/media/image1.png", bytes(size))


def lying(document: bytes, name: bytes) -> bytes:
    """Return an archive whose list says that the part `name` holds ten bytes."""
    place = document.rindex(b"PK\x01\x02", 0, document.rindex(name))
    return document[: place + 24] + struct.pack("<I", 10) + document[place + 28 :]


@pytest.mark.parametrize(
    ("document", "refusal"),
    [
        (bomb(MOST_BYTES + 1), Refusal.SWOLLEN),
        (with_body(" " * MOST_TEXT_BYTES), Refusal.SWOLLEN),
        (docx(), Refusal.EMPTY),
        (with_body(f"<w:p><w:r><w:t>{'word ' * (LONGEST_TEXT // 5 + 1)}</w:t></w:r></w:p>"), Refusal.LONG),
    ],
    ids=["swollen", "swollen text", "empty", "long"],
)
def test_a_document_without_an_article_is_refused(document: bytes, refusal: Refusal) -> None:
    with pytest.raises(Refused, match=f"^{refusal.value}$"):
        read(document)


def test_an_archive_of_other_things_is_refused() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(Refused, match=r"^other kind$"):
        read(output.getvalue())


def test_an_archive_of_very_many_things_is_refused() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for number in range(MOST_PARTS + 1):
            archive.writestr(f"{number}", "")
    with pytest.raises(Refused, match=r"^swollen$"):
        read(output.getvalue())


def test_an_archive_that_lies_about_its_size_is_damaged() -> None:
    with pytest.raises(zipfile.BadZipFile, match=r"Bad CRC-32"):
        read(lying(bomb(1_000_000), b"word/media/image1.png"))
