"""What `/summary` and `quotewire summary` look up: a topic, or what is new, with the line that says which."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import summary_messages as messages
from bot.protocols import Summarising
from retrieval.briefing import Briefing

RECENT = timedelta(days=3)
"""How far back what is new goes where nothing tells from when on."""

LAST_BATCH = timedelta(days=1)
"""Where nothing is new, the articles that came last are told, and those that came this long before the last one."""


@dataclass(frozen=True, slots=True)
class Found:
    """Stories with the line that says what they are; where there are none, `heading` says so. `since` is None where all count."""

    briefing: Briefing
    heading: str
    since: datetime | None = None


def look_up(summariser: Summarising, *, topic: str | None, since: datetime | None, now: datetime) -> Found:
    """Return the stories about `topic`, those of the articles that came after `since`, or both; without either, what came last."""
    if topic:
        return _on_topic(summariser, topic, since)
    if since is not None:
        return _new(summariser, since)
    found = _new(summariser, now - RECENT)
    newest = summariser.newest()
    if newest is None:
        return Found(Briefing(()), messages.NO_ARTICLES)
    return found if found.briefing.stories else _new(summariser, newest.astimezone(now.tzinfo) - LAST_BATCH)


def _on_topic(summariser: Summarising, topic: str, since: datetime | None) -> Found:
    briefing = summariser.topic(topic, since=since)
    if briefing.stories:
        return Found(briefing, messages.new_since(since) if since else "", since)
    if since is None:
        return Found(briefing, messages.NOTHING_ON_TOPIC if summariser.newest() else messages.NO_ARTICLES)
    return Found(briefing, messages.NOTHING_NEW_ON_TOPIC.format(since=messages.clock(since)), since)


def _new(summariser: Summarising, since: datetime) -> Found:
    briefing = summariser.since(since)
    heading = messages.new_since(since) if briefing.stories else messages.NOTHING_NEW.format(since=messages.clock(since))
    return Found(briefing, heading, since)
