"""A web page -> an article."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.article import Article
from corpus.cleaning import one_line, take_apart
from corpus.decoding import decode, is_binary
from corpus.errors import UnreadableSource
from corpus.furniture import is_prose
from corpus.headers import dateline_of, shorten, title_from
from corpus.notes import note_of, updated_of
from corpus.page_facts import address_of, author_of, letters, published_of, site_of, stated_update, without_names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_TEXT = 2_000_000
"""Characters of one article."""
LONGEST_TITLE = 300
"""Characters; a longer one is shortened."""
LONGEST_NOTICE = 500
"""Characters; what is longer is no notice that stands in an article's place."""
SHORTEST_HEADLINE = 4
"""Words; what is shorter may be a name."""
MOST_TAGS = 40_000
"""Of one page; extraction takes longer than linear time in them, about ten seconds for so many."""

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w-]{2,30})", re.IGNORECASE)
_HOVER_BOXES = (
    "//*[contains(@class, 'tooltip') or contains(@class, 'popover') or contains(@class, 'hovercard')]",
    "//*[contains(@class, 'rollover')]//*[contains(@class, 'rollover') and not(self::a)]",
)
_ELSEWHERE = ".//a[@href and not(starts-with(@href, '#'))]"
_NAMED_DAY = "%Y-%m-%d"
_NOTICE = re.compile(
    r"\b(?:(?:log|sign) ?in|subscribe|register|create an? (?:free )?account)\b.{0,40}\b(?:to (?:continue|read|view|see|access)|required)\b|"
    r"\b(?:enable|turn on) (?:javascript|cookies)\b|\bjavascript is (?:disabled|required)\b|\bchecking your browser\b|"
    r"\bnot a robot\b|\b(?:verify(?:ing)?|confirm) (?:that )?you are (?:a )?human\b|\bunusual traffic\b|\baccess denied\b|"
    r"\bpage (?:was |could |can |you .{0,30})?not (?:be )?found\b|\b404 not found\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Extract:
    """What the extraction found; unknown fields are empty."""

    title: str = ""
    text: str = ""
    source: str = ""
    author: str = ""
    day: str = ""


def read_page(html: bytes | str, *, address_hint: str | None, file: str | None, charset: str = "") -> Article:
    """Return the article of a web page, clean.

    Its address is its canonical one, else `address_hint`: where it came from. A page that came from the web is not believed where
    it names the site of somebody else. `file` is the name of the file it was read from; `charset` is what its server said.
    Raises UnreadableSource where the page is too big, has no article, or neither it nor the hint gives an address.
    """
    name = file or address_hint or "The page"
    tree = _parse(_decoded(html, name, charset), name)
    address = address_of(tree, address_hint)
    if not address:
        raise UnreadableSource(f"{name} does not say at which address it was published.")
    found = _extract(tree)
    if len(found.text) > LONGEST_TEXT:
        raise UnreadableSource(f"{name} has more than the {LONGEST_TEXT:,} characters that one article may have.")
    host = host_of(address)
    source = site_of(tree, found.source, host) or host
    names = (source, found.author, host)
    first = take_apart(found.text)
    body = _without_signatures(_without_headings(first.text, _headings(tree, found.title)), names)
    report = take_apart(body)  # a heading may have stood before a dateline
    text, notes = report.text, (*first.notes, *report.notes)
    if not text:
        raise UnreadableSource(f"{name} has no article in it.")
    title = without_names(found.title, names)
    _refuse_notice(title, text, name, advice="; save the page in a browser and add the file" if file is None else "")
    published = published_of(tree, found.day) or dateline_of(found.text)
    return Article(
        address=address,
        title=shorten(title, LONGEST_TITLE) or title_from(text),
        text=text,
        source=source,
        author=found.author,
        published=published,
        file=file,
        updated=updated_of(stated_update(tree), notes, published),
        place=first.place or report.place,
        note=note_of(notes),
    )


def host_of(address: str) -> str:
    """Return the host in a web address, without "www."; empty for other addresses."""
    host = urlsplit(address).hostname if address.startswith("http") else None
    return (host or "").removeprefix("www.")


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
    _drop_ways_out(tree)
    return tree


def _drop_ways_out(tree: "HtmlElement") -> None:
    """Take away what only leads to other articles: lists whose items are links, and headlines that are."""
    lists = [each for each in tree.iter("ul", "ol") if _leads_away(each)]
    headlines = [each for each in tree.iter("p", "h2", "h3", "h4") if _is_link(each)]
    for element in (*lists, *headlines):
        if element.getparent() is not None:
            element.drop_tree()


def _leads_away(element: "HtmlElement") -> bool:
    items = element.findall("li")
    if len(items) < 2 or any(len(item.xpath(_ELSEWHERE)) != 1 or not _is_headline(_words(item)) for item in items):
        return False
    linked = sum(len(_words(link)) for link in element.xpath(_ELSEWHERE))
    return 2 * linked >= len(_words(element))


def _is_link(element: "HtmlElement") -> bool:
    """Return whether all the words of `element` are a link to somewhere else, and no sentence."""
    words = _words(element)
    if len(words.split()) < SHORTEST_HEADLINE or not _is_headline(words):
        return False
    around = next(element.iterancestors("a"), None)
    links = element.xpath(_ELSEWHERE) if around is None else [around]
    return bool(links) and not str(links[0].get("href", "#")).startswith("#") and (around is not None or words == _words(links[0]))


def _is_headline(words: str) -> bool:
    return not is_prose(words) or words.endswith(("?", "!"))


def _words(element: "HtmlElement") -> str:
    return one_line(str(element.text_content()))


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
        return _Extract()
    lines = [line.strip().removeprefix("- ") for line in (document.text or "")[: LONGEST_TEXT + 1].split("\n")]
    return _Extract(
        title=one_line(document.title or ""),
        text="\n\n".join(lines),
        source=document.sitename or "",
        author=author_of(document.author or ""),
        day=document.date or "",
    )


def _headings(tree: "HtmlElement", title: str) -> set[str]:
    found = {_words(heading).casefold() for heading in tree.iter("h1")}
    return {*found, title.casefold()}


def _without_headings(text: str, headings: set[str]) -> str:
    first, _, rest = text.partition("\n\n")
    return rest if first.casefold() in headings else text


def _without_signatures(text: str, names: tuple[str, ...]) -> str:
    """Return `text` without the paragraphs at its ends that are nothing but the site's or the author's name."""
    known = [letters(name) for name in names if name]
    paragraphs = text.split("\n\n")
    while paragraphs and _signs(paragraphs[0], known):
        del paragraphs[0]
    while paragraphs and _signs(paragraphs[-1], known):
        del paragraphs[-1]
    return "\n\n".join(paragraphs)


def _signs(paragraph: str, names: list[str]) -> bool:
    spelt = letters(paragraph)
    return len(spelt) > 2 and not is_prose(paragraph) and any(spelt in name for name in names)


def _refuse_notice(title: str, text: str, name: str, *, advice: str) -> None:
    """Raise UnreadableSource where the page says in an article's place that one has to sign in, or that there is none."""
    if len(text) <= LONGEST_NOTICE and _NOTICE.search(f"{title}\n{text}"):
        notice = shorten(one_line(text), 80).rstrip(".")
        raise UnreadableSource(f"{name} shows a notice in an article's place (“{notice}”){advice}.")
