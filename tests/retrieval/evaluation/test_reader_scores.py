"""SQuAD's scores; the figures were computed by hand after the official script."""

import json
from math import exp
from pathlib import Path

import pytest

from retrieval.evaluation.reader_scores import Best, Read, Scores, default_threshold, questions_of, read_all, score
from retrieval.evaluation.selective import Guess
from retrieval.evaluation.squad import Gold, SquadQuestion, read_squad
from tests.fakes import PhraseReader


def a_read(probability: float, *golds: str, exact: bool = False, f1: float = 0.0, text: str = "words") -> Read:
    """Return a question with `golds` whose span got these scores."""
    question = SquadQuestion("q", "who?", tuple(Gold(0, gold) for gold in golds))
    return Read(question, "Title", text, probability, exact, f1)


RIGHT = a_read(0.1, "Farrow", exact=True, f1=1.0)
PARTLY = a_read(0.6, "Odette Farrow", f1=0.5)
DOUBTED = a_read(0.7, "June 2", exact=True, f1=1.0)
RIGHTLY_DOUBTED = a_read(0.8)
BELIEVED = a_read(0.3)
ALL = [RIGHT, PARTLY, DOUBTED, RIGHTLY_DOUBTED, BELIEVED]


def test_forced_answers_are_the_best_spans_of_answerable_questions() -> None:
    assert score(ALL, 0.5).forced == Scores(100 * 2 / 3, 100 * 2.5 / 3, 3)


def test_above_the_threshold_silence_is_scored() -> None:
    """RIGHT counts; PARTLY and DOUBTED are falsely silent; RIGHTLY_DOUBTED counts, BELIEVED does not."""
    found = score(ALL, 0.5)
    assert found.overall == Scores(40.0, 40.0, 5)
    assert found.has_answer == Scores(100 / 3, 100 / 3, 3)
    assert found.no_answer == Scores(50.0, 50.0, 2)


def test_a_probability_at_the_threshold_is_answered() -> None:
    assert score([PARTLY], 0.6).overall == Scores(0.0, 50.0, 1)


def test_the_best_threshold_is_the_lowest_of_the_best() -> None:
    """Exact: from 2 (all silent) +1 at .1, -1 at .3, +0 at .6, +1 at .7. F1: +.5 at .6, so .7 gives the most."""
    found = score(ALL, 0.5)
    assert found.best_exact == Best(60.0, 0.1)
    assert found.best_f1 == Best(70.0, 0.7)


def test_questions_of_one_probability_fall_on_the_same_side() -> None:
    assert score([a_read(0.5, "x", exact=True, f1=1.0), a_read(0.5)], 0.5).best_exact == Best(50.0, 0.0)


def test_no_span_at_all_is_right_where_there_is_no_answer() -> None:
    nothing = a_read(1.0, exact=True, f1=1.0, text="")
    assert (score([nothing], 1.0).no_answer, score([nothing], 0.5).no_answer) == (Scores(100.0, 100.0, 1), Scores(100.0, 100.0, 1))


def test_no_questions_no_scores() -> None:
    found = score([], 0.5)
    assert (found.overall, found.best_f1) == (Scores(0.0, 0.0, 0), Best(0.0, 0.0))


@pytest.mark.parametrize(("results", "threshold"), [([RIGHT, PARTLY], 1.0), (ALL, 0.5)])
def test_only_files_with_unanswerable_questions_have_a_threshold(results: list[Read], threshold: float) -> None:
    assert default_threshold(results) == threshold


def test_a_senseless_threshold_is_refused() -> None:
    with pytest.raises(ValueError, match=r"threshold must be from 0 to 1, got 1\.5"):
        score(ALL, 1.5)


MAYOR = {"text": "Odette Farrow", "answer_start": 0}
FARROW = {"text": "Farrow", "answer_start": 7}
QUESTIONS = [
    {"id": "a", "question": "Who is the mayor?", "answers": [FARROW, MAYOR]},
    {"id": "b", "question": "Who was the mayor?", "is_impossible": True, "answers": [], "plausible_answers": [FARROW]},
]
DATES = [
    {"id": "c", "question": "When does it open?", "answers": [{"text": "June 2", "answer_start": 12}]},
    {"id": "d", "question": "Where?", "answers": [{"text": "The", "answer_start": 0}]},
]
PARAGRAPHS = [{"context": "Odette Farrow is the mayor.", "qas": QUESTIONS}, {"context": "It opens on June 2.", "qas": DATES}]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": [{"title": "The_Bridge", "paragraphs": PARAGRAPHS}]}), encoding="utf-8")
    return path


def read_with(scores: dict[str, float], file: Path) -> list[Read]:
    return list(read_all(PhraseReader(scores), questions_of(read_squad(file))))


def test_each_question_gets_the_best_span_of_its_own_paragraph(file: Path) -> None:
    found = read_with({"Odette Farrow": 2.0, "June 2": -1.0}, file)
    assert [(read.question.id, read.title, read.text, read.exact, read.f1) for read in found] == [
        ("a", "The Bridge", "Odette Farrow", True, 1.0),
        ("b", "The Bridge", "Odette Farrow", False, 0.0),
        ("c", "The Bridge", "June 2", True, 1.0),
        ("d", "The Bridge", "June 2", False, 0.0),
    ]


def test_the_probability_of_no_answer_is_the_logistic_of_the_score(file: Path) -> None:
    found = read_with({"Odette Farrow": 2.0, "June 2": -1.0}, file)
    assert [read.no_answer_probability for read in found[1:3]] == pytest.approx([1 / (1 + exp(2)), 1 / (1 + exp(-1))])


def test_extreme_scores_stay_probabilities(file: Path) -> None:
    assert [read.no_answer_probability for read in read_with({"Farrow": 1e6, "June": -1e6}, file)[1:3]] == pytest.approx([0, 1])


def test_without_a_span_there_is_no_text(file: Path) -> None:
    first, second = read_with({}, file)[:2]
    assert [(read.text, read.no_answer_probability, read.exact) for read in (first, second)] == [("", 1.0, False), ("", 1.0, True)]


def test_a_question_is_answerable_where_a_gold_answer_has_words(file: Path) -> None:
    """As in the official script, an answer that normalises to nothing ("The") is none."""
    assert [read.answerable for read in read_with({}, file)] == [True, False, True, False]


def test_a_guess_is_right_from_half_of_the_words_on() -> None:
    assert (PARTLY.guess, BELIEVED.guess) == (Guess(0.4, right=True), Guess(0.7, right=False))
    assert not a_read(1.0, exact=True, f1=1.0, text="").guess.right


@pytest.mark.parametrize(("limit", "ids"), [(None, "abcd"), (1, "a"), (2, "ac"), (3, "abc"), (9, "abcd")])
def test_a_limit_spreads_over_the_file(file: Path, limit: int | None, ids: str) -> None:
    assert "".join(question.id for question, _ in questions_of(read_squad(file), limit)) == ids
