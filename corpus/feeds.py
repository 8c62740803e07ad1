"""The bytes of an RSS, Atom, RDF or JSON feed -> a feed; and which feeds a web page names."""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from itertools import pairwise
from typing import Any

from corpus.addresses import absolute
from corpus.article import Precision, Published
from corpus.cleaning import one_line
from corpus.dating import as_known, is_placeholder, parse_published
from corpus.errors import UnreadableSource, guarded
from corpus.feed import Entry, Feed
from corpus.fragments import text_of
from corpus.headers import shorten
from corpus.json_feed import is_json_feed, read_json_feed
from corpus.pages import LONGEST_TITLE
from corpus.xml_text import from_root, refuse_many_tags

MOST_ENTRIES = 1_000
"""Of one feed; those after them are left unread."""
SHARED = 3
"""Entries with one and the same page from which on it is nobody's own, such as the site's front page."""
MOST_NAMED = 5
"""Feeds that a page is asked for."""

_ROOTS = {"rss": "</channel></rss>", "feed": "</feed>", "rdf": "</rdf:RDF>"}
"""The root elements of feeds, with what closes one that is cut between two entries."""
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
_ROOT_TAG = re.compile(r"<[^<>]{1,5000}>")
_FEED_TYPE = re.compile(r"application/(?:(?:rss|atom|rdf)\+xml|feed\+json)", re.IGNORECASE)
_LINK = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(rel|type|href)\s{0,3}=\s{0,3}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_PERIODS = {name: timedelta(days=days) for name, days in {"daily": 1, "weekly": 7, "monthly": 30, "yearly": 365}.items()}
_PERIODS["hourly"] = timedelta(hours=1)
_LONGEST_DATE = 100  # characters
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)  # which dates in mail have not, so that their readers pass over it
_YEAR_1 = re.compile(r"\s00\d\d\s")  # as a placeholder in the form of mail dates, whose readers take it for 2001
_TAIL = 5_000  # characters at the end in which a document is closed
_HEAD = 200_000  # characters of a page in which its feeds are looked for

logger = logging.getLogger(__name__)


def is_feed(content: bytes) -> bool:
    """Return whether `content` is a feed, whatever its server calls it."""
    try:
        return is_json_feed(content) or from_root(content, name="It", roots=_ROOTS) is not None
    except UnreadableSource:
        return True  # one that reading will refuse, with the reason


def read_feed(content: bytes, *, url: str, charset: str = "") -> Feed:
    """Return the feed that came from `url`; one that breaks off in the middle gives the entries before.

    `charset` is what the server said. Raises UnreadableSource where `content` is something else, too big or harmful.
    """
    if not content.strip():
        raise UnreadableSource(f"{url} is empty, where a feed was expected.")
    with guarded(url):
        if is_json_feed(content):
            return _checked(read_json_feed(content, url=url))
        text = from_root(content, name=url, roots=_ROOTS, charset=charset)
        if text is None:
            raise UnreadableSource(f"{url} is {_kind(content)}, where a feed was expected.")
        return _checked(_read_xml(text, url))


def feeds_named_in(page: str, *, url: str) -> list[str]:
    """Return the absolute addresses of the feeds that a web page names in its head, at most MOST_NAMED."""
    found: dict[str, None] = {}
    for link in _LINK.findall(page[:_HEAD]):
        attributes = {name.lower(): double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(link)}
        if "alternate" in attributes.get("rel", "").lower().split() and _FEED_TYPE.fullmatch(attributes.get("type", "").strip()):
            found.setdefault(absolute(attributes.get("href", ""), url))
    return [address for address in found if address][:MOST_NAMED]


def _kind(content: bytes) -> str:
    return "a web page" if re.search(rb"<(?:html|head|body|!doctype html)\b", content[:20_000], re.IGNORECASE) else "no feed by its content"


def _read_xml(text: str, url: str) -> Feed:
    closing = _ROOTS[re.split(r"[\s/>]", text[1:100])[0].rpartition(":")[2].lower()]
    starts = [entry.start() for entry in _ENTRY.finditer(text)]
    is_cut = len(starts) > MOST_ENTRIES
    if is_cut:
        text = text[: starts[MOST_ENTRIES]] + closing
    refuse_many_tags(text, name=url)
    about, found = _parts(text, starts[:MOST_ENTRIES], closing)
    base = absolute(_string(about, "link"), url) or url
    entries = [_entry(each, base) for each in found]
    if entries and not is_cut and not _is_closed(text, closing):
        entries.pop()  # it breaks off somewhere in its middle
    return Feed(title=_title(about), entries=tuple(entries), pause=_pause(about))


def _parts(text: str, starts: Sequence[int], closing: str) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    """Return what the parser finds about the feed, and of its entries, which begin at `starts`; without those that it trips over."""
    try:
        parsed = _parsed(text)
        return parsed.feed, list(parsed.entries)
    except Exception:  # one of its many extensions met what nobody foresaw
        root = _ROOT_TAG.match(text)
        if root is None or not starts:
            raise
    found: list[Mapping[str, Any]] = []
    for start, end in pairwise([*starts, len(text)]):
        try:
            found += _parsed(root[0] + text[start:end] + closing).entries
        except Exception:
            logger.exception("An entry of a feed could not be read")
    return _parsed(text[: starts[0]] + closing).feed, found


def _parsed(text: str) -> Any:
    import feedparser

    # Its own resolving and sanitizing take most of its time, and the words are taken out of the HTML anyway.
    return feedparser.parse(text.encode(), resolve_relative_uris=False, sanitize_html=False)


