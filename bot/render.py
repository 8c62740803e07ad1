"""Answers, lists and sentences as Telegram HTML: pure functions, safe for hostile text, never longer than a message may be."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from bot import messages
from bot.calendar_words import adds_to, from_today, in_full, is_worth_telling
from bot.keyboards import View
from bot.markup import DATE_TAG, LIMIT, escaped, fitting, link, marked, shorten, units, visible
from bot.state import Result
from corpus.catalog import SourceSummary
from retrieval.answer import Answer, Citation, Evidence, Near, NoAnswer, Variant, quoted_together
from retrieval.dates.partial_date import PartialDate

ANSWER_LIMIT = 700
QUOTE_LIMIT = 1200
PASSAGE_LIMIT = 3000
TITLE_LIMIT = 200
SOURCE_LIMIT = 80
SEARCHED_LIMIT = 300
ITEM_LIMIT = 120
"""For each of an answer, a title and a quote's surroundings inside a list."""
EXCERPT_LIMIT = 300
SENTENCE_LIMIT = 700
"""For the quote of a list's items, and for a sentence of a summary."""
ALSO_SHOWN, DISAGREEMENTS_SHOWN, NOTES_SHOWN = 4, 4, 4
OTHERS_SHOWN = 6
CLOSEST_SHOWN = 3


def card(result: Result, view: View = View.QUOTE, *, today: date | None = None) -> str:
    """Return the message for `result` in the `view` that its reader chose; a NoAnswer has one view only.

    Where the answer is a date, the message tells how far it is from `today`; nothing for None.
    """
    if isinstance(result, NoAnswer):
        return _no_answer(result)
    return _others(result) if view is View.OTHERS else _answer(result, today, whole_passage=view is View.PASSAGE)


def _answer(answer: Answer, today: date | None, *, whole_passage: bool) -> str:
    if answer.items and not whole_passage:
        return _items(answer)
    best = answer.variant.best
    headline = "\n".join(
        part for part in (f"<b>{escaped(shorten(best.span.text, ANSWER_LIMIT))}</b>", _dated(answer.variant, today)) if part
    )
    told = messages.changes(best.citation.updated, best.citation.note)[:NOTES_SHOWN] if whole_passage else []
    changes = [f"<i>{escaped(shorten(line, EXCERPT_LIMIT))}</i>" for line in told]
    below = "\n".join([_citation(best.citation, TITLE_LIMIT), *changes, _agreement(answer.variant)])
    differing = _differing(answer)
    around = best.passage if whole_passage else best.quote
    if around.text == best.span.text and not whole_passage:
        return _paragraphs(headline, below, differing)
    if answer.kind.wants_sentence and not whole_passage:
        headline = ""  # the sentence is marked in what it takes to read it
    room = LIMIT - units(visible(_paragraphs(headline, below, differing))) - 2
    quote = marked(around, best.span, min(room, PASSAGE_LIMIT if whole_passage else QUOTE_LIMIT))
    return _paragraphs(headline, f"<blockquote expandable>{quote}</blockquote>\n{below}", differing)


def _dated(variant: Variant, today: date | None) -> str:
    """Return the line that tells in full which date the answer means; an empty string where that adds nothing or is not known."""
    known = variant.date
    if known is None or not is_worth_telling(known, variant.best.span.text):
        return ""
    told = [_date(known), from_today(known, today) if today else ""]
    return f"<i>{messages.DATE}: {', '.join(part for part in told if part)}</i>" if told[0] else ""


def _date(known: PartialDate) -> str:
    """Return a date in full, as an entity where it is one day; noon UTC is that day in nearly every time zone."""
    words = escaped(in_full(known))
    if not known.is_day or known.first is None or known.first < _FIRST_DATE:
        return words
    noon = datetime(known.first.year, known.first.month, known.first.day, 12, tzinfo=UTC)
    return f'<{DATE_TAG} unix="{int(noon.timestamp())}">{words}</{DATE_TAG}>'


_FIRST_DATE = date(1970, 1, 2)
"""Unix time counts from 1970."""


def _searched_for(result: Result) -> str:
    """Return the question as it was understood, where it leant on another or its words were misspelt; else nothing."""
    told = messages.understood(result, lambda question: shorten(question, SEARCHED_LIMIT))
    return f"<i>{escaped(told)}</i>" if told else ""


def _items(answer: Answer) -> str:
    """Return the items of a list, then their quotes with their articles; of a summary, the sentences with theirs."""
    bullets = [f"• <b>{escaped(shorten(item.span.text, ITEM_LIMIT))}</b>" for item in answer.items if item.span != item.quote]
    head, differing = "\n".join(bullets), _differing(answer)
    blocks = [_quoted(items) for items in quoted_together(answer.items)]
    shown = fitting((f"{block}\n" for block in blocks), LIMIT - units(visible(_paragraphs(head, differing))) - 4)
    return _paragraphs(head, *blocks[:shown], differing)


def _quoted(items: Sequence[Evidence]) -> str:
    """Return the quote that `items` share, with their spans in bold where they are not all of it, and its article."""
    quote, spans = items[0].quote, [item.span for item in items if item.span != item.quote]
    if units(quote.text) > SENTENCE_LIMIT and spans:
        shown = marked(quote, spans[0], SENTENCE_LIMIT)
    else:
        shown = _bold(shorten(quote.text, SENTENCE_LIMIT), [(span.start - quote.start, span.end - quote.start) for span in spans])
    return f"<blockquote>{shown}</blockquote>\n{_citation(items[0].citation, ITEM_LIMIT)}"


