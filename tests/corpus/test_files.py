import os
from contextlib import suppress
from pathlib import Path, PosixPath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import documents
from corpus.article import Article, Published
from corpus.errors import CorpusError, SourceUnreachable, UnreadableSource
from corpus.files import MAX_BYTES, read_content, read_file
from corpus.texts import Origin
from tests.documents import column, docx, pdf

SHARED_ARTICLES = Path(__file__).parents[2] / ".." / "shared" / "articles"
needs_shared_articles = pytest.mark.skipif(not SHARED_ARTICLES.is_dir(), reason="the two shared articles are not on this machine")


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_file_is_an_article(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "bridge.txt",
        "Town Gazette\n\nOld bridge to close\n\nBy Jane Doe\nJanuary 29, 2025\n\nThe mayor closed it.\n\nAlso Read: More\n",
    )
    assert read_file(path) == Article(
        address=path.resolve().as_uri(),
        title="Old bridge to close",
        text="The mayor closed it.",
        source="Town Gazette",
        author="Jane Doe",
        published=Published.parse("2025-01-29"),
        file="bridge.txt",
    )


def test_a_text_that_names_its_url_lives_there(tmp_path: Path) -> None:
    path = write(tmp_path, "bridge.txt", "Old bridge to close\nURL: https://example.com/a?utm_source=x\n\nThe mayor closed it.")
    assert read_file(path).url == "https://example.com/a"


def test_front_matter_wins_over_guesses(tmp_path: Path) -> None:
    content = (
        "---\ntitle: Bridge closed\nsource: Town Gazette\nurl: https://Example.com/bridge/\npublished: 2025-01-29T10:15:00Z\n"
        "author: Jane Doe\ntags: [a, b]\n---\n# Bridge closed\n\nThe mayor **closed** it.\n"
    )
    assert read_file(write(tmp_path, "bridge.md", content)) == Article(
        address="https://example.com/bridge",
        title="Bridge closed",
        text="The mayor closed it.",
        source="Town Gazette",
        author="Jane Doe",
        published=Published.parse("2025-01-29T10:15+00:00"),
        file="bridge.md",
    )


def test_a_heading_that_differs_from_the_front_matters_title_is_text(tmp_path: Path) -> None:
    article = read_file(write(tmp_path, "a.md", "---\ntitle: Bridge closed\n---\n# What happened\n\nIt closed."))
    assert (article.title, article.text) == ("Bridge closed", "What happened\n\nIt closed.")


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2025", "2025"),
        ("2025-01", "2025-01"),
        ("2025-01-29", "2025-01-29"),
        ("January 29, 2025", "2025-01-29"),
        ("", None),
        ("null", None),
    ],
)
def test_front_matter_gives_the_date_as_exactly_as_it_is_written(tmp_path: Path, value: str, iso: str | None) -> None:
    published = read_file(write(tmp_path, "a.md", f"---\npublished: {value}\n---\nIt closed.")).published
    assert (published.isoformat() if published else None) == iso


@pytest.mark.parametrize("front", ["", "\n", "  \n\n"])
def test_empty_front_matter_says_nothing(tmp_path: Path, front: str) -> None:
    article = read_file(write(tmp_path, "a.md", f"---\n{front}---\n# Bridge closed\n\nIt closed on Tuesday."))
    assert (article.title, article.text) == ("Bridge closed", "It closed on Tuesday.")


def test_keys_of_front_matter_may_have_capitals(tmp_path: Path) -> None:
    front = "Title: Bridge closed\nSOURCE: Town Gazette\nURL: https://example.com/bridge\nPublished: 2025-01-29\n"
    article = read_file(write(tmp_path, "a.md", f"---\n{front}---\nIt closed."))
    assert (article.title, article.source, article.url) == ("Bridge closed", "Town Gazette", "https://example.com/bridge")
    assert article.published == Published.parse("2025-01-29")


