"""Whether two articles' answers to one question agree, are compatible, contradict each other or belong to different stories.

Values tell what could contradict (`retrieval.values.matched`). Whether both articles answer the same question about the same event
is judged by the `Ties` between them. The thresholds were chosen on the development half of tests/data/answer_pairs.jsonl;
`python -m benchmarks.agreement` measures them on both halves. A false alarm is worse than a contradiction that goes unnoticed.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from math import exp

from corpus.article import Article
from retrieval.aggregation import Candidate
from retrieval.dates.partial_date import PartialDate
from retrieval.names import can_be_persons, names_in, spelt_alike
from retrieval.protocols import Embedder, Vectors
from retrieval.quantities import Quantity
from retrieval.question import Kind, Question
from retrieval.values import Match, Words, matched

LEAD_LENGTH = 400
"""Characters of an article that tell what it is about."""
SEARCHED_LENGTH = 20_000
"""Characters of an article in which the other one's names are looked for."""
SAME_STORY = 0.5
"""Quotes or beginnings of articles are about one story from this cosine on; below it, equal answers are no agreement."""
SAME_WORDING = 0.85
"""Answers mean the same from this cosine on."""
SAME_EVENT_DAYS = 60
"""Articles that appeared further apart than this do not report on one event."""
SAME_UNDATED_STORY = 0.85
"""The beginnings of articles without a date report on one event from this cosine on: this month's jobless are not last month's."""
CONTRADICTING_FOCUS = 0.2
"""Answers that exclude each other contradict from this focus on, where ..."""
CONTRADICTING_NAMES = 0.3
"""... their articles have this share of names in common."""
READER_SCALE = 2.0
"""Log-odds of the reader that make its belief 0.73 of 1; its scores run from about -10 to 15."""
LIKENESS_WORTH = 0.8
"""What the likeness (cosine) of two quotes without their answers is worth beside the reader's belief, where that is less."""
DISBELIEVED = -3.0
"""Log-odds below which the reader's disbelief stands, whatever the likeness."""
COUNTED = frozenset({Kind.HOW_MANY, Kind.HOW_MUCH})
"""Kinds whose bare numbers ("1,250") count the same thing ..."""
MEASURED = frozenset({Kind.HOW_LONG, Kind.WHAT})
"""... and kinds that may ask for a number, of which only those with one unit are compared."""


class Relation(StrEnum):
    """What one article's answer is to another's."""

    SAME = "same"
    """The same fact."""
    COMPATIBLE = "compatible"
    """Both can be true: one is more precise, or they tell of different sides."""
    DIFFERENT = "different"
    """They answer the same question about the same event, and cannot both be true."""
    UNRELATED = "unrelated"
    """Another event or another question."""


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties two answers to one question and one event, as plain numbers."""

    focus: float
    """Whether both stay with one story and with the question: the cosine of the articles' beginnings, times the lesser nearness of a quote
    to the question, times how sure it is that both quotes answer it (0 to 1). All three are needed."""
    names: float
    """Which share of the names in one's beginning the other article has; the mean of both ways."""

    @property
    def bind(self) -> bool:
        """Whether they suffice for a contradiction."""
        return self.focus >= CONTRADICTING_FOCUS and self.names >= CONTRADICTING_NAMES


