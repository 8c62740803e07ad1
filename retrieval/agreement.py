"""Whether two articles' answers to one question agree, are compatible, contradict each other or belong to different stories.

Values tell what could contradict (`retrieval.values.matched`). Whether both articles answer the same question about the same event
is judged by a small logistic regression over `Ties`; a false alarm is worse than a contradiction that goes unnoticed.
"""

import json
import re
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from math import exp
from pathlib import Path
from typing import Self

from corpus.article import Article
from retrieval.aggregation import Candidate
from retrieval.protocols import Embedder, Vectors
from retrieval.quantities import Quantity
from retrieval.question import Kind, Question
from retrieval.values import Match, PartialDate, Words, matched

BUNDLED = Path(__file__).parent / "models" / "agreement.json"
"""The parameters that the project ships; `python -m benchmarks.agreement --fit` makes them."""

LEAD_LENGTH = 400
"""Characters of an article that tell what it is about."""
SEARCHED_LENGTH = 20_000
"""Characters of an article in which the other one's names are looked for."""
SAME_STORY = 0.5
"""Quotes or beginnings of articles are about one story from this cosine on; below it, equal answers are no agreement."""
SAME_WORDING = 0.85
"""Answers mean the same from this cosine on."""
SAME_EVENT_DAYS = 60
"""Articles that appeared further apart than this rarely report on one event."""
COUNTED = frozenset({Kind.HOW_MANY, Kind.HOW_MUCH})
"""Kinds whose bare numbers ("1,250") count the same thing; elsewhere only numbers with one unit are compared."""


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

    lead: float
    """The cosine of the articles' titles and beginnings."""
    names: float
    """Which share of the names in one's beginning the other article has; the mean of both ways."""
    asked: float
    """The lesser cosine of the question with a quote under its title."""
    read: float
    """How surely the reader takes the weaker one for an answer: 0 to 1."""
    dated: float
    """1 where both articles are dated, else 0."""
    apart: float
    """1 where they appeared more than `SAME_EVENT_DAYS` apart, else 0."""
    months: float
    """1 where the quotes name different months beside the answers, else 0."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A logistic regression over `Ties`: weights, by name, and the intercept.

    Answers that exclude each other contradict from the probability `contradicts` on.
    """

    weights: dict[str, float]
    intercept: float
    contradicts: float

    def __post_init__(self) -> None:
        wanted = {field.name for field in fields(Ties)}
        if self.weights.keys() != wanted:
            raise ValueError(f"weights must be given for {sorted(wanted)}, got {sorted(self.weights)}")

    @classmethod
    def load(cls, path: Path = BUNDLED) -> Self:
        """Read the parameters from a JSON file."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        return cls(stored["weights"], stored["intercept"], stored["contradicts"])

    def probability(self, ties: Ties) -> float:
        """Return the probability, 0 to 1, that answers which exclude each other are about one question and one event."""
        logit = self.intercept + sum(self.weights[name] * value for name, value in asdict(ties).items())
        return 1 / (1 + exp(-max(-50.0, min(50.0, logit))))


class Comparison:
    """Compares the answers to one question; what it has embedded it remembers."""

    def __init__(self, question: Question, embedder: Embedder, judgement: Judgement) -> None:
        self._question = question
        self._embedder = embedder
        self._judgement = judgement
        self._vectors: dict[str, Vectors] = {}

    def relation(self, one: Candidate, other: Candidate) -> Relation:
        """Return what the answers of two articles are to each other; those of one article never contradict."""
        match matched(one.value, other.value):
            case Match.SAME:
                return Relation.SAME if self._tell_one_story(one, other) else Relation.UNRELATED
            case Match.COMPATIBLE:
                return Relation.COMPATIBLE if self._tell_one_story(one, other) else Relation.UNRELATED
            case Match.EXCLUSIVE:
                return Relation.DIFFERENT if self._contradict(one, other) else Relation.UNRELATED
        if not self._tell_one_story(one, other):
            return Relation.UNRELATED
        if self._cosine(one.text, other.text) >= SAME_WORDING and Quantity not in {type(one.value), type(other.value)}:
            return Relation.SAME
        return Relation.DIFFERENT if self._contradict(one, other) else Relation.COMPATIBLE

    def agree(self, one: Candidate, other: Candidate) -> bool:
        """Whether the answers say the same of one story, one perhaps more precisely."""
        return matched(one.value, other.value) in {Match.SAME, Match.COMPATIBLE} and self._tell_one_story(one, other)

    def ties(self, one: Candidate, other: Candidate) -> Ties:
        """Return what ties two answers to one question and one event."""
        mine, theirs = one.hit.passage.article, other.hit.passage.article
        days = _days_apart(mine, theirs)
        return Ties(
            lead=self._cosine(_lead(mine), _lead(theirs)),
            names=(_share(_names(_lead(mine)), theirs) + _share(_names(_lead(theirs)), mine)) / 2,
            asked=min(self._cosine(self._question.text, _told(answer)) for answer in (one, other)),
            read=1 / (1 + exp(-max(-50.0, min(one.score, other.score)) / 2)),
            dated=float(days is not None),
            apart=float(days is not None and days > SAME_EVENT_DAYS),
            months=float(_months_differ(_beside(one), _beside(other))),
        )

    def _tell_one_story(self, one: Candidate, other: Candidate) -> bool:
        mine, theirs = one.hit.passage.article, other.hit.passage.article
        if mine.id == theirs.id or self._cosine(_lead(mine), _lead(theirs)) >= SAME_STORY:
            return True
        return self._cosine(_told(one), _told(other)) >= SAME_STORY

    def _contradict(self, one: Candidate, other: Candidate) -> bool:
        if one.article_id == other.article_id or not (one.fit and other.fit) or not self._could_contradict(one, other):
            return False
        return self._judgement.probability(self.ties(one, other)) >= self._judgement.contradicts

    def _could_contradict(self, one: Candidate, other: Candidate) -> bool:
        """Whether only one of two unequal answers can be right: dates, quantities of one kind, or persons in dated articles."""
        kind = self._question.kind
        match one.value, other.value:
            case (PartialDate(), PartialDate()):
                return kind is Kind.WHEN
            case (Quantity(), Quantity()):
                return kind in COUNTED or bool(one.value.unit and other.value.unit)
            case (Words(), Words()):
                dated = _days_apart(one.hit.passage.article, other.hit.passage.article) is not None
                return kind is Kind.WHO and dated and _is_full_name(one.text) and _is_full_name(other.text)
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


_NAME = re.compile(r"\b[^\W\d_a-z][\w’'-]{2,}")
_NO_NAMES = frozenset("the but and that this his her its for with from after they one when while according".split())


def _names(text: str) -> set[str]:
    return {name.casefold() for name in _NAME.findall(text)} - _NO_NAMES


def _share(names: set[str], article: Article) -> float:
    """Return which share of `names` the article has; 1 of none."""
    return len(names & _names(f"{article.title} {article.text[:SEARCHED_LENGTH]}")) / len(names) if names else 1.0


_MONTH = re.compile(
    r"\b(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)


def _months_differ(one: str, other: str) -> bool:
    mine, theirs = _months(one), _months(other)
    return bool(mine and theirs) and not mine & theirs


def _months(text: str) -> set[str]:
    return {name[:3] for name in _MONTH.findall(text)}


def _is_full_name(text: str) -> bool:
    """Whether `text` is a name of two to five capitalised words: "Pedro Pierluisi"."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() for word in words)
