"""Numbers that the articles of a story tell differently of one thing.

Two sentences of different publishers are about one thing where they have nearly all of their words in common beside one number each, with
one unit, and where but one of them has words of its own: "on Monday" and "on Tuesday", "killed" and "injured" are two things. Who says so
does not count. Numbers that cannot both be true of one thing differ.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from corpus.article import Article, moment_of
from retrieval.answer import Evidence, Variant
from retrieval.mentions import words_of
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

_NUMBER = re.compile(r"(?<![\w.,-])[$€£]?\d+(?:[.,]\d+)*(?:[\s-](?:million|billion|trillion|thousand))?(?![\w-]|[.,:]\d)")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
_CALENDAR = re.compile(
    rf"\b{_MONTH}\.? \d|\d(?:st|nd|rd|th)?,? {_MONTH}\b|\b(?:19|20)\d\d\b|\d[:.]\d\d\b|\bo['’]clock|\b[ap]\.?m\b|\baged?\b",
    re.IGNORECASE,
)


_WHO_SAYS_SO = re.compile(
    r"^[^,]{1,60}? (?:said|says|reported|announced|confirmed)\b(?: that\b)?|,? according to [^,]{1,60}(?=[,.]|$)|"
    r", (?:[^,]{1,60} )?(?:said|says|reported|announced|confirmed|told)\b[^,]{0,60}$",
    re.IGNORECASE,
)
_OPPOSED = frozenset({"up", "before", "after"})
"""Small words that tell two things apart."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A sentence with its only number; `facts` are its words but for who says so."""

    article: Article
    start: int
    end: int
    number: tuple[int, int]
    quantity: Quantity
    words: frozenset[str]
    facts: frozenset[str]

    def differs_from(self, other: "_Counted") -> bool:
        """Whether both are about one thing, and only one of the numbers can be true of it."""
        return (
            self._is_about_the_same(other)
            and self.quantity.is_near(other.quantity)
            and matched(self.quantity, other.quantity) is Match.EXCLUSIVE
        )

    def _is_about_the_same(self, other: "_Counted") -> bool:
        common = len(self.words & other.words) / max(1, len(self.words | other.words))
        are_two = bool(self.facts - other.facts - other.words) and bool(other.facts - self.facts - self.words)
        return common >= SAME_WORDS and not are_two and bool(self.quantity.unit) and self.quantity.unit == other.quantity.unit

    def corrects(self, other: "_Counted") -> bool:
        """Whether it is a later number of the same publisher's."""
        mine, theirs = self.article, other.article
        return mine.voice == theirs.voice and moment_of(mine.published) > moment_of(theirs.published) and self.differs_from(other)


def differing_numbers(articles: Sequence[Article]) -> tuple[Difference, ...]:
    """Return the numbers that publishers tell differently in `articles`, none a copy of another; mostly none.

    A publisher's later article brings its earlier one up to date; it does not contradict it, and the earlier number counts no more.
    """
    counted = [found for article in articles for found in _counted(article)]
    last = [found for found in counted if not any(other.corrects(found) for other in counted)]
    found = [
        Difference((_variant(one), _variant(other)))
        for one, other in combinations(last, 2)
        if one.article.voice != other.article.voice and one.differs_from(other)
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
        words, told = _words(text), _WHO_SAYS_SO.sub(" ", text)
        facts = _words(told) | (words_of(told) & _OPPOSED)
        if quantity is not None and len(words) >= FEWEST_WORDS:
            yield _Counted(article, start, end, (start + at, start + numbers[0].end()), quantity, words, facts)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in telling_words(text) if not any(letter.isdecimal() for letter in word))


def _variant(found: _Counted) -> Variant:
    quote = found.start, found.end
    evidence = Evidence.of(found.article, span=found.number, quote=quote, passage=quote, confidence=1.0)
    return Variant(str(found.quantity), (evidence,), 1)
