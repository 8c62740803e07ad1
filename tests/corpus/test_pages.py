import gzip
import json
import re
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article, Published
from corpus.cleaning import take_apart
from corpus.errors import UnreadableSource
from corpus.page_facts import author_of
from corpus.pages import LONGEST_TEXT, MOST_TAGS, read_page

NEWS = Path(__file__).parents[2] / ".." / "shared" / "data" / "news"
BODY = "<p>The mayor closed the old bridge on Tuesday.</p><p>It opens again in May, she said.</p>"


def page(*, head: str = "", body: str = BODY) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article></body></html>"


def test_a_page_tells_all_about_its_article() -> None:
    head = (
        "<title>Old bridge to close - Town Gazette</title><meta property='og:site_name' content='Town Gazette'>"
        "<meta name='author' content='Jane Doe'><link rel='canonical' href='https://Example.com/bridge/?utm_source=x'>"
        "<meta property='article:published_time' content='2025-01-29T10:15:30+02:00'>"
    )
    article = read_page(page(head=head, body=f"<h1>Old bridge to close</h1>{BODY}"), address_hint="file:///a.html", file="a.html")
    assert article == Article(
        address="https://example.com/bridge",
        title="Old bridge to close",
        text="The mayor closed the old bridge on Tuesday.\n\nIt opens again in May, she said.",
        source="Town Gazette",
        author="Jane Doe",
        published=Published.parse("2025-01-29T10:15:30+02:00"),
        file="a.html",
    )


@pytest.mark.parametrize(
    ("head", "hint", "address"),
    [
        ("<link rel='canonical' href='https://example.com/a'>", "file:///a.html", "https://example.com/a"),
        ("<meta property='og:url' content='https://example.com/b#top'>", "file:///a.html", "https://example.com/b"),
        ("<link rel='canonical' href='/c'>", "https://example.com/x?y=1", "https://example.com/c"),
        ("<link rel='canonical' href='/c'>", "file:///a.html", "file:///a.html"),
        ("<link rel='canonical' href='javascript:alert(1)'>", "file:///a.html", "file:///a.html"),
        ("<link rel='canonical' href='https://example.com/'>", "https://example.com/story", "https://example.com/story"),
        ("<link rel='canonical' href='https://m.example.com/story'>", "https://www.example.com/amp/story", "https://example.com/story"),
        ("<link rel='canonical' href='https://victim.example/story'>", "https://evil.example/a", "https://evil.example/a"),
        ("<link rel='canonical' href='https://victim.co.uk/story'>", "https://evil.co.uk/a", "https://evil.co.uk/a"),
        ("<link rel='canonical' href='https://victim.github.io/story'>", "https://evil.github.io/a", "https://evil.github.io/a"),
        (
            "<link rel='canonical' href='https://victim.example/s'><meta property='og:url' content='https://www.evil.example/b'>",
            "https://evil.example/a",
            "https://www.evil.example/b",
        ),
        ("<link rel='canonical' href='//[broken'>", "https://example.com/a", "https://example.com/a"),
        ("<link rel='canonical' href='http://[broken'>", "file:///a.html", "file:///a.html"),
        ("", "HTTPS://Example.com/story?utm_source=x".lower(), "https://example.com/story"),
        ("", "https://example.com/", "https://example.com/"),
    ],
)
def test_the_address_is_the_pages_own_or_where_it_came_from(head: str, hint: str, address: str) -> None:
    assert read_page(page(head=head), address_hint=hint, file=None).address == address


def test_a_page_without_any_address_is_refused() -> None:
    with pytest.raises(UnreadableSource, match=r"^The page does not say at which address it was published\.$"):
        read_page(page(), address_hint=None, file=None)


@pytest.mark.parametrize(
    ("head", "iso"),
    [
        ("<meta property='article:published_time' content='2025-01-29'>", "2025-01-29"),
        ("<meta property='article:published_time' content='2025-01-29T00:00:00Z'>", "2025-01-29"),
        ('<script type=\'application/ld+json\'>{"datePublished": "2025-01-29T10:15:00Z"}</script>', "2025-01-29T10:15+00:00"),
        (
            '<script type="application/ld+json">{"@graph": [{"a": 1}, {"datePublished": "Wed, 29 Jan 2025 10:15:00 -0600"}]}</script>',
            "2025-01-29T10:15-06:00",
        ),
        (
            '<script type="application/ld+json">[7, {"@graph": [{"a": 1}, {"datePublished": "2025-01-29T10:15:00Z"}]}]</script>',
            "2025-01-29T10:15+00:00",
        ),
        ("<script type='application/ld+json'>{broken</script><meta name='date' content='2025-01-29'>", "2025-01-29"),
        ("<meta itemprop='datePublished' content='0001-01-01T00:00:00Z'>", None),
        ("", None),
    ],
)
def test_the_date_is_as_exact_as_the_page_says(head: str, iso: str | None) -> None:
    published = read_page(page(head=head), address_hint="file:///a.html", file=None).published
    assert (published.isoformat() if published else None) == iso


