"""The bytes of an OPML file, which feed readers export -> the feeds that it lists."""

import re
from dataclasses import dataclass

from corpus.addresses import absolute
from corpus.cleaning import one_line
from corpus.errors import UnreadableSource
from corpus.headers import shorten
from corpus.pages import LONGEST_TITLE
from corpus.xml_text import from_root, refuse_many_tags

MOST_FEEDS = 2_000
"""Of one list."""

_ROOT = ("opml",)
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,10};)")


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list: its address, and its name, which may be empty."""

    address: str
    title: str


def is_opml(content: bytes) -> bool:
    """Return whether `content` is a list of feeds in OPML."""
    try:
        return from_root(content, name="It", roots=_ROOT) is not None
    except UnreadableSource:
        return b"<opml" in content[:50_000].lower()  # reading will refuse it, with the reason


def read_opml(content: bytes, *, name: str) -> list[Outline]:
    """Return the feeds of the list, each address once, from all levels of its folders.

    Raises UnreadableSource, naming the list `name`, where it is none, is cut off, is too big, or lists no feeds.
    """
    text = from_root(content, name=name, roots=_ROOT)
    if text is None:
        raise UnreadableSource(f"{name} is not an OPML list of feeds.")
    refuse_many_tags(text, name=name)
    if re.search(r"</opml\s*>\s*$", text[-1_000:], re.IGNORECASE) is None:
        raise UnreadableSource(f"{name} breaks off before its end, so that feeds may be missing; export it again.")
    found = _outlines(text)
    if not found:
        raise UnreadableSource(f"{name} lists no feeds.")
    if len(found) > MOST_FEEDS:
        raise UnreadableSource(f"{name} lists {len(found):,} feeds, more than {MOST_FEEDS:,}; split it.")
    return found


def _outlines(text: str) -> list[Outline]:
    from lxml.etree import XMLParser, fromstring

    parser = XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    # Many programs write addresses with bare ampersands.
    root = fromstring(_BARE_AMPERSAND.sub("&amp;", text).encode(), parser=parser)
    found: dict[str, Outline] = {}
    for element in root.iter() if root is not None else ():
        attributes = {str(name).lower(): str(value).strip() for name, value in element.attrib.items()}
        address = attributes.get("xmlurl", "")
        if absolute(address, ""):
            title = one_line(attributes.get("title") or attributes.get("text") or "")
            found.setdefault(address, Outline(address, shorten(title, LONGEST_TITLE)))
    return list(found.values())
