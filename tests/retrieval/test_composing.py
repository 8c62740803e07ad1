from dataclasses import replace

from retrieval.answer import Answer, Citation, Evidence, Extract, NoAnswer, Silence, Variant
from retrieval.composing import list_items, together
from retrieval.enumeration import MAX_ITEMS
from retrieval.question import Kind, Question
from tests.builders import an_article

ARTICLE = an_article(text="France, Germany and Poland agreed on Monday. Steve Witkoff and his team left. Witkoff smiled. Ada Lane stayed.")


def evidence(span: str) -> Evidence:
    start = ARTICLE.text.index(span)
    whole = Extract.of(ARTICLE, 0, len(ARTICLE.text))
    return Evidence(Citation.of(ARTICLE), Extract.of(ARTICLE, start, start + len(span)), whole, whole, 0.8)


def texts(items: tuple[Evidence, ...]) -> list[str]:
    return [item.span.text for item in items]


def test_an_enumeration_is_the_list() -> None:
    items = list_items([evidence("France, Germany and Poland"), evidence("Ada Lane")])
    assert texts(items) == ["France", "Germany", "Poland"]
    assert all(ARTICLE.text[item.span.start : item.span.end] == item.span.text for item in items)


def test_spans_that_say_different_things_are_a_list() -> None:
    assert texts(list_items([evidence("Steve Witkoff"), evidence("Ada Lane"), evidence("Witkoff smiled"[:7])])) == [
        "Steve Witkoff",
        "Ada Lane",
    ]


def test_a_single_thing_is_no_list() -> None:
    assert list_items([]) == ()
    assert list_items([evidence("Steve Witkoff"), evidence("Witkoff")]) == ()


def test_a_list_has_an_end() -> None:
    many = [replace(evidence("Ada Lane"), span=Extract(0, 3, f"No{number}x")) for number in range(40)]
    assert len(list_items(many)) == MAX_ITEMS


BOTH = Question.parse("when and where do they meet?")
SILENT = NoAnswer("when do they meet?", Kind.WHEN, Silence.NOT_FOUND)


def answer(span: str) -> Answer:
    return Answer("part", Kind.WHEN, Variant(span, (evidence(span),), 1), 0.8)


def test_two_answers_are_shown_together() -> None:
    result = together(BOTH, [answer("Monday"), answer("Poland")])
    assert isinstance(result, Answer)
    assert (result.question, result.variant.best.span.text, texts(result.items)) == (BOTH.text, "Monday", ["Monday", "Poland"])


def test_one_span_that_answers_both_is_shown_once() -> None:
    result = together(BOTH, [answer("Monday"), replace(answer("Monday"), confidence=0.7)])
    assert isinstance(result, Answer)
    assert (result.variant.best.span.text, result.items, result.unanswered) == ("Monday", (), ())


def test_one_answer_of_two_is_better_than_none() -> None:
    result = together(BOTH, [SILENT, answer("Poland")])
    assert isinstance(result, Answer)
    assert (result.question, result.variant.best.span.text, result.items) == (BOTH.text, "Poland", ())
    assert result.unanswered == ("when do they meet?",)


def test_what_differs_from_either_answer_is_told_and_what_else_may_be_meant() -> None:
    monday, lane, france = (Variant(span, (evidence(span),), 1) for span in ("Monday", "Ada Lane", "France"))
    when = replace(answer("Monday"), disagreements=(lane,), alternatives=(Variant("Poland", (evidence("Poland"),), 1), france))
    where = replace(answer("Poland"), disagreements=(france,), alternatives=(monday, lane))
    result = together(BOTH, [when, where])
    assert isinstance(result, Answer)
    assert (result.disagreements, result.alternatives, result.unanswered) == ((lane, france), (france, lane), ())


def test_no_answer_is_the_first_ones() -> None:
    assert together(BOTH, [SILENT, SILENT]) == replace(SILENT, question=BOTH.text)


def test_of_two_lists_every_item_is_shown() -> None:
    lists = [replace(answer("France"), items=(evidence("France"), evidence("Germany"))), answer("Ada Lane")]
    result = together(BOTH, lists)
    assert isinstance(result, Answer)
    assert texts(result.items) == ["France", "Germany", "Ada Lane"]
