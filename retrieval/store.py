"""Chroma behind `VectorStore`. The only module that knows chromadb."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from retrieval.errors import IndexUnusable
from retrieval.passage import Passage, PassageKey
from retrieval.protocols import Match, Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

BATCH = 1000
"""Passages written at once, well below the limit that SQLite sets for Chroma (5,461)."""

LONGEST_REASON = 200
"""Characters of Chroma's own words in an error."""


def open_chroma(folder: Path, url: str = "") -> "ClientAPI":
    """Return a client of the Chroma server at `url`, or of the embedded store in `folder` when `url` is empty.

    Raises IndexUnusable where it cannot be opened.
    """
    import chromadb
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

    settings = Settings(anonymized_telemetry=False)
    try:
        if not url:
            return chromadb.PersistentClient(str(folder), settings)
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 8000)
        return chromadb.HttpClient(parts.hostname or "localhost", port, ssl=secure, settings=settings)
    except (ChromaError, ValueError, OSError, RuntimeError) as error:
        where = f"at {url}" if url else f"in {folder}"
        raise IndexUnusable(
            f"The vector store {where} cannot be opened; check CHROMA_URL, or delete that folder and run: quotewire reindex"
        ) from error


@contextmanager
def _reaching() -> Iterator[None]:
    """Raise IndexUnusable where the Chroma server does not answer."""
    from httpx import HTTPError

    try:
        yield
    except HTTPError as error:
        raise IndexUnusable("The server of the vector store does not answer; check that it runs, and CHROMA_URL.") from error


@contextmanager
def _writing() -> Iterator[None]:
    """Raise IndexUnusable where Chroma cannot write."""
    from chromadb.errors import ChromaError

    try:
        with _reaching():
            yield
    except (ChromaError, OSError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:LONGEST_REASON]
        raise IndexUnusable(f"The vector store failed: {reason}; is the disk full or read-only?") from error


class ChromaStore:
    """The passages of one collection of a Chroma client, compared by cosine. Raises IndexUnusable where its server does not answer."""

    @_reaching()
    def __init__(self, client: "ClientAPI", collection: str) -> None:
        self._collection = client.get_or_create_collection(
            collection,
            embedding_function=None,
            # The defaults (100 and 100) lose neighbours once a corpus has some ten thousand passages.
            configuration={"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}},
        )

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Keep `passages`; those already there are overwritten. Raises IndexUnusable where that fails."""
        for first in range(0, len(passages), BATCH):
            keys = [passage.key for passage in passages[first : first + BATCH]]
            with _writing():
                self._collection.upsert(
                    ids=[str(key) for key in keys],
                    embeddings=np.asarray(vectors[first : first + BATCH], dtype=np.float32),
                    metadatas=[
                        {"article_id": key.article_id, "revision": key.revision, "start": key.start, "end": key.end} for key in keys
                    ],
                )

    @_reaching()
    def nearest(self, vector: Vectors, limit: int) -> list[Match]:
        """Return at most `limit` passages, nearest first; scores are cosine similarities, -1 to 1."""
        limit = min(limit, self._collection.count())
        if limit == 0:
            return []
        found = self._collection.query(
            query_embeddings=np.asarray([vector], dtype=np.float32), n_results=limit, include=["metadatas", "distances"]
        )
        metadatas, distances = found["metadatas"], found["distances"]
        if metadatas is None or distances is None:
            return []
        return [Match(_key(row), 1 - distance) for row, distance in zip(metadatas[0], distances[0], strict=True)]

    @_reaching()
    def vectors_of(self, keys: Sequence[PassageKey]) -> dict[PassageKey, Vectors]:
        """Return the vectors of those of `keys` that are kept."""
        wanted, found = {str(key): key for key in keys}, dict[PassageKey, Vectors]()
        for first in range(0, len(wanted), BATCH):
            rows = self._collection.get(ids=list(wanted)[first : first + BATCH], include=["embeddings"])
            vectors = rows["embeddings"] if rows["embeddings"] is not None else []
            found |= {wanted[name]: np.asarray(vector, dtype=np.float32) for name, vector in zip(rows["ids"], vectors, strict=True)}
        return found

    def erase(self, article_id: str, revision: str) -> None:
        """Forget the passages of one revision of an article; nothing happens where there are none."""
        with _writing():
            self._collection.delete(where={"$and": [{"article_id": article_id}, {"revision": revision}]})

    @_reaching()
    def keys(self) -> set[PassageKey]:
        """Return which passages are kept."""
        found: set[PassageKey] = set()
        for first in range(0, self._collection.count(), BATCH):
            page = self._collection.get(limit=BATCH, offset=first, include=["metadatas"])
            found |= {_key(row) for row in page["metadatas"] or ()}
        return found

    @_reaching()
    def count(self) -> int:
        """Return how many passages are kept."""
        return self._collection.count()


@_reaching()
def delete_collection(client: "ClientAPI", collection: str) -> None:
    """Delete a collection with all its passages; nothing happens where there is none."""
    from chromadb.errors import NotFoundError

    with suppress(NotFoundError):
        client.delete_collection(collection)


def _key(metadata: Mapping[str, Any]) -> PassageKey:
    return PassageKey(metadata["article_id"], metadata["revision"], metadata["start"], metadata["end"])
