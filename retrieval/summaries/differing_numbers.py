"""Numbers that the articles of a story tell differently of one thing.

Two sentences of different publishers are about one thing where they have nearly all of their words in common beside one number each, with
one unit; numbers that cannot both be true of it differ.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from corpus.article import Article
from retrieval.answer import Citation, Evidence, Extract, Variant
from retrieval.quantities import Quantity, with_measure
from retrieval.sentences import sentences
from retrieval.summaries.briefing import Difference
from retrieval.summaries.overlap import telling_words
from retrieval.summaries.standing import is_whole
from retrieval.values import Match, matched

SEARCHED_LENGTH = 3000
"""Characters of an article that are looked at."""

SAME_WORDS = 0.6
"""Which share of the words of both, beside the numbers, two sentences on one thing have in common."""

FEWEST_WORDS = 5

_NUMBER = re.compile(r"(?<![\w.,-])[$€£]?\d[\d,.]*(?:[\s-](?:million|billion|trillion|thousand))?(?![\w-]|[.,:]\d)")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
_CALENDAR = re.compile(
    rf"\b{_MONTH}\.? \d|\d(?:st|nd|rd|th)?,? {_MONTH}\b|\b(?:19|20)\d\d\b|\d[:.]\d\d\b|\bo['’]clock|\b[ap]\.?m\b|\baged?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A sentence with its only number."""

    article: Article
    start: int
    end: int
    number: tuple[int, int]
    quantity: Quantity
    words: frozenset[str]

    def is_about_the_same(self, other: "_Counted") -> bool:
        common = len(self.words & other.words) / max(1, len(self.words | other.words))
        return common >= SAME_WORDS and bool(self.quantity.unit) and self.quantity.unit == other.quantity.unit


def differing_numbers(articles: Sequence[Article]) -> tuple[Difference, ...]:
    """Return the numbers that publishers tell differently in `articles`, none a copy of another; mostly none.

    A publisher's later article brings its earlier one up to date; it does not contradict it.
    """
    counted = [found for article in articles for found in _counted(article)]
    found = [
        Difference((_variant(one), _variant(other)))
        for one, other in combinations(counted, 2)
        if one.article.voice != other.article.voice
        and one.is_about_the_same(other)
        and one.quantity.is_near(other.quantity)
        and matched(one.quantity, other.quantity) is Match.EXCLUSIVE
    ]
    return tuple({tuple(sorted(variant.value for variant in each.versions)): each for each in reversed(found)}.values())


def _counted(article: Article) -> Iterator[_Counted]:
    """Yield the sentences that have exactly one number, which is neither a date nor a time nor an age."""
    for start, end in sentences(article.text[:SEARCHED_LENGTH]):
        text = article.text[start:end]
        numbers = list(_NUMBER.finditer(text))
        if not is_whole(text) or len(numbers) != 1 or _CALENDAR.search(text):
            continue
        at = numbers[0].start()
        quantity = Quantity.parse(with_measure(text[at:], text[:at], ""))
        words = frozenset(word for word in telling_words(text) if not any(letter.isdecimal() for letter in word))
        if quantity is not None and len(words) >= FEWEST_WORDS:
            yield _Counted(article, start, end, (start + at, start + numbers[0].end()), quantity, words)


def _variant(found: _Counted) -> Variant:
    quote = Extract.of(found.article, found.start, found.end)
    span = Extract.of(found.article, *found.number)
    evidence = Evidence(Citation.of(found.article), span=span, quote=quote, passage=quote, confidence=1.0)
    return Variant(str(found.quantity), (evidence,), 1)
