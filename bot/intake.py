"""Whatever sources name, taken in: articles, and feeds, which are followed from then on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.feeding import Add, Feeding, Refreshed, reported
from corpus.addresses import is_web_address
from corpus.errors import SourceUnreachable, UnreadableSource
from corpus.feed_catalog import FeedCatalog
from corpus.feeds import is_feed
from corpus.loading import Skipped, load
from corpus.opml import is_opml, read_opml
from corpus.protocols import Fetched, Fetcher, NotModified
from corpus.xml_text import MAX_BYTES
from retrieval.outcome import Indexed, Outcome

LIST_NAMES = (".opml", ".xml")
"""How the files end that may hold a list of feeds."""
SAVED_FEED = "{name} is a saved feed; add the address that it came from, so that it can be followed."


@dataclass
class _Spotter:
    """A Fetcher that keeps feeds and lists of feeds back: `found` has them by the address that was asked for."""

    fetcher: Fetcher
    found: dict[str, Fetched] = field(default_factory=dict)

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched | NotModified:
        """Return what is at `url`. Raises UnreadableSource where it is a feed, as no article is in it."""
        fetched = self.fetcher.fetch(url, etag=etag, last_modified=last_modified)
        if isinstance(fetched, Fetched) and (is_feed(fetched.content) or is_opml(fetched.content)):
            self.found[url] = fetched
            raise UnreadableSource(f"{url} is a feed.")
        return fetched


class Intake:
    """Takes in files, folders, pages, feeds and lists of feeds. Threads may share one."""

    def __init__(self, *, fetcher: Fetcher, feeding: Feeding, feeds: FeedCatalog, add: Add) -> None:
        self._fetcher = fetcher
        self._feeding = feeding
        self._feeds = feeds
        self._add = add

    def add(self, sources: Sequence[str]) -> Iterator[Indexed]:
        """Yield what became of each article, after it is safely stored, and of each feed that gave none; the feeds come last."""
        spotter = _Spotter(self._fetcher)
        loaded = load([source for source in sources if not may_be_list(source)], spotter)
        yield from self._add(item for item in loaded if not (isinstance(item, Skipped) and item.source in spotter.found))
        for source in dict.fromkeys(filter(may_be_list, sources)):
            yield from self._report(source, self._read_list(source))
        for url, fetched in spotter.found.items():
            yield from self._report(url, self._follow(url, fetched))

    def _report(self, source: str, following: Iterator[Refreshed]) -> Iterator[Indexed]:
        """Yield what became of the entries of the feeds that `following` follows, or why it could not."""
        try:
            for refreshed in following:
                yield from reported(refreshed)
        except (SourceUnreachable, UnreadableSource) as error:
            yield Indexed(Outcome.SKIPPED, source, reason=str(error))

    def _follow(self, url: str, fetched: Fetched) -> Iterator[Refreshed]:
        """Follow the feed, or the feeds in the list, that was `fetched` from `url`."""
        if is_opml(fetched.content):
            yield from self._follow_all(fetched.content, url, url)
        else:
            yield self._feeding.follow(fetched.moved_to or url, fetched, url)

    def _read_list(self, source: str) -> Iterator[Refreshed]:
        path = Path(source)
        content = _content(path)
        if is_feed(content):
            raise UnreadableSource(SAVED_FEED.format(name=path.name))
        yield from self._follow_all(content, path.name, source)

    def _follow_all(self, content: bytes, name: str, source: str) -> Iterator[Refreshed]:
        """Follow every feed in the list that is `source` at once, so that none is lost if fetching them, which follows, is interrupted."""
        outlines = read_opml(content, name=name)
        return self._feeding.refresh([self._feeds.follow(outline.address, outline.title, source) for outline in outlines])


def may_be_list(source: str) -> bool:
    """Return whether the name of a file says that it may hold a list of feeds."""
    return not is_web_address(source) and source.lower().endswith(LIST_NAMES)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise SourceUnreachable(f"{path} cannot be opened: {(getattr(error, 'strerror', None) or str(error)).lower()}.") from error
