"""robots.txt: what a site asks programs to leave alone, as RFC 9309 reads it, and a fetcher that keeps to it."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Self
from urllib.parse import unquote, urlsplit

from corpus.addresses import shown
from corpus.decoding import decode
from corpus.errors import PageUnwelcome, ServerRefused, SourceUnreachable
from corpus.protocols import Fetched, Fetcher, NotModified

MOST_BYTES = 500_000
"""Of one robots.txt; what comes after them does not count."""
MOST_SITES = 500
"""Whose rules are remembered at a time."""
KEPT_SECONDS = 12 * 3600.0
"""For which the rules of a site are remembered."""
RETRY_SECONDS = 600.0
"""After which a site that could not say its rules is asked again."""
LONGEST_PATH = 2_000
"""Characters of a path that are compared."""

_BUSY = 429


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site for one program: patterns of paths, and whether they may be read. None: everything may."""

    rules: tuple[tuple[str, bool], ...] = ()

    @classmethod
    def parse(cls, text: str, *, product: str) -> Self:
        """Return the rules in a robots.txt for the program called `product`, else those for all programs."""
        groups: dict[str, list[tuple[str, bool]]] = {}
        agents: list[str] = []
        in_rules = False
        for line in text.splitlines():
            name, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
            match name.lower():
                case "user-agent":
                    agents = [] if in_rules else agents
                    in_rules = False
                    agents.append(value.partition("/")[0].strip().lower())
                    groups.setdefault(agents[-1], [])
                case "allow" | "disallow" as word:
                    in_rules = True
                    for agent in agents if value else ():
                        groups[agent].append((unquote(value), word == "allow"))
        return cls(tuple(groups.get(product.lower(), groups.get("*", []))))

    def allow(self, url: str) -> bool:
        """Return whether the page at `url` may be read: the longest pattern decides, the kinder one of two that are as long."""
        parts = urlsplit(url)
        path = unquote(parts.path or "/") + (f"?{unquote(parts.query)}" if parts.query else "")
        matching = [(len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, path[:LONGEST_PATH])]
        return max(matching, default=(0, True))[1]


def _matches(pattern: str, path: str) -> bool:
    """Return whether `path` begins as `pattern` says; "*" is anything, "$" at the end is the path's end."""
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = others.pop() if others and pattern.endswith("$") else None
    for part in others:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= at
    return not pattern.endswith("$") or at == len(path)


@dataclass(frozen=True, slots=True)
class _Known:
    """The rules of a site, or None where it could not say them; to be asked again at `until`."""

    rules: Rules | None
    until: float


class PoliteFetcher:
    """A Fetcher that reads no page which its site asks programs to leave alone: for pages that no person asked for by name.

    `product` is the program's name in robots.txt; `clock` counts seconds; threads may share one.
    """

    def __init__(self, fetcher: Fetcher, *, product: str, clock: Callable[[], float]) -> None:
        self._fetcher = fetcher
        self._product = product
        self._clock = clock
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = Lock()

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched | NotModified:
        """Return what is at `url`. Raises SourceUnreachable, also where it, or where it leads, is to be left alone."""
        self._refuse_unwanted(url)
        fetched = self._fetcher.fetch(url, etag=etag, last_modified=last_modified)
        if fetched.url != url:
            self._refuse_unwanted(fetched.url)
        return fetched

    def _refuse_unwanted(self, url: str) -> None:
        rules = self._rules(url)
        if rules is None:
            raise SourceUnreachable(f"{shown(url)} was not read, as its site could not say whether programs may; try again later.")
        if not rules.allow(url):
            raise PageUnwelcome(
                f"{shown(url)} was not read, as its site's robots.txt asks programs not to; add the page by its address if you need it."
            )

    def _rules(self, url: str) -> Rules | None:
        site = _site(url)
        with self._lock:
            known = self._known.get(site)
        if known is None or known.until <= self._clock():
            rules = self._asked(site)
            known = _Known(rules, self._clock() + (RETRY_SECONDS if rules is None else KEPT_SECONDS))
            with self._lock:
                self._known[site] = known
                self._known.move_to_end(site)
                while len(self._known) > MOST_SITES:
                    self._known.popitem(last=False)
        return known.rules

    def _asked(self, site: str) -> Rules | None:
        try:
            fetched = self._fetcher.fetch(f"{site}/robots.txt")
        except ServerRefused as error:
            return Rules() if error.status < 500 and error.status != _BUSY else None
        except SourceUnreachable:
            return None
        return Rules.parse(decode(fetched.content[:MOST_BYTES]), product=self._product) if isinstance(fetched, Fetched) else None


def _site(url: str) -> str:
    """Return the scheme and host of `url`. Raises SourceUnreachable where it has none."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise SourceUnreachable(f"{shown(url)} is no web address; check how it is spelt.") from error
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
