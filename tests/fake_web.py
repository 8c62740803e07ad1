"""A web in memory, for what fetches through `corpus.protocols.Fetcher`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape

from corpus.errors import ServerRefused
from corpus.protocols import Fetched, NotModified

WORDS = "The council met in Skelmouth on Monday and talked about the old bridge over the river for three hours. "


@dataclass
class FakeWeb:
    """A Fetcher over `pages`; one without an etag cannot be asked whether it changed. `asked` are the addresses that were fetched."""

    pages: dict[str, Fetched | Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, url: str, content: str | bytes, *, etag: str = "", charset: str = "", moved_to: str = "", max_age: int = 0) -> None:
        """Let `content` be at `url`."""
        data = content.encode() if isinstance(content, str) else content
        self.pages[url] = Fetched(url=moved_to or url, content=data, etag=etag, charset=charset, moved_to=moved_to, max_age=max_age)

    def fail(self, url: str, error: Exception) -> None:
        """Let `url` be out of order."""
        self.pages[url] = error

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched | NotModified:
        """Return what is at `url`."""
        self.asked.append(url)
        found = self.pages.get(url, ServerRefused(f"{url} does not exist; check the address.", status=404))
        if isinstance(found, Exception):
            raise found
        return NotModified(url, found.max_age) if etag and etag == found.etag else replace(found)


def rss(*items: Mapping[str, str], title: str = "Harbour Post", more: str = "") -> str:
    """Return an RSS feed with `items`, each a mapping from an element's name to its text."""
    written = "".join(f"<item>{''.join(f'<{name}>{escape(text)}</{name}>' for name, text in item.items())}</item>" for item in items)
    namespaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    head = f"<title>{title}</title><link>https://post.example/</link>{more}"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {namespaces}><channel>{head}{written}</channel></rss>'


def item(number: int, **changes: str) -> dict[str, str]:
    """Return an RSS item about page `number`, a minute newer for each number, that holds its whole article."""
    return {
        "title": f"Story {number}",
        "link": f"https://post.example/{number}",
        "guid": f"https://post.example/{number}",
        "pubDate": f"Wed, 12 Mar 2025 {number // 60:02}:{number % 60:02}:00 GMT",
        "content:encoded": f"<p>This is story {number}. {WORDS * 3}</p><p>{WORDS * 3}</p>",
    } | changes


def teaser(number: int, **changes: str) -> dict[str, str]:
    """Return an RSS item about page `number` that only says what it is about."""
    words = {"description": f"Story {number} is about a bridge…"}
    return {name: text for name, text in item(number).items() if name != "content:encoded"} | words | changes


def page(number: int, text: str = "") -> str:
    """Return the web page of story `number`."""
    body = text or f"<p>This is the page of story {number}. {WORDS * 3}</p><p>{WORDS * 3}</p>"
    return f"<html><head><title>Story {number}</title></head><body><article><h1>Story {number}</h1>{body}</article></body></html>"
