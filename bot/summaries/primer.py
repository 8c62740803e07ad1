"""A story as something that questions can follow: what "when?" asks about after somebody chose to ask about it."""

from retrieval.answer import Answer, Evidence, Extract, Variant
from retrieval.question import Kind
from retrieval.summaries.briefing import StorySummary


def primed(story: StorySummary) -> Answer:
    """Return the answer that a story would be to a question about it: the next question may lean on its headline and its sentences."""
    title = story.headline.title
    headline = Extract(0, len(title), title)
    named = Evidence(story.headline, span=headline, quote=headline, passage=headline, confidence=1.0)
    first = story.sentences[0] if story.sentences else named
    return Answer(title, Kind.SUMMARY, Variant(title, (first,), story.sources), 1.0, items=story.sentences)
