"""Answers, passages and lists as a terminal shows them: rich objects, pure, safe for hostile text.

Everything is a `Text` or a cell made of one, so rich never reads an article's words as markup.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from rich.console import Group
from rich.text import Text

from bot import messages
from bot.calendar_words import adds_to, from_today, in_full, is_worth_telling
from bot.doctor import Check, Status
from bot.listing import Listing
from bot.messages import day
from bot.printable import one_line, printable
from corpus.article import Article
from corpus.catalog import CatalogEntry, SourceSummary
from corpus.followed import FollowedFeed
from retrieval.answer import Answer, Citation, Evidence, Near, NoAnswer, Variant, quoted_together
from retrieval.outcome import Indexed, Outcome

SPAN = "bold reverse"
QUIET = "dim"
CHECK_STYLES = {Status.OK: "green", Status.WARNING: "yellow", Status.FAILED: "bold red"}
EXCERPT = 300
"""Characters of a closest passage that a list shows."""


def card(result: Answer | NoAnswer, *, today: date | None = None) -> Text:
    """Return what a person sees for a question: the answer with its quote and sources, or the honest no.

    Where the answer is a date, the card tells how far it is from `today`; nothing for None.
    """
    if isinstance(result, NoAnswer):
        return _no_answer(result)
    parts = _items(result) if result.items else _single(result, today)
    parts += _numbered(messages.DIFFER, result.disagreements, first=1)
    parts += _numbered(f"{messages.OTHER_ANSWERS}:", result.alternatives, first=1 + len(result.disagreements))
    unanswered = [Text(), Text(one_line(messages.unanswered(result.unanswered)))] if result.unanswered else []
    return Text("\n").join([*parts, *unanswered, *_searched_for(result)])


def _searched_for(result: Answer | NoAnswer) -> list[Text]:
    told = messages.understood(result, one_line)
    return [Text(), Text(told, style=QUIET)] if told else []


def _dated(variant: Variant, today: date | None) -> list[Text]:
    """Return the line that tells in full, and as ISO 8601, which date the answer means; nothing where that adds nothing or is not known."""
    if variant.date is None or variant.date.first is None or not is_worth_telling(variant.date, variant.best.span.text):
        return []
    told = [f"{in_full(variant.date)} ({variant.date})", from_today(variant.date, today) if today else ""]
    return [Text(f"{messages.DATE}: {', '.join(part for part in told if part)}", style=QUIET)]


def _single(answer: Answer, today: date | None) -> list[Text]:
    """Return the answer with its quote; a sentence that is marked in its quote is not shown by itself."""
    best = answer.variant.best
    is_quoted = best.quote.text != best.span.text
    named = [Text(one_line(best.span.text), style="bold"), *_dated(answer.variant, today), Text()]
    headline = [] if answer.kind.wants_sentence and is_quoted else named
    quote = [_quote([best])] if is_quoted else []
    return [*headline, *quote, _citation(best.citation), Text(), Text(f"{_agreement(answer.variant)}.", style=QUIET)]


def _items(answer: Answer) -> list[Text]:
    """Return the items of a list, then their quotes with their articles; of a summary, the sentences with theirs."""
    listed = [Text("• ").append(one_line(item.span.text), style="bold") for item in answer.items if item.span != item.quote]
    blocks = [part for items in quoted_together(answer.items) for part in (Text(), _quote(items), _citation(items[0].citation))]
    return [*listed, *blocks] if listed else blocks[1:]


def _agreement(variant: Variant) -> str:
    """Return how many sources say so, and which other articles do."""
    also = [_also(evidence) for evidence in variant.evidence[1:]]
    agreement = messages.agreement(variant.sources)
    return f"{agreement} ({messages.ALSO} {', '.join(also)})" if also else agreement


def _also(evidence: Evidence) -> str:
    """Return the origin of a further article that says so, marked where it is a copy: it is no further source."""
    origin = one_line(evidence.citation.source or evidence.citation.title)
    return f"{origin} ({messages.COPY})" if evidence.is_copy else origin


def others(result: Answer | NoAnswer) -> Sequence[Evidence | Near]:
    """Return what the numbers on the result's card stand for, from 1 on."""
    if isinstance(result, NoAnswer):
        return result.closest
    return [variant.best for variant in (*result.disagreements, *result.alternatives)]


def detail(shown: Evidence | Near) -> Text:
    """Return the whole passage with the answer marked in it, and its article."""
    if isinstance(shown, Near):
        return Text("\n").join([Text(printable(shown.passage.text)), _whole_citation(shown.citation)])
    passage = Text(printable(shown.passage.text))
    passage.stylize(SPAN, shown.span.start - shown.passage.start, shown.span.end - shown.passage.start)
    return Text("\n").join([Text(one_line(shown.span.text), style="bold"), Text(), passage, _whole_citation(shown.citation)])


def _quote(items: Sequence[Evidence]) -> Text:
    """Return the quote that `items` share, with their spans marked where they are not all of it."""
    around = items[0].quote
    quote = Text(one_line(around.text))
    for item in items:
        if item.span != around:
            quote.stylize(SPAN, item.span.start - around.start, item.span.end - around.start)
    return Text("“").append_text(quote).append("”")


def _citation(citation: Citation) -> Text:
    known = [citation.source, messages.moment(citation.published), citation.url or citation.file or ""]
    text = Text(one_line(citation.title), style="italic")
    rest = ", ".join(one_line(part) for part in known if part)
    return text.append(f"\n{rest}", style=f"not italic {QUIET}") if rest else text


