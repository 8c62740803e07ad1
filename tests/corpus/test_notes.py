"""What an article says about its own changes and its place is kept beside it, whatever it comes from."""

import pytest

from corpus.article import Article, Published
from corpus.entries import article_of, completed
from corpus.errors import UnreadableSource
from corpus.feed import Entry
from corpus.notes import LONGEST, note_of, updated_of
from corpus.pages import read_page
from corpus.texts import Origin, read_markdown, read_plain
from tests.builders import TEXT
from tests.fake_web import WORDS

ORIGIN = Origin(name="bridge.txt", address="file:///bridge.txt", file="bridge.txt")
CORRECTION = "Correction: The bridge is 40 metres long, not 400, the mayor said."
CHANGED = "This story was updated on Feb. 5, 2025 at 10:12 a.m. to include what the mayor said."


def beside(article: Article) -> tuple[str | None, str, str]:
    """Return when `article` was updated, its place and its note."""
    return article.updated.isoformat() if article.updated else None, article.place, article.note


def plain(*paragraphs: str, title: str = "Old bridge to close for repairs") -> Article:
    return read_plain("\n\n".join((title, *paragraphs)).encode(), ORIGIN)


@pytest.mark.parametrize(
    ("line", "updated", "note"),
    [
        ("Updated 5 Feb 2025 10:12", "2025-02-05T10:12+00:00", ""),
        ("Updated: February 5, 2025", "2025-02-05", ""),
        ("Last updated on Wed 5 Feb 2025 10.12 GMT", "2025-02-05T10:12+00:00", ""),
        ("Last modified: 2025-02-05", "2025-02-05", ""),
        ("Updated at 14:05, 5 February 2025", "2025-02-05", ""),
        ("Updated at 14:05 GMT", None, "Updated at 14:05 GMT"),
        (CHANGED, "2025-02-05T10:12+00:00", CHANGED),
        ("This article was corrected on 5 February 2025.", "2025-02-05", "This article was corrected on 5 February 2025."),
        ("This story was updated on Feb. 5.", None, "This story was updated on Feb. 5."),  # no year, so no date
        (CORRECTION, None, CORRECTION),
        ("Correction (Feb. 5, 2025): It is Farrow.", "2025-02-05", "Correction (Feb. 5, 2025): It is Farrow."),
        ("Correction: It was on 5 February 2025.", None, "Correction: It was on 5 February 2025."),  # the vote was, not the change
        ("Correction: The law was amended on 5 February 2025.", None, "Correction: The law was amended on 5 February 2025."),
        ("Editor’s note: This story has been updated.", None, "Editor’s note: This story has been updated."),
    ],
)
def test_a_note_is_taken_from_wherever_it_stands(line: str, updated: str | None, note: str) -> None:
    for article in (plain(TEXT, line), plain(line, TEXT), plain(TEXT, line, "The repairs take a year.", line)):
        assert beside(article) == (updated, "", note)
        assert line not in article.text
        assert article.text.startswith(TEXT)


def test_a_line_of_dates_gives_both() -> None:
    article = plain("Published 29 January 2025 | Last updated 5 Feb 2025 10:12", TEXT)
    assert (article.published, article.updated) == (Published.parse("2025-01-29"), Published.parse("2025-02-05T10:12Z"))


def test_an_update_on_the_day_itself_says_nothing() -> None:
    assert plain("29 January 2025", TEXT, "Updated 29 January 2025").updated is None


def test_the_place_is_that_of_the_dateline() -> None:
    assert beside(plain(f"NEW YORK/LONDON, Jan 29 (Reuters) - {TEXT}")) == (None, "NEW YORK/LONDON", "")


def test_what_front_matter_says_wins() -> None:
    front = "updated: 2025-02-06\nplace: Skelmouth\nnote:\n  - A first version gave another length.\n  - It is Farrow.\n"
    text = f"---\ntitle: Old bridge\n{front}---\nLONDON — {TEXT}\n\nUpdated 5 Feb 2025 10:12\n\n{CORRECTION}\n"
    article = read_markdown(text.encode(), ORIGIN)
    assert beside(article) == ("2025-02-06", "Skelmouth", f"A first version gave another length.\nIt is Farrow.\n{CORRECTION}")
    assert article.text == TEXT


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("updated: soon", "updated in the front matter must be a date such as 2025-01-29, not 'soon'"),
        ("place: [a]", "place in the front matter must be text, not a list"),
        ("note: {a: b}", "note in the front matter must be text, not a mapping"),
    ],
)
def test_front_matter_of_the_wrong_kind_is_refused(front: str, message: str) -> None:
    with pytest.raises(UnreadableSource, match=message):
        read_markdown(f"---\n{front}\n---\n{TEXT}".encode(), ORIGIN)


