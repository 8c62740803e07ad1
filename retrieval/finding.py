"""The passages to read for a question, and the different answers to it in them, whatever its kind."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from retrieval.aggregation import Group, candidates_of, group
from retrieval.agreement import Comparison
from retrieval.dates.recency import TimePreference
from retrieval.keywords import Fts5Index
from retrieval.protocols import Embedder, Reading
from retrieval.question import Kind, Question
from retrieval.search import NEARNESS, Hit, HybridSearch
from retrieval.statements import spoken, stated

READ_PASSAGES = 8
"""Passages that are read for a question: with more, answers were no better."""

COVERAGE_SHARE = 0.7
"""What coverage counts in a passage's score, beside the search's. BM25 knows no synonyms, and nothing of a word's rarity where
there are only a few passages; in many, it is the better judge of which to read."""


def passages_for(
    question: Question, search: HybridSearch, keywords: Fts5Index, preference: TimePreference | None = None, cited: Collection[str] = ()
) -> list[Hit]:
    """Return the passages to read for `question`, by the search's rank; their scores take the coverage of the question into account.

    A `preference` and the `cited` articles are those of `HybridSearch.search`.
    """
    hits = search.search(question.wording, READ_PASSAGES, preference, cited)
    covered = keywords.coverage(question.subject, [hit.passage for hit in hits])
    most = max(covered, default=0.0) or 1.0
    shares = [share / most * (NEARNESS if hit.passage.article.id in cited else 1) for hit, share in zip(hits, covered, strict=True)]
    return [
        replace(hit, score=(1 - COVERAGE_SHARE) * hit.score + COVERAGE_SHARE * share, coverage=coverage)
        for hit, share, coverage in zip(hits, shares, covered, strict=True)
    ]


def answers_in(question: Question, hits: Sequence[Hit], readings: Sequence[Reading], embedder: Embedder) -> list[Group]:
    """Return the answers that `hits` hold (one reading per hit, same order), grouped by what they say, best first.

    They are spans or, where the question's kind wants it, whole sentences. How somebody reacted may be told without their saying
    anything, so where they do not speak, what is stated of them counts. A summary is no answer of this sort: its questions are read
    like "how".
    """
    if question.kind is Kind.SAID and (said := spoken(question, hits, readings, embedder)):
        return group(said)
    if question.kind.wants_sentence:
        return group(stated(question, hits, readings, embedder))
    return group(candidates_of(question, hits, readings), Comparison(question, embedder).agree)
