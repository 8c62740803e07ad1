"""How much one person, and one chat, may ask: a bucket of tokens each, in memory."""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from bot.clock import Clock

CHAT_FACTOR = 3
"""A group may ask so many times as much as one person, up to GROUP_MOST."""
GROUP_MOST = 15
"""Questions of a group in a minute: Telegram lets a bot write some twenty messages a minute there, so more answers would only pile up."""

MAX_BUCKETS = 20_000
"""People and chats that are counted at a time; the one that asked longest ago is left out first."""


ROUNDING = 1e-6


@dataclass(slots=True)
class _Bucket:
    """The questions that are left, as of a moment; `told` whether the wait was announced."""

    left: float
    at: datetime
    told: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """A question comes too soon. `seconds` is when the next may be asked; `is_news`: nobody has been told yet."""

    seconds: int
    is_news: bool


class Limits:
    """Lets `per_minute` questions of a person through each minute, that many at once too; 0 lets everything through.

    The people in `exempt` may ask as much as they like.
    """

    def __init__(self, per_minute: int, clock: Clock, *, exempt: Collection[int] = ()) -> None:
        if per_minute < 0:
            raise ValueError(f"per_minute must not be negative, got {per_minute}")
        self._per_minute = per_minute
        self._clock = clock
        self._exempt = frozenset(exempt)
        self._buckets: OrderedDict[tuple[str, int], _Bucket] = OrderedDict()

    def take(self, person: int | None, chat_id: int | None) -> Wait | None:
        """Count a question of `person` in a chat; return None where it may be asked, else how long to wait.

        An unknown person (None) is counted with the chat alone, and a private chat (the id of its person) as its person.
        """
        if not self._per_minute or person in self._exempt:
            return None
        wanted = {("person", person): self._per_minute} if person is not None else {}
        if chat_id is not None and chat_id != person:
            wanted[("chat", chat_id)] = min(self._per_minute * CHAT_FACTOR, GROUP_MOST)
        buckets = [(self._filled(kind, number, size), size) for (kind, number), size in wanted.items() if number is not None]
        empty = [(bucket, size) for bucket, size in buckets if bucket.left < 1]
        if not empty:
            for bucket, _ in buckets:
                bucket.left, bucket.told = bucket.left - 1, False
            return None
        is_news = not all(bucket.told for bucket, _ in empty)
        for bucket, _ in empty:
            bucket.told = True
        return Wait(max(ceil((1 - bucket.left) * 60 / size - ROUNDING) for bucket, size in empty), is_news)

    def _filled(self, kind: str, number: int, size: int) -> _Bucket:
        """Return a bucket with what time has brought it."""
        now = self._clock()
        bucket = self._buckets.setdefault((kind, number), _Bucket(size, now))
        passed = max(now - bucket.at, timedelta(0))  # clocks may be put back
        bucket.left, bucket.at = min(size, bucket.left + size * passed / timedelta(minutes=1)), now
        self._buckets.move_to_end((kind, number))
        if len(self._buckets) > MAX_BUCKETS:
            self._buckets.popitem(last=False)
        return bucket
