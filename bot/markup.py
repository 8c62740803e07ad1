"""Telegram HTML: text marked up, shortened and measured, safe whatever it says. Pure functions.

Telegram counts a message's length in UTF-16 code units after its markup is taken out; so does everything here. Text is
shortened before it is marked up, so nothing is ever cut inside a tag or an entity.
"""

import re
from collections.abc import Iterable
from html import escape, unescape

from retrieval.answer import Extract

LIMIT = 4096
"""Units of a message."""
ELLIPSIS = "…"
URL_LIMIT = 2000
"""Longer links are not shown as links: Telegram drops them."""
DATE_TAG = "tg-time"
"""What marks a date that Telegram's clients can put into a calendar; older clients show its words (Bot API 9.5)."""


def units(text: str) -> int:
    """Return the length of `text` as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def visible(html: str) -> str:
    """Return what is left of our own HTML when Telegram has taken the markup out."""
    return unescape(re.sub(r"<[^<>]*>", "", html))


def without_dates(html: str) -> str:
    """Return our own HTML without the tags of date entities; their words stay."""
    return re.sub(rf"</?{DATE_TAG}\b[^<>]*>", "", html)


def escaped(text: str) -> str:
    """Return HTML that shows `text` as it is."""
    return escape(text, quote=False)


def plain(text: str) -> str:
    """Return HTML that shows `text`, shortened to what a message holds."""
    return escaped(shorten(text, LIMIT))


def link(html: str, url: str | None, *, longest: int = URL_LIMIT) -> str:
    """Return `html` as a link to `url`; as it is where there is no address, or one that is too long."""
    return f'<a href="{escape(url)}">{html}</a>' if url and len(url) <= longest else html


def shorten(text: str, limit: int) -> str:
    """Return `text`, cut at a word and with "…" where it is longer than `limit` units, which must be at least one."""
    if units(text) <= limit:
        return text
    kept = _first_units(text, limit - 1)
    in_a_word = not text[len(kept)].isspace() and not kept[-1:].isspace()
    at_word = kept.removesuffix(kept.split()[-1]) if kept and in_a_word else kept
    return (at_word if len(at_word) > len(kept) // 2 else kept).rstrip() + ELLIPSIS


def _first_units(text: str, limit: int) -> str:
    """Return the longest beginning of `text` with at most `limit` units; no character is halved."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def _shorten_start(text: str, limit: int) -> str:
    """Return `text`, cut at a word and with "…" in front where it is longer than `limit` units."""
    return shorten(text[::-1], limit)[::-1]


def marked(around: Extract, span: Extract, limit: int) -> str:
    """Return `around` with `span` in bold, both sides of it shortened so that all has at most `limit` units."""
    start, end = span.start - around.start, span.end - around.start
    marked = shorten(around.text[start:end], limit)
    room = limit - units(marked)
    before, after = around.text[:start], around.text[end:]
    room_before = min(units(before), max(room // 2, room - units(after)))
    room_after = room - room_before
    shown_before = _shorten_start(before, room_before) if room_before else ""
    shown_after = shorten(after, room_after) if room_after else ""
    return f"{escaped(shown_before)}<b>{escaped(marked)}</b>{escaped(shown_after)}"


def fitting(lines: Iterable[str], limit: int) -> int:
    """Return how many of the first `lines` fit into `limit` units, each with its line break."""
    fitting = 0
    for line in lines:
        limit -= units(visible(line)) + 1
        if limit < 0:
            break
        fitting += 1
    return fitting
