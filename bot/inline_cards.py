"""Answers to choose from in inline mode: pure, as Telegram HTML. Each can be sent into any chat, so it says what was asked."""

from dataclasses import dataclass, replace
from datetime import date

from bot import markup, messages, render
from bot.markup import LIMIT, shorten, units, visible
from bot.state import Result
from retrieval.answer import Answer, NoAnswer, Silence, Variant, quoted_together

MOST = 5
TITLE_LIMIT, DESCRIPTION_LIMIT, QUESTION_LIMIT = 100, 120, 256
SAYS_NOTHING = frozenset(
    {Silence.NO_WORDS, Silence.UNCLEAR, Silence.GREETING, Silence.THANKS, Silence.GOODBYE, Silence.HELP, Silence.DOUBT}
)
"""What is no question has no cards."""


@dataclass(frozen=True, slots=True)
class Card:
    """An answer to choose: what the list shows of it, and the message that it becomes."""

    title: str
    description: str
    html: str


def cards(result: Result, *, today: date | None = None) -> list[Card]:
    """Return at most MOST cards, best first: the answer, then those that differ and the less likely ones; one where there is no answer.

    What differs from one of the answers to "when and where" has no card of its own. What is no question at all has none.
    """
    if isinstance(result, NoAnswer):
        asked = result.question
        return [] if result.silence in SAYS_NOTHING else [Card(messages.SILENCES[result.silence], asked, _with_question(result, today))]
    differing = [_told_by(result, variant) for variant in result.disagreements] if not result.items else []
    likely = [replace(result, variant=variant, disagreements=(), alternatives=(), items=()) for variant in result.alternatives]
    return [_card(each, today) for each in [result, *differing, *likely][:MOST]]


def _told_by(result: Answer, chosen: Variant) -> Answer:
    """Return the answer as the articles of `chosen` give it; what the others say stays below it."""
    others = tuple(variant for variant in (result.variant, *result.disagreements) if variant != chosen)
    return replace(result, variant=chosen, disagreements=others, alternatives=(), items=())


def _card(answer: Answer, today: date | None) -> Card:
    best = answer.variant.best
    listed = "; ".join(items[0].span.text for items in quoted_together(answer.items))
    said = listed or (best.quote.text if answer.kind.wants_sentence else best.span.text)
    origin = " · ".join(part for part in (best.citation.source or best.citation.title, messages.day(best.citation.published)) if part)
    return Card(shorten(said, TITLE_LIMIT), shorten(origin, DESCRIPTION_LIMIT), _with_question(answer, today))


def _with_question(result: Result, today: date | None) -> str:
    """Return the card with the question above it, where both fit into a message."""
    card = markup.without_dates(render.card(result, today=today))
    html = f"<i>{markup.plain(shorten(result.question, QUESTION_LIMIT))}</i>\n\n{card}"
    return html if units(visible(html)) <= LIMIT else card