class Comparison:
    """Compares the answers to one question; what it has embedded it remembers."""

    def __init__(self, question: Question, embedder: Embedder) -> None:
        self._question = question
        self._embedder = embedder
        self._vectors: dict[str, Vectors] = {}

    def relation(self, one: Candidate, other: Candidate) -> Relation:
        """Return what the answers of two articles are to each other; those of one article never contradict."""
        if self._may_contradict(one, other) and self.ties(one, other).bind:
            return Relation.DIFFERENT
        match = matched(one.value, other.value)
        if match is Match.EXCLUSIVE or not self.tell_one_story(one, other):
            return Relation.UNRELATED
        return Relation.SAME if match is Match.SAME or self._mean_the_same(one, other) else Relation.COMPATIBLE

    def agree(self, one: Candidate, other: Candidate) -> bool:
        """Whether the answers say the same of one story, one perhaps more precisely."""
        return matched(one.value, other.value) in {Match.SAME, Match.COMPATIBLE} and self.tell_one_story(one, other)

    def ties(self, one: Candidate, other: Candidate) -> Ties:
        """Return what ties two answers to one question and one event."""
        mine, theirs = one.hit.passage.article, other.hit.passage.article
        return Ties(
            focus=self._cosine(_lead(mine), _lead(theirs)) * min(self._asked(one), self._asked(other)) * self._sure(one, other),
            names=(_share(names_in(_lead(mine)), theirs) + _share(names_in(_lead(theirs)), mine)) / 2,
        )

    def _asked(self, candidate: Candidate) -> float:
        """Return how near a quote is to the question (cosine): by itself, without the answer, or under its title."""
        return max(self._cosine(self._question.text, text) for text in (_beside(candidate), _told(candidate)))

    def _sure(self, one: Candidate, other: Candidate) -> float:
        """Return how sure it is that both quotes answer: the reader's belief in the weaker one, or their likeness but for the answers.

        Whose wording is farther from the question's, the reader believes less, though both tell of one thing.
        """
        weaker = min(one.score, other.score)
        believed = 1 / (1 + exp(-max(-50.0, weaker) / READER_SCALE))
        return max(believed, LIKENESS_WORTH * self._cosine(_beside(one), _beside(other))) if weaker >= DISBELIEVED else believed

    def _may_contradict(self, one: Candidate, other: Candidate) -> bool:
        """Whether only one of two articles' answers can be right, if they are about one question and one event, which they can be."""
        mine, theirs = one.hit.passage.article, other.hit.passage.article
        if mine.id == theirs.id or not (one.fit and other.fit) or not self._exclude(one, other):
            return False
        return self._can_be_one_event(mine, theirs) and not _months_differ(_beside(one), _beside(other))

    def tell_one_story(self, one: Candidate, other: Candidate) -> bool:
        """Whether two answers belong to one story: their articles begin alike, or their quotes are about the same."""
        mine, theirs = one.hit.passage.article, other.hit.passage.article
        if mine.id == theirs.id or self._cosine(_lead(mine), _lead(theirs)) >= SAME_STORY:
            return True
        return self._cosine(_told(one), _told(other)) >= SAME_STORY

    def _mean_the_same(self, one: Candidate, other: Candidate) -> bool:
        """Whether two phrases or sentences say the same in other words, with the same numbers."""
        phrased = isinstance(one.value, Words) and isinstance(other.value, Words)
        same_numbers = set(_DIGITS.findall(one.text)) == set(_DIGITS.findall(other.text))
        return phrased and same_numbers and self._cosine(one.text, other.text) >= SAME_WORDING

    def _can_be_one_event(self, one: Article, other: Article) -> bool:
        """Whether two articles appeared near each other, or begin almost alike where one has no date."""
        days = _days_apart(one, other)
        return days <= SAME_EVENT_DAYS if days is not None else self._cosine(_lead(one), _lead(other)) >= SAME_UNDATED_STORY

    def _exclude(self, one: Candidate, other: Candidate) -> bool:
        """Whether the question wants only one of two dates or numbers, or of two persons whom dated articles name in full.

        Persons with one last name, however it is spelt, are no two: "Mike Johnson" and "Michael Johnson". Nor does a number contradict
        another where none is asked for: "five miles north of Brennick" and "ten miles from Skelmouth"; nor a date that is told with its
        year, mostly as it is of other times, one of an unknown year.
        """
        kind = self._question.kind
        match matched(one.value, other.value), one.value, other.value:
            case Match.EXCLUSIVE, Quantity(unit=mine) as amount, Quantity(unit=theirs) as another:
                return amount.is_near(another) and (kind in COUNTED or (kind in MEASURED and bool(mine and theirs)))
            case Match.EXCLUSIVE, PartialDate(year=mine), PartialDate(year=theirs) if mine is None or theirs is None:
                return kind is Kind.WHEN and not any(year and str(year) in said.text for year, said in ((mine, one), (theirs, other)))
            case Match.EXCLUSIVE, _, _:
                return kind is Kind.WHEN
            case Match.OPEN, Words() as name, Words() as another_name:
                dated = _days_apart(one.hit.passage.article, other.hit.passage.article) is not None
                in_full = _is_full_name(one.text) and _is_full_name(other.text)
                return kind is Kind.WHO and dated and in_full and not spelt_alike(name.last, another_name.last)
        return False

    def _cosine(self, one: str, other: str) -> float:
        missing = [text for text in {one, other} if text not in self._vectors]
        if missing:
            self._vectors.update(zip(missing, self._embedder.embed(missing), strict=True))
        return float(self._vectors[one] @ self._vectors[other])


def _lead(article: Article) -> str:
    """Return how the article begins."""
    return f"{article.title}\n{article.text[:LEAD_LENGTH]}"


def _told(candidate: Candidate) -> str:
    """Return what is said, under its article's title."""
    article = candidate.hit.passage.article
    return f"{article.title}\n{article.text[candidate.quote_start : candidate.quote_end]}"


def _beside(candidate: Candidate) -> str:
    """Return the quote without the answer."""
    text = candidate.hit.passage.article.text
    return f"{text[candidate.quote_start : candidate.start]} {text[candidate.end : candidate.quote_end]}"


def _days_apart(one: Article, other: Article) -> int | None:
    """Return how many days lie between two articles; None where one is undated."""
    return abs((one.published.moment - other.published.moment).days) if one.published and other.published else None


_DIGITS = re.compile(r"\d+")


def _share(names: set[str], article: Article) -> float:
    """Return which share of `names` the article has; 1 of none."""
    return len(names & names_in(f"{article.title} {article.text[:SEARCHED_LENGTH]}")) / len(names) if names else 1.0


_MONTH = re.compile(
    r"\b(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)


def _months_differ(one: str, other: str) -> bool:
    """Whether two quotes without their answers are about different months: the jobless of January and of February."""
    mine, theirs = _months(one), _months(other)
    return bool(mine and theirs) and not mine & theirs


def _months(text: str) -> set[str]:
    return {name[:3] for name in _MONTH.findall(text)}


def _is_full_name(text: str) -> bool:
    """Whether `text` is a person's name of two to five capitalised words: "Pedro Pierluisi"."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() for word in words) and can_be_persons(text)