def test_front_matter_may_be_all_that_windows_and_yaml_allow(tmp_path: Path) -> None:
    front = 'title: >\n  Bridge\n  closed\nauthor:\n  - Jane Doe\n  - John Roe\nsource: "Caf\\u00e9 \\ud800Times"'
    content = f"\ufeff---\n{front}\n---\n\nIt closed.\n".replace("\n", "\r\n")
    article = read_file(write(tmp_path, "a.md", content))
    assert (article.title, article.author, article.source, article.text) == (
        "Bridge closed",
        "Jane Doe, John Roe",
        "Café Times",
        "It closed.",
    )


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("title: [unclosed\n", r"a\.md: line \d of the front matter is not valid YAML\."),
        ("source: Gazette\ntitle: a: b\n", r"a\.md: line 3 of the front matter is not valid YAML\."),
        ("- just\n- a list\n", r"a\.md: the front matter below line 1 must be a mapping"),
        ("words only\n", r"a\.md: the front matter below line 1 must be a mapping"),
        ("title: [a, b]\n", r"a\.md: title in the front matter must be text, not a list\."),
        ("source: {a: b}\n", r"a\.md: source in the front matter must be text, not a mapping\."),
        ("published: soon\n", r"a\.md: published in the front matter must be a date such as 2025-01-29, not 'soon'\."),
        ("published: 2025-02-30\n", r"a\.md: published in the front matter must be a date"),
        ("url: example.com/a\n", r"a\.md: url in the front matter must be an http or https address, not 'example\.com/a'\."),
        ("a: " + "[" * 1500 + "\n", r"a\.md: .*is not valid YAML\."),
        ("a: \x01\n", r"a\.md: .*is not valid YAML\."),
        ("a: " + "b" * 30_000 + "\n", r"a\.md: the front matter is longer than 20,000 characters\."),
    ],
)
def test_broken_front_matter_is_refused_with_its_place(tmp_path: Path, front: str, message: str) -> None:
    path = write(tmp_path, "a.md", f"---\n{front}---\nIt closed.")
    with pytest.raises(UnreadableSource, match=f"^{message}"):
        read_file(path)


def test_front_matter_that_is_never_closed_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", "---\ntitle: Bridge\n\nIt closed.")
    with pytest.raises(UnreadableSource, match=r'a\.md: the front matter that begins on line 1 is not closed by a "---" line\.'):
        read_file(path)


def test_a_rule_above_a_text_is_no_front_matter(tmp_path: Path) -> None:
    assert read_file(write(tmp_path, "a.md", "---\n\nThe mayor closed it.")).text == "The mayor closed it."


def test_markdown_is_read_as_plain_text(tmp_path: Path) -> None:
    content = (
        "# Old [bridge](https://example.com) *closed*\n\n![A bridge](bridge.jpg)\n\n"
        'The **mayor** said it\'s `closed` &amp; [shut](/x "t"),\nuntil May.\n\n'
        "## Why?\n\n- It is _old_.\n- It is high.\n\n> “It is over,”\n> she said.\n\n"
        "<div>It opens</div>\n\n<!-- hidden -->\n\n***\n\n1\\. May is late.\n"
    )
    article = read_file(write(tmp_path, "a.markdown", content))
    assert article.title == "Old bridge closed"
    assert article.text.split("\n\n") == [
        "The mayor said it's closed & shut, until May.",
        "Why?",
        "It is old.",
        "It is high.",
        "“It is over,” she said.",
        "It opens",
        "1. May is late.",
    ]


def test_markdown_without_front_matter_may_have_a_header(tmp_path: Path) -> None:
    article = read_file(write(tmp_path, "a.md", "# Old bridge closed\n\nSource: Gazette\nDate: 2025-01-29\n\nThe mayor closed it."))
    assert (article.title, article.source, article.published, article.text) == (
        "Old bridge closed",
        "Gazette",
        Published.parse("2025-01-29"),
        "The mayor closed it.",
    )


