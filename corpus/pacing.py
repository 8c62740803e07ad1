"""Not asking one host too often."""

from collections.abc import Callable
from threading import Lock

MOST_HOSTS = 1_000
"""Remembered at a time; those whose turn has come are forgotten first."""


class Pacer:
    """Gives each host at most `per_minute` requests a minute, evenly; threads may share one. `clock` counts seconds."""

    def __init__(self, per_minute: float, *, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        if per_minute <= 0:
            raise ValueError(f"per_minute must be more than 0, got {per_minute}")
        self._interval = 60 / per_minute
        self._clock = clock
        self._sleep = sleep
        self._next: dict[str, float] = {}
        self._lock = Lock()

    def wait(self, host: str) -> float:
        """Return when `host` may be asked, with the seconds that were waited."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next.pop(host, now))
            if len(self._next) >= MOST_HOSTS:
                self._next = {name: when for name, when in self._next.items() if when > now}
            self._next[host] = turn + self._interval
        if turn > now:
            self._sleep(turn - now)
        return turn - now
