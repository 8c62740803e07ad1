"""How articles begin, as vectors: what tells which of them are about one event."""

from collections.abc import Sequence

import numpy as np

from corpus.arrivals import first_passages
from corpus.article import Article
from corpus.catalog import Catalog
from retrieval.passage import PassageKey
from retrieval.protocols import Embedder, Vectors, VectorStore

LEAD_LENGTH = 600
"""Characters of an article that tell what it is about."""


def lead(article: Article) -> str:
    """Return the title and how the article begins."""
    return f"{article.title}\n{article.text[:LEAD_LENGTH]}"


class Leads:
    """The vectors of articles' beginnings: those of their first passages, which are in the store already."""

    def __init__(self, *, catalog: Catalog, vectors: VectorStore, embedder: Embedder) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._embedder = embedder

    def of(self, articles: Sequence[Article]) -> Vectors:
        """Return one vector of length 1 per article, in their order. What the store lacks is made anew."""
        borders = first_passages(self._catalog, [article.id for article in articles])
        keys = [PassageKey(article.id, article.revision, *borders.get(article.id, (0, 0))) for article in articles]
        kept = self._vectors.vectors_of(keys)
        missing = [place for place, key in enumerate(keys) if key not in kept]
        made = self._embedder.embed([lead(articles[place]) for place in missing])
        rows = {place: vector for place, vector in zip(missing, made, strict=True)}
        return np.asarray([rows[place] if place in rows else kept[key] for place, key in enumerate(keys)], dtype=np.float32)