def test_html_is_read_as_a_page(tmp_path: Path) -> None:
    html = "<html><head><title>Old bridge closed</title></head><body><p>The mayor closed it.</p><p>It opens in May.</p></body></html>"
    path = write(tmp_path, "a.HTM", html)
    assert read_file(path) == Article(
        address=path.resolve().as_uri(), title="Old bridge closed", text="The mayor closed it.\n\nIt opens in May.", file="a.HTM"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_encoding_of_a_file_does_not_matter(tmp_path: Path, encoding: str) -> None:
    text = "“It’s a café,” the mayor of the town said on Tuesday – it will be closed."
    assert read_file(write(tmp_path, "a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", r"a\.txt is empty\."),
        ("a.txt", b" \n\t\r\n\xc2\xa0", r"a\.txt is empty\."),
        ("a.md", b"\n\n", r"a\.md is empty\."),
        ("a.html", b"", r"a\.html is empty\."),
        ("a.md", b"---\ntitle: Only a title\n---\n", r"a\.md has no article in it\."),
        ("a.txt", b"Also Read: Another story\n", r"a\.txt has no article in it\."),
        ("a.html", b"<html><body></body></html>", r"a\.html has no article in it\."),
        ("a.txt", b"words\x00\x01\x02words", r"a\.txt is a binary file, not text\."),
        ("a.txt", bytes(range(1, 32)) * 10, r"a\.txt is a binary file, not text\."),
        ("a.html", b"<p>words\x00words</p>", r"a\.html is a binary file"),
        ("a.txt", b"%PDF-1.7 ...", r"a\.txt is a PDF document by its content, not text\."),
        ("a.txt", b"\x89PNG\r\n\x1a\n", r"a\.txt is a PNG image by its content, not text\."),
        ("a.md", b"PK\x03\x04", r"a\.md is a zip archive or an office document by its content, not text\."),
        (
            "a.odt",
            b"PK\x03\x04",
            r"a\.odt is of a kind that cannot be read; the kinds that can be are \.txt, \.md, \.markdown, \.html, \.htm, \.pdf, \.docx\.",
        ),
        ("a.pdf", b" \n", r"a\.pdf is empty\."),
        (
            "a.pdf",
            b"words",
            r"a\.pdf is something else by its content, or locked with a password; save it anew in the format of its name\.",
        ),
        ("a.docx", b"%PDF-1.7", r"a\.docx is a PDF document by its content, or locked with a password; .*\."),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1", r"a\.docx is an old office document by its content, or locked with a password; .*\."),
        ("article", b"words", r"article is of a kind that cannot be read"),
        ("a.txt", b"word " * 400_001, r"a\.txt has 2,000,005 characters, more than the 2,000,000 that one article may have\."),
        ("a.md", b"[" * 100_001, r"a\.md has 100,001 Markdown marks, more than the 100,000 that one article may have\."),
    ],
)
def test_a_file_without_an_article_is_refused_with_a_reason(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(UnreadableSource, match=f"^{message}"):
        read_file(path)


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(UnreadableSource, match=r"^a\.txt has 50\.0 MB, more than the 10 MB that one article may have\.$"):
        read_file(path)


class GrowingPath(PosixPath):
    """A file to which somebody writes more after it was measured."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        with Path(self).open("ab") as file:
            file.write(b"word " * (MAX_BYTES // 5))
        return super().open(*args, **kwargs)


def test_a_file_that_grows_past_the_limit_is_refused_and_not_cut(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "The mayor closed it.")
    with pytest.raises(UnreadableSource, match=r"^a\.txt has 10\.0 MB, more than the 10 MB that one article may have\.$"):
        read_file(GrowingPath(path))


def test_the_limit_of_a_file_is_ten_megabytes() -> None:
    assert MAX_BYTES == 10_000_000


def test_a_missing_file_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreachable, match=r"a\.txt cannot be opened: no such file or directory\.$"):
        read_file(tmp_path / "a.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreachable, match="is a folder, not a file"):
        read_file(tmp_path)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(SourceUnreachable, match="is a device or a pipe, not a file"):
        read_file(tmp_path / "a.txt")


def test_a_link_in_a_circle_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(SourceUnreachable, match=r"a\.txt cannot be opened: too many levels of symbolic links"):
        read_file(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["a\0.txt", "x" * 300 + ".txt"])
def test_an_impossible_name_is_unreachable(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceUnreachable, match=r"cannot be opened: (embedded null|file name too long)"):
        read_file(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable for root")
def test_a_forbidden_file_is_unreachable(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "It closed.")
    path.chmod(0)
    with pytest.raises(SourceUnreachable, match=r"a\.txt cannot be opened: permission denied\.$"):
        read_file(path)


def test_a_name_that_is_no_unicode_can_be_kept(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("It closed in May.")
    article = read_file(path)
    assert (article.file, len(article.revision)) == ("caf?.txt", 16)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    name=st.sampled_from(["a.txt", "a.md", "a.html"]),
    content=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: text.encode("utf-8")),
        st.text(max_size=100).map(lambda text: text.encode("utf-16", "surrogatepass")),
        st.text(alphabet="-ab:[]{}&*!|>'\"\n #\t,", max_size=60).map(lambda text: f"---\n{text}\n---\n{text}".encode()),
        st.text(alphabet="<>/pdivh1&;=\"' a\n", max_size=100).map(lambda text: f"<html><body><p>{text}</p><p>x</p></body></html>".encode()),
    ),
)
def test_any_bytes_are_an_article_or_a_refusal(tmp_path: Path, name: str, content: bytes) -> None:
    path = write(tmp_path, name, content)
    with suppress(CorpusError):
        article = read_file(path)
        assert (bool(article.title.strip()), bool(article.text.strip()), len(article.revision)) == (True, True, 16)


@needs_shared_articles
def test_the_first_shared_article_comes_out_clean() -> None:
    path = SHARED_ARTICLES / "000_60615f491f224efa.txt"
    article = read_file(path)
    lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    assert (article.source, article.title) == (
        "All Israel",
        "Netanyahu invited to meet Trump in White House next week, becomes first foreign leader to receive invitation",
    )
    assert (article.author, article.published, article.file) == ("", None, path.name)
    end = lines.index("The All Israel News Staff is a team of journalists in Israel.")
    assert article.text.split("\n\n") == lines[2:end]


@needs_shared_articles
def test_the_second_shared_article_comes_out_clean() -> None:
    path = SHARED_ARTICLES / "004_2d377d215c9101e2.txt"
    article = read_file(path)
    lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    assert (article.source, article.author, article.published) == ("", "", None)
    assert article.title == "President Donald Trump has invited Israeli prime minister Benjamin Netanyahu to the White House on…"
    kept = [line.removesuffix("(AP)") for line in lines if not line.startswith("Also Read:")]
    assert (len(kept), article.text.split("\n\n")) == (10, kept)


@pytest.mark.parametrize(("name", "document"), [("a.PDF", pdf(column("The mayor closed it."))), ("a.docx", docx("The mayor closed it."))])
def test_documents_are_articles(tmp_path: Path, name: str, document: bytes) -> None:
    path = write(tmp_path, name, document)
    article = read_file(path)
    assert (article.address, article.file, article.text) == (path.resolve().as_uri(), name, "The mayor closed it.")


def test_what_was_sent_under_a_name_is_read_like_a_file_of_that_name() -> None:
    origin = Origin(name="bridge.txt", address="urn:upload:1", file="bridge.txt")
    assert read_content(b"Old bridge\n\nThe mayor closed it today.", origin).address == "urn:upload:1"
    with pytest.raises(UnreadableSource, match=r"^bridge\.txt has 10\.0 MB, more than the 10 MB that one article may have\.$"):
        read_content(b"words " * (MAX_BYTES // 6 + 1), origin)


def test_a_document_may_be_larger_than_a_text(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", pdf(column("The mayor closed it.")) + b"\n" * MAX_BYTES)
    assert read_file(path).text == "The mayor closed it."
    with path.open("ab") as file:
        file.truncate(documents.MAX_BYTES + 1)
    with pytest.raises(UnreadableSource, match=r"^a\.pdf has 30\.0 MB, more than the 30 MB that one article may have\.$"):
        read_file(path)
