"""The front door: a question in, an answer with its evidence or an honest no out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from corpus.article import Published
from retrieval.aggregation import Candidate, Group, candidates_of, group
from retrieval.agreement import Comparison, Relation
from retrieval.answer import Answer, Citation, Evidence, Extract, Near, NoAnswer, Silence, Variant
from retrieval.confidence import Calibration, features_of
from retrieval.keywords import Fts5Index
from retrieval.language import is_foreign
from retrieval.protocols import Embedder, Reader
from retrieval.question import Question
from retrieval.recency import TimePreference
from retrieval.search import Hit, HybridSearch
from retrieval.values import PartialDate

READ_PASSAGES = 10
"""Passages that are read for a question."""

MAX_ALTERNATIVES = 4
MIN_ALTERNATIVE = 0.1
"""Less probable answers are not worth a tap."""

MAX_CLOSEST = 3

CLOSEST_SIMILARITY = 0.25
"""Passages less similar to the question than this (cosine) are not worth a look, unless they share rare words with it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question, and the milliseconds of its stages: "search", "read" and "total"."""

    result: Answer | NoAnswer
    milliseconds: Mapping[str, float]


class Answerer:
    """Answers questions from the articles; an answer below `min_confidence` (a probability) is not given.

    `today` tells the day that "this week" in a question counts from; without it, such words count from no day and prefer the newest.
    """

    def __init__(
        self,
        *,
        search: HybridSearch,
        keywords: Fts5Index,
        embedder: Embedder,
        reader: Reader,
        calibration: Calibration,
        min_confidence: float = 0.45,
        today: Callable[[], date] | None = None,
    ) -> None:
        if not 0 <= min_confidence <= 1:
            raise ValueError(f"min_confidence must be from 0 to 1, got {min_confidence}")
        self._search = search
        self._keywords = keywords
        self._embedder = embedder
        self._reader = reader
        self._calibration = calibration
        self._min_confidence = min_confidence
        self._today = today

    def ask(self, text: str) -> Asked:
        """Answer what somebody typed. Raises QuestionTooLong."""
        began = perf_counter()
        question = Question.parse(text)
        if not any(character.isalnum() for character in question.text):
            return _asked(NoAnswer(question.text, question.kind, Silence.NO_WORDS), began, began, began)
        if is_foreign(question.text):
            return _asked(NoAnswer(question.text, question.kind, Silence.OTHER_LANGUAGE), began, began, began)
        preference = TimePreference.of(question.text, self._today() if self._today else None)
        hits = self._search.search(question.text, READ_PASSAGES, preference)
        searched = perf_counter()
        if not hits:
            return _asked(NoAnswer(question.text, question.kind, Silence.EMPTY_CORPUS), began, searched, searched)
        groups = self.groups(question, hits)
        result = self._judge(question, hits, groups, preference)
        return _asked(result, began, searched, perf_counter())

    def groups(self, question: Question, hits: Sequence[Hit]) -> list[Group]:
        """Read the passages of `hits`; return the different answers found there, best first."""
        readings = self._reader.read(question.text, [hit.passage for hit in hits])
        return group(candidates_of(question, hits, readings), Comparison(question, self._embedder).agree)

    def _judge(self, question: Question, hits: Sequence[Hit], groups: list[Group], preference: TimePreference) -> Answer | NoAnswer:
        shares = self._keywords.coverage(question.text, [hit.passage for hit in hits])
        coverages = {hit.rank: share for hit, share in zip(hits, shares, strict=True)}
        probabilities = [self._probability(found, coverages) for found in groups]
        if not groups or probabilities[0] < self._min_confidence:
            return NoAnswer(question.text, question.kind, Silence.NOT_FOUND, _closest(hits, coverages))
        differing = self._differing(question, groups, probabilities)
        shown = _in_time([0, *differing], groups, probabilities, preference)
        differing = [i for i in (0, *differing) if i != shown]
        others = [i for i in range(1, len(groups)) if i not in {shown, *differing} and probabilities[i] >= MIN_ALTERNATIVE]
        return Answer(
            question=question.text,
            kind=question.kind,
            variant=_variant(groups[shown], probabilities[shown]),
            confidence=probabilities[shown],
            disagreements=tuple(_variant(groups[i], probabilities[i]) for i in differing),
            alternatives=tuple(_variant(groups[i], probabilities[i]) for i in others[:MAX_ALTERNATIVES]),
        )

    def _probability(self, found: Group, coverages: Mapping[int, float]) -> float:
        return self._calibration.probability(features_of(found, coverages[found.best.hit.rank]))

    def _differing(self, question: Question, groups: Sequence[Group], probabilities: Sequence[float]) -> list[int]:
        """Return the places of the groups that contradict the first, newest first.

        That the question is answered is settled by then; so a contradiction may be less probable than an answer must be.
        """
        comparison = Comparison(question, self._embedder)
        found = [
            i
            for i in range(1, len(groups))
            if probabilities[i] >= MIN_ALTERNATIVE
            and not groups[0].article_ids & groups[i].article_ids
            and _leads_its_article(i, groups)
            and comparison.relation(groups[0].best, groups[i].best) is Relation.DIFFERENT
        ]
        return sorted(found, key=lambda i: _published(groups[i].best), reverse=True)


def _leads_its_article(index: int, groups: Sequence[Group]) -> bool:
    """Whether the reader finds no better answer in the article of the group's best candidate.

    What an article of the first group says as well does not count: it answers another question, such as when the bridge was shut.
    """
    candidate = groups[index].best
    others = [found for found in groups[1:] if not found.article_ids & groups[0].article_ids]
    rivals = (member for found in others for member in found.candidates if member.article_id == candidate.article_id)
    return all(rival.score <= candidate.score for rival in rivals)


def _in_time(places: Sequence[int], groups: Sequence[Group], probabilities: Sequence[float], preference: TimePreference) -> int:
    """Return which of contradicting answers a question wants that asks for a time; the first where it does not."""
    published = [_newest(groups[i]) for i in places]
    weights = preference.weighed([probabilities[i] for i in places], published)
    return places[weights.index(max(weights))]


def _newest(found: Group) -> Published | None:
    """Return when the newest article of the group was published; None where no date is known."""
    known = [when for candidate in found.candidates if (when := candidate.hit.passage.article.published)]
    return max(known, key=lambda when: when.moment, default=None)


def _published(candidate: Candidate) -> str:
    published = candidate.hit.passage.article.published
    return published.isoformat() if published else ""


def _variant(found: Group, confidence: float) -> Variant:
    value = found.best.value
    return Variant(
        str(value),
        tuple(_evidence(candidate, confidence) for candidate in found.candidates),
        found.sources,
        value if isinstance(value, PartialDate) else None,
    )


def _evidence(candidate: Candidate, confidence: float) -> Evidence:
    passage = candidate.hit.passage
    article = passage.article
    return Evidence(
        citation=Citation.of(article),
        span=Extract.of(article, candidate.start, candidate.end),
        quote=Extract.of(article, candidate.quote_start, candidate.quote_end),
        passage=Extract.of(article, passage.start, passage.end),
        confidence=confidence,
    )


def _closest(hits: Sequence[Hit], coverages: Mapping[int, float]) -> tuple[Near, ...]:
    """Return the best passages of different articles that have something to do with the question."""
    near: dict[str, Near] = {}
    for hit in hits:
        related = (hit.similarity or 0) >= CLOSEST_SIMILARITY or coverages[hit.rank] >= 0.5
        article = hit.passage.article
        if related and article.id not in near:
            near[article.id] = Near(Citation.of(article), Extract.of(article, hit.passage.start, hit.passage.end))
    return tuple(near.values())[:MAX_CLOSEST]


def _asked(result: Answer | NoAnswer, began: float, searched: float, ended: float) -> Asked:
    return Asked(
        result,
        {"search": (searched - began) * 1000, "read": (ended - searched) * 1000, "total": (ended - began) * 1000},
    )
