"""The bytes of a JSON Feed (jsonfeed.org, versions 1 and 1.1) -> a feed."""

import json
from html import escape
from typing import Any

from corpus.addresses import absolute
from corpus.cleaning import one_line
from corpus.dating import as_known, parse_published
from corpus.decoding import decode
from corpus.errors import UnreadableSource
from corpus.feed import Entry, Feed
from corpus.xml_text import MAX_BYTES

MOST_ITEMS = 1_000
"""Of one feed; those after them are left unread."""

_VERSION = b"jsonfeed.org/version/"


def is_json_feed(content: bytes) -> bool:
    """Return whether `content` calls itself a JSON Feed."""
    start = content[:100].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and (_VERSION in content[:MAX_BYTES] or _VERSION.replace(b"/", b"\\/") in content[:MAX_BYTES])


def read_json_feed(content: bytes, *, url: str) -> Feed:
    """Return the feed that came from `url`. Raises UnreadableSource where it is too big or no valid JSON Feed."""
    if len(content) > MAX_BYTES:
        raise UnreadableSource(f"{url} has {len(content) / 1e6:.1f} MB, more than the {MAX_BYTES / 1e6:.0f} MB that a feed may have.")
    try:
        data: object = json.loads(decode(content), strict=False)
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(f"{url} is not valid JSON, so the feed in it cannot be read.") from error
    if not isinstance(data, dict) or not isinstance(items := data.get("items"), list):
        raise UnreadableSource(f"{url} calls itself a JSON Feed but has no list of items.")
    base = absolute(_text(data, "home_page_url"), url) or url
    entries = (_entry(item, base) for item in items[:MOST_ITEMS] if isinstance(item, dict))
    return Feed(title=one_line(_text(data, "title")), entries=tuple(entries))


def _entry(item: dict[str, Any], base: str) -> Entry:
    url = absolute(_text(item, "url") or _text(item, "external_url"), base)
    whole = _text(item, "content_html") or _as_html(_text(item, "content_text"))
    return Entry(
        id=_text(item, "id") or url,
        url=url,
        title=one_line(_text(item, "title")),
        author=_authors(item),
        published=as_known(parse_published(_text(item, "date_published") or _text(item, "date_modified"))),
        updated=_text(item, "date_modified"),
        content=whole or _as_html(_text(item, "summary")),
        is_whole=bool(whole),
    )


def _authors(item: dict[str, Any]) -> str:
    listed = item.get("authors")
    authors = listed if isinstance(listed, list) else [item.get("author")]
    names = (one_line(_text(author, "name")) for author in authors if isinstance(author, dict))
    return ", ".join(dict.fromkeys(name for name in names if name))


def _as_html(text: str) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n") if paragraph.strip())


def _text(holder: dict[str, Any], name: str) -> str:
    """Return the string under `name`, or the number there as one: some feeds number their items. Halves of emoji are left out."""
    value = holder.get(name)
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
