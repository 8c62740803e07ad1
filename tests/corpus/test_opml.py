import pytest

from corpus.errors import UnreadableSource
from corpus.opml import MOST_FEEDS, Outline, is_opml, read_opml

HEAD = '<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Mine</title></head><body>'


def opml(count: int) -> bytes:
    """Return a list of feeds, five to a folder."""
    feeds = [f'<outline type="rss" text="Feed {number}" xmlUrl="https://site{number}.example/feed"/>' for number in range(count)]
    folders = "".join(f'<outline text="Folder">{"".join(feeds[start : start + 5])}</outline>' for start in range(0, count, 5))
    return f"{HEAD}{folders}</body></opml>".encode()


def test_five_hundred_feeds_are_found_in_their_folders() -> None:
    found = read_opml(opml(500), name="feeds.opml")
    assert (len(found), found[7]) == (500, Outline("https://site7.example/feed", "Feed 7"))
    assert is_opml(opml(500))


def test_names_and_addresses_are_taken_as_programs_write_them() -> None:
    body = """<outline title="A &amp; B" text="C" XMLURL=" https://a.example/f?x=1&y=2 "/><outline xmlUrl="https://a.example/f?x=1&amp;y=2"/>
    <outline text="no feed" htmlUrl="https://b.example/"/><outline text="x" xmlUrl="feed.xml"/><outline text="x" xmlUrl="file:///etc/passwd"/>
    <outline xmlUrl="http://[broken"/><outline text="deep"><outline><outline xmlUrl="https://c.example/"/></outline></outline>"""
    found = read_opml(f"{HEAD}{body}</body></opml>".encode(), name="feeds.opml")
    assert found == [Outline("https://a.example/f?x=1&y=2", "A & B"), Outline("https://c.example/", "")]


BOMB = '<!DOCTYPE opml [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is not an OPML list of feeds"),
        (b"<html><opml/></html>", "is not an OPML list of feeds"),
        (b"<rss></rss>", "is not an OPML list of feeds"),
        (opml(5)[:-30], "breaks off before its end, so that feeds may be missing; export it again"),
        (f"{HEAD}</body></opml>".encode(), "lists no feeds"),
        (BOMB.encode() + opml(5).partition(b"?>")[2], "declares XML entities that stand for one another or for files"),
        (opml(MOST_FEEDS + 1), r"lists 2,001 feeds, more than 2,000; split it"),
    ],
)
def test_what_is_no_sound_list_is_refused_in_a_sentence(content: bytes, why: str) -> None:
    with pytest.raises(UnreadableSource, match=f"^feeds.opml {why}"):
        read_opml(content, name="feeds.opml")


def test_other_files_are_no_lists() -> None:
    assert [is_opml(content) for content in (b"", b"<rss></rss>", b"The opml format", b"\x89PNG")] == [False] * 4
