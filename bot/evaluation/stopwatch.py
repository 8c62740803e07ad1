"""Where the time of an ingestion goes: the parts of a library, each with a stopwatch around it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Engine, event

from retrieval.passage import Passage, PassageKey
from retrieval.protocols import Embedder, Match, Vectors, VectorStore

T = TypeVar("T")

PARSING, EMBEDDING, VECTORS, SQL = "parsing", "embedding", "chroma", "sql"


class Stopwatch:
    """Adds up the seconds of each part; `clock` counts them."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sums: dict[str, float] = defaultdict(float)
        self._begun = 0.0

    def share(self, part: str, seconds: float) -> float:
        """Return which share of `seconds` a part took: 0 to 1; 0 for no time at all."""
        return min(1.0, self._sums[part] / seconds) if seconds > 0 else 0.0

    def restart(self) -> None:
        """Forget what was added up so far."""
        self._sums.clear()

    @contextmanager
    def measuring(self, part: str) -> Iterator[None]:
        """Add the length of the block to `part`."""
        begun = self._clock()
        try:
            yield
        finally:
            self._sums[part] += self._clock() - begun

    def each(self, part: str, items: Iterable[T]) -> Iterator[T]:
        """Yield `items`, adding the time that each takes to come."""
        iterator = iter(items)
        while True:
            with self.measuring(part):
                found = next(iterator, _END)
            if isinstance(found, _End):
                return
            yield found

    def watch(self, database: Engine) -> None:
        """Add the length of the database's transactions to SQL."""
        event.listen(database, "checkout", self._begin)
        event.listen(database, "checkin", self._end)

    def _begin(self, *_: object) -> None:
        self._begun = self._clock()

    def _end(self, *_: object) -> None:
        self._sums[SQL] += self._clock() - self._begun


class _End:
    """What comes after the last item."""


_END = _End()


class TimedEmbedder:
    """An Embedder that is watched."""

    def __init__(self, embedder: Embedder, watch: Stopwatch) -> None:
        self._embedder = embedder
        self._watch = watch

    @property
    def name(self) -> str:
        """The model's name."""
        return self._embedder.name

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector per text."""
        with self._watch.measuring(EMBEDDING):
            return self._embedder.embed(texts)


class TimedStore:
    """A VectorStore whose changes are watched."""

    def __init__(self, store: VectorStore, watch: Stopwatch) -> None:
        self._store = store
        self._watch = watch

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Keep `passages`."""
        with self._watch.measuring(VECTORS):
            self._store.add(passages, vectors)

    def erase(self, article_id: str, revision: str) -> None:
        """Forget the passages of one revision of an article."""
        with self._watch.measuring(VECTORS):
            self._store.erase(article_id, revision)

    def nearest(self, vector: Vectors, limit: int) -> list[Match]:
        """Return at most `limit` passages, nearest first."""
        return self._store.nearest(vector, limit)

    def vectors_of(self, keys: Sequence[PassageKey]) -> dict[PassageKey, Vectors]:
        """Return the vectors of those of `keys` that are kept."""
        return self._store.vectors_of(keys)

    def keys(self) -> set[PassageKey]:
        """Return which passages are kept."""
        return self._store.keys()

    def count(self) -> int:
        """Return how many passages are kept."""
        return self._store.count()
