"""The dates that the sentences of an article speak of."""

import re
from collections.abc import Iterator

from corpus.article import Article, Published
from retrieval.dates.absolute import MONTH
from retrieval.dates.temporal import Mention, first_date
from retrieval.dates.tense import Tense

MOST_MENTIONS = 4
"""Dates of a sentence that are looked for; one with more is a list."""

_POSSIBLE = re.compile(
    rf"\d|\b{MONTH}|day\b|night\b|\b(?:yesterday|today|tomorrow|tonight|morning|evening|afternoon|weekend|weeks?|months?|years?|decades?|"
    r"fortnights?)\b",
    re.IGNORECASE,
)
"""What every expression of time has: searched for first, as the rules for each of them take a hundred times as long."""


def dates_in(sentence: str, published: Published | None, *, otherwise: Tense | None = None) -> list[Mention]:
    """Return the dates that a sentence speaks of and that are sure, in their order, by offsets in the sentence.

    `published` is its article's date. `otherwise` is the tense where no verb tells it; None leaves what depends on it out.
    """
    found: list[Mention] = []
    at = 0
    while len(found) < MOST_MENTIONS and _POSSIBLE.search(sentence, at):
        mention = first_date(sentence[at:], published, before=sentence[:at], otherwise=otherwise)
        if mention is None or mention.end <= 0:
            break
        found.append(Mention(at + mention.start, at + mention.end, mention.date))
        at += mention.end
    return found


def days_of(article: Article, borders: list[tuple[int, int]]) -> frozenset[int]:
    """Return the days (proleptic ordinals) that the sentences `borders` of an article speak of; a verbless one tells of the past."""
    return frozenset(_days(article, borders))


def _days(article: Article, borders: list[tuple[int, int]]) -> Iterator[int]:
    for start, end in borders:
        for mention in dates_in(article.text[start:end], article.published, otherwise=Tense.PAST):
            if mention.date.is_day and mention.date.first:
                yield mention.date.first.toordinal()