def _is_closed(text: str, closing: str) -> bool:
    """Return whether the document ends as it should, apart from blanks and what a server adds."""
    name = closing.rpartition("/")[2].rpartition(":")[2].rstrip(">")
    return re.search(rf"</(?:\w+:)?{name}\s*>", text[-_TAIL:], re.IGNORECASE) is not None


def _checked(feed: Feed) -> Feed:
    """Return `feed` with each entry once, without entries that say nothing, and without dates of change that all have in common."""
    stamps = {entry.updated for entry in feed.entries}
    is_stamped = len(feed.entries) > 1 and len(stamps) == 1  # by whoever made the feed, not by those who changed entries
    pages = Counter(entry.key for entry in {entry.id: entry for entry in feed.entries}.values() if entry.url)
    entries: dict[str, Entry] = {}
    for each in feed.entries:
        is_shared = pages[each.key] >= SHARED and each.id != each.url
        entry = replace(each, url="" if is_shared else each.url, updated="" if is_stamped else each.updated)
        if entry.url or (entry.id and entry.content):
            entries.setdefault(entry.key, entry)
    return replace(feed, title=shorten(feed.title, LONGEST_TITLE), entries=tuple(entries.values()))


def _entry(entry: Mapping[str, Any], base: str) -> Entry:
    content, is_whole = _content(entry)
    url = _page(entry, base)
    return Entry(
        id=_string(entry, "id") or url or _string(entry, "title"),
        url=url,
        title=shorten(_title(entry), LONGEST_TITLE),
        author=_author(entry),
        published=_published(entry),
        updated=_string(entry, "updated"),
        content=content,
        is_whole=is_whole,
    )


def _page(entry: Mapping[str, Any], base: str) -> str:
    """Return the address of the entry's page: where a redirecting feed service took it from, else its link, else a permanent id."""
    link = _string(entry, "link")
    if link == _string(entry, "id") and not link.startswith("/"):
        return absolute(link, "")  # feedparser gives the id out as the link where there is none, whatever it is
    return absolute(_string(entry, "feedburner_origlink"), base) or absolute(link, base)


def _title(holder: Mapping[str, Any]) -> str:
    title, detail = _string(holder, "title"), holder.get("title_detail")
    is_html = isinstance(detail, Mapping) and "html" in _string(detail, "type")
    return one_line(text_of(title) if is_html else unescape(title))


def _content(entry: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the entry's longest content as HTML, and whether it was given as content and not as a summary."""
    contents = [(_string(each, "value"), True) for each in _list(entry, "content")]
    return max([*contents, (_string(entry, "summary"), False)], key=lambda found: len(found[0]))


def _author(entry: Mapping[str, Any]) -> str:
    names = [_name(_string(each, "name")) for each in _list(entry, "authors")]
    written = _string(entry, "author")
    return _name(written) if "@" in written else ", ".join(dict.fromkeys(name for name in names if name))


def _name(author: str) -> str:
    """Return the name in "jane@example.com (Jane Doe)" or "Jane Doe <jane@example.com>"; empty where only an address is there."""
    named = re.search(r"\(([^()]{2,100})\)", author)
    return one_line(named[1] if named else re.sub(r"<?\S*@\S*", "", author))


def _published(entry: Mapping[str, Any]) -> Published | None:
    """Return when the entry says that it was published; for an entry without that date, when it was last changed."""
    dates = (_date(entry, name) for name in ("published", "created", "updated"))
    return as_known(next((date for date in dates if date), None))


def _date(entry: Mapping[str, Any], name: str) -> Published | None:
    written = _string(entry, name).strip()
    if not written or len(written) > _LONGEST_DATE or _YEAR_1.search(written):
        return None
    if _HALF_DAY.search(written):
        return parse_published(written)
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, OverflowError):
        return parse_published(written) or _by_feedparser(written, entry.get(f"{name}_parsed"))
    if moment.tzinfo is None:  # mail knows few zones by their names
        named = parse_published(written)
        moment = named.moment if named and named.precision is Precision.MINUTE else moment.replace(tzinfo=UTC)
    published = Published(moment, Precision.MINUTE)
    return None if is_placeholder(published) else published


def _by_feedparser(written: str, parsed: Any) -> Published | None:
    """Return the moment that feedparser reads in a date of another form; None where it had to complete it from the clock."""
    if not parsed or re.search(rf"\b{parsed[0]}\b", written) is None:
        return None
    return parse_published("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parsed[:6]))


def _pause(about: Mapping[str, Any]) -> timedelta | None:
    """Return how long the feed asks to be left alone: by its `ttl`, or by `sy:updatePeriod` and `sy:updateFrequency`."""
    minutes = _string(about, "ttl").strip()
    period = _PERIODS.get(_string(about, "sy_updateperiod").strip().lower())
    times = _string(about, "sy_updatefrequency").strip()
    asked = [timedelta(minutes=int(minutes))] if re.fullmatch(r"[0-9]{1,5}", minutes) else []
    if period:
        asked.append(period / (int(times) if re.fullmatch(r"[1-9][0-9]{0,4}", times) else 1))
    return max(asked, default=None)


def _string(holder: Mapping[str, Any], name: str) -> str:
    value = dict(holder).get(name)  # for a missing date, feedparser's own `get` returns another one
    return value if isinstance(value, str) else ""


def _list(holder: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    value = holder.get(name)
    return (each for each in value if isinstance(each, Mapping)) if isinstance(value, list) else iter(())
