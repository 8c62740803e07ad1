"""What is kept of XML from strangers before any parser sees it."""

import pytest

from corpus.xml_text import from_root

ROOTS = ("rss",)


@pytest.mark.parametrize(
    "before",
    [
        "",
        '<?xml version="1.0"?>\n<!-- <html> --><!DOCTYPE rss>\n',
        "<!-- <? --> <?php <!-- ?>",
        '<?xml version="1.0">',
        "<!-- never closed ",
        "<!--" * 12_000,
        "<?" * 24_000,
        "<?" * 12_000 + "-->" + "<!--" * 5_000 + "?>",
    ],
)
def test_a_document_begins_with_its_root_whatever_stands_before(before: str) -> None:
    assert from_root(f"{before}<rss>news</rss>".encode(), name="It", roots=ROOTS) == "<rss>news</rss>"


@pytest.mark.parametrize("before", ["<!-- <rss> --><html>", "<html>", "<? <rss> ?>", "a word"])
def test_a_root_within_a_comment_or_a_page_is_none(before: str) -> None:
    assert from_root(f"{before}<p>words</p>".encode(), name="It", roots=ROOTS) is None


@pytest.mark.parametrize("litter", ["", "\x01", "&#0;", "&#xD83D;"])
def test_declarations_below_the_root_are_only_text_however_they_are_hidden(litter: str) -> None:
    assert from_root(f"<rss><!DOC{litter}TYPE a></rss>".encode(), name="It", roots=ROOTS) == "<rss>&lt;!DOCTYPE a></rss>"
