"""The front door: a question in, an answer with its evidence or an honest no out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

from corpus.article import Published, moment_of
from retrieval.aggregation import Group
from retrieval.agreement import Comparison, Relation
from retrieval.answer import Answer, Citation, Evidence, Extract, Near, NoAnswer, Silence, Variant
from retrieval.asking.language import asks_in_another_language, is_foreign
from retrieval.asking.nonsense import is_nonsense, names_something
from retrieval.asking.smalltalk import small_talk
from retrieval.asking.spelling import Speller, is_same_wording
from retrieval.composing import list_items, together
from retrieval.confidence import Calibration, features_of
from retrieval.content_words import STOP_WORDS, content_words
from retrieval.dates.partial_date import PartialDate
from retrieval.dates.recency import TimePreference
from retrieval.finding import answers_in, passages_for
from retrieval.keywords import Fts5Index
from retrieval.proof import all_evidence, evidence_of
from retrieval.protocols import Embedder, Reader
from retrieval.question import MAX_LENGTH, Kind, Question
from retrieval.search import Hit, HybridSearch
from retrieval.summaries.topical import PASSAGE_COVERAGE, Sentence, about_topic, newest_of, summarise

MAX_ALTERNATIVES = 4
MIN_ALTERNATIVE = 0.1
"""Less probable answers are not worth a tap."""

MIN_CONTRADICTION = 0.05
"""Less probable answers are not shown as a contradiction, even of the same event and in like words."""

MAX_CLOSEST = 3

KNOWN_LANGUAGE = 1 / 3
"""A question of which the articles lack no larger share of words is taken as English, even if it looks Indonesian."""

CLOSEST_SIMILARITY = 0.25
"""Passages less similar to the question than this (cosine) are not worth a look, unless they share rare words with it."""

LIST_COVERAGE = 0.6
"""A further item of a list has at least this share of the question's words that the first one's passage has."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question, and the milliseconds of its stages: "search", "read" and "total"."""

    result: Answer | NoAnswer
    milliseconds: Mapping[str, float]


