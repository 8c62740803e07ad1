"""The feed: what a site says is new on it."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from corpus.addresses import key_of
from corpus.article import Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed, as its publisher wrote it; what is not known is empty, or None for `published`.

    `id` tells it from the feed's other entries. `url` is the absolute address of its page. `content` is HTML; `is_whole` says
    that the publisher gave it as the article itself and not as a summary. `updated` is when the entry says that it was changed
    last, in the publisher's own words.
    """

    id: str
    url: str = ""
    title: str = ""
    author: str = ""
    published: Published | None = None
    updated: str = ""
    content: str = ""
    is_whole: bool = False

    @property
    def key(self) -> str:
        """Sixteen hexadecimal digits of what makes it the same entry when it comes again: its page, else its id.

        Some feeds give their entries new ids at every move of the site; the pages stay what they are.
        """
        return _digest(key_of(self.url) if self.url else self.id)

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that change whenever the entry's words, or its own date of change, do."""
        return _digest(self.title, self.content, self.updated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What was read of a feed: its name, its entries from new to old as the feed has them.

    `pause` is how long the feed asks to be left alone between two fetches; None where it does not say. An entry that was cut
    off in the middle is not among `entries`.
    """

    title: str
    entries: tuple[Entry, ...] = ()
    pause: timedelta | None = None


def _digest(*parts: str) -> str:
    return sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
