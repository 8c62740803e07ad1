"""XML from strangers -> text that no parser can be harmed by: from its root element on, without any declarations."""

import re
import sys
from collections.abc import Collection

from corpus.decoding import decode, is_binary, kind_of_binary
from corpus.errors import UnreadableSource

MAX_BYTES = 10_000_000
"""Of one feed or list of feeds."""
MOST_TAGS = 200_000
"""Of one document; parsing so many takes some ten seconds."""

_HEAD = 50_000  # characters in which the root element must begin
_TAG = re.compile(r"<(?:\w+:)?(?P<name>[a-z]+)(?=[\s/>])", re.IGNORECASE)
_OPENING = re.compile(r"<\?|<!--")
_CLOSING = {"<?": "?>", "<!--": "-->"}
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}\bencoding\s{0,3}=\s{0,3}["']([\w-]{2,30})""", re.IGNORECASE)
_HARMFUL_ENTITY = re.compile(r"""<!ENTITY\s+(?:%|\S+\s+(?:SYSTEM\b|PUBLIC\b|"[^"]*&(?!\#)|'[^']*&(?!\#)))""")
_DECLARATION = re.compile(r"<!(?=(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b)", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x(?P<hexadecimal>[0-9a-f]+)|(?P<decimal>[0-9]+));?", re.IGNORECASE)
_MOST_DIGITS = 10
_HTML = frozenset(("html", "head", "body"))


def from_root(content: bytes, *, name: str, roots: Collection[str], charset: str = "") -> str | None:
    """Return the document from its root element on, where that is one of `roots` (lower-case, without prefix); None for others.

    What stands before the root, such as the declarations of a document type or the warnings of a broken server, is left out, and so
    are characters that XML forbids; below the root, declarations are only text. Raises UnreadableSource, naming the source `name`,
    where the document is too big or declares entities that stand for one another or for files.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableSource(f"{name} has {len(content) / 1e6:.1f} MB, more than the {MAX_BYTES / 1e6:.0f} MB that a feed may have.")
    if kind_of_binary(content):
        return None
    declared = _ENCODING.search(content[:1000])
    text = decode(content, declared=declared[1].decode("ascii") if declared else charset)
    start = _root(text, roots)
    if start is None or is_binary(text):
        return None
    if _HARMFUL_ENTITY.search(text[:_HEAD]):
        raise UnreadableSource(f"{name} declares XML entities that stand for one another or for files, as attacks do, so it was not read.")
    # Declarations come last: what is left out before may have stood in the middle of one.
    return _DECLARATION.sub("&lt;!", _REFERENCE.sub(_permitted, _NOT_XML.sub("", text[start:])))


def _permitted(reference: re.Match[str]) -> str:
    """Return a reference to a character as it is; nothing for one to what XML has no character for, such as half an emoji."""
    digits = reference["hexadecimal"] or reference["decimal"]
    number = int(digits, 16 if reference["hexadecimal"] else 10) if len(digits) <= _MOST_DIGITS else sys.maxunicode + 1
    return reference[0] if number <= sys.maxunicode and not _NOT_XML.match(chr(number)) else ""


def refuse_many_tags(text: str, *, name: str) -> None:
    """Raise UnreadableSource where the document `text` has more tags than can be parsed in some seconds."""
    if (tags := text.count("<")) > MOST_TAGS:
        raise UnreadableSource(f"{name} has {tags:,} tags, more than the {MOST_TAGS:,} that a feed may have.")


def _root(text: str, roots: Collection[str]) -> int | None:
    """Return where the first element named in `roots` begins; None where an HTML page begins before it."""
    for tag in _TAG.finditer(_without_comments(text[:_HEAD])):
        tag_name = tag["name"].lower()
        if tag_name in roots:
            return tag.start()
        if tag_name in _HTML:
            return None
    return None


def _without_comments(head: str) -> str:
    """Return `head` with blanks for its comments and processing instructions; one that is never closed is none.

    No pattern could do it in time: each of many that are never closed would be followed to the end.
    """
    last = {opening: head.rfind(closing) for opening, closing in _CLOSING.items()}
    pieces, done = list[str](), 0
    for found in _OPENING.finditer(head):
        opening, closing = found[0], _CLOSING[found[0]]
        if found.start() >= done and found.end() <= last[opening]:
            end = head.index(closing, found.end()) + len(closing)
            pieces += [head[done : found.start()], " " * (end - found.start())]
            done = end
    return "".join([*pieces, head[done:]])
