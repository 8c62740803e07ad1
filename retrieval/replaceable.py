"""A vector store that can be exchanged for another while questions are being searched in it."""

from collections.abc import Sequence
from threading import Lock

from retrieval.passage import Passage, PassageKey
from retrieval.protocols import Match, Vectors, VectorStore


class ReplaceableStore:
    """A `VectorStore` that passes everything on to the store that is in force."""

    def __init__(self, store: VectorStore) -> None:
        self._store = store
        self._searching = Lock()

    def replace(self, store: VectorStore) -> None:
        """Put `store` in force; when this returns, nobody searches in the old one any more."""
        with self._searching:
            self._store = store

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Keep `passages`."""
        self._store.add(passages, vectors)

    def nearest(self, vector: Vectors, limit: int) -> list[Match]:
        """Return at most `limit` passages, nearest first."""
        with self._searching:
            return self._store.nearest(vector, limit)

    def vectors_of(self, keys: Sequence[PassageKey]) -> dict[PassageKey, Vectors]:
        """Return the vectors of those of `keys` that are kept."""
        with self._searching:
            return self._store.vectors_of(keys)

    def erase(self, article_id: str, revision: str) -> None:
        """Forget the passages of one revision of an article."""
        self._store.erase(article_id, revision)

    def keys(self) -> set[PassageKey]:
        """Return which passages are kept."""
        return self._store.keys()

    def count(self) -> int:
        """Return how many passages are kept."""
        return self._store.count()
