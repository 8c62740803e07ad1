"""A web page -> an article."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from corpus.addresses import canonical_url, same_site
from corpus.article import Article, Precision, Published
from corpus.cleaning import clean, one_line
from corpus.dating import parse_published
from corpus.decoding import decode, is_binary
from corpus.errors import UnreadableSource
from corpus.headers import dateline_of, shorten, title_from

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_TEXT = 2_000_000
"""Characters of one article."""
LONGEST_TITLE = 300
"""Characters; a longer one is shortened."""
MOST_TAGS = 40_000
"""Of one page; extraction takes longer than linear time in them, about ten seconds for so many."""

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w-]{2,30})", re.IGNORECASE)
_CANONICAL = ("//link[@rel='canonical']/@href", "//meta[@property='og:url' or @name='og:url']/@content")
_PUBLISHED = (
    "//meta[@property='article:published_time' or @name='article:published_time' or @property='article:published']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//time[@itemprop='datePublished']/@datetime",
)
_HOVER_BOXES = (
    "//*[contains(@class, 'tooltip') or contains(@class, 'popover') or contains(@class, 'hovercard')]",
    "//*[contains(@class, 'rollover')]//*[contains(@class, 'rollover') and not(self::a)]",
)
_SUFFIX = re.compile(r"\s(?:[|–—•·:»-]|::)\s")
_NAMED_DAY = "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class _Extract:
    """What the extraction found; unknown fields are empty."""

    title: str
    text: str
    source: str
    author: str
    day: str


def read_page(html: bytes | str, *, address_hint: str | None, file: str | None, charset: str = "") -> Article:
    """Return the article of a web page, clean.

    Its address is its canonical one, else `address_hint`: where it came from. A page that came from the web is not believed where
    it names the site of somebody else. `file` is the name of the file it was read from; `charset` is what its server said.
    Raises UnreadableSource where the page is too big, has no article, or neither it nor the hint gives an address.
    """
    name = file or address_hint or "The page"
    tree = _parse(_decoded(html, name, charset), name)
    address = _address(tree, address_hint)
    if not address:
        raise UnreadableSource(f"{name} does not say at which address it was published.")
    found = _extract(tree)
    text = _without_headings(clean(found.text), _headings(tree, found.title))
    if not text:
        raise UnreadableSource(f"{name} has no article in it.")
    source = found.source or host_of(address)
    title = _without_suffix(found.title, (source, found.author, host_of(address)))
    return Article(
        address=address,
        title=shorten(title, LONGEST_TITLE) or title_from(text),
        text=text,
        source=source,
        author=found.author,
        published=_published(tree, found.day) or dateline_of(found.text),
        file=file,
    )


def _decoded(html: bytes | str, name: str, charset: str) -> str:
    text = html if isinstance(html, str) else decode(html, declared=_declared(html, charset))
    if is_binary(text):
        raise UnreadableSource(f"{name} is a binary file, not a web page.")
    tags = text.count("<")
    if tags > MOST_TAGS:
        raise UnreadableSource(f"{name} has {tags:,} tags, more than the {MOST_TAGS:,} that a page with one article may have.")
    return text


def _declared(html: bytes, charset: str) -> str:
    """Return the encoding that the page is said to be in: by its server, or by itself where the server says UTF-8 or nothing.

    It is asked for only where a page is not UTF-8.
    """
    match = _DECLARED.search(html[:4096])
    if match and charset.lower() in ("", "utf-8", "utf8"):
        return match[1].decode("ascii")
    return charset


def _parse(text: str, name: str) -> "HtmlElement":
    import trafilatura

    tree = trafilatura.load_html(text)
    if tree is None:
        raise UnreadableSource(f"{name} has no article in it.")
    for element in tree.iter("br", "div"):
        if len(element) == 0 and not element.text:  # a line break, which would vanish and glue two sentences together
            element.tail = f" {element.tail or ''}"
    return tree


def _extract(tree: "HtmlElement") -> _Extract:
    import trafilatura

    document = trafilatura.bare_extraction(
        tree,
        with_metadata=True,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        prune_xpath=list(_HOVER_BOXES),
        # the extensive search takes any date it finds on the page, such as the copyright year's
        date_extraction_params={"extensive_search": False, "original_date": True, "outputformat": _NAMED_DAY},
    )
    if document is None or isinstance(document, dict):
        return _Extract("", "", "", "", "")
    lines = [line.strip().removeprefix("- ") for line in (document.text or "")[: LONGEST_TEXT + 1].split("\n")]
    return _Extract(
        title=one_line(document.title or ""),
        text="\n\n".join(lines),
        source=_source(document.sitename or ""),
        author=_author(document.author or ""),
        day=document.date or "",
    )


def _source(name: str) -> str:
    """Return the name of the site; empty where it is only an address."""
    name = one_line(name).strip("| ")
    return "" if "://" in name else name


def _author(names: str) -> str:
    """Return the authors' names without what trafilatura takes along: "Jane Doe is a reporter"."""
    once: dict[str, str] = {}
    for name in re.split(r"\s+is an?\b", one_line(names))[0].split("; "):
        once.setdefault(name.casefold(), name)
    return ", ".join(once.values())


def host_of(address: str) -> str:
    """Return the host in a web address, without "www."; empty for other addresses."""
    host = urlsplit(address).hostname if address.startswith("http") else None
    return (host or "").removeprefix("www.")


def _address(tree: "HtmlElement", hint: str | None) -> str:
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


def _headings(tree: "HtmlElement", title: str) -> set[str]:
    found = {one_line(str(heading.text_content())).casefold() for heading in tree.iter("h1")}
    return {*found, title.casefold()}


def _without_headings(text: str, headings: set[str]) -> str:
    first, _, rest = text.partition("\n\n")
    return rest if first.casefold() in headings else text


def _without_suffix(title: str, names: tuple[str, ...]) -> str:
    """Return `title` without the site's or author's name after a bar or dash at its end."""
    known = [_letters(name) for name in names if name]
    breaks = list(_SUFFIX.finditer(title))
    for found in reversed(breaks):
        suffix = _letters(title[found.end() :])
        if not any(suffix and (suffix in name or name in suffix) for name in known):
            break
        title = title[: found.start()]
    return title


def _letters(name: str) -> str:
    return re.sub(r"\W|^the\b", "", name.casefold())


def _published(tree: "HtmlElement", day: str) -> Published | None:
    """Return the moment that the page's own metadata names, else the day that the extraction found."""
    stated = (_exact(parse_published(value)) for value in _stated_dates(tree))
    return next((moment for moment in stated if moment), None) or parse_published(day)


def _exact(published: Published | None) -> Published | None:
    """Return `published` as a day where its time is midnight sharp: what systems write that only know the day."""
    if published is None or published.precision is not Precision.MINUTE:
        return published
    moment = published.moment
    return Published.on(moment.date()) if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else published


def _stated_dates(tree: "HtmlElement") -> Iterator[str]:
    for path in _PUBLISHED:
        for value in tree.xpath(path):
            yield str(value)
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from _linked_data_dates(str(script))


def _linked_data_dates(script: str) -> Iterator[str]:
    try:
        data: object = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return
    items = data.get("@graph", [data]) if isinstance(data, dict) else data
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and isinstance(date := item.get("datePublished"), str):
            yield date
