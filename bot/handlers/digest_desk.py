"""What a chat's settings for digests are shown and kept with, whether they are typed or pressed."""

import asyncio
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from bot.clock import Clock
from bot.digests.books import Books
from bot.digests.menu import card
from bot.digests.schedule import upcoming
from bot.digests.subscriptions import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDesk:
    """What settings are shown and kept with. `zone` is where the clock of a new chat is thought to stand."""

    books: Books
    clock: Clock
    zone: str
    _turns: WeakValueDictionary[int, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def turn(self, chat_id: int) -> asyncio.Lock:
        """Return what is held while a chat's settings are changed: of two presses at once, the second builds on the first."""
        return self._turns.setdefault(chat_id, asyncio.Lock())

    async def find(self, chat_id: int) -> Subscription:
        """Return what a chat wants; of one that never said, what it would get."""
        found = await asyncio.to_thread(self.books.subscriptions.find, chat_id)
        return found or Subscription.new(chat_id, self.clock(), self.zone)

    async def keep(self, subscription: Subscription) -> None:
        """Remember what a chat wants."""
        await asyncio.to_thread(self.books.subscriptions.keep, subscription)

    async def card(self, subscription: Subscription, note: str = "") -> str:
        """Return the settings as a card."""
        handled = (await asyncio.to_thread(self.books.deliveries.handled)).get(subscription.chat_id, set())
        following = upcoming(self.clock(), subscription.schedule, subscription.since, handled)
        copies = len(await asyncio.to_thread(self.books.subscriptions.copied_by, subscription.chat_id)) if subscription.private else 0
        return card(subscription, upcoming=following, note=note, copies=copies)
