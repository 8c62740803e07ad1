"""What bytes are, by the bytes alone: what a server or a name says about them may be wrong."""

import re
from enum import Enum, auto

from corpus.decoding import decode, is_binary, kind_of_binary

_LOOKED_AT = 4096
"""Bytes; a page begins like a page."""
_TAG = re.compile(r"<(?:!doctype html|(?:html|head|body|title|article|main|div|section|meta|script|table|h[1-6]|p)[\s>/])", re.IGNORECASE)
_BEFORE = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*", re.DOTALL)
_JSON = re.compile(r'\s*(?:\{\s*"|\[\s*\{\s*")')
_XML = re.compile(r"\s*<\?xml\b|\s*<(?:rss|feed|opml|rdf:RDF|urlset|svg)\b", re.IGNORECASE)


class Kind(Enum):
    """What can be told apart. A TEXT may be Markdown; an XML is no page; JSON is for programs; BINARY is none of the others."""

    PAGE = auto()
    TEXT = auto()
    XML = auto()
    JSON = auto()
    PDF = auto()
    ZIP = auto()
    BINARY = auto()


def kind_of(content: bytes) -> Kind:
    """Return what `content` is."""
    if content.startswith(b"PK\x03\x04"):
        return Kind.ZIP
    start = decode(content[:_LOOKED_AT])
    before = _BEFORE.match(start)
    if _TAG.match(start, before.end() if before else 0) or ("<html" in start.lower() and not _XML.match(start)):
        return Kind.PAGE
    if b"%PDF-" in content[:1024]:  # some servers put lines before it, which readers of PDF pass over
        return Kind.PDF
    if kind_of_binary(content) or is_binary(start):
        return Kind.BINARY
    if _XML.match(start):
        return Kind.XML
    return Kind.JSON if _JSON.match(start) else Kind.TEXT
