"""The different answers to a question in the passages that were read for it, whatever its kind."""

from collections.abc import Sequence

from retrieval.aggregation import Group, candidates_of, group
from retrieval.agreement import Comparison
from retrieval.protocols import Embedder, Reading
from retrieval.question import Kind, Question
from retrieval.search import Hit
from retrieval.statements import spoken, stated


def answers_in(question: Question, hits: Sequence[Hit], readings: Sequence[Reading], embedder: Embedder) -> list[Group]:
    """Return the answers that `hits` hold (one reading per hit, same order), grouped by what they say, best first.

    They are spans or, where the question's kind wants it, whole sentences. A summary is no answer of this sort: its
    questions are read like "how".
    """
    if question.kind is Kind.SAID:
        return group(spoken(question, hits, readings, embedder))
    if question.kind.wants_sentence:
        return group(stated(question, hits, readings, embedder))
    return group(candidates_of(question, hits, readings), Comparison(question, embedder).agree)
