"""What ties two articles to one event: what they begin with, the names and dates that both have, and how near they appeared.

Headlines of one make count against it where days lie between: "... surpasses one million" in April and again in May are two events,
and so are the third and the fourth round.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log, log2

from corpus.article import Article
from retrieval.content_words import content_words
from retrieval.dates.dated import days_of
from retrieval.lexicon import fold
from retrieval.names import names_in
from retrieval.protocols import Vectors
from retrieval.sentences import sentences
from retrieval.summaries.overlap import without_plural

SEARCHED_LENGTH = 3000
"""Characters of an article in which names and dates are looked for."""

COSINE, NAMES, SAME_DAY, DAYS, SERIES, NAMELESS, BIAS = 6.0, 3.7, 1.8, 0.35, 2.2, 2.0, -3.8
"""The log-odds that two articles tell one story: what the cosine of their beginnings, the cosine of their names and a day that both
speak of add, and what each doubling of the days between them, alike headlines with each such doubling and having no name in common take
away, from where they start. Chosen on tests/data/stories.jsonl."""

FEW_NAMES = 0.1
"""Articles whose names have no larger cosine than this have none in common."""

UNDATED = 3.8
"""What it takes away that one of two articles has no date: only content as alike as that of two reports on one day ties them then."""

PRIOR = 300
"""Articles that are imagined beside those that there are: in a small collection no name is common."""

Rarity = Callable[[str], float]
"""How much a name tells, folded: the inverse document frequency."""


def rarity_in(frequencies: Mapping[str, int], size: int) -> Rarity:
    """Return the rarity of names in a collection of `size` texts, in `frequencies` of which each folded word occurs."""
    return lambda name: log(1 + (PRIOR + size) / (1 + frequencies.get(name, 0)))


@dataclass(frozen=True)
class Telling:
    """An article as it is compared with others. `vector` is how it begins."""

    article: Article
    vector: Vectors
    rarity: Rarity

    @cached_property
    def day(self) -> int | None:
        """The day of publication, as a proleptic ordinal; None where it is not known to the day."""
        day = self.article.published.day if self.article.published else None
        return day.toordinal() if day else None

    @cached_property
    def names(self) -> Mapping[str, float]:
        """The names that it mentions, folded, with what each tells; the squares sum up to 1."""
        found = {fold(name) for name in names_in(f"{self.article.title} {self.article.text[:SEARCHED_LENGTH]}")}
        weights = {name: self.rarity(name) for name in sorted(found)}
        norm = sum(weight**2 for weight in weights.values()) ** 0.5
        return {name: weight / norm for name, weight in weights.items()}

    @cached_property
    def title_words(self) -> frozenset[str]:
        """What the title says, without plurals' endings."""
        return frozenset(without_plural(word) for word in content_words(self.article.title))

    @cached_property
    def days(self) -> frozenset[int]:
        """The days that it speaks of."""
        text = self.article.text[:SEARCHED_LENGTH]
        return days_of(self.article, sentences(text))


def tie(one: Telling, other: Telling) -> float:
    """Return the log-odds that two articles tell one story."""
    fewer, more = sorted((one.names, other.names), key=len)
    names = sum(weight * more[name] for name, weight in fewer.items() if name in more)
    said = BIAS + COSINE * float(one.vector @ other.vector) + NAMES * names - NAMELESS * (names < FEW_NAMES)
    return said + SAME_DAY * (not one.days.isdisjoint(other.days)) - _distance(one, other)


def _distance(one: Telling, other: Telling) -> float:
    """Return what the days between two articles take away; more where their headlines are alike."""
    if one.day is None or other.day is None:
        return UNDATED
    every = one.title_words | other.title_words
    alike = len(one.title_words & other.title_words) / len(every) if every else 0.0
    return (DAYS + SERIES * alike) * log2(1 + abs(one.day - other.day))
