"""Passages of copies of one report brought together, so that the same words are read and shown once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.dedupe import TextPrint
from retrieval.passage import Passage

REPEATED = 0.8
"""A copy's passage says nothing new where better ones have this share of its shingles."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage to read: `place` is that of the best passage with its words, `copies` are the others that have them, best first."""

    place: int
    passage: Passage
    copies: tuple[Passage, ...] = ()


def without_repetition(passages: Sequence[Passage], originals: Mapping[str, str]) -> list[Shown]:
    """Return `passages` (best first) without those that a better passage of a copy says already.

    `originals` gives the originals of the articles that are copies. The original speaks for its copies wherever it has their words.
    """
    reports = [originals.get(passage.article.id, passage.article.id) for passage in passages]
    told: dict[str, _Told] = {}
    for place, (report, passage) in enumerate(zip(reports, passages, strict=True)):
        told.setdefault(report, _Told(report, is_copied=_is_copied(report, reports, passages))).take(place, passage)
    return sorted((shown for report in told.values() for shown in report.shown()), key=lambda shown: shown.place)


def _is_copied(report: str, reports: Sequence[str], passages: Sequence[Passage]) -> bool:
    return len({passage.article.id for each, passage in zip(reports, passages, strict=True) if each == report}) > 1


class _Told:
    """What is kept of the passages of one report."""

    def __init__(self, original: str, *, is_copied: bool) -> None:
        self._original = original
        self._is_copied = is_copied
        self._kept: list[tuple[int, list[Passage]]] = []
        self._prints: list[frozenset[str]] = []

    def take(self, place: int, passage: Passage) -> None:
        """Keep a passage, by itself or as a copy of one that is kept."""
        shingles = _shingles(passage) if self._is_copied else frozenset[str]()
        others = [number for number, (_, kept) in enumerate(self._kept) if kept[0].article.id != passage.article.id]
        known = shingles & frozenset[str]().union(*(self._prints[number] for number in others))
        if not shingles or len(known) < REPEATED * len(shingles):
            self._kept.append((place, [passage]))
            self._prints.append(shingles)
            return
        nearest = max(others, key=lambda number: len(self._prints[number] & shingles))
        kept, theirs = self._kept[nearest][1], self._prints[nearest]
        if passage.article.id == self._original and len(theirs & shingles) >= REPEATED * len(theirs):
            kept.insert(0, passage)
            self._prints[nearest] = shingles
        else:
            kept.append(passage)

    def shown(self) -> list[Shown]:
        """Return what is kept, each with the other articles that say so."""
        return [Shown(place, kept[0], _one_each(kept)) for place, kept in self._kept]


def _shingles(passage: Passage) -> frozenset[str]:
    return TextPrint(passage.text).shingles or frozenset({passage.text.casefold()})


def _one_each(kept: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the first passage of each article but the first one's."""
    first = {passage.article.id: passage for passage in reversed(kept)}
    return tuple(dict.fromkeys(first[passage.article.id] for passage in kept if passage.article.id != kept[0].article.id))
