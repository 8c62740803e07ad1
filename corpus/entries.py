"""An entry of a feed, with its page where one is needed -> an article."""

import re
from dataclasses import replace

from corpus.addresses import canonical_url
from corpus.article import Article, Precision, Published, if_later
from corpus.cleaning import take_apart
from corpus.dating import parse_published
from corpus.errors import UnreadableSource
from corpus.feed import Entry
from corpus.fragments import text_of
from corpus.headers import read_header, shorten, title_from
from corpus.notes import note_of, updated_of
from corpus.pages import LONGEST_TEXT, LONGEST_TITLE, host_of

SHORTEST = 60
"""Characters that an entry must have of its own to be an article where its page gives none."""
WHOLE, WHOLE_SUMMARY = 500, 1_500
"""Characters from which on what an entry gives as its content, or as its summary, is taken for the whole article."""

_TAIL = 60  # characters in which a teaser ends
_TEASER = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|(?:read|see|view) (?:more|on)|(?:continue|keep) reading|(?:full|whole) (?:story|article))\W*$", re.IGNORECASE
)
_ADDED_BY_PROGRAM = re.compile(r"\n\nThe post .{1,400} (?:appeared first|first appeared) on .{1,200}$")


def is_whole(entry: Entry) -> bool:
    """Return whether the entry itself is the article, so that its page need not be fetched."""
    text = _text(entry)
    return len(text) >= (WHOLE if entry.is_whole else WHOLE_SUMMARY) and _TEASER.search(text[-_TAIL:]) is None


def article_of(entry: Entry, *, feed_title: str, feed_address: str) -> Article:
    """Return the article that the entry's own words are. Raises UnreadableSource where they are too few."""
    text = _text(entry)
    first, _, rest = text.partition("\n\n")
    words = rest if rest and first.casefold() == entry.title.casefold() else text
    header = read_header(words, title=entry.title)
    found = take_apart(header.body)
    if len(found.text) < SHORTEST or found.text == entry.title:
        raise UnreadableSource(f"{entry.url or entry.title or entry.id} has no article in it.")
    published, notes = entry.published or header.published, (*header.notes, *found.notes)
    return Article(
        address=canonical_url(entry.url) if entry.url else f"feed:{feed_address}#{entry.id}",
        title=shorten(header.title, LONGEST_TITLE) or title_from(found.text),
        text=found.text,
        source=feed_title or header.source,
        author=entry.author or header.author,
        published=published,
        updated=updated_of(parse_published(entry.updated) or header.updated, notes, published),
        place=found.place,
        note=note_of(notes),
    )


def completed(page: Article, entry: Entry, *, feed_title: str) -> Article:
    """Return the article of the entry's page, with what only the entry knows of its title, author, source and date."""
    is_made_up = page.title == title_from(page.text)
    published = _more_exact(page.published, entry.published)
    return replace(
        page,
        title=entry.title if is_made_up and entry.title else page.title,
        author=page.author or entry.author,
        source=feed_title if feed_title and page.source in ("", host_of(page.address)) else page.source,
        published=published,
        updated=if_later(page.updated or parse_published(entry.updated), published),
    )


def _text(entry: Entry) -> str:
    return _ADDED_BY_PROGRAM.sub("", text_of(entry.content[:LONGEST_TEXT]))


def _more_exact(page: Published | None, entry: Published | None) -> Published | None:
    """Return the page's date; the entry's where the page has none, or only the day of the same moment."""
    if page is None or entry is None:
        return page or entry
    is_finer = page.precision is Precision.DAY and entry.precision is Precision.MINUTE
    return entry if is_finer and page.moment.date() == entry.moment.date() else page
