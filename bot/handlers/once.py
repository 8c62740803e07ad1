"""Doing things once."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import UTC, datetime, timedelta

from bot.clock import Clock

KEYS = 10_000


class Once:
    """Tells the first time from the next ones, for the latest KEYS keys.

    With `within`, a key counts as new again when that much time has passed since its last first time.
    """

    def __init__(self, clock: Clock, *, within: timedelta = timedelta.max) -> None:
        self._clock = clock
        self._within = within
        self._since: OrderedDict[Hashable, datetime] = OrderedDict()

    def first(self, key: Hashable) -> bool:
        """Return whether `key` is new; from now on it is not."""
        now = self._clock().astimezone(UTC)  # the clocks of a zone skip an hour, and show one twice
        since = self._since.get(key)
        if since is not None and now - since < self._within:
            return False
        self._since[key] = now
        self._since.move_to_end(key)
        if len(self._since) > KEYS:
            self._since.popitem(last=False)
        return True