PUBLISHED = "<meta property='article:published_time' content='2025-01-29T10:00:00Z'>"
MODIFIED = "2025-02-05T10:12:00Z"


@pytest.mark.parametrize(
    ("head", "updated"),
    [
        (f"<meta property='article:modified_time' content='{MODIFIED}'>", "2025-02-05T10:12+00:00"),
        (f"<meta property='og:updated_time' content='{MODIFIED}'>", "2025-02-05T10:12+00:00"),
        (f"<meta itemprop='dateModified' content='{MODIFIED}'>", "2025-02-05T10:12+00:00"),
        (f'<script type="application/ld+json">{{"@type": "NewsArticle", "dateModified": "{MODIFIED}"}}</script>', "2025-02-05T10:12+00:00"),
        ("<meta property='article:modified_time' content='2025-01-29T10:00:00Z'>", None),
        ("<meta property='article:modified_time' content='soon'>", None),
        ("", None),
    ],
)
def test_a_page_says_when_it_was_modified(head: str, updated: str | None) -> None:
    html = f"<html><head><title>Old bridge</title>{PUBLISHED}{head}</head><body><article><p>{WORDS * 2}</p></article></body></html>"
    assert beside(read_page(html, address_hint="https://post.example/1", file=None)) == (updated, "", "")


def test_a_page_keeps_its_dateline_and_its_correction() -> None:
    body = f"<p>SKELMOUTH, England — {WORDS * 2}</p><p>{WORDS}</p><p>{CORRECTION}</p><p>Updated 5 Feb 2025 10:12</p>"
    html = f"<html><head><title>Old bridge</title></head><body><article><h1>Old bridge</h1>{body}</article></body></html>"
    article = read_page(html, address_hint="https://post.example/1", file=None)
    assert beside(article) == ("2025-02-05T10:12+00:00", "SKELMOUTH, England", CORRECTION)
    assert article.text == f"{(WORDS * 2).strip()}\n\n{WORDS.strip()}"


def entry(**changes: object) -> Entry:
    content = f"<p>LONDON (AP) — {WORDS * 6}</p><p>{CORRECTION}</p>"
    known = {"id": "1", "url": "https://post.example/1", "title": "Bridge", "published": Published.parse("2025-01-29T10:00Z")}
    return Entry(**(known | {"content": content, "is_whole": True} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("updated", ["2025-02-05T10:12:00Z", "Wed, 05 Feb 2025 10:12:00 GMT", "Wed, 05 Feb 2025 11:12:00 +0100"])
def test_an_entry_says_when_it_was_updated(updated: str) -> None:
    article = article_of(entry(updated=updated), feed_title="Post", feed_address="https://post.example/feed")
    assert (article.updated, article.place, article.note) == (Published.parse("2025-02-05T10:12Z"), "LONDON", CORRECTION)


@pytest.mark.parametrize("updated", ["2025-01-29T10:00:00Z", "", "soon"])
def test_an_entry_that_was_not_updated_says_nothing(updated: str) -> None:
    assert article_of(entry(updated=updated), feed_title="Post", feed_address="https://post.example/feed").updated is None


def test_the_page_of_an_entry_knows_best_when_it_was_updated() -> None:
    page = Article(address="https://post.example/1", title="Bridge", text=TEXT)
    told = entry(updated="2025-02-05T10:12:00Z")
    assert completed(page, told, feed_title="").updated == Published.parse("2025-02-05T10:12Z")
    stated = Article(address="https://post.example/1", title="Bridge", text=TEXT, updated=Published.parse("2025-02-06"))
    assert completed(stated, told, feed_title="").updated == Published.parse("2025-02-06")


def test_notes_are_told_once_and_never_at_great_length() -> None:
    assert note_of([CORRECTION, "Updated 5 Feb 2025", CORRECTION]) == CORRECTION
    assert len(note_of(f"Correction: {number}. {'word ' * 150}" for number in range(50))) <= LONGEST


def test_what_is_stated_comes_before_what_notes_say() -> None:
    assert updated_of(Published.parse("2025-02-06"), ["Updated 5 Feb 2025"], None) == Published.parse("2025-02-06")
    assert updated_of(None, [CORRECTION, "Updated 5 Feb 2025"], None) == Published.parse("2025-02-05")
