"""Articles in a few of their sentences, word for word: what is central, told early and not told before.

A sentence is worth what it shares with the others (in words, and in meaning: degree centrality, Erkan and Radev 2004), how early its
article has it and how near it is to the headline; each further one is chosen for being unlike those before it (maximal marginal relevance,
Carbonell and Goldstein 1998). One that cannot be read alone ("He said ...") is only taken after one before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, moment_of
from retrieval.protocols import Embedder, Vectors
from retrieval.sentences import sentences
from retrieval.summaries.leads import lead
from retrieval.summaries.overlap import word_vectors
from retrieval.summaries.standing import is_whole, leans_loosely, stands_alone

MAX_SENTENCES_READ = 60
"""Sentences of all articles together that are compared; each costs the embedding model milliseconds."""

MAX_ARTICLES_READ = 6
"""Articles of a story that its sentences are taken from, the first ones that are given."""

SEARCHED_LENGTH = 20_000
"""Characters of an article in which sentences are looked for."""

WORDS, MEANING, POSITION, HEADLINE = 0.75, 0.1, 0.1, 0.05
"""What counts in a sentence, each beside the best one's: words and meaning in common with the others, how early it comes, and
nearness to the headline. Chosen for ROUGE-2 on the first 200 articles of `quotewire eval summary`'s news."""

NOVELTY = 0.1
"""How much the nearness to what was chosen or told before counts against a sentence."""

REPETITION = 0.9
"""Two sentences nearer to one another than this (cosine) say the same."""

REACHES, LONG_REACHES = (1, 3), (3, 12)
"""How many sentences after one that is chosen "He ..." can be read, and "But the firm ..."; in a few sentences for a story, and in a
summary of so many words, which is read as a text."""

OTHER_ARTICLE = 0.1
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


@dataclass(frozen=True, slots=True)
class Length:
    """How long a summary may be: `sentences` at most and, where `words` is given, about so many words."""

    sentences: int
    words: int | None = None

    def has_room(self, chosen: Sequence[str], further: str) -> bool:
        """Whether a further sentence fits; the first one always does."""
        if not chosen:
            return self.sentences > 0
        words = sum(len(text.split()) for text in (*chosen, further))
        return len(chosen) < self.sentences and (self.words is None or words <= self.words)


def condense(articles: Sequence[Article], embedder: Embedder, length: Length, *, told: Sequence[str] = ()) -> list[Saying]:
    """Return the sentences of `articles`, best first, that say in `length` what they tell; none that repeats what was `told`.

    Every one can be read alone, or follows one that is chosen too. Where no sentence of an article can, there are none of it.
    """
    found = sayings(articles)
    if not found:
        return []
    headlines = list(dict.fromkeys(saying.article.title for saying in found))
    vectors = embedder.embed([*(saying.text for saying in found), *headlines, *told])
    own, titles, before = vectors[: len(found)], vectors[len(found) : len(found) + len(headlines)], vectors[len(found) + len(headlines) :]
    return [found[place] for place in _chosen(found, own, _worth(found, own, titles), before, length)]


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
    """Return how much each sentence is worth by itself, at most 1."""
    parts = (
        (WORDS, _centrality(word_vectors([saying.text for saying in found]))),
        (MEANING, _centrality(vectors)),
        (POSITION, np.asarray([saying.earliness for saying in found], dtype=np.float32)),
        (HEADLINE, (vectors @ titles.T).max(axis=1)),
    )
    worth = np.zeros(len(found), dtype=np.float32)
    for weight, part in parts:
        worth += weight * part / max(float(np.abs(part).max()), 1e-9)
    return worth


def _centrality(vectors: Vectors) -> NDArray[np.float32]:
    """Return the mean cosine of each row with the others."""
    alike = vectors @ vectors.T
    return np.asarray((alike.sum(axis=1) - alike.diagonal()) / max(1, len(vectors) - 1), dtype=np.float32)


def _chosen(found: Sequence[Saying], vectors: Vectors, worth: NDArray[np.float32], told: Vectors, length: Length) -> list[int]:
    """Return the places of the sentences that fit into `length`, chosen one after another."""
    chosen: list[int] = []
    nearness = (vectors @ told.T).max(axis=1) if len(told) else np.zeros(len(found), dtype=np.float32)
    while True:
        used = {found[place].article.id for place in chosen}
        fresh = np.asarray([OTHER_ARTICLE * (saying.article.id not in used) for saying in found])
        marginal = (1 - NOVELTY) * worth - NOVELTY * nearness + fresh
        ranked = np.argsort(-marginal, kind="stable").tolist()
        new = (place for place in ranked if place not in chosen and nearness[place] < REPETITION)
        best = next((place for place in new if _can_follow(found, place, chosen, length)), None)
        if best is None or not length.has_room([found[place].text for place in chosen], found[best].text):
            return chosen
        chosen.append(best)
        nearness = np.maximum(nearness, vectors @ vectors[best])


def _can_follow(found: Sequence[Saying], place: int, chosen: Sequence[int], length: Length) -> bool:
    """Whether a sentence can be read alone, or near enough after a chosen one of its article: "He ..." nearer than "But the firm ..."."""
    saying = found[place]
    if stands_alone(saying.text):
        return True
    distances = [saying.place - found[other].place for other in chosen if found[other].article.id == saying.article.id]
    close, loose = REACHES if length.words is None else LONG_REACHES
    reach = loose if leans_loosely(saying.text) else close
    return any(0 < distance <= reach for distance in distances)


def in_reading_order(chosen: Sequence[Saying]) -> list[Saying]:
    """Return sentences so that they read well: as the story went on, those of one article together in its order."""
    return sorted(chosen, key=lambda saying: (moment_of(saying.article.published), saying.article.id, saying.place))


def told_by(articles: Sequence[Article]) -> list[str]:
    """Return what readers know who were told of `articles`: how they begin, sentence by sentence."""
    return [text for article in articles[:3] for text in [article.title, *_beginning(article)]]


def _beginning(article: Article) -> list[str]:
    text = lead(article).removeprefix(f"{article.title}\n")
    return [text[start:end] for start, end in sentences(text)]
