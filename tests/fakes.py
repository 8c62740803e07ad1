"""Deterministic parts that implement the protocols, for tests that need no model."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

import numpy as np

from corpus.errors import ServerRefused
from corpus.protocols import Fetched, NotModified
from retrieval.passage import Passage, PassageKey
from retrieval.protocols import Match, Reading, Span, Vectors

SLOTS = 64


class WordEmbedder:
    """An Embedder that counts words in slots: texts that share words are near, always and everywhere."""

    @property
    def name(self) -> str:
        """The model's name."""
        return "words"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 per text (of length 0 for a text without words)."""
        vectors = np.zeros((len(texts), SLOTS), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row, int(sha256(word.strip(".,?!:").encode()).hexdigest(), 16) % SLOTS] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)


class ListStore:
    """A VectorStore in memory that compares with every passage."""

    def __init__(self) -> None:
        self.kept: dict[PassageKey, Vectors] = {}

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Keep `passages`."""
        self.kept.update({passage.key: vector for passage, vector in zip(passages, vectors, strict=True)})

    def nearest(self, vector: Vectors, limit: int) -> list[Match]:
        """Return the nearest passages."""
        matches = [Match(key, float(kept @ vector)) for key, kept in self.kept.items()]
        return sorted(matches, key=lambda match: -match.score)[:limit]

    def vectors_of(self, keys: Sequence[PassageKey]) -> dict[PassageKey, Vectors]:
        """Return the vectors of `keys` that are there."""
        return {key: self.kept[key] for key in keys if key in self.kept}

    def erase(self, article_id: str, revision: str) -> None:
        """Forget one revision of an article."""
        self.kept = {key: kept for key, kept in self.kept.items() if (key.article_id, key.revision) != (article_id, revision)}

    def keys(self) -> set[PassageKey]:
        """Return which passages are kept."""
        return set(self.kept)

    def count(self) -> int:
        """Return how many passages are kept."""
        return len(self.kept)


class PowerCut(BaseException):
    """The process dies here."""


class FailingStore(ListStore):
    """A ListStore whose process dies at the `fatal`-th change, before or after it is done."""

    def __init__(self, fatal: int, *, done: bool) -> None:
        super().__init__()
        self._left, self._done = fatal, done

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Keep `passages`, or die."""
        self._die_at(lambda: super(FailingStore, self).add(passages, vectors))

    def erase(self, article_id: str, revision: str) -> None:
        """Forget one revision of an article, or die."""
        self._die_at(lambda: super(FailingStore, self).erase(article_id, revision))

    def _die_at(self, change: Callable[[], None]) -> None:
        self._left -= 1
        if self._left != 0 or self._done:
            change()
        if self._left == 0:
            raise PowerCut


class PhraseReader:
    """A Reader and a PairReader that finds given phrases: each with its score wherever a passage has it."""

    def __init__(self, scores: dict[str, float]) -> None:
        self._scores = scores

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return one reading per passage."""
        return [Reading(passage, self._spans(passage)) for passage in passages]

    def read_pairs(self, pairs: Sequence[tuple[str, Passage]]) -> list[Reading]:
        """Return one reading per pair."""
        return self.read("", [passage for _, passage in pairs])

    def _spans(self, passage: Passage) -> tuple[Span, ...]:
        found = [(passage.text.find(phrase), phrase, score) for phrase, score in self._scores.items()]
        spans = [Span(passage.start + at, passage.start + at + len(phrase), score) for at, phrase, score in found if at >= 0]
        return tuple(sorted(spans, key=lambda span: -span.score))


class FakeFetcher:
    """A Fetcher over the addresses that it is given; others do not exist. An answer is bytes, a Fetched, or an error to raise."""

    def __init__(self, answers: Mapping[str, bytes | Fetched | Exception]) -> None:
        self.answers = dict(answers)
        self.asked: list[str] = []

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched | NotModified:
        """Return what was given for `url`; NotModified where the client has it."""
        self.asked.append(url)
        answer = self.answers.get(url) or ServerRefused(f"{url} does not exist; check the address (HTTP 404).", status=404)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, bytes):
            return Fetched(url=url, content=answer)
        return NotModified(url) if etag and etag == answer.etag else answer
