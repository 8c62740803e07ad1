"""How fast the bot speaks: below Telegram's limits, with answers before digests.

Telegram takes about thirty messages a second in all, and twenty a minute in one group. Both are kept over every window of that length,
not on average, so that a burst after a pause is no flood. Messages in bulk leave room for answers. What a group asks faster than it may
be answered concerns that group alone: little of it waits, so that it takes nobody else's place.

Where Telegram asks to wait all the same, that concerns the chat alone, too, or for a request to no chat its method. A request waits as long
as that takes, though not longer than LONGEST_WAIT: then it fails, and nothing is asked there until the time is over. An answer is lost with
that; a digest stays in its outbox, and a report of articles added is shown at the bot's next start.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from datetime import timedelta
from math import ceil
from typing import Any

from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.sending import wait_after

IN_BULK = -1
"""The `rate_limit_args` of a request that can wait: it is repeated by its sender, not here."""
PER_SECOND, BULK_PER_SECOND = 28, 22
"""Requests to chats in any second: all, and those that are still let in bulk."""
PER_MINUTE, BULK_PER_MINUTE = 19, 16
"""Requests to one group in any minute."""
BULK_GAP = 1.05
"""Seconds between two messages in bulk to one chat."""
SIGNS_PER_MINUTE = 8
"""Requests to one group in any minute up to which signs of work are shown there: in a busy group, the room is for answers."""
MAX_WAITING = 20
"""Requests that may wait for their time in one chat; more would come minutes late, and hold up the work for others meanwhile."""
MARGIN = 0.02
"""Seconds that a window is longer here than with Telegram, whose clock is another."""
LONGEST_WAIT = 60.0
"""Seconds that a request waits where Telegram asks for that; every update that waits takes one of the places for all chats."""
MAX_CHATS = 5000

logger = logging.getLogger(__name__)


class Window:
    """The latest requests of the last `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds + MARGIN
        self._moments: deque[float] = deque()

    def wait(self, now: float, limit: int) -> float:
        """Return how long until another request keeps within `limit`; 0 where it does at once."""
        while self._moments and self._moments[0] <= now - self._seconds:
            self._moments.popleft()
        return 0.0 if len(self._moments) < limit else self._moments[len(self._moments) - limit] + self._seconds - now

    def note(self, now: float) -> None:
        """Count a request."""
        self._moments.append(now)

    @property
    def latest(self) -> float | None:
        """When the latest request was; None for none."""
        return self._moments[-1] if self._moments else None


class Pacer(BaseRateLimiter[int]):
    """Lets requests to chats through at their time. `clock` counts seconds."""

    def __init__(self, *, max_retries: int, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._max_retries = max_retries
        self._clock = clock
        self._sleep = sleep
        self._all = Window(1)
        self._chats: dict[object, Window] = {}
        self._waiting = Counter[object]()
        self._closed: dict[object, float] = {}

    async def initialize(self) -> None:
        """Do nothing."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def process_request(
        self,
        callback: Callable[..., Any],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Make a request when its time has come; one that is not in bulk is repeated where Telegram asks to wait.

        A sign of work is made at once or not at all. Raises TelegramError where too much waits in the chat already, RetryAfter where
        Telegram asks again and again, or for longer than LONGEST_WAIT.
        """
        chat, in_bulk, is_sign = data.get("chat_id"), rate_limit_args == IN_BULK, endpoint == "sendChatAction"
        place = endpoint if chat is None else chat
        if is_sign and (self._left(place) or self._wait(chat, PER_SECOND, SIGNS_PER_MINUTE)):
            return True
        retries = 0 if in_bulk or is_sign else self._max_retries
        while True:
            await (self._bulk_turn(chat) if in_bulk else self._urgent_turn(place, chat))
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._close(place, wait_after(error).total_seconds())
                if not retries:
                    raise
                retries -= 1

    def _close(self, place: object, seconds: float) -> None:
        """Remember that Telegram asks for no requests to a chat, or of a method, for so long."""
        logger.info("Telegram asks to wait %.0f s: %s", seconds, place)
        now = self._clock()
        self._closed = {known: until for known, until in self._closed.items() if until > now}
        self._closed[place] = max(now + seconds + MARGIN, self._closed.get(place, now))

    def _left(self, place: object) -> float:
        """Return how long Telegram may not be asked there yet."""
        return max(0.0, self._closed.get(place, 0.0) - self._clock())

    def _closed_for(self, place: object, longest: float) -> float:
        """Return how long Telegram may not be asked there yet. Raises RetryAfter where that is more than `longest`."""
        if (left := self._left(place)) > longest + MARGIN:
            raise RetryAfter(timedelta(seconds=ceil(left)))
        return left

    async def _urgent_turn(self, place: object, chat: object) -> None:
        if self._waiting[place] >= MAX_WAITING:
            raise TelegramError(f"{MAX_WAITING} requests wait for their time in this chat, so this one is left out")
        self._waiting[place] += 1
        try:
            while wait := max(self._closed_for(place, LONGEST_WAIT), 0.0 if chat is None else self._wait(chat, PER_SECOND, PER_MINUTE)):
                await self._sleep(wait)
            if chat is not None:
                self._note(chat)
        finally:
            self._waiting -= Counter([place])  # which leaves out what is down to nothing

    async def _bulk_turn(self, chat: object) -> None:
        while wait := max(self._closed_for(chat, 0.0), self._bulk_wait(chat)):
            await self._sleep(wait)
        self._note(chat)

    def _bulk_wait(self, chat: object) -> float:
        latest = self._window(chat).latest
        gap = 0.0 if latest is None else latest + BULK_GAP - self._clock()
        return max(gap, self._wait(chat, BULK_PER_SECOND, BULK_PER_MINUTE))

    def _wait(self, chat: object, per_second: int, per_minute: int) -> float:
        now = self._clock()
        in_chat = self._window(chat).wait(now, per_minute) if _is_group(chat) else 0.0
        return max(0.0, self._all.wait(now, per_second), in_chat)

    def _note(self, chat: object) -> None:
        now = self._clock()
        self._all.note(now)
        self._window(chat).note(now)

    def _window(self, chat: object) -> Window:
        if chat not in self._chats and len(self._chats) >= MAX_CHATS:
            now = self._clock()
            self._chats = {known: window for known, window in self._chats.items() if window.wait(now, 1)}
        return self._chats.setdefault(chat, Window(60))


def _is_group(chat: object) -> bool:
    return str(chat).startswith(("-", "@"))
