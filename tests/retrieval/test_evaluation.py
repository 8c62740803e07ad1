import pytest

from retrieval.evaluation import best_f1, f1, normalize_answer


def test_case_punctuation_and_articles_do_not_count() -> None:
    assert normalize_answer("  The “White House”, a place. ") == "white house place"


@pytest.mark.parametrize(
    ("answer", "gold", "score"),
    [("Steve Witkoff", "Witkoff", 2 / 3), ("the White House", "White House", 1.0), ("Trump", "Biden", 0.0), ("", "", 1.0), ("x", "", 0.0)],
)
def test_f1_counts_shared_words(answer: str, gold: str, score: float) -> None:
    assert f1(answer, gold) == pytest.approx(score)


def test_the_best_gold_answer_counts() -> None:
    assert best_f1("Witkoff", ["Trump", "Witkoff"]) == 1.0
    assert best_f1("Witkoff", []) == 0.0
