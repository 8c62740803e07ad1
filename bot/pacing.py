"""How fast the bot speaks: below Telegram's limits, with answers before digests.

Telegram takes about thirty messages a second in all, and twenty a minute in one group. Both are kept over every window of that length,
not on average, so that a burst after a pause is no flood. Messages in bulk leave room for answers. What a group asks faster than it may
be answered concerns that group alone: little of it waits, so that it takes nobody else's place.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter

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
MAX_CHATS = 5000


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


class Pacer(AIORateLimiter):
    """Lets requests to chats through at their time. `clock` counts seconds."""

    def __init__(self, *, max_retries: int, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        super().__init__(overall_max_rate=0, overall_time_period=0, group_max_rate=0, group_time_period=0, max_retries=max_retries)
        self._clock = clock
        self._sleep = sleep
        self._all = Window(1)
        self._chats: dict[object, Window] = {}
        self._waiting = Counter[object]()

    async def process_request(
        self,
        callback: Callable[..., Any],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Make a request when its time has come; one that is not in bulk is repeated where Telegram asks for that.

        A sign of work is made at once or not at all. Raises TelegramError where too much waits in the chat already.
        """
        chat = data.get("chat_id")
        if endpoint == "sendChatAction" and self._wait(chat, PER_SECOND, SIGNS_PER_MINUTE):
            return True
        if rate_limit_args == IN_BULK:
            await self._bulk_turn(chat)
            return await self._once(callback, args, kwargs)
        if chat is not None:
            await self._urgent_turn(chat)
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)

    async def _once(self, callback: Callable[..., Any], args: Any, kwargs: dict[str, Any]) -> Any:
        await self._retry_after_event.wait()
        return await callback(*args, **kwargs)

    async def _urgent_turn(self, chat: object) -> None:
        if self._waiting[chat] >= MAX_WAITING:
            raise TelegramError(f"{MAX_WAITING} requests wait for their time in this chat, so this one is left out")
        self._waiting[chat] += 1
        try:
            while wait := self._wait(chat, PER_SECOND, PER_MINUTE):
                await self._sleep(wait)
            self._note(chat)
        finally:
            self._waiting -= Counter([chat])  # which leaves out what is down to nothing

    async def _bulk_turn(self, chat: object) -> None:
        while wait := self._bulk_wait(chat):
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
