"""Furniture that no phrase gives away: lines that stand in several articles of one site, such as a slogan or a menu.

Which lines *may* be furniture is told here, from one article; which of them *are* is told by counting (`corpus.site_lines`).
A line with a quotation, a report of what somebody said, a number or a value after a colon is never one; a whole sentence is one only
at the article's edge, where it speaks to the reader or of the site. So no sentence of reporting is lost, however often it is repeated.
"""

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from corpus import phrases
from corpus.article import Article
from corpus.cleaning import squeeze
from corpus.furniture import LONGEST_FURNITURE, is_prose

MOST_WORDS = 12
"""Of a line that is no sentence; a longer one is a paragraph whose full stop is missing."""
FIRST_LINES, LAST_LINES = 1, 4
"""The edges of an article."""
SHORTEST_NAME = 3
"""Letters of a site's name that say something."""

_TO_READERS = re.compile(
    r"\b(?:you|yours?|us|ours?|we|newsletters?|subscri\w+|sign(?:ing)? up|web ?sites?|this (?:site|page|story|article)|apps?|click|"
    r"follow|contact|e-?mails?|advert\w*|cookies|donat\w+|readers?|viewers?|listeners?|correspondent|columnist)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(r":\s*\S")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def site_of(article: Article) -> str:
    """Return what tells the article's site from others: its host, else its publisher's name; empty where neither is known."""
    host = urlsplit(article.url).hostname if article.url else None
    return (host or article.source.casefold()).removeprefix("www.")


def folded(line: str) -> str:
    """Return what `line` is compared by: its words in small letters, without what stands around them."""
    return _EDGES.sub("", " ".join(line.casefold().split()))


def suspects(article: Article) -> list[str]:
    """Return the lines of `article`, folded, that are furniture if others of its site have them: each once, the outermost first."""
    lines = article.text.split("\n")
    outermost = sorted(_suspicious(lines, article.source), key=lambda place: min(place, len(lines) - place))
    return list(dict.fromkeys(folded(lines[place]) for place in outermost))


def without_lines(article: Article, furniture: Collection[str]) -> str:
    """Return the text of `article` without the suspicious lines whose folded form is in `furniture`.

    A text that consists of nothing else stays as it is. Doing it again changes nothing.
    """
    lines = article.text.split("\n")
    while dropped := {place for place in _suspicious(lines, article.source) if folded(lines[place]) in furniture}:
        lines = [line for place, line in enumerate(lines) if place not in dropped]
    text = squeeze("\n".join(lines))
    return text if any(line for line in lines) else article.text


def _suspicious(lines: list[str], source: str) -> Iterator[int]:
    """Yield the places of the lines that may be furniture."""
    written = [place for place, line in enumerate(lines) if line]
    edge = {*written[:FIRST_LINES], *written[-LAST_LINES:]}
    for place in written:
        if _may_be_furniture(lines[place], source, at_edge=place in edge):
            yield place


def _may_be_furniture(line: str, source: str, *, at_edge: bool) -> bool:
    if len(line) > LONGEST_FURNITURE or not folded(line) or _tells_something(line):
        return False
    if is_prose(line):
        return at_edge and _speaks_of_the_site(line, source)
    return len(line.split()) <= MOST_WORDS


def _tells_something(line: str) -> bool:
    if any(character.isdigit() for character in line) or phrases.WHOLE_QUOTATION.search(line):
        return True
    return bool(phrases.REPORTING.search(line) or phrases.QUOTATION.search(line) or _VALUE.search(line))


def _speaks_of_the_site(line: str, source: str) -> bool:
    is_named = len(source) >= SHORTEST_NAME and re.search(rf"\b{re.escape(source)}\b", line, re.IGNORECASE)
    return bool(is_named or _TO_READERS.search(line))
