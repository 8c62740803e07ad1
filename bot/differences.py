"""What the articles of a story tell differently, for a chat and for a terminal: each version with its quote, and who tells it when."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from bot import messages
from bot.calendar_words import adds_to
from bot.cards import QUIET, SPAN
from bot.markup import marked
from bot.printable import one_line
from bot.render import origin, value
from retrieval.answer import Citation, Evidence, Variant
from retrieval.summaries.briefing import Difference

VERSIONS_SHOWN = 3
TELLERS_SHOWN = 3


def difference_html(difference: Difference, *, heading: str, quote: int) -> str:
    """Return a line for each version below `heading`, its quote with `quote` units at most; for 0 only the value and one who tells it."""
    return "\n".join([heading, *(f"• {_version(version, quote)}" for version in difference.versions[:VERSIONS_SHOWN])])


def _version(version: Variant, quote: int) -> str:
    if not quote:
        return f"{value(version)} ({_origin(version.best.citation)})"
    return f"{value(version)}: “{marked(version.best.quote, version.best.span, quote)}” ({_tellers(version.evidence)})"


def _tellers(evidence: Sequence[Evidence]) -> str:
    """Return who tells a version and when; the first one's quote is shown."""
    first, *others = (_origin(each.citation) for each in evidence[:TELLERS_SHOWN])
    return f"{first}; {messages.ALSO} {'; '.join(others)}" if others else first


def _origin(citation: Citation) -> str:
    return ", ".join(part for part in (origin(citation), messages.day(citation.published)) if part)


def difference_card(difference: Difference, *, heading: str) -> Text:
    """Return each version below `heading` in two lines: its quote with the value marked, and its articles."""
    lines = [Text(f"  {heading}")]
    for version in difference.versions:
        lines += _version_lines(version)
    return Text("\n").join(lines)


def _version_lines(version: Variant) -> Iterator[Text]:
    best, said = version.best, version.best.span.text
    known = f" = {version.date}" if version.date and adds_to(version.date, said) else ""
    quote = Text(f"“{one_line(best.quote.text)}”")
    start = 1 + best.span.start - best.quote.start
    quote.stylize(SPAN, start, start + len(best.span.text))
    yield Text("  • ").append(one_line(said), style="bold").append(f"{known}: ").append(quote)
    yield Text(f"    {'; '.join(_names(each.citation) for each in version.evidence)}", style=QUIET)


def _names(citation: Citation) -> str:
    known = [citation.source or citation.title, messages.moment(citation.published), citation.url or citation.file or ""]
    return ", ".join(one_line(part) for part in known if part)
