"""Stories: which articles are about the same event.

Stories grow from the strongest tie on, as long as their members are tied on average: two elections are not one because a third article
mentions both. Only articles near in meaning and in time are looked at. `python -m benchmarks.stories` measures it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from corpus.article import Article, moment_of
from retrieval.summaries.headlines import best_headline
from retrieval.summaries.ties import Telling, tie

BLOCK = 256
"""Articles that are compared with the others at once: it bounds the memory that ten thousand take."""

NEIGHBOURS = 40
"""Articles that one is compared with at most, the nearest ones; a story of more still grows together."""

TOGETHER_DAYS = 60
"""Articles that appeared further apart are not compared."""

LEAST_COSINE = 0.35
"""Beginnings less similar than this are about different events."""

ONE_STORY = -0.95
"""Articles whose ties have at least this mean (log-odds) are one story."""

SPOKESMEN = 12
"""Members of a story, the first ones, whose ties speak for all."""


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, the newest first. `headline` is the article whose title names it best.

    `sources` counts independent sources: a publisher is one, and copies of one report are one.
    """

    articles: tuple[Article, ...]
    headline: Article
    sources: int

    @property
    def id(self) -> str:
        """The id of its oldest article: it stays while newer ones are added."""
        return self.articles[-1].id


def stories_among(tellings: Sequence[Telling], originals: Mapping[str, str] | None = None) -> list[Story]:
    """Return every article of `tellings` in exactly one story, the story with the newest article first.

    `originals` tells for the id of a copy whose copy it is.
    """
    told = [story_of([tellings[place].article for place in group], originals or {}) for group in _grown(tellings)]
    return sorted(told, key=lambda story: (moment_of(story.articles[0].published), story.id), reverse=True)


def story_of(articles: Sequence[Article], originals: Mapping[str, str]) -> Story:
    """Return the one story that `articles` tell; of the copies of one report it has only one, the original where that is there."""
    reports = {originals.get(article.id, article.id): article for article in sorted(articles, key=lambda one: one.id not in originals)}
    newest_first = tuple(sorted(reports.values(), key=lambda article: (moment_of(article.published), article.id), reverse=True))
    sources = len({article.voice for article in newest_first})
    return Story(newest_first, best_headline(newest_first), sources)


def _grown(tellings: Sequence[Telling]) -> list[tuple[int, ...]]:
    """Return the places of `tellings` in groups, grown along the strongest mean ties until none is strong enough."""
    groups: dict[int, tuple[int, ...]] = {place: (place,) for place in range(len(tellings))}
    near: dict[int, set[int]] = {place: set() for place in groups}
    ties = _Ties(tellings)
    strongest = []
    for one, other in _neighbours(tellings):
        near[one].add(other)
        near[other].add(one)
        strongest.append((-ties.mean((one,), (other,)), one, other))
    strongest = [found for found in strongest if found[0] <= -ONE_STORY]
    heapify(strongest)
    while strongest:
        _, one, other = heappop(strongest)
        if one not in groups or other not in groups:
            continue
        name = len(near)
        merged = groups[name] = groups.pop(one) + groups.pop(other)
        near[name] = {place for place in near[one] | near[other] if place in groups}
        for place in near[name]:
            near[place].add(name)
            mean = ties.mean(merged, groups[place])
            if mean >= ONE_STORY:
                heappush(strongest, (-mean, place, name))
    return list(groups.values())


class _Ties:
    """The ties between articles, each computed once."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self._tellings = tellings
        self._known: dict[tuple[int, int], float] = {}

    def mean(self, one: tuple[int, ...], other: tuple[int, ...]) -> float:
        found = [self._tie(mine, theirs) for mine in one[:SPOKESMEN] for theirs in other[:SPOKESMEN]]
        return sum(found) / len(found)

    def _tie(self, one: int, other: int) -> float:
        key = (one, other) if one < other else (other, one)
        if key not in self._known:
            self._known[key] = tie(self._tellings[one], self._tellings[other])
        return self._known[key]


def _neighbours(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of articles that are near in meaning and in time, each once."""
    if not tellings:
        return
    vectors = np.stack([telling.vector for telling in tellings])
    days = np.asarray([np.nan if telling.day is None else telling.day for telling in tellings])
    seen = set()
    for first in range(0, len(tellings), BLOCK):
        cosines = vectors[first : first + BLOCK] @ vectors.T
        cosines[np.abs(days[first : first + BLOCK, None] - days[None, :]) > TOGETHER_DAYS] = -1
        for row, near in enumerate(cosines, first):
            best = np.argsort(-near, kind="stable")[: NEIGHBOURS + 1].tolist()
            seen |= {(min(row, place), max(row, place)) for place in best if place != row and near[place] >= LEAST_COSINE}
    yield from sorted(seen)
