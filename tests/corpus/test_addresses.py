from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.addresses import LONGEST_SHOWN, absolute, canonical_url, file_address, is_web_address, key_of, same_site, shown


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.com/story", "https://example.com/story"),
        ("HTTPS://Example.COM/Story", "https://example.com/Story"),
        ("  https://example.com/story\n", "https://example.com/story"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://example.com/a#comments", "https://example.com/a"),
        ("https://example.com/a/", "https://example.com/a"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com/", "https://example.com/"),
        ("https://example.com/a?utm_source=x&utm_medium=y", "https://example.com/a"),
        ("https://example.com/a?fbclid=1&id=7&gclid=2&UTM_Campaign=3", "https://example.com/a?id=7"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?a=1&b=2"),
        ("https://example.com/a?q=caf%C3%A9+bar", "https://example.com/a?q=caf%C3%A9+bar"),
        ("https://example.com/a/?utm_source=x", "https://example.com/a"),
        ("https://jane:secret@example.com/a", "https://example.com/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("https://example.com./a", "https://example.com/a"),
    ],
)
def test_copies_of_an_address_have_one_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url", ["", "example.com/a", "ftp://example.com/a", "file:///etc/passwd", "https://", "https:///a", "javascript:alert(1)"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="not an http or https address"):
        canonical_url(url)


@pytest.mark.parametrize("url", ["https://example.com:port/a", "https://example.com:99999/a", "http://[::1/a"])
def test_a_malformed_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"[Pp]ort|IPv6"):
        canonical_url(url)


@given(path=st.text(alphabet="ab/%20é", max_size=10), query=st.text(alphabet="ab&=utm_%", max_size=12))
def test_the_canonical_form_is_its_own(path: str, query: str) -> None:
    canonical = canonical_url(f"https://example.com/{path}?{query}")
    assert canonical_url(canonical) == canonical


def test_two_files_of_one_name_have_two_addresses(tmp_path: Path) -> None:
    assert file_address(tmp_path / "a" / "story.txt") != file_address(tmp_path / "b" / "story.txt")


def test_all_ways_to_a_file_have_one_address(tmp_path: Path) -> None:
    story = tmp_path / "story one.txt"
    story.touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.txt").symlink_to(story)
    addresses = {file_address(path) for path in (story, tmp_path / "link.txt", tmp_path / "folder" / ".." / "story one.txt")}
    assert addresses == {story.resolve().as_uri()}


def test_a_link_that_leads_to_itself_has_an_address(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert file_address(tmp_path / "loop.txt").startswith("file:///")


@pytest.mark.parametrize(
    ("url", "other", "same"),
    [
        ("https://www.example.com/a", "http://example.com/b", True),
        ("https://m.example.co.uk/a", "https://news.example.co.uk/b", True),
        ("https://a.co.uk/", "https://b.co.uk/", False),
        ("https://a.github.io/", "https://b.github.io/", False),
        ("https://www.post.example/", "https://post.example./", True),
        ("https://evilpost.example/", "https://post.example/", False),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:9000/b", True),
        ("http://10.0.0.1/", "http://192.0.0.1/", False),
        ("http://[::1]/", "http://[::2]/", False),
        ("http://wiki/a", "http://wiki/b", True),
        ("file:///a.html", "file:///a.html", False),
        ("http://[broken", "http://[broken", False),
    ],
)
def test_a_site_is_what_one_owner_registered(url: str, other: str, same: bool) -> None:
    assert same_site(url, other) is same


@pytest.mark.parametrize(("text", "web"), [(" HTTPS://a.example", True), ("http://", True), ("ftp://a", False), ("a/http://b", False)])
def test_a_web_address_is_known_by_its_beginning(text: str, web: bool) -> None:
    assert is_web_address(text) is web


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://mayor:secret@a.example/b@c", "https://a.example/b@c"),
        ("https://a.example/\n\x1b[31m", "https://a.example/ \ufffd[31m"),
        ("x" * (LONGEST_SHOWN + 1), "x" * LONGEST_SHOWN + "…"),
    ],
)
def test_an_address_in_a_sentence_is_harmless(url: str, text: str) -> None:
    assert shown(url) == text


@pytest.mark.parametrize(
    ("link", "base", "address"),
    [
        (" /a ", "https://a.example/feed/", "https://a.example/a"),
        ("b", "https://a.example/feed/", "https://a.example/feed/b"),
        ("//b.example/c", "https://a.example/", "https://b.example/c"),
        ("http://b.example", "", "http://b.example"),
        ("", "https://a.example/", ""),
        ("/a", "", ""),
        ("mailto:a@b.example", "https://a.example/", ""),
        ("http://", "https://a.example/", ""),
        ("http://[broken", "https://a.example/", ""),
        ("/a b\u00a0c d?e f", "https://a.example/", "https://a.example/a%20b%C2%A0c%20d?e f"),
        ("https://b.example/a b.html", "", "https://b.example/a%20b.html"),
        ("https://b .example/", "", ""),
        ("https://b.example:99999/c", "https://a.example/", ""),
        ("https://b.example:http/c", "https://a.example/", ""),
    ],
)
def test_a_link_leads_to_a_web_address_or_nowhere(link: str, base: str, address: str) -> None:
    assert absolute(link, base) == address


def test_all_spellings_of_an_address_have_one_key() -> None:
    assert key_of("HTTPS://A.example/b/?utm_source=c") == key_of("https://a.example/b")
    assert key_of("no address") == "no address"
