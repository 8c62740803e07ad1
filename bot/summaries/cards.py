"""Summaries and timelines as a terminal shows them: rich objects, pure, safe for hostile text."""

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from bot.calendar_words import in_full
from bot.cards import QUIET
from bot.differences import difference_card
from bot.messages import moment
from bot.printable import one_line
from bot.summaries import messages
from retrieval.answer import Citation, Evidence
from retrieval.summaries.briefing import Briefing, StorySummary
from retrieval.summaries.timeline import Event


def briefing_card(briefing: Briefing, *, heading: str = "") -> Text:
    """Return the stories below one another; `heading` says what they are."""
    parts = [Text(one_line(heading), style=QUIET)] if heading else []
    parts += [story_card(story) for story in briefing.stories]
    if briefing.left_out:
        parts.append(Text(messages.further(briefing.left_out), style=QUIET))
    return Text("\n\n").join(parts)


def story_card(story: StorySummary) -> Text:
    """Return a story: its headline, its sentences each with its article, and how many sources tell it."""
    told = [Text(one_line(story.headline.title), style="bold"), _told_by(story)]
    if story.is_development:
        told.append(Text(messages.DEVELOPMENT, style=QUIET))
    if not story.sentences:
        told.append(Text(messages.NO_SENTENCE, style=QUIET))
    differing = (difference_card(difference, heading=messages.DIFFER) for difference in story.differing)
    return Text("\n").join([*told, *_sentences(story.sentences), *differing])


def _told_by(story: StorySummary) -> Text:
    return Text(f"{messages.told_by(story.sources, story.articles[0].published)} [{story.articles[0].id}]", style=QUIET)


def _sentences(sentences: Sequence[Evidence]) -> list[Text]:
    """Return the sentences, each article's name below its last one."""
    lines = []
    for place, evidence in enumerate(sentences):
        lines.append(Text("  “").append(one_line(evidence.span.text)).append("”"))
        following = sentences[place + 1].citation.id if place + 1 < len(sentences) else ""
        if following != evidence.citation.id:
            lines.append(Text(f"    {_origin(evidence.citation)}", style=QUIET))
    return lines


def _origin(citation: Citation) -> str:
    known = [citation.source or citation.title, moment(citation.published), citation.url or citation.file or ""]
    return ", ".join(one_line(part) for part in known if part)


def timeline_card(events: Sequence[Event], *, title: str, today: date) -> Text:
    """Return the events as a terminal shows them."""
    return Text("\n\n").join([Text(one_line(messages.timeline_of(title)), style="bold"), *(_event(event, today) for event in events)])


def _event(event: Event, today: date) -> Text:
    best = event.evidence[0]
    ahead = f" ({messages.AHEAD})" if event.is_ahead(today) else ""
    origins = "; ".join(one_line(evidence.citation.source or evidence.citation.title) for evidence in event.evidence)
    quote = Text(one_line(best.quote.text))
    quote.stylize("bold", best.span.start - best.quote.start, best.span.end - best.quote.start)
    head = Text(f"{in_full(event.date)} ({event.date}){ahead}", style="bold")
    return Text("\n").join([head, Text("  “").append_text(quote).append("”"), Text(f"    {origins}", style=QUIET)])
