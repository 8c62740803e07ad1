"""Following feeds: fetching those that are due, taking in what is new in them, and remembering how it went."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot import threads
from bot.messages import NOTHING_NEW
from corpus.article import Article
from corpus.feed_catalog import FeedCatalog
from corpus.feed_reading import FeedReader, Harvest
from corpus.feeds import read_feed
from corpus.followed import FollowedFeed
from corpus.loading import Skipped
from corpus.pages import host_of
from corpus.protocols import Fetched
from retrieval.outcome import Indexed, Outcome

AT_ONCE = 8
"""Feeds that are fetched at the same time, no two of them from one host."""
MOVED = "It has moved to {address}, which is followed already as feed {number}; remove one of the two."

Add = Callable[[Iterable[Article | Skipped]], Iterable[Indexed]]
"""Takes articles in, and returns what became of them when all are safely stored."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of one feed, and of what was new in it."""

    feed: FollowedFeed
    results: Sequence[Indexed]


def reported(refreshed: Refreshed) -> Sequence[Indexed]:
    """Return what became of a feed's new entries; one result for the feed itself where it has none, or failed."""
    feed = refreshed.feed
    if feed.failures:
        return [Indexed(Outcome.SKIPPED, feed.address, title=feed.title, reason=feed.error)]
    return refreshed.results or [Indexed(Outcome.UNCHANGED, feed.address, title=feed.name, reason=NOTHING_NEW)]


class Feeding:
    """Keeps the articles up to date with the followed feeds. Threads may share one."""

    def __init__(self, *, feeds: FeedCatalog, reader: FeedReader, add: Add) -> None:
        self._feeds = feeds
        self._reader = reader
        self._add = add

    def tick(self) -> list[Refreshed]:
        """Refresh at most AT_ONCE of the feeds that are due; the others have their turn at the next tick."""
        return self._refresh(_one_per_host(self._feeds.due())[:AT_ONCE])

    def keep_up(self, stop: Callable[[], bool]) -> None:
        """Refresh the feeds that are due, until none is or `stop` says so."""
        while not stop() and self.tick():
            pass

    def refresh_feeds(self, numbers: Sequence[int]) -> Iterator[Indexed]:
        """Yield what is new in these feeds, whether due or not, with one result for each that fails or has nothing new."""
        feeds = [feed for feed in self._feeds.feeds() if feed.number in numbers]
        for refreshed in self.refresh(feeds):
            yield from reported(refreshed)

    def refresh(self, feeds: Sequence[FollowedFeed]) -> Iterator[Refreshed]:
        """Yield what became of each of `feeds`, AT_ONCE at a time, whether due or not."""
        left = list(feeds)
        while left:
            chosen = _one_per_host(left)[:AT_ONCE]
            left = [feed for feed in left if feed not in chosen]
            yield from self._refresh(chosen)

    def follow(self, address: str, fetched: Fetched, came_from: str = "") -> Refreshed:
        """Follow the feed at `address`, which the source `came_from` named, and take in what was `fetched` from there.

        Raises UnreadableSource where that is no feed; nothing is followed then.
        """
        content = read_feed(fetched.content, url=fetched.url, charset=fetched.charset)
        feed = self._feeds.follow(address, content.title, came_from)
        return self._settle(self._reader.read(feed, self._feeds.known(feed.number), content, fetched))

    def _refresh(self, feeds: Sequence[FollowedFeed]) -> list[Refreshed]:
        harvests = [threads.begin(partial(self._reader.harvest, feed, self._feeds.known(feed.number)), "feed") for feed in feeds]
        return [self._settle(harvest.result()) for harvest in harvests]

    def _settle(self, harvest: Harvest) -> Refreshed:
        """Store what was harvested: the articles first, so that after a crash in between they are only looked at again."""
        results = list(self._add(harvest.loaded)) if harvest.loaded else []
        new = sum(result.outcome in (Outcome.ADDED, Outcome.UPDATED) for result in results)
        feed = self._unless_taken(replace(harvest.feed, last_new=new))
        self._feeds.save(feed, harvest.known)
        if feed.failures:
            logger.warning("Feed %d failed %d times since %s: %s", feed.number, feed.failures, feed.failing_since, feed.error)
        else:
            logger.info("Feed %d was fetched; %d articles are new or changed", feed.number, new)
        return Refreshed(feed, results)

    def _unless_taken(self, feed: FollowedFeed) -> FollowedFeed:
        """Return `feed`; where it has moved to the address of another one, paused at its old address."""
        other = self._feeds.find(feed.address)
        if other is None or other.number == feed.number:
            return feed
        old = next((each.address for each in self._feeds.feeds() if each.number == feed.number), feed.address)
        return replace(feed, address=old, paused=True, error=MOVED.format(address=feed.address, number=other.number))


def _one_per_host(feeds: Iterable[FollowedFeed]) -> list[FollowedFeed]:
    chosen: dict[str, FollowedFeed] = {}
    for feed in feeds:
        chosen.setdefault(host_of(feed.address), feed)
    return list(chosen.values())
