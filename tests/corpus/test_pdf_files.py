import io

import pytest

from corpus.extracted import LONGEST_TEXT, MOST_PAGES, Extracted, Refusal, Refused
from corpus.pdf_files import read_pdf
from tests.documents import Placed, column, drawn, locked, pdf

STORY = [
    Placed("Old bridge to close", 70, 780, 20),
    *column(
        "SKELMOUTH, January 29, 2025 (HP) - The council met on Monday and decided that the old",
        "bridge will be closed until September. \u201cThere is no other way,\u201d the mayor told repor-",
        "ters (twice).",
        "",
        "The repairs cost $4.2 million.",
        top=740,
    ),
]


def read(document: bytes) -> Extracted:
    return read_pdf(io.BytesIO(document))


def test_a_pdf_is_its_title_and_its_paragraphs() -> None:
    assert read(pdf(STORY, info={"Title": "bridge.indd", "Author": "Jane Doe"})) == Extracted(
        title="Old bridge to close",
        text=(
            "SKELMOUTH, January 29, 2025 (HP) - The council met on Monday and decided that the old bridge will be closed until September. "
            "“There is no other way,” the mayor told reporters (twice).\n\nThe repairs cost $4.2 million."
        ),
        stated_title="bridge.indd",
        author="Jane Doe",
    )


def test_columns_are_read_one_after_the_other() -> None:
    left, right = column("The mayor closed the", "old bridge, and then"), column("she went home by the", "ferry.", x=320)
    assert read(pdf([*left, *right])).text == "The mayor closed the old bridge, and then she went home by the ferry."


@pytest.mark.parametrize(
    "instructions",
    [
        b".24 0 0 -.24 0 842 cm q BT /F1 40 Tf 1 0 0 -1 100 400 Tm (%s) Tj ET Q BT /F1 40 Tf 1 0 0 -1 100 450 Tm (%s) Tj ET "
        b"BT /F1 40 Tf 1 0 0 -1 100 550 Tm (%s) Tj ET",
        b"BT 10 0 0 10 72 700 Tm /F1 1 Tf (%s) Tj 0 -1.2 TD (%s) Tj 0 -2.4 TD (%s) Tj ET",
        b"BT /F1 10 Tf 12 TL 72 700 Td (%s) Tj T* (%s) Tj 0 -24 Td (%s) Tj ET",
    ],
    ids=["upside down", "scaled", "by distances"],
)
def test_lines_are_where_a_reader_sees_them_however_they_are_drawn(instructions: bytes) -> None:
    lines = (b"The council met on Monday and closed the old bridge for all", b"of the summer.", b"Nobody knows why they did it.")
    assert read(drawn(instructions % lines)).text == f"{lines[0].decode()} of the summer.\n\n{lines[2].decode()}"


def test_a_pdf_that_is_locked_against_changes_alone_is_read() -> None:
    assert read(locked(pdf(STORY), "")).title == "Old bridge to close"


@pytest.mark.parametrize(
    ("document", "refusal"),
    [
        (locked(pdf(STORY), "secret"), Refusal.ENCRYPTED),
        (pdf([], []), Refusal.PICTURES),
        (pdf(*[[]] * (MOST_PAGES + 1)), Refusal.MANY_PAGES),
        (pdf(*[[Placed("word " * 20_000, 70, 700)]] * (LONGEST_TEXT // 100_000 + 1)), Refusal.LONG),
    ],
)
def test_a_pdf_without_an_article_is_refused(document: bytes, refusal: Refusal) -> None:
    with pytest.raises(Refused, match=f"^{refusal.value}$"):
        read(document)
