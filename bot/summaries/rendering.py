"""Summaries as Telegram HTML: pure functions, safe for hostile text, never longer than a message may be."""

from collections.abc import Sequence
from html import escape

from bot.differences import difference_html
from bot.render import LIMIT, SOURCE_LIMIT, URL_LIMIT, plain, shorten, units, visible
from bot.summaries import messages
from retrieval.answer import Citation, Evidence
from retrieval.summaries.briefing import Briefing, StorySummary

TITLE_LIMIT = 150
SENTENCE_LIMIT = 420
LONG_SENTENCE_LIMIT = 700
"""For a sentence in a list of stories, and in a story that stands alone."""

ROOM_FOR_REST = 60
DIFFERENCES_SHOWN, DIFFERENT_LIMIT = 3, 240
"""What the articles tell differently: how often at most, and the units of each quote."""


def briefing_html(briefing: Briefing, *, heading: str) -> str:
    """Return the stories, numbered where there are several: as many sentences of each as fit, the first story's last to go."""
    numbered = len(briefing.stories) > 1
    for most in (3, 2, 1, 0):
        blocks = [_story(story, place if numbered else 0, most, SENTENCE_LIMIT) for place, story in enumerate(briefing.stories, 1)]
        html = _joined(heading, blocks, briefing.left_out)
        if units(visible(html)) <= LIMIT:
            return html
    return _joined(heading, blocks[: _fitting(heading, blocks)], briefing.left_out)


def story_html(story: StorySummary) -> str:
    """Return one story with all of its sentences, as many as fit."""
    for most in range(len(story.sentences), -1, -1):
        html = _story(story, 0, most, LONG_SENTENCE_LIMIT)
        if units(visible(html)) <= LIMIT:
            break
    return html


def _joined(heading: str, blocks: Sequence[str], left_out: int) -> str:
    rest = [messages.further(left_out)] if left_out else []
    return "\n\n".join(part for part in [f"<i>{plain(heading)}</i>" if heading else "", *blocks, *rest] if part)


def _fitting(heading: str, blocks: Sequence[str]) -> int:
    """Return how many of the first blocks fit into a message."""
    fitting = len(blocks)
    while fitting and units(visible(_joined(heading, blocks[:fitting], 1))) > LIMIT - ROOM_FOR_REST:
        fitting -= 1
    return fitting


def _story(story: StorySummary, number: int, sentences: int, limit: int) -> str:
    """Return a story's headline, how many sources tell it, and its first sentences, each with its source."""
    place = f"{number}. " if number else ""
    lines = [f"<b>{place}{linked_title(story.headline)}</b>", plain(messages.told_by(story.sources, story.articles[0].published))]
    if story.is_development and story.sentences:
        lines.append(f"<i>{messages.DEVELOPMENT}</i>")
    if not story.sentences:
        lines.append(f"<i>{messages.NO_SENTENCE}</i>")
    told = [_sentence(evidence, limit) for evidence in story.sentences[:sentences]]
    differing = [difference_html(each, heading=messages.DIFFER, quote=DIFFERENT_LIMIT) for each in story.differing[:DIFFERENCES_SHOWN]]
    return "\n".join([*lines, *told, *differing])


def _sentence(evidence: Evidence, limit: int) -> str:
    return f"<blockquote>{plain(shorten(evidence.span.text, limit))}</blockquote>\n{linked(evidence.citation)}"


def linked_title(citation: Citation) -> str:
    """Return the title, as a link where there is an address."""
    return _link(shorten(citation.title, TITLE_LIMIT), citation)


def linked(citation: Citation) -> str:
    """Return the source's name, or the title where it is unknown, as a link where there is an address."""
    return _link(shorten(citation.source or citation.title, SOURCE_LIMIT), citation)


def _link(words: str, citation: Citation) -> str:
    usable = citation.url is not None and len(citation.url) <= URL_LIMIT
    return f'<a href="{escape(citation.url or "")}">{plain(words)}</a>' if usable else plain(words)
