"""A digest as Telegram messages: pure functions, safe for hostile text, cut between stories, never longer than a message may be."""

from collections.abc import Sequence
from datetime import date

from bot import messages
from bot.differences import difference_html
from bot.digests import messages as digest_messages
from bot.digests.deliveries import Draft
from bot.digests.subscriptions import WhenEmpty
from bot.markup import LIMIT, escaped, link, shorten, units, visible
from corpus.article import Article
from retrieval.answer import Citation, Evidence, quoted_together
from retrieval.summaries.briefing import Briefing, StorySummary
from retrieval.summaries.topics import Match, Topics

ROOM = LIMIT - 296
"""Units of a message that stories may fill: the rest is for a notice in front of it."""
MAX_ENTITIES = 90
"""Of the 100 that Telegram shows."""
TITLE_LIMIT, SOURCE_LIMIT, SENTENCE_LIMIT, DIFFERENT_LIMIT, URL_LIMIT, TESTED_LIMIT = 200, 60, 600, 160, 500, 100
DIFFERENCES_SHOWN, SENTENCES_SHOWN = 2, 3


def drafts(briefing: Briefing, day: date) -> list[Draft]:
    """Return the messages of the digest of `day`, in order, each with the articles that it tells of; at least one."""
    blocks = [(story_block(story), tuple(citation.id for citation in story.articles)) for story in briefing.stories]
    last = [part for part in (_more(briefing.left_out), _small(digest_messages.FOOTER)) if part]
    made: list[Draft] = []
    html, articles = _heading(day, len(briefing.stories)), tuple[str, ...]()
    for block, told in [*blocks, *((part, tuple[str, ...]()) for part in last)]:
        longer = f"{html}\n\n{block}"
        if fits(longer):
            html, articles = longer, articles + told
        else:
            made.append(Draft(html, articles))
            html, articles = block, told
    return [*made, Draft(html, articles)]


def written(briefing: Briefing, day: date, *, when_empty: WhenEmpty) -> list[Draft]:
    """Return the messages of the digest of `day`; none where nothing is new and the chat wants silence then."""
    if briefing.stories:
        return drafts(briefing, day)
    return nothing_new(day) if when_empty is WhenEmpty.LINE else []


def nothing_new(day: date) -> list[Draft]:
    """Return the one line for a day without news."""
    line = digest_messages.NOTHING_NEW.format(day=digest_messages.weekday_and_day(day))
    return [Draft(f"{escaped(line)}\n{_small(digest_messages.FOOTER)}")]


def tested(topics: Topics, found: Sequence[tuple[Article, Match | None]]) -> str:
    """Return which of some articles fit `topics`, each with why."""
    heading = digest_messages.TEST_HEADING.format(count=len(found), topics=topics)
    lines = [_tested(article, match) for article, match in found]
    return "\n".join([f"<b>{escaped(shorten(heading, TITLE_LIMIT * 2))}</b>", *lines])


def _tested(article: Article, match: Match | None) -> str:
    title = _link(article.title, Citation.of(article), TESTED_LIMIT)
    if match is None:
        return f"✗ {title}"
    why = f"{match.topic}: {match.why}" if match.topic else digest_messages.TEST_FITS
    return f"✓ {title} – <i>{escaped(why)}</i>"


def fits(html: str) -> bool:
    """Return whether a message of a digest may have this in it."""
    return units(visible(html)) <= ROOM and html.count("<") - html.count("</") <= MAX_ENTITIES


def with_notice(notice: str, html: str) -> str:
    """Return a message with a line in front of it that tells its readers something about its delivery."""
    return f"{_small(notice)}\n\n{html}"


def story_block(story: StorySummary) -> str:
    """Return one story: its headline, its sentences with their sources, what its articles tell differently, and how many there are.

    Where there is no room for the quotes of what differs, only the values are shown.
    """
    block = _story(story, quote=DIFFERENT_LIMIT)
    return block if fits(block) else _story(story, quote=0)


def _story(story: StorySummary, *, quote: int) -> str:
    headline = f"<b>{_link(story.headline.title, story.headline, TITLE_LIMIT)}</b>"
    label = f"{_small(digest_messages.DEVELOPMENT)}\n" if story.is_development else ""
    quotes = [_quoted(together) for together in quoted_together(story.sentences[:SENTENCES_SHOWN])]
    differing = [difference_html(each, heading=digest_messages.DIFFER, quote=quote) for each in story.differing[:DIFFERENCES_SHOWN]]
    return "\n".join([f"{label}{headline}", *quotes, *differing, _small(digest_messages.told_by(story.sources, len(story.articles)))])


def _heading(day: date, stories: int) -> str:
    return f"<b>{escaped(digest_messages.TITLE.format(day=digest_messages.weekday_and_day(day)))}</b> · {digest_messages.stories(stories)}"


def _more(left_out: int) -> str:
    return escaped(digest_messages.LEFT_OUT.format(stories=digest_messages.stories(left_out))) if left_out else ""


def _quoted(together: Sequence[Evidence]) -> str:
    first = together[0]
    return f"<blockquote>{escaped(shorten(first.quote.text, SENTENCE_LIMIT))}</blockquote>\n{_origin(first.citation)}"


def _origin(citation: Citation) -> str:
    """Return who tells it and when, as a link where there is an address."""
    source = _link(citation.source or citation.title, citation, SOURCE_LIMIT)
    day = messages.day(citation.published)
    return f"{source}, {day}" if day else source


def _link(text: str, citation: Citation, limit: int) -> str:
    return link(escaped(shorten(text, limit)), citation.url, longest=URL_LIMIT)


def _small(text: str) -> str:
    return f"<i>{escaped(text)}</i>"