@pytest.mark.parametrize("line", ["January 29, 2025 10:15 AM", "Published: 29 Jan 2025, 10:15"])
def test_a_line_at_the_top_says_when_a_page_without_a_date_was_published(line: str) -> None:
    published = read_page(page(body=f"<p>By Jane Doe</p><p>{line}</p>{BODY}"), address_hint="file:///a.html", file=None).published
    assert published == Published.parse("2025-01-29T10:15")


def test_a_copyright_year_or_a_date_in_the_text_is_not_when_it_was_published() -> None:
    body = f"{BODY}<p>The bridge was built on January 29, 1901, the records say.</p><footer>Copyright 2019 Gazette</footer>"
    assert read_page(page(body=body), address_hint="file:///a.html", file=None).published is None


@pytest.mark.parametrize(
    ("title", "stripped"),
    [
        ("Old bridge to close - Town Gazette", "Old bridge to close"),
        ("Old bridge to close | Jane Doe | The Town Gazette", "Old bridge to close"),
        ("Old bridge to close – Town Gazette Sport", "Old bridge to close"),
        ("Old bridge to close — and soon", "Old bridge to close — and soon"),
        ("Well-known bridge: a story - part two", "Well-known bridge: a story - part two"),
        ("Town Gazette", "Town Gazette"),
    ],
)
def test_a_title_is_without_the_name_of_the_site(title: str, stripped: str) -> None:
    head = (
        f"<meta property='og:title' content='{title}'><meta property='og:site_name' content='Town Gazette'>"
        "<meta name='author' content='Jane Doe'>"
    )
    assert read_page(page(head=head), address_hint="https://example.com/a", file=None).title == stripped


def test_a_page_without_a_title_is_named_by_its_first_sentence() -> None:
    assert read_page(page(), address_hint="https://example.com/a", file=None).title == "The mayor closed the old bridge on Tuesday."


def test_a_page_without_a_sites_name_has_its_host() -> None:
    assert read_page(page(), address_hint="https://www.example.com/a", file=None).source == "example.com"


def test_furniture_and_comments_are_not_in_the_text() -> None:
    body = f"{BODY}<p>Also Read: Another bridge falls</p><table><tr><td>one</td></tr></table><div id='comments'><p>First!</p></div>"
    text = read_page(page(body=body), address_hint="file:///a.html", file=None).text
    assert text == "The mayor closed the old bridge on Tuesday.\n\nIt opens again in May, she said."


WAYS_OUT = (
    "<ul><li><a href='/b'>Another bridge falls down</a></li><li><span>Is the ferry </span><a href='/c'>too old for us?</a></li></ul>",
    "<p><a href='https://example.com/b'>Another bridge falls down</a></p>",
    "<div><a href='/b'><img src='b.jpg'><h3>Another bridge falls down</h3></a></div>",
)


@pytest.mark.parametrize("way_out", WAYS_OUT)
def test_what_only_leads_to_other_articles_is_not_in_the_text(way_out: str) -> None:
    body = f"<p>The mayor closed the old bridge on Tuesday.</p>{way_out}<p>It opens again in May, she said.</p>"
    text = read_page(page(body=body), address_hint="file:///a.html", file=None).text
    assert text == "The mayor closed the old bridge on Tuesday.\n\nIt opens again in May, she said."


@pytest.mark.parametrize(
    "part",
    [
        "<ul><li>The <a href='/arches'>arches</a> of the old bridge</li><li>The parapets of the old bridge</li></ul>",
        "<p>As we <a href='https://example.com/b'>wrote in January</a>, the arches are weak.</p>",
        "<h3><a href='#next'>What happens to the bridge</a></h3><p>Nobody knows that, she said.</p>",
    ],
)
def test_a_link_in_the_text_is_the_texts(part: str) -> None:
    body = f"<p>The mayor closed the old bridge on Tuesday.</p>{part}<p>It opens again in May, she said.</p>"
    words = " ".join(read_page(page(body=body), address_hint="file:///a.html", file=None).text.split())
    assert re.sub(r"<[^>]*>", " ", part).split()[-3:] == words.removesuffix("It opens again in May, she said.").split()[-3:]


