"""What `quotewire summary --json` prints: a contract with other programs. Unknown values are null."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.json_output import Json, citation_object
from bot.summaries.lookup import Found
from retrieval.answer import Evidence, Variant
from retrieval.summaries.briefing import StorySummary
from retrieval.summaries.timeline import Event


def briefing_object(found: Found, *, topic: str | None) -> dict[str, Json]:
    """Return the object of `summary`: the stories with their sentences, whose offsets count the characters of their article's text."""
    since = found.since.isoformat(timespec="seconds") if found.since else None
    return {"topic": topic, "since": since, "stories": _stories_list(found.briefing.stories), "left_out": found.briefing.left_out}


def article_summary_object(story: StorySummary) -> dict[str, Json]:
    """Return the object of `summary --article`: the same, with the article as the only story."""
    return {"topic": None, "since": None, "stories": _stories_list([story]), "left_out": 0}


def _stories_list(stories: Iterable[StorySummary]) -> list[Json]:
    """Return one object per story."""
    return [_story(story) for story in stories]


def _story(story: StorySummary) -> dict[str, Json]:
    return {
        "id": story.id,
        "headline": story.headline.title,
        "sources": story.sources,
        "development": story.is_development,
        "sentences": [_sentence(evidence) for evidence in story.sentences],
        "differing": [[_version(version) for version in difference.versions] for difference in story.differing],
        "articles": [citation_object(citation) | {"new": citation.id in story.new} for citation in story.articles],
    }


def _version(version: Variant) -> Json:
    told_by: list[Json] = [citation_object(evidence.citation) for evidence in version.evidence]
    more: dict[str, Json] = {"value": version.value, "quote": version.best.quote.text, "sources": version.sources, "articles": told_by}
    return _sentence(version.best) | more


def _sentence(evidence: Evidence) -> dict[str, Json]:
    return {
        "text": evidence.span.text,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "article": citation_object(evidence.citation),
    }


def timeline_object(events: Sequence[Event], *, topic: str | None, today: date) -> dict[str, Json]:
    """Return the object of `summary --timeline`."""
    return {"topic": topic, "events": [_event(event, today) for event in events]}


def _event(event: Event, today: date) -> dict[str, Json]:
    return {
        "date": str(event.date),
        "ahead": event.is_ahead(today),
        "sources": event.sources,
        "evidence": [_sentence(evidence) | {"quote": evidence.quote.text} for evidence in event.evidence],
    }
