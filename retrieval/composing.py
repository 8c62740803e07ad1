"""Answers that consist of several extracts: lists, and the answers to two questions asked at once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from retrieval.answer import Answer, Evidence, Extract, NoAnswer, Silence
from retrieval.enumeration import MAX_ITEMS, items_of
from retrieval.question import Question
from retrieval.values import Value, same, value_of


def list_items(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return one evidence for each different thing in the spans of `found` (best first), in their order; none for a single thing.

    Where the best span enumerates, that is the list. Else each span is an item; what an earlier one says ("Steve Witkoff")
    is not repeated ("Witkoff").
    """
    if not found:
        return ()
    enumerated = _taken_apart(found[0])
    items = enumerated if len(enumerated) > 1 else _different(found)
    return tuple(items[:MAX_ITEMS]) if len(items) > 1 else ()


def _different(found: Sequence[Evidence]) -> list[Evidence]:
    kept: list[Evidence] = []
    values: list[Value] = []
    for evidence in found:
        value = value_of(evidence.span.text, None)
        if not any(same(value, other) for other in values):
            kept.append(evidence)
            values.append(value)
    return kept


def _taken_apart(evidence: Evidence) -> list[Evidence]:
    text, offset = evidence.span.text, evidence.span.start
    return [
        replace(evidence, span=Extract(offset + first, offset + last, text[first:last])) for first, last in items_of(text, 0, len(text))
    ]


def together(question: Question, results: Sequence[Answer | NoAnswer]) -> Answer | NoAnswer:
    """Return the results for the parts of `question` as one: the first answer, with every part's answers among its items.

    It has what contradicts any of them and what else may be meant, and names the parts that are not answered. Where no part is answered,
    it is the silence of the first that asked something; a question of one part keeps its result, and so do parts with one answer ("how and
    why").
    """
    answers = [result for result in results if isinstance(result, Answer)]
    silent = [result for result in results if isinstance(result, NoAnswer) and result.silence is Silence.NOT_FOUND]
    if not answers or len(results) == 1:
        return replace(silent[0] if silent else results[0], question=question.text)
    bests = _each_once(item for answer in answers for item in answer.items or (answer.variant.best,))
    items = bests if len(bests) > 1 else answers[0].items
    given = {answer.variant.value for answer in answers}
    others = (other for answer in answers for other in answer.alternatives if other.value not in given)
    return replace(
        answers[0],
        question=question.text,
        items=items,
        disagreements=tuple(other for answer in answers for other in answer.disagreements),
        alternatives=tuple(others),
        unanswered=tuple(result.understood_as or result.question for result in silent),
    )


def _each_once(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the first evidence for each span."""
    kept: dict[tuple[str, Extract], Evidence] = {}
    for evidence in found:
        kept.setdefault((evidence.citation.id, evidence.span), evidence)
    return tuple(kept.values())
