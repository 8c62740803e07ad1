"""Whole answers scored; the figures were computed by hand."""

import json
from pathlib import Path

import pytest

from retrieval.answer import Answer, Citation, Evidence, Extract, NoAnswer, Silence, Variant
from retrieval.answering import Asked
from retrieval.evaluation.answer_scores import (
    GoldQuestion,
    Judged,
    KindScores,
    Latency,
    MalformedQuestions,
    Mistake,
    read_gold_questions,
    score,
)
from retrieval.evaluation.selective import Guess
from retrieval.question import Kind
from tests.builders import an_article

POST = an_article()
WIRE = an_article(address="https://wire.example/bridge", file="wire.md")
QUICK, SLOW = {"search": 10.0, "total": 20.0}, {"search": 30.0, "total": 40.0}


def evidence(text: str, confidence: float, **changes: object) -> Evidence:
    article = an_article(**changes)
    start = article.text.index(text)
    span, whole = Extract.of(article, start, start + len(text)), Extract.of(article, 0, len(article.text))
    return Evidence(Citation.of(article), span, whole, whole, confidence)


def gold(*answers: str, articles: tuple[str, ...] = ("bridge",)) -> GoldQuestion:
    return GoldQuestion("q", "?", answers, articles if answers else ())


def answered(wanted: GoldQuestion, *found: Evidence, kind: Kind = Kind.WHAT, others: tuple[Evidence, ...] = ()) -> Judged:
    variants = tuple(Variant("", (other,), 1) for other in others)
    answer = Answer("?", kind, Variant("", found, 1), found[0].confidence, disagreements=variants[:1], alternatives=variants[1:])
    return Judged(wanted, Asked(answer, QUICK))


def refused(wanted: GoldQuestion, withheld: Evidence | None = None) -> Judged:
    return Judged(wanted, Asked(NoAnswer("?", Kind.WHAT, Silence.NOT_FOUND, withheld=withheld), SLOW))


RIGHT = answered(gold("June 2"), evidence("on June 2", 0.9), kind=Kind.WHEN)  # F1 0.8
WRONG = answered(gold("June 2"), evidence("Monday", 0.6), others=(evidence("$4.2 million", 0.3), evidence("June 2", 0.2)))
DUE = refused(gold(), evidence("Monday", 0.2))
FALSE = refused(gold("Odette Farrow"), evidence("Odette Farrow", 0.4))
LOUD = answered(gold(), evidence("Monday", 0.7))
SPEECHLESS = refused(gold("x"))
ALL = [RIGHT, WRONG, DUE, FALSE, LOUD, SPEECHLESS]


def test_f1_and_its_like_are_means_over_the_answerable_questions() -> None:
    """RIGHT has 0.8 and is no exact match, WRONG has 0, FALSE and SPEECHLESS are refused; an alternative of WRONG is exact."""
    found = score(ALL)
    assert (found.questions, found.answerable, found.f1, found.exact, found.right) == pytest.approx((6, 4, 0.2, 0.0, 0.25))
    assert found.best_f1 == pytest.approx(1.8 / 4)


def test_refusals_are_due_or_false() -> None:
    found = score(ALL)
    assert (found.abstention_precision, found.abstention_recall, found.false_refusals) == pytest.approx((1 / 3, 0.5, 0.5))


def test_the_answered_are_right_or_wrong() -> None:
    found = score(ALL)
    assert (found.answered, found.answered_precision) == pytest.approx((0.5, 1 / 3))


def test_the_calibration_error_counts_withheld_answers_too() -> None:
    """Right: 0.9 and, withheld, 0.4. Wrong: 0.6, 0.7 and, withheld, 0.2. Each is alone in its bin; SPEECHLESS has none."""
    found = score(ALL)
    assert found.calibration_error == pytest.approx((0.1 + 0.6 + 0.6 + 0.7 + 0.2) / 5)
    assert found.calibration_error_answered == pytest.approx((0.1 + 0.6 + 0.7) / 3)


def test_the_risk_coverage_curve_has_all_questions_in_it() -> None:
    """By confidence: right, wrong, wrong, right, wrong, and SPEECHLESS, which is wrong, last."""
    assert score(ALL).aurc == pytest.approx((0 + 1 / 2 + 2 / 3 + 2 / 4 + 3 / 5 + 4 / 6) / 6)


def test_refusals_at_a_share_of_false_ones() -> None:
    """Answerable: 0, 0.4, 0.6, 0.9; with none of them refused, nothing is below 0."""
    assert score(ALL).refused_at == {0.05: 0.0, 0.1: 0.0, 0.2: 0.0}
    assert score([RIGHT, DUE, LOUD]).refused_at[0.05] == 1.0


def test_what_cannot_be_counted_is_none() -> None:
    found = score([DUE])
    assert (found.f1, found.cited, found.false_refusals, found.answered_precision, found.calibration_error_answered) == (None,) * 5
    assert (found.kinds, score([]).aurc, score([]).latencies) == ({}, None, {})


