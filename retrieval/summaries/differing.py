"""What the articles of a story tell differently. Only what is certain: a false alarm is worse than a miss."""

from collections.abc import Sequence

from corpus.article import Article
from retrieval.summaries.briefing import Difference
from retrieval.summaries.differing_dates import differing_dates
from retrieval.summaries.differing_numbers import differing_numbers

MAX_ARTICLES = 8


def differences(articles: Sequence[Article]) -> tuple[Difference, ...]:
    """Return what the first MAX_ARTICLES of a story's articles, none a copy of another, tell differently; mostly nothing."""
    read = articles[:MAX_ARTICLES]
    return (*differing_dates(read), *differing_numbers(read))
