"""What a library takes in from outside: pages, files and feeds, put together. Part of the composition root."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from importlib.metadata import version
from random import random
from time import monotonic, sleep

from sqlalchemy import Engine

from bot.clock import utc_now
from bot.feeding import Add, Feeding
from bot.intake import Intake
from bot.settings import Settings
from corpus.feed_catalog import FeedCatalog
from corpus.feed_reading import FeedReader
from corpus.fetching import HttpFetcher
from corpus.hosts import AllowList, HostGuard
from corpus.protocols import Fetcher
from corpus.robots import PoliteFetcher

PRODUCT = "Quotewire"
"""How the program calls itself to web sites, in robots.txt too."""


@dataclass(frozen=True)
class Gathering:
    """Takes in what people name, and what is new in the feeds that they follow; `add` stores articles. Threads may share one."""

    settings: Settings
    database: Engine
    add: Add
    sleep: Callable[[float], None] = sleep
    """What waits where a host was asked just before."""

    @cached_property
    def feeds(self) -> FeedCatalog:
        """The feeds that are followed."""
        return followed_feeds(self.database)

    @cached_property
    def feeding(self) -> Feeding:
        """Takes in what is new in followed feeds."""
        every = timedelta(minutes=self.settings.feed_minutes)
        pages = PoliteFetcher(self._fetcher, product=PRODUCT, clock=monotonic)
        reader = FeedReader(fetcher=self._fetcher, pages=pages, every=every, clock=utc_now, chance=random)
        return Feeding(feeds=self.feeds, reader=reader, add=self.add)

    @cached_property
    def intake(self) -> Intake:
        """Takes in whatever sources name."""
        return Intake(fetcher=self._fetcher, feeding=self.feeding, feeds=self.feeds, add=self.add)

    def unfollow(self, sources: Sequence[str], since: datetime) -> None:
        """Follow those feeds no longer that `sources` named, themselves or in a list, only after `since`; their articles stay."""
        for feed in self.feeds.feeds():
            if feed.added >= since and feed.came_from in sources:
                self.feeds.remove(feed.number)

    @cached_property
    def _fetcher(self) -> Fetcher:
        return open_fetcher(self.settings, self.sleep)


def open_fetcher(settings: Settings, sleep: Callable[[float], None] = sleep) -> Fetcher:
    """Return what reads from the web, within its limits and only from public hosts and those of FETCH_ALLOW."""
    return HttpFetcher(
        user_agent=f"{PRODUCT}/{version('quotewire')} (answers questions about news with quotes and links)",
        guard=HostGuard(allowed=AllowList.parse(settings.fetch_allow)),
        clock=monotonic,
        sleep=sleep,
    )


def followed_feeds(database: Engine) -> FeedCatalog:
    """Return the feeds that are followed. Raises DatabaseUnusable."""
    return FeedCatalog(database, utc_now)