def _whole_citation(citation: Citation, *more: str) -> Text:
    """Return the citation with `more` that is known of the article, and how it was changed."""
    lines = [*more, *messages.changes(citation.updated, citation.note)]
    return Text("\n").join([_citation(citation), *(Text(one_line(line), style=QUIET) for line in lines)])


def _numbered(heading: str, variants: Sequence[Variant], *, first: int) -> list[Text]:
    if not variants:
        return []
    return [Text(), Text(heading), *(_line(number, variant) for number, variant in enumerate(variants, first))]


def _line(number: int, variant: Variant) -> Text:
    citation = variant.best.citation
    where = ", ".join(one_line(part) for part in (citation.source or citation.title, day(citation.published)) if part)
    said = variant.best.span.text
    known = f" = {variant.date}" if variant.date and adds_to(variant.date, said) else ""
    return Text(f"  {number}. ").append(one_line(said), style="bold").append(f"{known} ({where})", style=QUIET)


def _no_answer(result: NoAnswer) -> Text:
    parts = [Text(messages.SILENCES[result.silence], style="bold")]
    if result.closest:
        parts += [Text(), Text(messages.CLOSEST), *(_near(number, near) for number, near in enumerate(result.closest, 1))]
    return Text("\n").join([*parts, *_searched_for(result)])


def _near(number: int, near: Near) -> Text:
    text = " ".join(near.passage.text.split())
    excerpt = text if len(text) <= EXCERPT else f"{text[:EXCERPT].rsplit(maxsplit=1)[0]} …"
    where = ", ".join(one_line(part) for part in (near.citation.title, near.citation.source, day(near.citation.published)) if part)
    return Text(f"  {number}. “{one_line(excerpt)}” ").append(f"({where})", style=QUIET)


def more_by_number(result: Answer | NoAnswer) -> Text | None:
    """Return the hint that numbers can be typed; None where the card has none."""
    return Text(messages.MORE_BY_NUMBER, style=QUIET) if others(result) else None


def articles_table(entries: Iterable[CatalogEntry]) -> Listing | Text:
    """Return one row per article, with the id that other commands take; for none, how to add some."""
    rows = [
        (entry.article.id, day(entry.article.published), entry.article.source, entry.article.title, str(entry.passages))
        for entry in entries
    ]
    listing = Listing(["ID", "Published", "Source", "Title", "Passages"], rows, right=["Passages"])
    return listing if rows else Text(messages.NO_ARTICLES)


def sources_table(sources: Iterable[SourceSummary]) -> Listing | Text:
    """Return one row per source; for none, how to add articles."""
    rows = [(summary.source or messages.UNKNOWN_SOURCE, str(summary.articles), day(summary.newest)) for summary in sources]
    return Listing(["Source", "Articles", "Newest"], rows, right=["Articles"]) if rows else Text(messages.NO_ARTICLES)


def sources_report(sources: Iterable[SourceSummary], feeds: Sequence[FollowedFeed], now: datetime) -> Group:
    """Return one row per source and, below, one per followed feed with how it does."""
    if not feeds:
        return Group(sources_table(sources))
    rows = [(str(feed.number), feed.name, messages.feed_state(feed, now), feed.address) for feed in feeds]
    return Group(sources_table(sources), Text(), Listing(["Feed", "Name", "State", "Address"], rows, right=["Feed"]))


def sources_list(sources: Sequence[SourceSummary]) -> Text:
    """Return the sources as the conversation shows them."""
    if not sources:
        return Text(messages.NO_SOURCES)
    return Text("\n").join(Text(one_line(f"{summary.source or messages.UNKNOWN_SOURCE}: {_articles(summary)}")) for summary in sources)


def _articles(summary: SourceSummary) -> str:
    number = messages.articles(summary.articles)
    return f"{number}, newest {day(summary.newest)}" if summary.newest else number


def article_card(article: Article) -> Text:
    """Return an article as it is kept: what is known of it, then its whole text."""
    written = ", ".join(part for part in (article.author, article.place) if part)
    return Text("\n\n").join([_whole_citation(Citation.of(article), *filter(None, [written])), Text(printable(article.text))])


def added_report(results: Sequence[Indexed], followed: Sequence[FollowedFeed] = ()) -> Group:
    """Return one row per source, the sums, and which feeds are followed from now on."""
    rows = Listing(["Outcome", "Article", "Passages or reason"], [_indexed_row(result) for result in results])
    sums = messages.sums(results)
    following = messages.following([f"{feed.number} ({one_line(feed.name)})" for feed in followed], messages.FOLLOWED_TERMINAL)
    lines = [f"{sums}." if sums else messages.NOTHING_ADDED, following]
    return Group(rows, *(Text(line) for line in lines if line))


def _indexed_row(result: Indexed) -> tuple[str, str, str]:
    passages = "" if result.outcome is Outcome.UNCHANGED else str(result.passages)  # none of them is new
    return (result.outcome.value, result.title or result.source, result.reason or passages)


def checks_table(checks: Iterable[Check]) -> Listing:
    """Return one row per check, failures in red, with what to do."""
    rows = [(check.name, Text(check.status.value, style=CHECK_STYLES[check.status]), check.detail, check.remedy) for check in checks]
    return Listing(["Check", "Status", "Found", "What to do"], rows)
