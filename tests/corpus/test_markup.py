"""Blocks of HTML within Markdown."""

import pytest

from corpus.markup import plain_text


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("<div>The <b>bridge</b> opens.</div>", "The bridge opens."),
        ("<div>The <!-- <b>old --> bridge opens.</div>", "The  bridge opens."),
        ("<div>The <!-- bridge opens.</div>", "The <!-- bridge opens."),
        (f"<div>{'<!--' * 12_000}The bridge opens.</div>", f"{'<!--' * 12_000}The bridge opens."),
    ],
)
def test_a_block_of_html_is_its_words(block: str, words: str) -> None:
    assert plain_text(block, keeps_lines=lambda _: False).body == words
