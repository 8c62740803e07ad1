from typing import Any

import pytest

from corpus.article import Article, Published
from corpus.errors import ServerRefused, SourceUnreachable, UnreadableSource
from corpus.files import MAX_BYTES
from corpus.protocols import Fetched, NotModified
from corpus.web import read_web
from tests.documents import column, docx, pdf
from tests.fakes import FakeFetcher
from tests.web import page

URL = "https://harbourpost.example/bridge?utm_source=x"
STORY = page("The mayor closed the old bridge on Tuesday.", "It opens again in May, she said.").body


def read(content: object, url: str = URL, **said: Any) -> Article:
    """Return what is read where a server sends `content`, and says what it is."""
    assert isinstance(content, bytes)
    return read_web(url, FakeFetcher({url: Fetched(url=url, content=content, **said)}))


def test_a_web_page_is_an_article() -> None:
    head = (
        "<link rel='canonical' href='/bridge'><meta property='og:site_name' content='Harbour Post'>"
        "<meta name='author' content='Jane Doe'><meta property='article:published_time' content='2025-01-29T10:15:00Z'>"
    )
    assert read(page("The mayor closed the old bridge.", "It opens again in May, she said.", head=head).body) == Article(
        address="https://harbourpost.example/bridge",
        title="Old bridge to close",
        text="The mayor closed the old bridge.\n\nIt opens again in May, she said.",
        source="Harbour Post",
        author="Jane Doe",
        published=Published.parse("2025-01-29T10:15+00:00"),
    )


def test_where_the_redirects_ended_is_where_the_page_lives() -> None:
    short = "https://short.example/x"
    article = read_web(short, FakeFetcher({short: Fetched(url=URL, content=bytes(STORY))}))  # type: ignore[arg-type]
    assert (article.url, article.source, article.file) == ("https://harbourpost.example/bridge", "harbourpost.example", None)


@pytest.mark.parametrize("media_type", ["text/plain", "application/pdf", "image/png", "", "application/octet-stream"])
def test_a_page_is_a_page_whatever_its_server_says(media_type: str) -> None:
    assert read(STORY, media_type=media_type).title == "Old bridge to close"


def test_a_text_on_the_web_is_an_article() -> None:
    article = read(b"Old bridge to close\n\nBy Jane Doe\nJanuary 29, 2025\n\nThe mayor closed it.", media_type="text/html")
    assert article == Article(
        address="https://harbourpost.example/bridge",
        title="Old bridge to close",
        text="The mayor closed it.",
        source="harbourpost.example",
        author="Jane Doe",
        published=Published.parse("2025-01-29"),
    )


@pytest.mark.parametrize(("url", "media_type"), [("https://a.example/b.md", "text/plain"), ("https://a.example/b", "text/markdown")])
def test_a_text_is_markdown_by_its_name_or_type(url: str, media_type: str) -> None:
    article = read(b"---\ntitle: Bridge\nsource: Town Gazette\n---\n\nThe mayor **closed** it.", url, media_type=media_type)
    assert (article.title, article.source, article.text) == ("Bridge", "Town Gazette", "The mayor closed it.")


def test_a_text_in_another_encoding_is_read_as_its_server_says() -> None:
    assert read("Мэр закрыл старый мост вчера.".encode("koi8-r"), charset="koi8-r").text == "Мэр закрыл старый мост вчера."


def test_documents_on_the_web_are_articles_of_their_site() -> None:
    paper = read(
        pdf(column("By Jane Doe", "", "The mayor closed the old bridge on Tuesday.")), "https://a.example/b.pdf", media_type="text/html"
    )
    letter = read(docx("The mayor closed the old bridge.", title="Old bridge"), "https://a.example/c", media_type="application/zip")
    assert [(each.url, each.source, each.author, each.file) for each in (paper, letter)] == [
        ("https://a.example/b.pdf", "a.example", "Jane Doe", None),
        ("https://a.example/c", "a.example", "", None),
    ]
    assert (paper.text, letter.title) == ("The mayor closed the old bridge on Tuesday.", "Old bridge")


@pytest.mark.parametrize(
    ("claimed", "address"),
    [
        ("https://www.harbourpost.example/other", "https://www.harbourpost.example/other"),
        ("https://victim.example/story", "https://harbourpost.example/bridge"),
    ],
)
def test_a_text_does_not_pass_for_one_of_another_site(claimed: str, address: str) -> None:
    assert read(f"Old bridge to close\nURL: {claimed}\n\nThe mayor closed it.".encode()).address == address


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b" \n", r"is empty\."),
        (b"<html><body></body></html>", r"has no article in it\."),
        (
            b"<?xml version='1.0'?><urlset><url>x</url></urlset>",
            r"is an XML document, not an article; give the address of a page, a text, a PDF or a DOCX\.",
        ),
        (b'{"error": "no such story", "code": 17}', r"is data for programs \(JSON\), not an article; .*\."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", r"is a picture, a program or another binary file, not an article; .*\."),
        (b"words " * (MAX_BYTES // 6 + 1), r"has 10\.0 MB, more than the 10 MB that one article may have\."),
    ],
)
def test_what_is_no_article_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableSource, match=rf"^https://harbourpost\.example/bridge\?utm_source=x {sentence}$"):
        read(content)


def test_a_page_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ServerRefused, match=r"does not exist; check the address \(HTTP 404\)\.$"):
        read_web(URL, FakeFetcher({}))


def test_a_server_that_answers_what_was_not_asked_is_refused() -> None:
    class Odd(FakeFetcher):
        def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched | NotModified:
            return NotModified(url)

    with pytest.raises(SourceUnreachable, match=r"did not answer with its content; try again later\.$"):
        read_web(URL, Odd({}))