def test_kinds_are_told_apart() -> None:
    assert score(ALL).kinds == {
        Kind.WHEN: KindScores(1, 0.8, 0.0, 1.0, 0.0),
        Kind.WHAT: KindScores(3, 0.0, 0.0, 0.0, 2 / 3),
    }


def test_stages_have_their_percentiles() -> None:
    """Three of 10 ms and three of 30 ms: the median lies between."""
    assert score(ALL).latencies == {"search": Latency(20.0, 30.0), "total": Latency(30.0, 40.0)}


@pytest.mark.parametrize(
    ("articles", "first", "any_of_them"),
    [
        (("bridge",), True, True),
        (("bridge.md",), True, True),
        ((POST.id,), True, True),
        (("wire",), False, True),
        (("other",), False, False),
    ],
)
def test_an_article_is_known_by_its_stem_its_file_or_its_id(articles: tuple[str, ...], first: bool, any_of_them: bool) -> None:
    both = (evidence("June 2", 0.9), evidence("June 2", 0.9, address=WIRE.address, file="wire.md"))
    judged = answered(gold("June 2", articles=articles), *both)
    assert (judged.cites_first, judged.cites) == (first, any_of_them)
    assert (score([judged]).cited_first, score([judged]).cited) == (first, any_of_them)


def test_an_article_without_a_file_is_known_by_its_id() -> None:
    page = evidence("June 2", 0.9, file=None)
    assert (answered(gold("June 2", articles=(POST.id,)), page).cites, answered(gold("June 2"), page).cites) == (True, False)


def test_citations_count_where_an_answer_was_given_and_the_articles_are_known() -> None:
    unknown = answered(gold("June 2", articles=()), evidence("June 2", 0.9))
    assert (score([unknown]).cited, score([FALSE]).cited, score([LOUD]).cited) == (None, None, None)


@pytest.mark.parametrize(("kind", "right"), [(Kind.WHY, True), (Kind.YES_NO, True), (Kind.WHAT, False)])
def test_a_sentence_is_right_when_it_has_the_answer_in_it(kind: Kind, right: bool) -> None:
    judged = answered(gold("the repairs"), evidence(POST.text, 0.9), kind=kind)
    assert (judged.guess, judged.f1 < 0.5) == (Guess(0.9, right), True)


@pytest.mark.parametrize(
    ("judged", "mistake"),
    [
        (RIGHT, None),
        (WRONG, Mistake.WRONG_SPAN),
        (DUE, None),
        (FALSE, Mistake.FALSE_REFUSAL),
        (LOUD, Mistake.SHOULD_BE_SILENT),
        (answered(gold("June 2", articles=("wire",)), evidence("June 2", 0.9)), Mistake.WRONG_ARTICLE),
        (answered(gold("June 2", articles=()), evidence("June 2", 0.9)), None),
    ],
)
def test_mistakes_have_kinds(judged: Judged, mistake: Mistake | None) -> None:
    assert judged.mistake is mistake


def lines(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8")
    return path


WHEN = {"id": "a", "question": "when?", "answers": ["June 2"], "articles": ["bridge"]}


def test_questions_are_read_blank_lines_left_out(tmp_path: Path) -> None:
    path = lines(tmp_path, "\ufeff" + json.dumps(WHEN), "", {"id": 7, "question": "why?", "answers": []})
    assert read_gold_questions(path) == [GoldQuestion("a", "when?", ("June 2",), ("bridge",)), GoldQuestion("7", "why?", (), ())]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("when?", "the line: Invalid JSON"),
        ("[1]", "the line: Input should be an object"),
        ({"id": "b", "question": "why?"}, "answers: Field required"),
        ({"id": "b", "question": "", "answers": []}, "question: String should have at least 1 character"),
        ({"id": "b", "question": "x" * 1001, "answers": []}, "question: String should have at most 1000 characters"),
        ({"id": "b", "question": "why?", "answers": [""]}, r"answers\.0: String should have at least 1 character"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, row: object, reason: str) -> None:
    with pytest.raises(MalformedQuestions, match=rf"^Line 2 of .*questions\.jsonl is not a question: {reason}.*\.$"):
        read_gold_questions(lines(tmp_path, WHEN, row))


def test_an_id_is_given_once(tmp_path: Path) -> None:
    with pytest.raises(MalformedQuestions, match=r"^Line 2 of .*questions\.jsonl has the id 'a' of an earlier line\.$"):
        read_gold_questions(lines(tmp_path, WHEN, WHEN))


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedQuestions, match=r"questions\.jsonl has no questions\.$"):
        read_gold_questions(lines(tmp_path, ""))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MalformedQuestions, match=r"questions\.jsonl is not a text in UTF-8\.$"):
        read_gold_questions(path)