def test_the_names_of_the_site_and_the_author_alone_are_not_in_the_text() -> None:
    head = "<meta property='og:site_name' content='Town Gazette'><meta name='author' content='Gazette Wire'>"
    body = f"<p>Gazette</p>{BODY}<p>The-Gazette-Wire</p>"
    text = read_page(page(head=head, body=body), address_hint="https://example.com/a", file=None).text
    assert text == "The mayor closed the old bridge on Tuesday.\n\nIt opens again in May, she said."


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ("<meta property='og:site_name' content=' Town Gazette | Gazette.example '>", "Town Gazette"),
        ("<meta property='og:site_name' content='gazette.example'>", "gazette.example"),
        ("<meta property='og:site_name' content='https://www.gazette.example'>", "gazette.example"),
        ("<meta property='og:site_name' content='gazette'>", "gazette.example"),
        (
            "<meta property='og:site_name' content='gazette.example'>"
            '<script type=\'application/ld+json\'>{"publisher": {"name": "Town Gazette"}}</script>',
            "Town Gazette",
        ),
        ('<script type=\'application/ld+json\'>{"publisher": {"name": "Gazette &amp; Post&#8217;s"}}</script>', "Gazette & Post’s"),
        ('<script type=\'application/ld+json\'>[{"publisher": "x"}, 7, {"publisher": {"name": 7}}]</script>', "gazette.example"),
        (f"<meta property='og:site_name' content='{'Gazette ' * 20}'>", "gazette.example"),
    ],
)
def test_a_site_is_called_as_it_calls_itself_unless_that_is_its_address(head: str, source: str) -> None:
    assert read_page(page(head=head), address_hint="https://www.gazette.example/a", file=None).source == source


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("Jane Doe", "Jane Doe"),
        ("Jane Doe is a reporter", "Jane Doe"),
        ("Jane Ann Doe, News reporter", "Jane Ann Doe"),
        ("Jane Doe News Reporter", "Jane Doe"),
        ("Gazette Wire Staff November", "Gazette Wire Staff"),
        ("Jane May", "Jane May"),
        ("Username", ""),
        ("Jane Doe; jane doe; John Roe", "Jane Doe, John Roe"),
    ],
)
def test_authors_are_named_without_what_pages_add(stated: str, author: str) -> None:
    assert author_of(stated) == author


@pytest.mark.parametrize(
    "text",
    [
        "Please sign in to continue reading this story. It takes one minute.",
        "Please enable JavaScript and cookies. Then load this page again.",
        "We are checking your browser. This takes five seconds.",
        "Sorry, that page could not be found. It may have moved to another place.",
    ],
)
def test_a_notice_in_an_articles_place_is_refused(text: str) -> None:
    html, url = page(body=f"<p>{text}</p>"), "https://example.com/a"
    with pytest.raises(
        UnreadableSource, match=r"^https://example\.com/a shows a notice in an article's place \(“.+”\); save the page in a browser"
    ):
        read_page(html, address_hint=url, file=None)
    with pytest.raises(UnreadableSource, match=r"^a\.html shows a notice in an article's place \(“[^”]+”\)\.$"):
        read_page(html, address_hint=url, file="a.html")


def test_an_article_may_speak_of_notices() -> None:
    body = "<p>Visitors of the site were told to sign in to continue reading, said the mayor.</p>" + BODY * 8
    assert "sign in" in read_page(page(body=body), address_hint="file:///a.html", file=None).text


def test_a_line_break_keeps_sentences_apart() -> None:
    body = "<p>The mayor closed it.<br>It opens in May.</p><p>It is old, and so it was closed.<div></div>So it goes.</p>"
    text = read_page(page(body=body), address_hint="file:///a.html", file=None).text
    assert re.findall(r"\.\S", text) == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<meta charset='windows-1251'><p>Мэр закрыл старый мост.</p><p>Он открыт.</p>".encode("cp1251"),
            "Мэр закрыл старый мост.\n\nОн открыт.",
        ),
        ("<p>The mayor’s café closed.</p><p>It’s shut.</p>".encode("cp1252"), "The mayor’s café closed.\n\nIt’s shut."),
        ("<p>The mayor’s café closed.</p><p>It’s shut.</p>".encode("utf-16"), "The mayor’s café closed.\n\nIt’s shut."),
    ],
)
def test_the_encoding_of_a_page_does_not_matter(html: bytes, text: str) -> None:
    joint = "<html><body>".encode("utf-16") + html[2:] if html.startswith(b"\xff\xfe") else b"<html><body>" + html
    assert read_page(joint, address_hint="file:///a.html", file=None).text == text


