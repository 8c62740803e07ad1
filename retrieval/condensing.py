"""Articles in a few of their sentences, word for word: what is central, told early and not told before.

A sentence is worth what it shares with the others (the cosine of their vectors), how early its article has it and how near it is to the
headline; each further one is chosen for being unlike those before it (maximal marginal relevance, Carbonell and Goldstein 1998). One
that cannot be read alone ("He said ...") is only taken together with the sentence before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from retrieval.leads import lead
from retrieval.protocols import Embedder, Vectors
from retrieval.sentences import sentences
from retrieval.standing import is_whole, stands_alone

MAX_SENTENCES_READ = 60
"""Sentences of all articles together that are compared; each costs the embedding model milliseconds."""

MAX_ARTICLES_READ = 6
"""Articles of a story that its sentences are taken from, the first ones that are given."""

SEARCHED_LENGTH = 20_000
"""Characters of an article in which sentences are looked for."""

CENTRALITY, POSITION, HEADLINE = 0.4, 0.35, 0.25
"""What counts in a sentence: nearness to the others, how early it comes, nearness to the headline."""

NOVELTY = 0.3
"""How much the nearness to what was chosen or told before counts against a sentence."""

REPETITION = 0.82
"""Two sentences nearer to one another than this (cosine) say the same."""

OTHER_ARTICLE = 0.06
"""What a sentence gains by being from an article that none was taken from yet."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of an article, by offsets. `place` counts the article's sentences from 0."""

    article: Article
    place: int
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words, character for character as in the article."""
        return self.article.text[self.start : self.end]

    @property
    def earliness(self) -> float:
        """How early its article has it: 1 for the first sentence, then less."""
        return 1 / sqrt(1 + self.place)


def condense(articles: Sequence[Article], embedder: Embedder, *, limit: int, told: Sequence[str] = ()) -> list[Saying]:
    """Return at most `limit` sentences of `articles`, best first, that say what they tell; none that repeats what was `told`.

    Every one can be read alone, or follows one that is chosen too. Where no sentence of an article can, there are none of it.
    """
    found = sayings(articles)
    if not found or limit < 1:
        return []
    headlines = list(dict.fromkeys(saying.article.title for saying in found))
    vectors = embedder.embed([*(saying.text for saying in found), *headlines, *told])
    own, titles, before = vectors[: len(found)], vectors[len(found) : len(found) + len(headlines)], vectors[len(found) + len(headlines) :]
    return [found[place] for place in _chosen(found, own, _worth(found, own, titles), before, limit)]


def sayings(articles: Sequence[Article]) -> list[Saying]:
    """Return the whole sentences of the first MAX_ARTICLES_READ of `articles`, as many of each, MAX_SENTENCES_READ in all."""
    read = articles[:MAX_ARTICLES_READ]
    each = MAX_SENTENCES_READ // max(1, len(read))
    return [saying for article in read for saying in _of(article)[:each]]


def _of(article: Article) -> list[Saying]:
    borders = sentences(article.text[:SEARCHED_LENGTH])
    every = [Saying(article, place, start, end) for place, (start, end) in enumerate(borders)]
    return [saying for saying in every if is_whole(saying.text)]


def _worth(found: Sequence[Saying], vectors: Vectors, titles: Vectors) -> NDArray[np.float32]:
    """Return how much each sentence is worth by itself, about 0 to 1."""
    centrality = (vectors @ vectors.T).mean(axis=1)
    headline = (vectors @ titles.T).max(axis=1)
    earliness = np.asarray([saying.earliness for saying in found])
    return np.asarray(CENTRALITY * centrality + POSITION * earliness + HEADLINE * headline, dtype=np.float32)


def _chosen(found: Sequence[Saying], vectors: Vectors, worth: NDArray[np.float32], told: Vectors, limit: int) -> list[int]:
    """Return the places of at most `limit` sentences, chosen one after another."""
    chosen: list[int] = []
    nearness = (vectors @ told.T).max(axis=1) if len(told) else np.zeros(len(found), dtype=np.float32)
    while len(chosen) < limit:
        marginal = (1 - NOVELTY) * worth - NOVELTY * nearness
        used = {found[place].article.id for place in chosen}
        marginal = marginal + np.asarray([OTHER_ARTICLE * (saying.article.id not in used) for saying in found])
        possible = [
            place
            for place in np.argsort(-marginal, kind="stable").tolist()
            if place not in chosen and nearness[place] < REPETITION and _can_follow(found, place, chosen)
        ]
        if not possible:
            break
        chosen.append(possible[0])
        nearness = np.maximum(nearness, vectors @ vectors[possible[0]])
    return chosen


def _can_follow(found: Sequence[Saying], place: int, chosen: Sequence[int]) -> bool:
    """Whether a sentence can be read alone, or right after the chosen one that stands before it in its article."""
    saying = found[place]
    if stands_alone(saying.text):
        return True
    before = [found[other] for other in chosen]
    return any(other.article.id == saying.article.id and other.place == saying.place - 1 for other in before)


def in_reading_order(chosen: Sequence[Saying]) -> list[Saying]:
    """Return sentences so that they read well: those of one article together in its order, the article of the best one first."""
    first = {saying.article.id: rank for rank, saying in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda saying: (first[saying.article.id], saying.place))


def told_by(articles: Sequence[Article]) -> list[str]:
    """Return what readers know who were told of `articles`: how they begin, sentence by sentence."""
    return [text for article in articles[:3] for text in [article.title, *_beginning(article)]]


def _beginning(article: Article) -> list[str]:
    text = lead(article).removeprefix(f"{article.title}\n")
    return [text[start:end] for start, end in sentences(text)]