class Answerer:
    """Answers questions from the articles; an answer below `min_confidence` (a probability) is not given.

    `today` tells the day that "this week" in a question counts from; without it, such words count from no day and prefer the newest.
    Without a `speller`, questions are taken as they are typed.
    """

    def __init__(
        self,
        *,
        search: HybridSearch,
        keywords: Fts5Index,
        embedder: Embedder,
        reader: Reader,
        calibration: Calibration,
        speller: Speller | None = None,
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
        self._speller = speller
        self._min_confidence = min_confidence
        self._today = today

    def ask(self, text: str, *, cited: Collection[str] = ()) -> Asked:
        """Answer what somebody typed, in the spelling of the articles, rather from those with an id in `cited`. Raises QuestionTooLong."""
        began = perf_counter()
        typed = Question.parse(text)
        silence = _nothing_asked(typed)
        if silence is not None:
            return _asked(NoAnswer(typed.text, typed.kind, silence), began, began, began)
        question = typed if self._is_foreign(typed) else self._meant(typed)
        silence = _nothing_asked(question) or self._not_understood(question)
        if silence is not None:
            return _asked(NoAnswer(typed.text, typed.kind, silence), began, began, began)
        preference = TimePreference.of(question.text, self._today() if self._today else None)
        parts = question.parts()
        found = [passages_for(part, self._search, self._keywords, preference, cited) for part in parts]
        searched = perf_counter()
        results = [self._result(part, hits, preference) for part, hits in zip(parts, found, strict=True)]
        searched_for = None if is_same_wording(question.text, typed.text) else question.text
        result = replace(together(typed, results), searched_for=searched_for)
        return _asked(result, began, searched, perf_counter())

    def _meant(self, typed: Question) -> Question:
        """Return the question in the spelling of the articles."""
        return Question.parse(self._speller.correct(typed.text)[:MAX_LENGTH]) if self._speller else typed

    def _is_foreign(self, question: Question) -> bool:
        """Whether a question is in another language: it asks in its words, or it looks so and the articles lack too many of them."""
        if asks_in_another_language(question.text):
            return True
        words = content_words(question.wording)
        return is_foreign(question.text) and len(self._keywords.unknown(words)) > KNOWN_LANGUAGE * len(words)

    def _not_understood(self, question: Question) -> Silence | None:
        """Return why a question's words cannot be searched for; None where they can."""
        if self._is_foreign(question):
            return Silence.OTHER_LANGUAGE
        return Silence.UNKNOWN_WORDS if is_nonsense(question.wording, self._keywords.unknown(content_words(question.wording))) else None

    def _result(self, question: Question, hits: Sequence[Hit], preference: TimePreference) -> Answer | NoAnswer:
        if not hits:
            return NoAnswer(question.text, question.kind, Silence.EMPTY_CORPUS)
        if question.kind is Kind.SUMMARY:
            return self._summary(question, hits, preference)
        return self._judge(question, hits, self.groups(question, hits), preference)

    def groups(self, question: Question, hits: Sequence[Hit]) -> list[Group]:
        """Read the passages of `hits`; return the different answers found there, best first."""
        readings = self._reader.read(question.wording, [hit.passage for hit in hits])
        return answers_in(question, hits, readings, self._embedder)

    def _summary(self, question: Question, hits: Sequence[Hit], preference: TimePreference) -> Answer | NoAnswer:
        """Return the sentences that tell most about the question's topic; where it wants what is new, of its newest articles first.

        The confidence is the share of its words that they cover.
        """
        about = about_topic(hits, [hit.coverage for hit in hits])
        confidence = max(hit.coverage for hit in hits)
        sentences = self._told(question.topic, about, preference)
        if not sentences or confidence < self._min_confidence:
            return NoAnswer(question.text, question.kind, Silence.NOT_FOUND, _closest(hits))
        items = [_told_by(sentence, confidence) for sentence in sentences]
        return Answer(
            question=question.text,
            kind=question.kind,
            variant=Variant(question.topic, (items[0],), 1),
            confidence=confidence,
            items=tuple(_in_reading_order(items, newest_first=preference.newest)),
        )

    def _told(self, topic: str, about: Sequence[Hit], preference: TimePreference) -> list[Sentence]:
        """Return the sentences that tell most about `topic`, best first; of the newest articles alone where the newest are preferred."""
        newest = newest_of([hit.passage for hit in about if hit.coverage >= PASSAGE_COVERAGE]) if preference.newest else []
        return summarise(topic, newest, self._embedder) or summarise(topic, [hit.passage for hit in about], self._embedder)

    def _judge(self, question: Question, hits: Sequence[Hit], groups: list[Group], preference: TimePreference) -> Answer | NoAnswer:
        probabilities = [self._calibration.probability(features_of(groups, i, question.kind)) for i in range(len(groups))]
        if not groups or probabilities[0] < self._min_confidence:
            withheld = evidence_of(groups[0].best, probabilities[0]) if groups else None
            return NoAnswer(question.text, question.kind, Silence.NOT_FOUND, _closest(hits), withheld)
        comparison = Comparison(question, self._embedder)
        listed = self._listed(groups, probabilities, comparison) if question.wants_all else []
        items = list_items([evidence_of(groups[i].best, probabilities[i]) for i in listed])
        differing = [] if items else self._differing(groups, probabilities, comparison)
        shown = self._shown(differing, groups, probabilities, preference)
        differing = _newest_first([i for i in (0, *differing) if i != shown], groups)
        told = listed if items and items[0].span.text == groups[0].best.text else []  # else the items are those that the first enumerates
        shown_too = {shown, *differing, *told}
        others = [i for i in range(1, len(groups)) if i not in shown_too and probabilities[i] >= MIN_ALTERNATIVE]
        return Answer(
            question=question.text,
            kind=question.kind,
            variant=_variant(groups[shown], probabilities[shown]),
            confidence=probabilities[shown],
            disagreements=tuple(_variant(groups[i], probabilities[i]) for i in differing),
            alternatives=tuple(_variant(groups[i], probabilities[i]) for i in others[:MAX_ALTERNATIVES]),
            items=items,
        )

    def _listed(self, groups: Sequence[Group], probabilities: Sequence[float], comparison: Comparison) -> list[int]:
        """Return the places of the groups that answer the same question on the same event as the first and are as sure as it must be."""
        first = groups[0]
        enough = LIST_COVERAGE * first.best.hit.coverage
        return [
            i
            for i, found in enumerate(groups)
            if found.best.fit
            and probabilities[i] >= self._min_confidence
            and found.best.hit.coverage >= enough
            and (found.article_ids & first.article_ids or comparison.tell_one_story(first.best, found.best))
        ]

    def _differing(self, groups: Sequence[Group], probabilities: Sequence[float], comparison: Comparison) -> list[int]:
        """Return the places of the groups that contradict the first.

        That the question is answered is settled by then; so a contradiction may be less probable than an answer must be.
        """
        return [
            i
            for i in range(1, len(groups))
            if probabilities[i] >= MIN_CONTRADICTION
            and not groups[0].article_ids & groups[i].article_ids
            and _leads_its_article(i, groups)
            and comparison.relation(groups[0].best, groups[i].best) is Relation.DIFFERENT
        ]

    def _shown(self, differing: Sequence[int], groups: Sequence[Group], probabilities: Sequence[float], preference: TimePreference) -> int:
        """Return the place of the answer to show: of the first and the sure ones that contradict it the newest.

        Where articles of a time are preferred, the one that has most of both, of probability and of that time.
        """
        places = _newest_first([0, *(i for i in differing if probabilities[i] >= self._min_confidence)], groups)
        if not preference.is_of_a_time:
            return places[0]
        weights = preference.weighed([probabilities[i] for i in places], [_newest(groups[i]) for i in places])
        return places[weights.index(max(weights))]


def _newest_first(places: Sequence[int], groups: Sequence[Group]) -> list[int]:
    return sorted(places, key=lambda i: moment_of(_newest(groups[i])), reverse=True)


def _in_reading_order(items: Sequence[Evidence], *, newest_first: bool) -> list[Evidence]:
    """Return sentences as a story went on or, newest first, as its news came in; those of one article in its order."""
    of_each = sorted(items, key=lambda item: (item.citation.id, item.span.start))
    return sorted(of_each, key=lambda item: moment_of(item.citation.published), reverse=newest_first)


def _leads_its_article(index: int, groups: Sequence[Group]) -> bool:
    """Whether the reader finds no better answer in the article of the group's best candidate.

    What an article of the first group says as well does not count: it answers another question, such as when the bridge was shut.
    """
    candidate = groups[index].best
    others = [found for found in groups[1:] if not found.article_ids & groups[0].article_ids]
    rivals = (member for found in others for member in found.candidates if member.article_id == candidate.article_id)
    return all(rival.score <= candidate.score for rival in rivals)


def _nothing_asked(question: Question) -> Silence | None:
    """Return why a text is no question; None for a question."""
    if not any(character.isalnum() for character in question.text) or _names_nothing(question):
        return Silence.NO_WORDS
    return small_talk(question.text) or (None if names_something(question.text) else Silence.UNCLEAR)


_BARE_ANSWERS = frozenset("no nope nah not yes yep yeah more".split())


def _names_nothing(question: Question) -> bool:
    """Whether a text that asks nothing is no topic either: "a", "no", "tell me more"; but "US", in capitals, is one."""
    if question.kind is not Kind.SUMMARY or (question.text.isupper() and len(question.text) > 1):
        return False
    return all(len(word) == 1 or word in STOP_WORDS or word in _BARE_ANSWERS for word in content_words(question.text))


def _newest(found: Group) -> Published | None:
    """Return when the newest article of the group was published; None where no date is known."""
    known = [when for candidate in found.candidates if (when := candidate.hit.passage.article.published)]
    return max(known, key=lambda when: when.moment, default=None)


def _variant(found: Group, confidence: float) -> Variant:
    value = found.best.value
    return Variant(
        str(value),
        all_evidence(found, confidence),
        found.sources,
        value if isinstance(value, PartialDate) else None,
    )


def _told_by(sentence: Sentence, confidence: float) -> Evidence:
    """Return a summary's sentence as evidence."""
    told, passage = (sentence.start, sentence.end), (sentence.passage.start, sentence.passage.end)
    return Evidence.of(sentence.article, span=told, quote=told, passage=passage, confidence=confidence)


def _closest(hits: Sequence[Hit]) -> tuple[Near, ...]:
    """Return the best passages of different reports that have something to do with the question."""
    near: dict[str, Near] = {}
    for hit in hits:
        related = (hit.similarity or 0) >= CLOSEST_SIMILARITY or hit.coverage >= PASSAGE_COVERAGE
        article = hit.passage.article
        if related and hit.report.id not in near:
            near[hit.report.id] = Near(Citation.of(article), Extract.of(article, hit.passage.start, hit.passage.end))
    return tuple(near.values())[:MAX_CLOSEST]


def _asked(result: Answer | NoAnswer, began: float, searched: float, ended: float) -> Asked:
    return Asked(
        result,
        {"search": (searched - began) * 1000, "read": (ended - searched) * 1000, "total": (ended - began) * 1000},
    )