@pytest.mark.parametrize(
    ("charset", "meta", "encoding"),
    [
        ("windows-1251", "", "cp1251"),
        ("windows-1251", "<meta charset='koi8-r'>", "cp1251"),
        ("utf-8", "<meta charset='windows-1251'>", "cp1251"),
        ("iso-8859-1", "", "utf-8"),
        ("no-such-charset", "", "utf-8"),
        ("utf-8", "", "utf-8"),
    ],
)
def test_a_server_that_is_wrong_about_the_charset_does_no_harm(charset: str, meta: str, encoding: str) -> None:
    html = f"<html><head>{meta}</head><body><p>Мэр закрыл старый мост.</p><p>Он открыт.</p></body></html>".encode(encoding)
    article = read_page(html, address_hint="https://example.com/a", file=None, charset=charset)
    assert article.text == "Мэр закрыл старый мост.\n\nОн открыт."


@pytest.mark.parametrize(
    "html",
    [
        "",
        "words without a tag",
        "<html><body></body></html>",
        "<html><body>" + "<div>" * (MOST_TAGS - 10) + "deep",
        "<html><body><p>" + "<span>" * (MOST_TAGS - 10),
        "<html><body>" + "<!--" * 1000,
        "<" * 100,
    ],
)
def test_a_page_without_an_article_is_refused(html: str) -> None:
    with pytest.raises(UnreadableSource, match=r"^a\.html has no article in it\.$"):
        read_page(html, address_hint="file:///a.html", file="a.html")


def test_five_megabytes_of_tags_are_refused_before_they_are_parsed() -> None:
    with pytest.raises(
        UnreadableSource, match=r"^a\.html has 1,000,000 tags, more than the 40,000 that a page with one article may have\.$"
    ):
        read_page("<div>" * 1_000_000, address_hint="file:///a.html", file="a.html")


def test_an_endless_article_is_refused() -> None:
    body = f"<p>{'The mayor closed the bridge. ' * (LONGEST_TEXT // 29 + 1)}</p>"
    with pytest.raises(UnreadableSource, match=r"^a\.html has more than the 2,000,000 characters that one article may have\.$"):
        read_page(page(body=body), address_hint="file:///a.html", file="a.html")


def test_a_page_that_names_a_million_authors_and_sites_costs_little() -> None:
    head = f"<meta property='og:site_name' content='{'|' * 1_000_000}'><meta name='author' content='{'a b; ' * 200_000}'>"
    assert read_page(page(head=head), address_hint="https://gazette.example/a", file=None).source == "gazette.example"


def test_a_binary_page_is_refused() -> None:
    with pytest.raises(UnreadableSource, match=r"^a\.html is a binary file, not a web page\.$"):
        read_page(b"<html>\x00\x01\x02</html>", address_hint="file:///a.html", file="a.html")


@pytest.mark.skipif(not NEWS.is_dir(), reason="the shared news pages are not on this machine")
def test_real_pages_are_articles_with_their_titles_sources_and_dates() -> None:
    rows = [json.loads(line) for line in (NEWS / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
    articles = [
        read_page(gzip.decompress((NEWS / row["file"]).read_bytes()), address_hint=row["url"] or "file:///a", file=None) for row in rows
    ]
    complete = [
        article for article in articles if article.source and article.published and article.url and article.source not in article.title
    ]
    assert (len(articles), len(complete)) == (40, 40)
    assert [article.title for article in articles if take_apart(article.text).text != article.text or len(article.text) < 400] == []
    assert [article.url for article in articles if not _agrees(article)] == []
    assert len([article for article in articles if "." in article.source and article.source == article.source.lower()]) <= 2


def _agrees(article: Article) -> bool:
    """Return whether the day in the article's address, if it has one, is within a day of when it was published."""
    named = re.search(r"/(\d{4})/(\d{2})/(\d{2})/", article.address)
    if named is None or article.published is None:
        return named is None
    return abs(article.published.moment.date() - date(*map(int, named.groups()))).days <= 1
