"""Spans from many passages brought together: equal answers merged, different ones kept apart."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.article import Article
from retrieval.dates.partial_date import PartialDate
from retrieval.fitting import fits, fits_there
from retrieval.names import full_name
from retrieval.protocols import Reading, Span
from retrieval.quantities import Quantity, with_measure
from retrieval.question import Kind, Question
from retrieval.search import Hit
from retrieval.sentences import around, sentences_within
from retrieval.values import Match, Value, Words, matched, same, value_of

MISFIT_PENALTY = 6.0
"""Log-odds that a span loses when it is not the kind of thing asked for (a date for "who"); chosen on the sample questions."""

MERGED_SUPPORT_GAP = 8.0
"""A span supports another article's equal answer unless the reader thinks it worse than the best by more than this ..."""
SUPPORT_FLOOR = -3.0
"""... and worse than this beside "no answer" (log-odds): that two articles say the same makes both more credible."""

EXACT_SHARE = 0.05
"""A number is exact where the truth can lie only this share of it away."""

PRECISION_GAP = 3.0
"""Log-odds by which a precise answer ("4 February") may be less sure than a vague one ("next week") and still speak for both."""

SUPPORT_BONUS = 1.0
"""Log-odds that an answer gains from each further independent source."""

RELEVANCE_WORTH = 10.0
"""Log-odds that stand between two answers of which one is in a passage as relevant as can be (a fused search score of 1) and the other in
one that shares nothing with the question (0). Of 0 to 20, 10 to 12 were best on encyclopaedia and on news questions."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may answer, with the sentences around it. `score` is the reader's, less the penalty where `fit` is False."""

    hit: Hit
    start: int
    end: int
    quote_start: int
    quote_end: int
    value: Value
    score: float
    fit: bool

    @property
    def standing(self) -> float:
        """What the answer is worth among all that were found for the question: by itself, and by its passage's relevance."""
        return self.score + RELEVANCE_WORTH * self.hit.score

    @property
    def text(self) -> str:
        """The span's words."""
        return self.hit.passage.article.text[self.start : self.end]

    @property
    def is_exact(self) -> bool:
        """Whether it names a day, or a number without "about" and the like; words always do."""
        match self.value:
            case PartialDate() as date:
                return date.is_day
            case Quantity(number=number, below=below, above=above, unsure=unsure):
                return max(below, above, unsure) <= EXACT_SHARE * abs(number)
        return True

    @property
    def article_id(self) -> str:
        """The article's id."""
        return self.hit.passage.article.id

    @property
    def source(self) -> str:
        """The article's voice, by which sources are counted; a copy speaks with its original's."""
        return self.hit.report.voice


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates that say the same, one for each article: the one that speaks for all, then the others, best first."""

    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate:
        """The candidate that speaks for the group."""
        return self.candidates[0]

    @property
    def sources(self) -> int:
        """The number of independent sources."""
        return len({candidate.source for candidate in self.candidates})

    @property
    def score(self) -> float:
        """The best candidate's score, raised for every further source."""
        return self.best.score + SUPPORT_BONUS * (self.sources - 1)

    @property
    def standing(self) -> float:
        """The best candidate's standing, raised for every further source."""
        return self.best.standing + SUPPORT_BONUS * (self.sources - 1)

    @property
    def article_ids(self) -> frozenset[str]:
        """The articles that say so."""
        return frozenset(candidate.article_id for candidate in self.candidates)


def candidates_of(question: Question, hits: Sequence[Hit], readings: Sequence[Reading]) -> list[Candidate]:
    """Return every span within a sentence that the reader proposes in `hits` (one reading each, same order), best first."""
    found = []
    for hit, reading in zip(hits, readings, strict=True):
        borders = sentences_within(hit.passage.article.text, hit.passage.start, hit.passage.end)
        spans = (span for span in reading.spans if _lies_in_one_sentence(borders, span))
        found += [candidate for span in spans if not _EMPTY.fullmatch((candidate := _candidate(question, hit, borders, span)).text)]
    return sorted(found, key=lambda candidate: (-candidate.standing, candidate.hit.rank, candidate.start))


_EMPTY = re.compile(r"(?:\W*\b(?:an?|the|and|or|of|to|in|on|at|by|for|from|with|as)\b)*\W*", re.IGNORECASE)
"""What answers nothing: small words alone."""


def _lies_in_one_sentence(borders: list[tuple[int, int]], span: Span) -> bool:
    """Whether the span stays within a sentence: one that runs into the next is two thoughts, never an answer."""
    return sum(start < span.end and span.start < end for start, end in borders) <= 1


