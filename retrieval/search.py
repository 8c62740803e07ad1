"""Hybrid search: meanings and words, fused into one list of passages."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Article
from corpus.catalog import Catalog
from retrieval.fusion import fuse
from retrieval.passage import Passage, PassageKey
from retrieval.protocols import Embedder, KeywordIndex, Match, VectorStore
from retrieval.recency import TimePreference

DEPTH = 50
"""Passages taken from each ranker before they are fused."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `score` is the fused one, 0 to 1 or more in a preferred time, `rank` its place from 1.

    `similarity` is the cosine, -1 to 1, and `bm25` the keyword score, each None where that ranker did not find the passage.
    """

    passage: Passage
    rank: int
    score: float
    similarity: float | None
    bm25: float | None
    coverage: float = 0.0
    """Which share of what the question is about the passage covers, 0 to 1, where that was looked at (`retrieval.finding`)."""


class HybridSearch:
    """Searches passages by meaning and by words."""

    def __init__(self, *, catalog: Catalog, embedder: Embedder, vectors: VectorStore, keywords: KeywordIndex) -> None:
        self._catalog = catalog
        self._embedder = embedder
        self._vectors = vectors
        self._keywords = keywords

    def search(self, query: str, limit: int, preference: TimePreference | None = None) -> list[Hit]:
        """Return at most `limit` passages of the articles as they are in the catalog now, best first.

        Articles from the time of `preference` come before others of like relevance. What the vector store still holds of replaced or
        removed articles is passed over.
        """
        near = self._vectors.nearest(self._embedder.embed([query])[0], DEPTH)
        worded = self._keywords.search(query, DEPTH)
        fused = fuse(near, worded)
        articles = self._catalog.get_many(list({key.article_id for key, _ in fused}))
        current = _preferred([(key, score) for key, score in fused if _is_current(key, articles)], articles, preference)[:limit]
        similarities, bm25s = _scores(near), _scores(worded)
        return [
            Hit(Passage(articles[key.article_id], key.start, key.end), rank, score, similarities.get(key), bm25s.get(key))
            for rank, (key, score) in enumerate(current, start=1)
        ]


def _preferred(
    found: list[tuple[PassageKey, float]], articles: dict[str, Article], preference: TimePreference | None
) -> list[tuple[PassageKey, float]]:
    if not preference:
        return found
    published = [articles[key.article_id].published for key, _ in found]
    weights = preference.weighed([score for _, score in found], published)
    return sorted(((key, weight) for (key, _), weight in zip(found, weights, strict=True)), key=lambda pair: -pair[1])


def _is_current(key: PassageKey, articles: dict[str, Article]) -> bool:
    article = articles.get(key.article_id)
    return article is not None and article.revision == key.revision


def _scores(matches: Sequence[Match]) -> dict[PassageKey, float]:
    return {match.key: match.score for match in matches}
