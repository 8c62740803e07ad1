"""Extractive summaries: a few sentences of the articles that tell most about a topic, word for word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from retrieval.mentions import mentioned_share
from retrieval.passage import Passage
from retrieval.protocols import Embedder, Vectors
from retrieval.readable import needs_what_stands_before
from retrieval.search import Hit
from retrieval.sentences import sentences_within
from retrieval.summaries.standing import is_whole

MAX_SENTENCES = 4
MAX_CANDIDATES = 60
"""Sentences that are compared with one another; each costs the embedding model milliseconds."""

RELEVANCE, CENTRALITY, POSITION, MENTION = 0.45, 0.25, 0.2, 0.1
"""What counts in a sentence: nearness to the topic and to the other sentences (cosines), how early its article has it, and
how many of the topic's words it has."""

NOVELTY = 0.35
"""How much the nearness to a sentence that was chosen before counts against one (Carbonell and Goldstein 1998: 1 - lambda)."""

RELATED = 0.7
"""A sentence is at least this near to the topic (cosine), measured by the nearest one."""

REPETITION = 0.8
"""Two sentences nearer to one another than this (cosine) say the same."""


TOPIC_COVERAGE = 0.7
"""A topic is in the articles where one of their passages has this share of its words, weighed by how rare they are."""
PASSAGE_COVERAGE, PASSAGE_SIMILARITY = 0.5, 0.4
"""A passage tells about a topic from either on: this share of its words, or this nearness (cosine)."""

REPORTED_TOGETHER = timedelta(days=1)
"""Articles no further apart report the same news."""


def about_topic(hits: Sequence[Hit], shares: Sequence[float]) -> list[Hit]:
    """Return those of the hits that tell about a topic of whose words each covers its share; none where no article has the topic."""
    if max(shares, default=0.0) < TOPIC_COVERAGE:
        return []
    return [
        hit for hit, share in zip(hits, shares, strict=True) if share >= PASSAGE_COVERAGE or (hit.similarity or 0) >= PASSAGE_SIMILARITY
    ]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, by offsets in its article."""

    passage: Passage
    start: int
    end: int

    @property
    def article(self) -> Article:
        """The article that has it."""
        return self.passage.article

    @property
    def text(self) -> str:
        """The words, character for character as in the article."""
        return self.article.text[self.start : self.end]


def summarise(topic: str, passages: Sequence[Passage], embedder: Embedder, limit: int = MAX_SENTENCES) -> list[Sentence]:
    """Return at most `limit` sentences of `passages` about `topic`, best first; none where no sentence mentions it.

    Each mentions a word of the topic, can be read alone and says something that the better ones do not: they are chosen
    one after another by maximal marginal relevance over `embedder`'s vectors.
    """
    found = candidates(topic, passages)[:MAX_CANDIDATES]
    if not found:
        return []
    vectors = embedder.embed([topic, *(sentence.text for sentence in found)])
    relevance = vectors[1:] @ vectors[0]
    best = relevance.max()
    related = np.flatnonzero(relevance >= min(RELATED * best, best))  # the best may be negative
    about, near = [found[i] for i in related], vectors[1:][related]
    return [about[i] for i in marginally_relevant(_worth(topic, about, relevance[related], near), near, limit)]


def newest_of(passages: Sequence[Passage]) -> list[Passage]:
    """Return those of `passages` whose articles are the newest, by a day at most; none where no article has a date."""
    dated = [(passage.article.published.moment, passage) for passage in passages if passage.article.published]
    last = max((moment for moment, _ in dated), default=None)
    return [passage for moment, passage in dated if last is not None and last - moment <= REPORTED_TOGETHER]


def candidates(topic: str, passages: Sequence[Passage]) -> list[Sentence]:
    """Return the sentences of `passages` that mention `topic` and can be read alone, each once, in the order of the passages."""
    found: dict[tuple[str, int], Sentence] = {}
    for passage in passages:
        for start, end in sentences_within(passage.article.text, passage.start, passage.end):
            sentence = Sentence(passage, start, end)
            if is_whole(sentence.text) and not needs_what_stands_before(sentence.text) and mentioned_share(topic, sentence.text) > 0:
                found.setdefault((passage.article.id, sentence.start), sentence)
    return list(found.values())


def _worth(topic: str, found: Sequence[Sentence], relevance: NDArray[np.float32], vectors: Vectors) -> NDArray[np.float32]:
    """Return how much each sentence is worth by itself, about 0 to 1."""
    centrality = (vectors @ vectors.T).mean(axis=1)
    position = np.asarray([1 - sentence.start / len(sentence.article.text) for sentence in found])
    mention = np.asarray([mentioned_share(topic, sentence.text) for sentence in found])
    return np.asarray(RELEVANCE * relevance + CENTRALITY * centrality + POSITION * position + MENTION * mention, dtype=np.float32)


def marginally_relevant(worth: NDArray[np.float32], vectors: Vectors, limit: int) -> list[int]:
    """Return the rows of at most `limit` of `vectors` by maximal marginal relevance: worth something and unlike those before."""
    chosen: list[int] = []
    nearness = np.zeros(len(worth), dtype=np.float32)
    while len(chosen) < limit:
        marginal = np.where(nearness < REPETITION, (1 - NOVELTY) * worth - NOVELTY * nearness, -np.inf)
        marginal[chosen] = -np.inf
        best = int(marginal.argmax())
        if not np.isfinite(marginal[best]):
            break
        chosen.append(best)
        nearness = np.maximum(nearness, vectors @ vectors[best])
    return chosen
