"""Timelines in words, for the chat and the terminal: pure functions."""

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from bot.calendar_words import in_full
from bot.cards import QUIET
from bot.json_output import Json, citation_object
from bot.printable import one_line
from bot.render import LIMIT, plain, shorten, units, visible
from bot.summaries import messages
from bot.summaries.rendering import linked
from retrieval.answer import Evidence
from retrieval.summaries.timeline import Event

QUOTE_LIMIT = 300
CAPTION_LIMIT = 1024
"""Units that Telegram allows below a picture."""


def timeline_html(events: Sequence[Event], *, title: str, today: date, limit: int = LIMIT) -> str:
    """Return the events with their quotes and sources, as many of the first ones as fit into `limit` units."""
    heading = f"<b>{plain(shorten(messages.timeline_of(title), 200))}</b>"
    shown = [heading]
    for event in events:
        block = _event(event, today)
        if units(visible("\n\n".join([*shown, block]))) > limit:
            break
        shown.append(block)
    return "\n\n".join(shown)


def _event(event: Event, today: date) -> str:
    best = event.evidence[0]
    ahead = f" <i>({messages.AHEAD})</i>" if event.is_ahead(today) else ""
    origins = ", ".join(linked(evidence.citation) for evidence in event.evidence[:3])
    return f"<b>{plain(in_full(event.date))}</b>{ahead}\n“{_marked(best)}” {origins}"


def _marked(evidence: Evidence) -> str:
    """Return the quote, shortened, with the words of its date in bold where they are still there."""
    quote = shorten(evidence.quote.text, QUOTE_LIMIT)
    start, end = evidence.span.start - evidence.quote.start, evidence.span.end - evidence.quote.start
    if end >= len(quote):
        return plain(quote)
    return f"{plain(quote[:start])}<b>{plain(quote[start:end])}</b>{plain(quote[end:])}" if start < end else plain(quote)


def timeline_card(events: Sequence[Event], *, title: str, today: date) -> Text:
    """Return the events as a terminal shows them."""
    return Text("\n\n").join([Text(one_line(messages.timeline_of(title)), style="bold"), *(_card(event, today) for event in events)])


def _card(event: Event, today: date) -> Text:
    best = event.evidence[0]
    ahead = f" ({messages.AHEAD})" if event.is_ahead(today) else ""
    origins = "; ".join(one_line(evidence.citation.source or evidence.citation.title) for evidence in event.evidence)
    quote = Text(one_line(best.quote.text))
    quote.stylize("bold", best.span.start - best.quote.start, best.span.end - best.quote.start)
    head = Text(f"{in_full(event.date)} ({event.date}){ahead}", style="bold")
    return Text("\n").join([head, Text("  “").append_text(quote).append("”"), Text(f"    {origins}", style=QUIET)])


def timeline_object(events: Sequence[Event], *, topic: str | None, today: date) -> dict[str, Json]:
    """Return the object of `summary --timeline`."""
    return {"topic": topic, "events": [_object(event, today) for event in events]}


def _object(event: Event, today: date) -> dict[str, Json]:
    return {
        "date": str(event.date),
        "ahead": event.is_ahead(today),
        "sources": event.sources,
        "evidence": [_evidence(evidence) for evidence in event.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Json]:
    return {
        "text": evidence.span.text,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "quote": evidence.quote.text,
        "article": citation_object(evidence.citation),
    }
