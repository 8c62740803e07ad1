"""/sources for administrators, in their private chats: the feeds with how they do, and what can be done about them."""

import asyncio
from collections.abc import Callable, Sequence

from telegram import Update
from telegram.ext import ContextTypes

from bot import messages
from bot.clock import Clock
from bot.feed_list import feed_list
from bot.handlers.addressing import argument_of, listed
from bot.handlers.replies import Occasion, Replies
from bot.protocols import FeedsView
from corpus.catalog import SourceSummary
from corpus.followed import FollowedFeed

MOST_NAMES = 20
"""Feeds that one message may be about."""


class FeedCommands:
    """Lists and changes the followed feeds. `sources` and `feeds` block."""

    def __init__(self, *, sources: Callable[[], Sequence[SourceSummary]], feeds: FeedsView, replies: Replies, clock: Clock) -> None:
        self._sources = sources
        self._feeds = feeds
        self._replies = replies
        self._clock = clock

    async def hear(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply to /sources, alone or as in `/sources pause 3`."""
        message = update.message
        if message is None or not await self._replies.admit(update, message):
            return
        verb, *names = listed(argument_of(message)) or [""]
        note = await asyncio.to_thread(self._obey, verb.casefold(), names[:MOST_NAMES])
        summaries, feeds = await asyncio.to_thread(self._sources), await asyncio.to_thread(self._feeds.feeds)
        await self._replies.say(Occasion.of(update, message), feed_list(summaries, feeds, self._clock(), note=note))

    def _obey(self, verb: str, names: Sequence[str]) -> str:
        """Do what was asked for, and return what was done, or why not; nothing for no verb."""
        changes: dict[str, tuple[str, Callable[[FollowedFeed], None]]] = {
            "pause": (messages.FEEDS_PAUSED, lambda feed: self._feeds.pause(feed.number)),
            "resume": (messages.FEEDS_RESUMED, lambda feed: self._feeds.resume(feed.number)),
            "refresh": (messages.FEEDS_HASTENED, lambda feed: self._feeds.hasten([feed.number])),
            "remove": (messages.FEEDS_REMOVED, lambda feed: self._feeds.remove(feed.number)),
        }
        if not verb:
            return ""
        if verb not in changes:
            return messages.UNKNOWN_ORDER
        if verb == "refresh" and not names:
            names = [str(feed.number) for feed in self._feeds.feeds() if not feed.paused]
        found = {name: self._feeds.find(name) for name in dict.fromkeys(names)}
        if not found:
            return messages.WHICH_FEED
        if unknown := [name for name, feed in found.items() if feed is None]:
            return messages.UNKNOWN_FEED.format(names=", ".join(unknown))
        said, change = changes[verb]
        feeds = [feed for feed in found.values() if feed]
        for feed in feeds:
            change(feed)
        return said.format(names=", ".join(feed.name for feed in feeds))
