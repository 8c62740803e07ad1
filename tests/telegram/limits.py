"""Telegram's limits on how fast a bot may send, as far as they are known: thirty a second, and twenty a minute in one group."""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from threading import Lock

from tests.telegram.objects import Parameters

SENDING = frozenset({"sendMessage", "sendPhoto", "sendDocument", "editMessageText"})


@dataclass(slots=True)
class Limits:
    """Counts what is sent in the last second, and in each group in the last minute."""

    per_second: int = 30
    per_minute: int = 20
    clock: Callable[[], float] = time.monotonic
    refused: int = 0
    _all: deque[float] = field(default_factory=deque)
    _groups: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _guard: Lock = field(default_factory=Lock)

    def refusal(self, method: str, parameters: Parameters) -> int | None:
        """Return for how many seconds a request is refused; None, and count it, where it is in time."""
        if method not in SENDING:
            return None
        chat, now = parameters.get("chat_id", ""), self.clock()
        with self._guard:
            windows = [(self._all, self.per_second, 1.0)]
            if chat.startswith("-"):
                windows.append((self._groups[chat], self.per_minute, 60.0))
            for moments, most, seconds in windows:
                while moments and moments[0] <= now - seconds:
                    moments.popleft()
                if len(moments) >= most:
                    self.refused += 1
                    return max(1, ceil(moments[0] + seconds - now))
            for moments, _, _ in windows:
                moments.append(now)
        return None
