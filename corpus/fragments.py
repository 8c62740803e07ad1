"""A piece of HTML, such as the content of a feed's entry -> its text."""

import re
from html import unescape
from typing import TYPE_CHECKING

from corpus.cleaning import normalise, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_TAGS = 20_000
"""Of one piece; what comes after is left out."""

# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
))
_UNSEEN = frozenset((
    "audio", "button", "canvas", "embed", "figcaption", "form", "head", "iframe", "math", "nav", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "title", "video",
))
# fmt: on
_BREAK, _LINE_BREAK = "\x00", "\x01"
_PARAGRAPH_END = re.compile(f"{_LINE_BREAK}(?:\\s*{_LINE_BREAK})+")


def text_of(html: str) -> str:
    """Return the words of `html`, a blank line between its blocks; empty where it has none."""
    if "<" not in html:
        return _laid_out(re.sub(r"\n\s*\n", _BREAK, normalise(unescape(html))))
    from lxml.html import HTMLParser, document_fromstring

    shortened = normalise("<".join(html.split("<", MOST_TAGS)[:MOST_TAGS]))
    # A fragment may have no element at all, and the parser refuses to make a document of nothing.
    tree = document_fromstring(f"<body>{shortened}</body>", parser=HTMLParser(remove_comments=True, remove_pis=True))
    return _laid_out("".join(_pieces(tree)))


def _pieces(tree: "_Element") -> list[str]:
    """Return the text below `tree` in order, with a _BREAK wherever a block begins or ends."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        name = str(element.tag)
        if event == "start" and name in _UNSEEN:
            walk.skip_subtree()
        elif event == "start":
            pieces += [_LINE_BREAK if name == "br" else _edge(name), element.text or ""]
        else:
            pieces += ["" if name in _UNSEEN else _edge(name), element.tail or ""]
    return pieces


def _edge(name: str) -> str:
    return _BREAK if name in _BLOCKS else ""


def _laid_out(text: str) -> str:
    text = _PARAGRAPH_END.sub(_BREAK, text).replace(_LINE_BREAK, " ")
    return "\n\n".join(filter(None, (one_line(block) for block in text.split(_BREAK))))
