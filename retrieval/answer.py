"""What comes back for a question: an answer with its evidence, or an honest no.

Every object here is self-contained: it can be shown, stored and read back without the articles that it quotes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.article import Article, Published
from retrieval.dates.partial_date import PartialDate
from retrieval.question import Kind

Stretch = tuple[int, int]
"""The (start, end) of some characters of an article's text."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What a person needs to find the article, and to know of it. `source` and `note` are empty and the rest None where unknown."""

    id: str
    title: str
    source: str
    url: str | None
    published: Published | None
    file: str | None
    updated: Published | None = None
    note: str = ""

    @classmethod
    def of(cls, article: Article) -> "Citation":
        """Return the citation of `article`."""
        return cls(article.id, article.title, article.source, article.url, article.published, article.file, article.updated, article.note)


@dataclass(frozen=True, slots=True)
class Extract:
    """Characters `start` to `end` of the cited article's text, verbatim in `text`."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, article: Article, start: int, end: int) -> "Extract":
        """Cut an extract out of `article`."""
        return cls(start, end, article.text[start:end])


@dataclass(frozen=True, slots=True)
class Evidence:
    """One article's answer: the `span`, inside the sentence(s) of `quote`, inside the `passage` that was read.

    `is_copy` tells that the article is a copy of one whose evidence stands before it: both are one source.
    """

    citation: Citation
    span: Extract
    quote: Extract
    passage: Extract
    confidence: float
    is_copy: bool = False

    @classmethod
    def of(
        cls, article: Article, *, span: Stretch, quote: Stretch, passage: Stretch, confidence: float, is_copy: bool = False
    ) -> "Evidence":
        """Cut evidence out of `article`."""
        return cls(
            citation=Citation.of(article),
            span=Extract.of(article, *span),
            quote=Extract.of(article, *quote),
            passage=Extract.of(article, *passage),
            confidence=confidence,
            is_copy=is_copy,
        )


@dataclass(frozen=True, slots=True)
class Variant:
    """One of several answers: equal spans from one or more articles, best first.

    `value` is the normal form that made them equal: an ISO date, a number with its unit, folded words.
    `sources` counts independent sources: copies of one report count once. `date` is the date that the best span means, None where it
    means none or that is not known.
    """

    value: str
    evidence: tuple[Evidence, ...]
    sources: int
    date: PartialDate | None = None

    @property
    def best(self) -> Evidence:
        """The evidence to show first."""
        return self.evidence[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """The articles answer. `variant` is shown; `disagreements` are other articles' answers to the same question.

    `alternatives` are less likely answers, best first. `confidence` is the probability that the shown answer is right.
    `searched_for` is the question as it was understood where its words were misspelt, else None.
    `understood_as` is the question in full where it leans on the one before ("where?"), else None.
    `items` is what the answer consists of where that is several extracts, in the order to show them: everything that fits
    ("which countries"), the sentences of a summary, the answers to "when and where". It is empty for a single answer.
    `unanswered` are the parts of the question that the articles do not answer, as questions: mostly none.
    """

    question: str
    kind: Kind
    variant: Variant
    confidence: float
    disagreements: tuple[Variant, ...] = ()
    alternatives: tuple[Variant, ...] = ()
    searched_for: str | None = None
    items: tuple[Evidence, ...] = ()
    understood_as: str | None = None
    unanswered: tuple[str, ...] = ()


def quoted_together(items: Iterable[Evidence]) -> list[list[Evidence]]:
    """Return `items` in groups that share their quote, in the order of the first of each."""
    groups: dict[tuple[str, Extract], list[Evidence]] = {}
    for item in items:
        groups.setdefault((item.citation.id, item.quote), []).append(item)
    return list(groups.values())


class Silence(StrEnum):
    """Why there is no answer; from GREETING on, because nothing was asked."""

    NOT_FOUND = "not_found"
    EMPTY_CORPUS = "empty_corpus"
    NO_WORDS = "no_words"
    UNCLEAR = "unclear"
    OTHER_LANGUAGE = "other_language"
    UNKNOWN_WORDS = "unknown_words"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    HELP = "help"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Near:
    """A passage that comes closest to a question that the articles do not answer."""

    citation: Citation
    passage: Extract


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The articles do not answer; `closest` are the passages to look at, best first, from different articles.

    `withheld` is the likeliest answer, which was not likely enough to be given: for evaluation, and never shown.
    `searched_for` is the question as it was understood where its words were misspelt, else None.
    `understood_as` is the question in full where it leans on the one before, else None.
    """

    question: str
    kind: Kind
    silence: Silence
    closest: tuple[Near, ...] = ()
    withheld: Evidence | None = None
    searched_for: str | None = None
    understood_as: str | None = None
