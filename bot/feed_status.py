"""How the followed feeds are doing, for the operator."""

from collections.abc import Sequence
from datetime import datetime

from bot import messages
from corpus.followed import FollowedFeed

SHOWN = 5
"""Troubled feeds that are named."""


def lines(feeds: Sequence[FollowedFeed], now: datetime) -> list[str]:
    """Return how many feeds are followed, and which of them fail or have paused themselves, and why; nothing where there are none."""
    troubled = [feed for feed in feeds if feed.error]
    followed = "1 feed is followed" if len(feeds) == 1 else f"{len(feeds)} feeds are followed"
    told = [f"{feed.name}: {messages.feed_state(feed, now)}" for feed in troubled[:SHOWN]]
    rest = [messages.MORE.format(count=len(troubled) - SHOWN)] if len(troubled) > SHOWN else []
    return [f"{followed}, {len(troubled) or 'none'} with trouble.", *told, *rest] if feeds else []
