"""What `/summary` and `quotewire summary` look up: a topic, or what is new, with the line that says which."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import UsageError
from bot.moments import moment_of
from bot.protocols import Summarising
from bot.summaries import messages
from retrieval.summaries.briefing import Briefing
from retrieval.summaries.timeline import Event

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


def read_wish(typed: str, now: datetime) -> tuple[str | None, datetime | None]:
    """Return the topic and the moment that were typed: "3 days" and "since yesterday" are moments, "gaza since yesterday" is both."""
    if not typed.strip():
        return None, None
    try:
        return None, moment_of(typed, now)
    except UsageError:
        return _topic_and_moment(typed.strip(), now)


def _topic_and_moment(typed: str, now: datetime) -> tuple[str, datetime | None]:
    parts = _TOPIC_SINCE.fullmatch(typed)
    try:
        return (parts["topic"], moment_of(parts["since"], now)) if parts else (typed, None)
    except UsageError:
        return typed, None


_TOPIC_SINCE = re.compile(r"(?P<topic>.*\S)\s+(?P<since>since\s.*)", re.IGNORECASE | re.DOTALL)


def events(summariser: Summarising, *, topic: str | None, since: datetime | None, now: datetime) -> list[Event]:
    """Return the dated events about `topic`; without one, those of what is new, as `look_up` finds it."""
    if topic and since is None:
        return summariser.timeline(topic)
    found = look_up(summariser, topic=topic, since=since, now=now)
    return summariser.timeline_of([citation.id for story in found.briefing.stories for citation in story.articles])