def _bold(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return `text` with the characters of each of `places` in bold; of two that overlap, the first alone."""
    pieces, at = [], 0
    for start, end in sorted(places):
        if start >= at:
            pieces += [escaped(text[at:start]), f"<b>{escaped(text[start:end])}</b>"]
            at = end
    return "".join([*pieces, escaped(text[at:])])


def _agreement(variant: Variant) -> str:
    """Return how many sources say so, and the other articles that do, each as a link where it has an address."""
    also = [_also(evidence) for evidence in variant.evidence[1 : 1 + ALSO_SHOWN]]
    agreement = messages.agreement(variant.sources)
    return f"{agreement} ({messages.ALSO} {', '.join(also)})" if also else agreement


def _also(evidence: Evidence) -> str:
    """Return the origin of a further article that says so, marked where it is a copy: it is no further source."""
    return f"{origin(evidence.citation)} ({messages.COPY})" if evidence.is_copy else origin(evidence.citation)


def origin(citation: Citation) -> str:
    """Return the source's name, or the title where it is unknown, as a link where there is an address."""
    return link(escaped(shorten(citation.source or citation.title, SOURCE_LIMIT)), citation.url)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _differing(answer: Answer) -> str:
    """Return what stands below an answer: what other articles say, what they do not, and the question as it was understood."""
    unanswered = messages.unanswered([shorten(part, SEARCHED_LIMIT) for part in answer.unanswered])
    return _paragraphs(_disagreements(answer.disagreements), escaped(unanswered), _searched_for(answer))


def _disagreements(variants: Sequence[Variant]) -> str:
    """Return a line for each of the first few `variants`, under their heading; nothing for none."""
    lines = [f"• {value(variant)}: {_citation(variant.best.citation, ITEM_LIMIT)}" for variant in variants[:DISAGREEMENTS_SHOWN]]
    return "\n".join([messages.DIFFER, *lines]) if lines else ""


def value(variant: Variant) -> str:
    """Return the variant's words, with its date in brackets where that adds to them."""
    said = variant.best.span.text
    known = f" ({escaped(in_full(variant.date))})" if variant.date and adds_to(variant.date, said) else ""
    return f"<b>{escaped(shorten(said, ITEM_LIMIT))}</b>{known}"


def _others(answer: Answer) -> str:
    """Return the disagreements and alternatives, each with its quote and article."""
    variants = (*answer.disagreements, *answer.alternatives)
    if not variants:
        return messages.NO_OTHERS
    return _paragraphs(f"<b>{messages.OTHER_ANSWERS}</b>", *(_other(variant.best) for variant in variants[:OTHERS_SHOWN]))


def _other(evidence: Evidence) -> str:
    quote = marked(evidence.quote, evidence.span, EXCERPT_LIMIT)
    return f"<blockquote>{quote}</blockquote>\n{_citation(evidence.citation, ITEM_LIMIT)}"


def _no_answer(result: NoAnswer) -> str:
    closest = [_near(near) for near in result.closest[:CLOSEST_SHOWN]]
    return _paragraphs(
        escaped(messages.SILENCES[result.silence]), *([messages.CLOSEST, *closest] if closest else []), _searched_for(result)
    )


def _near(near: Near) -> str:
    excerpt = escaped(shorten(near.passage.text, EXCERPT_LIMIT))
    return f"<blockquote>{excerpt}</blockquote>\n{_citation(near.citation, ITEM_LIMIT)}"


def _citation(citation: Citation, limit: int) -> str:
    """Return title (a link where there is an address), source and date; the file's name where neither address nor source is known."""
    title = link(escaped(shorten(citation.title, limit)), citation.url)
    source = citation.source or (citation.file or "" if citation.url is None else "")
    return " · ".join(part for part in (title, escaped(shorten(source, SOURCE_LIMIT)), messages.moment(citation.published)) if part)


def welcome(*, with_examples: bool) -> str:
    """Return the answer to /start."""
    return _paragraphs(escaped(messages.WELCOME), escaped(messages.TRY_ONE if with_examples else messages.HELP_PRIVATE))


def help_text(*, private: bool) -> str:
    """Return the answer to /help."""
    commands = "\n".join(f"/{name} – {escaped(purpose)}" for name, purpose in messages.COMMANDS.items())
    ways = [messages.HELP_PRIVATE, messages.HELP_GROUP] if private else [messages.HELP_GROUP]
    return _paragraphs(*(escaped(paragraph) for paragraph in (*ways, messages.HELP_BUTTONS)), commands)


def sources(summaries: Sequence[SourceSummary]) -> str:
    """Return the list of sources with the total; as many as a message holds, and how many more there are."""
    if not summaries:
        return messages.NO_SOURCES
    total = messages.articles(sum(summary.articles for summary in summaries))
    heading = f"<b>{messages.SOURCES_HEADING}</b>: {total}"
    lines = [_source(summary) for summary in summaries]
    shown = fitting(lines, LIMIT - units(visible(heading)) - 40)
    rest = [messages.MORE.format(count=len(lines) - shown)] if shown < len(lines) else []
    return _paragraphs(heading, "\n".join([*lines[:shown], *rest]))


def _source(summary: SourceSummary) -> str:
    name = escaped(shorten(summary.source or messages.UNKNOWN_SOURCE, SOURCE_LIMIT))
    newest = f", newest {messages.day(summary.newest)}" if summary.newest else ""
    return f"• {name}: {messages.articles(summary.articles)}{newest}"


def hello(name: str, *, sees_mentions: bool) -> str:
    """Return what the bot says when it is added to a group."""
    mentions = messages.HELLO_MENTIONS.format(name=f"@{name}") if sees_mentions else messages.HELLO_NO_MENTIONS
    return escaped(f"{messages.HELLO} {mentions} {messages.HELLO_DIGEST}")
