"""The seams of this package: what a part must do to take the place of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.passage import Passage, PassageKey

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors whose dot product says how near their meanings are."""

    @property
    def name(self) -> str:
        """What tells this model's vectors from another's; an index is bound to it."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length 1 (Euclidean) per text, in the same order; shape (texts, dimensions)."""


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that a ranker found. `score` grows with relevance; its scale is the ranker's own."""

    key: PassageKey
    score: float


class VectorStore(Protocol):
    """Keeps passages by their vectors."""

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Keep `passages`; those already there are overwritten."""

    def nearest(self, vector: Vectors, limit: int) -> list[Match]:
        """Return at most `limit` passages, nearest first; scores are cosine similarities, -1 to 1."""

    def vectors_of(self, keys: Sequence[PassageKey]) -> dict[PassageKey, Vectors]:
        """Return the vectors of those of `keys` that are kept."""

    def erase(self, article_id: str, revision: str) -> None:
        """Forget the passages of one revision of an article; nothing happens where there are none."""

    def keys(self) -> set[PassageKey]:
        """Return which passages are kept."""

    def count(self) -> int:
        """Return how many passages are kept."""


class KeywordIndex(Protocol):
    """Finds passages by their words."""

    def search(self, query: str, limit: int) -> list[Match]:
        """Return at most `limit` passages that share words with `query`, best first; none where no word is shared."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article that may answer. `score` is its log-odds against "this passage does not answer"."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader saw in one passage: its best spans, best first, by offsets in the article."""

    passage: Passage
    spans: tuple[Span, ...]


class Reader(Protocol):
    """Finds the words in a passage that answer a question."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return one reading per passage, in the same order."""


class PairReader(Protocol):
    """A reader that takes many questions at once, for evaluation and training."""

    def read_pairs(self, pairs: Sequence[tuple[str, Passage]]) -> list[Reading]:
        """Return one reading per question and passage, in the same order."""
