import pytest

from corpus.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<!DOCTYPE html><html><body><p>It closed.</p>", Kind.PAGE),
        (b"\xef\xbb\xbf\n  <!doctype HTML>", Kind.PAGE),
        ("<html><body>".encode("utf-16"), Kind.PAGE),
        (b"<!-- a comment --><!-- another --> <div class='a'>It closed.</div>", Kind.PAGE),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", Kind.PAGE),
        (b"Warning: mysql_connect()<br><html><body>", Kind.PAGE),
        (b"<p>%PDF-1.7 is how such a file begins.</p>", Kind.PAGE),
        (b"The mayor closed it.", Kind.TEXT),
        (b"# Old bridge\n\n<b>It</b> closed.", Kind.TEXT),
        (b"<3 this bridge", Kind.TEXT),
        (b"", Kind.TEXT),
        (b"<?xml version='1.0'?><rss><channel><title>&lt;html&gt;</title>", Kind.XML),
        (b"<rss version='2.0'><channel><description><![CDATA[<html><body>]]>", Kind.XML),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", Kind.XML),
        (b"<opml version='2.0'>", Kind.XML),
        (b' {"version": "1", "items": []}', Kind.JSON),
        (b'[{"title": "a"}]', Kind.JSON),
        (b'["It closed," she said.] The mayor was there.', Kind.TEXT),
        (b"{The mayor} closed it.", Kind.TEXT),
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\r\nHeader of a bad server\r\n%PDF-1.4\n%\xe2\xe3", Kind.PDF),
        (b"PK\x03\x04\x14\x00", Kind.ZIP),
        (b"\x89PNG\r\n\x1a\n\x00", Kind.BINARY),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Kind.BINARY),
        (bytes(range(256)), Kind.BINARY),
    ],
)
def test_bytes_are_what_they_look_like(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


def test_a_page_of_endless_comments_is_told_at_once() -> None:
    assert kind_of(b"<!---->" * 100_000) is Kind.TEXT
