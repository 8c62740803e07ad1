"""The followed feeds as an administrator sees them in a chat: Telegram HTML, pure."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from bot import messages
from bot.markup import LIMIT, fitting, plain, shorten, units, visible
from bot.render import sources
from corpus.catalog import SourceSummary
from corpus.followed import FollowedFeed

NAME_LIMIT, STATE_LIMIT = 60, 200
"""UTF-16 units of a feed's name, and of how it does."""
SOURCES_SHOWN = 10
ROOM = 200
"""Units that are kept free for the heading and the line that tells how many more feeds there are."""


def feed_list(summaries: Sequence[SourceSummary], feeds: Sequence[FollowedFeed], now: datetime, *, note: str = "") -> str:
    """Return the sources and, below, the feeds with how they do and what can be typed; `note` comes first.

    As many feeds as a message holds are listed.
    """
    head = [plain(note)] if note else []
    head.append(sources(summaries[:SOURCES_SHOWN]))
    if not feeds:
        return "\n\n".join([*head, plain(messages.NO_FEEDS)])
    foot = plain(messages.FEED_ORDERS)
    lines = [_line(feed, now) for feed in feeds]
    shown = fitting(lines, LIMIT - ROOM - sum(units(visible(part)) for part in (*head, foot)))
    rest = [messages.MORE.format(count=len(lines) - shown)] if shown < len(lines) else []
    return "\n\n".join([*head, "\n".join([f"<b>{messages.FEEDS_HEADING}</b>", *lines[:shown], *rest]), foot])


def _line(feed: FollowedFeed, now: datetime) -> str:
    name, state = plain(shorten(feed.name, NAME_LIMIT)), plain(shorten(messages.feed_state(feed, now), STATE_LIMIT))
    return f'{feed.number}. <a href="{escape(feed.address)}">{name}</a>: {state}'
