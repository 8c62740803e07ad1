"""Documents are read by a process of their own; each test here starts one."""

import sys

import pytest

from corpus.article import Article, Published
from corpus.documents import read_pdf_document, read_word_document
from corpus.errors import SourceUnreachable, UnreadableSource
from corpus.texts import Origin
from tests.documents import Placed, column, docx, drawn, locked, pdf, with_part

ORIGIN = Origin(name="bridge.pdf", address="file:///bridge.pdf", file="bridge.pdf")
STORY = [
    Placed("Old bridge to close", 70, 780, 20),
    *column(
        "By Jane Doe",
        "January 29, 2025",
        "",
        "The council met on Monday and closed the old bridge.",
        "",
        "Repairs cost $4 million.",
        top=740,
    ),
]


def test_a_pdf_is_an_article() -> None:
    assert read_pdf_document(pdf(STORY, info={"Title": "Microsoft Word - b.docx", "Author": "jdoe"}), ORIGIN) == Article(
        address="file:///bridge.pdf",
        title="Old bridge to close",
        text="The council met on Monday and closed the old bridge.\n\nRepairs cost $4 million.",
        author="Jane Doe",
        published=Published.parse("2025-01-29"),
        file="bridge.pdf",
    )


def test_a_title_in_the_text_goes_before_one_that_only_the_properties_have() -> None:
    document = docx(
        "Old bridge to close", "Harbour Post, January 29, 2025", "The mayor closed it. It opens in May.", stated_title="Our letterhead"
    )
    article = read_word_document(document, ORIGIN)
    assert (article.title, article.source, article.published, article.text) == (
        "Old bridge to close",
        "Harbour Post",
        Published.parse("2025-01-29"),
        "The mayor closed it. It opens in May.",
    )


def test_a_publisher_above_the_title_is_the_source() -> None:
    lines = [
        Placed("The Harbour Post", 70, 800, 11),
        Placed("Old bridge to close", 70, 770, 20),
        *column("The mayor closed it on Monday.", top=740),
    ]
    article = read_pdf_document(pdf(lines), ORIGIN)
    assert (article.title, article.source, article.text) == ("Old bridge to close", "The Harbour Post", "The mayor closed it on Monday.")


def test_a_docx_is_an_article() -> None:
    document = docx(
        "SKELMOUTH, January 29, 2025 (HP) - The mayor closed it.", "It opens in May.", stated_title="Bridge closed", author="Jane Doe"
    )
    assert read_word_document(document, ORIGIN) == Article(
        address="file:///bridge.pdf",
        title="Bridge closed",
        text="The mayor closed it.\n\nIt opens in May.",
        author="Jane Doe",
        published=Published.parse("2025-01-29"),
        file="bridge.pdf",
        place="SKELMOUTH",
    )


@pytest.mark.parametrize(
    ("info", "title", "author"),
    [
        ({"Title": "Old Bridge to Close", "Author": "Jane Doe and John Roe"}, "Old Bridge to Close", "Jane Doe and John Roe"),
        ({"Title": "Another thing entirely", "Author": "Administrator User"}, "Old bridge to close", ""),
        ({"Title": "report-final.pdf", "Author": "jdoe"}, "Old bridge to close", ""),
    ],
)
def test_properties_are_believed_where_the_document_bears_them_out(info: dict[str, str], title: str, author: str) -> None:
    plain = [STORY[0], *column("The council closed the old bridge.", top=740)]
    article = read_pdf_document(pdf(plain, info={**info, "CreationDate": "D:20250101120000Z"}), ORIGIN)
    assert (article.title, article.author, article.published) == (title, author, None)


def test_a_pdf_of_three_hundred_pages_is_read_whole() -> None:
    lines = [f"On day {day} the council met and spoke about the old bridge for hours." for day in range(30)]
    pages = [
        [Placed("Harbour Post", 70, 810, 8), *column(f"Part {number} of the story.", *lines), Placed(f"{number}", 290, 30, 8)]
        for number in range(300)
    ]
    article = read_pdf_document(pdf(*pages), ORIGIN)
    assert [article.text.count(text) for text in ("of the story.", "On day 7 the council", "Harbour Post")] == [300, 300, 0]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (locked(pdf(STORY), "secret"), "is locked with a password; save it without one and add it again"),
        (pdf([], []), "has no text in it, only pictures of pages; have them recognised (OCR) first"),
        (pdf(STORY)[:400], "is damaged, or not what it looks like; open it and save it anew"),
        (drawn(bytes(300_000_000), packed=True), "is damaged, or not what it looks like; open it and save it anew"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 50, "is damaged, or not what it looks like; open it and save it anew"),
    ],
    ids=["locked", "scanned", "cut off", "bomb", "noise"],
)
def test_a_pdf_that_cannot_be_read_is_a_sentence(document: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableSource) as raised:
        read_pdf_document(document, ORIGIN)
    assert str(raised.value) == f"bridge.pdf {sentence}."


def test_a_docx_with_a_bomb_inside_is_a_sentence() -> None:
    bomb = with_part(docx("It closed."), "word/media/image1.png", bytes(201_000_000))
    with pytest.raises(UnreadableSource, match=r"^bridge\.pdf unpacks to more than a document may have, so it was not read; .*\.$"):
        read_word_document(bomb, ORIGIN)


def test_a_document_that_takes_long_is_given_up() -> None:
    slow = pdf(*[column(*["So it goes on and on and on, the story of the bridge."] * 60)] * 400)
    with pytest.raises(
        UnreadableSource, match=r"^bridge\.pdf takes longer to read than a document may; save its text as \.txt and add that\.$"
    ):
        read_pdf_document(slow, ORIGIN, seconds=1)


def test_where_no_process_can_be_started_that_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(SourceUnreachable, match=r"^bridge\.pdf cannot be read, as no room or no process is left for that: .+\.$"):
        read_pdf_document(pdf(STORY), ORIGIN)
