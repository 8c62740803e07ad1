"""Hybrid search: meanings and words, fused into one list of passages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.article import Article
from corpus.catalog import Catalog
from corpus.copies import Copies
from retrieval.dates.recency import TimePreference
from retrieval.fusion import fuse
from retrieval.passage import Passage, PassageKey
from retrieval.protocols import Embedder, KeywordIndex, VectorStore
from retrieval.repetition import without_repetition

DEPTH = 50
"""Passages taken from each ranker before they are fused ..."""
DEEPEST = 800
"""... and at most, where so many of them are copies of one another, or not of the articles asked for, that too few are left."""

NEARNESS = 1.5
"""What the score of a passage grows by that belongs to an article which was just talked about."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `score` is the fused one, 0 to 1 or more in a preferred time, `rank` its place from 1.

    `similarity` is the cosine, -1 to 1; None where the passage is not among the nearest in meaning.
    `original` is the article that the passage's one is a copy of, None for no copy; `copies` are passages of other articles, copies
    of the same report, with the same words.
    """

    passage: Passage
    rank: int
    score: float
    similarity: float | None
    original: Article | None = None
    copies: tuple[Passage, ...] = ()
    coverage: float = 0.0
    """Which share of what the question is about the passage covers, 0 to 1, where that was looked at (`retrieval.finding`)."""

    @property
    def report(self) -> Article:
        """The article whose words these are: the original, or else the passage's own."""
        return self.original or self.passage.article


class HybridSearch:
    """Searches passages by meaning and by words."""

    def __init__(self, *, catalog: Catalog, embedder: Embedder, vectors: VectorStore, keywords: KeywordIndex) -> None:
        self._catalog = catalog
        self._copies = Copies(catalog)
        self._embedder = embedder
        self._vectors = vectors
        self._keywords = keywords

    def search(
        self,
        query: str,
        limit: int,
        preference: TimePreference | None = None,
        cited: Collection[str] = (),
        *,
        among: Collection[str] | None = None,
    ) -> list[Hit]:
        """Return at most `limit` passages of the articles as they are in the catalog now, best first.

        With `among`, only those of the articles with these ids, as far as they are not too far behind the best of all. Articles from the
        time of `preference`, and those with an id in `cited`, come before others of like relevance. What the vector store still holds of
        replaced or removed articles is passed over. The same words in copies of one report are one hit.
        """
        vector, depth = self._embedder.embed([query])[0], DEPTH
        while True:
            near, worded = self._vectors.nearest(vector, depth), self._keywords.search(query, depth)
            fused = [(key, score) for key, score in fuse(near, worded) if among is None or key.article_id in among]
            passages = self._current(fused, preference, cited)
            hits = self._hits(passages, {match.key: match.score for match in near})
            is_all = max(len(near), len(worded)) < depth
            enough = min(limit, len(passages)) if among is None else limit
            if is_all or len(hits) >= enough or depth >= DEEPEST:
                return hits[:limit]
            depth *= 4

    def _current(
        self, fused: Sequence[tuple[PassageKey, float]], preference: TimePreference | None, cited: Collection[str]
    ) -> list[tuple[Passage, float]]:
        """Return the passages that are in the catalog now with their scores, best first."""
        articles = self._catalog.get_many(list({key.article_id for key, _ in fused}))
        found = [(key, score * (NEARNESS if key.article_id in cited else 1)) for key, score in fused if _is_current(key, articles)]
        ranked = _preferred(sorted(found, key=lambda pair: -pair[1]), articles, preference)
        return [(Passage(articles[key.article_id], key.start, key.end), score) for key, score in ranked]

    def _hits(self, found: Sequence[tuple[Passage, float]], similarities: Mapping[PassageKey, float]) -> list[Hit]:
        """Return what was found (best first) as hits, each report's words once."""
        passages = [passage for passage, _ in found]
        originals = self._copies.originals({passage.article.id for passage in passages})
        articles = self._catalog.get_many(list(set(originals.values())))
        return [
            Hit(
                shown.passage,
                rank,
                found[shown.place][1],
                similarities.get(shown.passage.key),
                articles.get(originals.get(shown.passage.article.id, "")),
                shown.copies,
            )
            for rank, shown in enumerate(without_repetition(passages, originals), start=1)
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
