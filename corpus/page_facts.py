"""What a web page says about its article beside the text: where it lives, whose it is, who wrote it, and when."""

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from corpus.addresses import canonical_url, same_site
from corpus.article import Published
from corpus.cleaning import one_line
from corpus.dating import as_known, parse_published

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_NAME = 80
"""Characters of a site's name."""
LONGEST_FIELD = 2_000
"""Characters of what a page says in one place about its site or its authors; the rest is not looked at."""

_CANONICAL = ("//link[@rel='canonical']/@href", "//meta[@property='og:url' or @name='og:url']/@content")
_PUBLISHED = (
    "//meta[@property='article:published_time' or @name='article:published_time' or @property='article:published']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//time[@itemprop='datePublished']/@datetime",
)
_UPDATED = (
    "//meta[@property='article:modified_time' or @name='article:modified_time' or @property='article:modified']/@content",
    "//meta[@property='og:updated_time' or @name='og:updated_time']/@content",
    "//meta[@itemprop='dateModified']/@content",
    "//time[@itemprop='dateModified']/@datetime",
)
_SITE = "//meta[@property='og:site_name' or @name='og:site_name']/@content"
_SUFFIX = re.compile(r"\s(?:[|–—•·:»-]|::)\s")
_ROLE = re.compile(
    r"(?:,|\s)\s*(?:(?:senior|chief|deputy|news|staff|political|science|business|sports?|foreign|national|world|tech(?:nology)?) )*"
    r"(?:reporter|correspondent|editor|writer|columnist|producer)$",
    re.IGNORECASE,
)
_MONTH_LEFT_OVER = re.compile(r" (?:january|february|march|april|june|july|august|september|october|november|december)$", re.IGNORECASE)
_NOBODY = frozenset(("admin", "administrator", "author", "editor", "guest", "unknown", "user", "username", "webmaster"))


def address_of(tree: "HtmlElement", hint: str | None) -> str:
    """Return the canonical address that the page gives, else `hint`, where it came from; empty where there is neither.

    A page that came from the web is not believed where it names the site of somebody else.
    """
    base = hint if hint and hint.startswith("http") else ""
    for path in _CANONICAL:
        for link in tree.xpath(path):
            address = _article_address(_joined(base, str(link).strip()))
            if address and (not base or same_site(address, base)):
                return address
    return (_article_address(base) or base) if base else (hint or "")


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _article_address(link: str) -> str:
    """Return the canonical form of `link`; empty where it is no web address or only a site's front page."""
    try:
        address = canonical_url(link)
    except ValueError:
        return ""
    parts = urlsplit(address)
    return address if parts.path != "/" or parts.query else ""


def site_of(tree: "HtmlElement", guess: str, host: str) -> str:
    """Return the name of the site: as it calls itself, else `guess`; empty where those are only its address."""
    stated = [*(str(name) for name in tree.xpath(_SITE)), *_publishers(tree), guess]
    parts = [one_line(part) for name in stated for part in name[:LONGEST_FIELD].split("|")]
    addresses = {part.casefold() for part in parts if _is_address(part, host)}
    name = next((part for part in parts if 0 < len(part) <= LONGEST_NAME and part.casefold() not in addresses), "")
    return guess if _run_together(guess) == _run_together(name) else name  # it has the better spelling of "TheHill"


def _is_address(name: str, host: str) -> bool:
    """Return whether `name` is a web address, or the host's name as machines write it."""
    return "://" in name or (name == name.lower() and (name == host or f"{name}." in host or name.endswith((".com", ".org", ".net"))))


def _run_together(name: str) -> str:
    return "".join(name.casefold().split())


def _publishers(tree: "HtmlElement") -> Iterator[str]:
    for item in _linked_data(tree):
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(name := publisher.get("name"), str):
            yield unescape(name)  # many programs write it as they write it into a page


def author_of(names: str) -> str:
    """Return the authors in `names`, which are apart by "; ", without what pages add to them: "Jane Doe is a reporter"."""
    once: dict[str, str] = {}
    for name in re.split(r"\s+is an?\b", one_line(names[:LONGEST_FIELD]))[0].split("; "):
        person = _MONTH_LEFT_OVER.sub("", _ROLE.sub("", name)) if len(name.split()) > 3 else name
        if person.casefold() not in _NOBODY:
            once.setdefault(person.casefold(), person)
    return ", ".join(once.values())


def without_names(title: str, names: Sequence[str]) -> str:
    """Return `title` without the site's or author's name after a bar or dash at its end."""
    known = [letters(name) for name in names if name]
    breaks = list(_SUFFIX.finditer(title))
    for found in reversed(breaks):
        suffix = letters(title[found.end() :])
        if not any(suffix and (suffix in name or name in suffix) for name in known):
            break
        title = title[: found.start()]
    return title


def letters(name: str) -> str:
    """Return what two spellings of a name share: "The Town-Gazette" and "town gazette" do."""
    return re.sub(r"\W|^the\b", "", name.casefold())


def published_of(tree: "HtmlElement", day: str) -> Published | None:
    """Return the moment that the page's own metadata names, else the day that the extraction found."""
    return _stated(tree, _PUBLISHED, "datePublished") or parse_published(day)


def stated_update(tree: "HtmlElement") -> Published | None:
    """Return when the page's own metadata says that its article was last changed."""
    return _stated(tree, _UPDATED, "dateModified")


def _stated(tree: "HtmlElement", paths: Sequence[str], name: str) -> Published | None:
    moments = (as_known(parse_published(value)) for value in _stated_dates(tree, paths, name))
    return next((moment for moment in moments if moment), None)


def _stated_dates(tree: "HtmlElement", paths: Sequence[str], name: str) -> Iterator[str]:
    for path in paths:
        for value in tree.xpath(path):
            yield str(value)
    for item in _linked_data(tree):
        if isinstance(date := item.get(name), str):
            yield date


def _linked_data(tree: "HtmlElement") -> Iterator[dict[str, object]]:
    """Yield the objects that the page describes itself with (JSON-LD); what is broken is passed over."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data: object = json.loads(str(script), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            items = item.get("@graph", [item]) if isinstance(item, dict) else []
            yield from (each for each in (items if isinstance(items, list) else []) if isinstance(each, dict))
