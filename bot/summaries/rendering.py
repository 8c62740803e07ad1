"""Summaries and timelines as Telegram HTML: pure functions, safe for hostile text, never longer than a message may be."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.calendar_words import in_full
from bot.differences import difference_html
from bot.markup import LIMIT, link, marked, plain, shorten, units, visible
from bot.render import origin
from bot.summaries import messages
from retrieval.answer import Citation, Evidence
from retrieval.summaries.briefing import Briefing, StorySummary
from retrieval.summaries.timeline import Event

TITLE_LIMIT = 150
SENTENCE_LIMIT = 420
LONG_SENTENCE_LIMIT = 700
"""For a sentence in a list of stories, and in a story that stands alone."""

EVENT_LIMITS = (300, 200, 120)
"""For the quotes of events: the first with which all of them fit, for what comes last is the newest."""
CAPTION_LIMIT = 1024
"""Units that Telegram allows below a picture."""

ROOM_FOR_REST = 60
DIFFERENCES_SHOWN, DIFFERENT_LIMIT = 3, 240
"""What the articles tell differently: how often at most, and the units of each quote."""


def briefing_html(briefing: Briefing, *, heading: str) -> str:
    """Return the stories, numbered where there are several, with as many sentences of each as fit.

    Where not even all of the headlines do, the first stories are shown, and how many more there are.
    """
    numbered = len(briefing.stories) > 1
    for most, quote in _sizes(3):
        blocks = [_story(story, place if numbered else 0, most, SENTENCE_LIMIT, quote) for place, story in enumerate(briefing.stories, 1)]
        html = _joined(heading, blocks, briefing.left_out)
        if units(visible(html)) <= LIMIT:
            return html
    shown = _fitting(heading, blocks)
    return _joined(heading, blocks[:shown], briefing.left_out + len(blocks) - shown)


def story_html(story: StorySummary) -> str:
    """Return one story with all of its sentences, as many as fit."""
    for most, quote in _sizes(len(story.sentences)):
        html = _story(story, 0, most, LONG_SENTENCE_LIMIT, quote)
        if units(visible(html)) <= LIMIT:
            break
    return html


def _sizes(sentences: int) -> Iterator[tuple[int, int]]:
    """Yield how many sentences a story has at most, and the units of a quote of what its articles tell differently; ever less.

    Those quotes give way before the sentences do: only the values are told then.
    """
    yield sentences, DIFFERENT_LIMIT
    for most in range(sentences, -1, -1):
        yield most, 0


def _joined(heading: str, blocks: Sequence[str], left_out: int) -> str:
    rest = [messages.further(left_out)] if left_out else []
    return "\n\n".join(part for part in [f"<i>{plain(heading)}</i>" if heading else "", *blocks, *rest] if part)


def _fitting(heading: str, blocks: Sequence[str]) -> int:
    """Return how many of the first blocks fit into a message."""
    fitting = len(blocks)
    while fitting and units(visible(_joined(heading, blocks[:fitting], 1))) > LIMIT - ROOM_FOR_REST:
        fitting -= 1
    return fitting


def _story(story: StorySummary, number: int, sentences: int, limit: int, quote: int) -> str:
    """Return a story's headline, how many sources tell it, its first sentences with their sources, and what its articles tell differently.

    `limit` and `quote` are the units of a sentence, and of a quote of what is told differently: for 0 only the values.
    """
    place = f"{number}. " if number else ""
    lines = [f"<b>{place}{_linked_title(story.headline)}</b>", plain(messages.told_by(story.sources, story.articles[0].published))]
    if story.is_development and story.sentences:
        lines.append(f"<i>{messages.DEVELOPMENT}</i>")
    if not story.sentences:
        lines.append(f"<i>{messages.NO_SENTENCE}</i>")
    told = [_sentence(evidence, limit) for evidence in story.sentences[:sentences]]
    differing = [difference_html(each, heading=messages.DIFFER, quote=quote) for each in story.differing[:DIFFERENCES_SHOWN]]
    return "\n".join([*lines, *told, *differing])


def _sentence(evidence: Evidence, limit: int) -> str:
    return f"<blockquote>{plain(shorten(evidence.span.text, limit))}</blockquote>\n{origin(evidence.citation)}"


def _linked_title(citation: Citation) -> str:
    """Return the title, as a link where there is an address."""
    return link(plain(shorten(citation.title, TITLE_LIMIT)), citation.url)


def timeline_html(events: Sequence[Event], *, title: str, today: date) -> str:
    """Return the events with their quotes and sources; where not even short quotes of all fit, of as many of the first ones as do."""
    heading = f"<b>{plain(shorten(messages.timeline_of(title), 200))}</b>"
    for limit in EVENT_LIMITS:
        shown = [heading, *(_event(event, today, limit) for event in events)]
        if units(visible("\n\n".join(shown))) <= LIMIT:
            break
    while units(visible("\n\n".join(shown))) > LIMIT:
        shown.pop()
    return "\n\n".join(shown)


def _event(event: Event, today: date, limit: int) -> str:
    best = event.evidence[0]
    ahead = f" <i>({messages.AHEAD})</i>" if event.is_ahead(today) else ""
    origins = ", ".join(origin(evidence.citation) for evidence in event.evidence[:3])
    return f"<b>{plain(in_full(event.date))}</b>{ahead}\n“{marked(best.quote, best.span, limit)}” {origins}"