def _candidate(question: Question, hit: Hit, borders: list[tuple[int, int]], span: Span) -> Candidate:
    article = hit.passage.article
    quote = around(borders, span.start, span.end)
    start, end = trim(article.text, span.start, span.end)
    fit = fits(question, article.text[start:end]) and fits_there(question, article.text, (start, end), quote)
    value = _value(question, article, (start, end), quote)
    return Candidate(hit, start, end, *quote, value, span.score - (0.0 if fit else MISFIT_PENALTY), fit)


def _value(question: Question, article: Article, span: tuple[int, int], quote: tuple[int, int]) -> Value:
    before, text, after = article.text[quote[0] : span[0]], article.text[slice(*span)], article.text[span[1] : quote[1]]
    if question.kind.wants_sentence:
        return Words(tuple(text.casefold().split()))
    if question.kind is Kind.WHO:
        text = full_name(text, article.text)
    value = value_of(text, article.published, before=before, after=after, is_time=question.kind is Kind.WHEN)
    if question.kind in {Kind.WHO, Kind.WHERE} and isinstance(value, Quantity) and value.is_measured is (question.kind is Kind.WHO):
        return Words.of(text)  # with somebody's age, or a house's number
    return (Quantity.parse(with_measure(text, before, after)) or value) if isinstance(value, Quantity) else value


_OUTER = " \t\n\u00a0,;:.!?–—-\"'“”‘’"
_PAIRS = {")": "(", "]": "["}


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return `start:end` without the punctuation at its ends, unless nothing else is there; "U.S." keeps its last dot, or gets it."""
    first, last = start, end
    while first < last and text[first] in _OUTER:
        first += 1
    while first < last and (text[last - 1] in _OUTER or _unpaired(text[first:last])) and not _ends_abbreviation(text[first:last]):
        last -= 1
    if text[last : last + 1] == "." and first < last and _DOTTED.search(text[first : last + 1]):
        last += 1
    return (first, last) if first < last else (start, end)


def _unpaired(span: str) -> bool:
    """Whether the span ends with a bracket that opens outside of it."""
    return span[-1] in _PAIRS and _PAIRS[span[-1]] not in span


def _ends_abbreviation(span: str) -> bool:
    """Whether the last dot belongs to a short form like "U.S.", "p.m." or "Jr."."""
    last = span.split()[-1]
    return _DOTTED.search(last) is not None or last in {"Jr.", "Sr.", "Inc.", "Co.", "Corp.", "Ltd.", "St."}


_DOTTED = re.compile(r"\b(?:[^\W\d_]{1,2}\.){2,}$")
"""A short form with a dot after each of its letters: "p.m.", "U.S."; a sentence that ends with "3.20." has none."""


def says_the_same(one: Candidate, other: Candidate) -> bool:
    """Whether two answers to one question say the same, whatever stories they are from."""
    return same(one.value, other.value)


def group(candidates: Iterable[Candidate], agree: Callable[[Candidate, Candidate], bool] = says_the_same) -> list[Group]:
    """Return the candidates (best first) as groups of equal answers, best first.

    A candidate joins the best group that it agrees with, unless it excludes one of its members: "May" joins "4 May", but "4 May" and
    "5 May" do not meet in "May". Of one article only the best candidate stays in a group. A precise answer speaks for vague ones.
    """
    grouped: list[list[Candidate]] = []
    for candidate in candidates:
        home = next((members for members in grouped if _joins(candidate, members, agree)), None)
        if home is None:
            grouped.append([candidate])
        elif all(candidate.article_id != member.article_id for member in home):
            home.append(candidate)
    return sorted((Group(_most_precise_first(members)) for members in grouped), key=lambda found: -found.standing)


def _joins(candidate: Candidate, members: list[Candidate], agree: Callable[[Candidate, Candidate], bool]) -> bool:
    if candidate.score < min(members[0].score - MERGED_SUPPORT_GAP, SUPPORT_FLOOR) or not agree(candidate, members[0]):
        return False
    return all(matched(candidate.value, member.value) is not Match.EXCLUSIVE for member in members)


def _most_precise_first(members: list[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates (best first) led by the best exact one that is not much less sure than the best."""
    exact = (member for member in members if member.is_exact and member.score >= members[0].score - PRECISION_GAP)
    speaker = next(exact, members[0])
    return (speaker, *(member for member in members if member is not speaker))
