import pytest

from retrieval.evaluation.text_scores import best_f1, contains_answer, exact_match, f1, normalize_answer


def test_case_punctuation_and_articles_do_not_count() -> None:
    assert normalize_answer('  The "White House", a place. ') == "white house place"


@pytest.mark.parametrize(
    ("text", "normal"),
    [("An A-10", "a10"), ("theatre", "theatre"), ("“quoted”", "“quoted”"), ("U.S.", "us"), ("The", ""), ("café–bar", "café–bar")],
)
def test_the_official_script_strips_ascii_punctuation_only_and_whole_articles(text: str, normal: str) -> None:
    assert normalize_answer(text) == normal


@pytest.mark.parametrize(
    ("answer", "gold", "score"),
    [
        ("Steve Witkoff", "Witkoff", 2 / 3),  # precision 1/2, recall 1
        ("in the late 1990s", "late 1990s", 0.8),  # precision 2/3, recall 1
        ("a b b c", "b b b", 2 / 3),  # "a" goes; two of three and two of three
        ("the White House", "White House", 1.0),
        ("Trump", "Biden", 0.0),
        ("", "", 1.0),
        ("the", "", 1.0),
        ("x", "", 0.0),
    ],
)
def test_f1_counts_shared_words(answer: str, gold: str, score: float) -> None:
    assert f1(answer, gold) == pytest.approx(score)


def test_the_best_gold_answer_counts() -> None:
    assert best_f1("Witkoff", ["Trump", "Witkoff"]) == 1.0
    assert best_f1("Witkoff", []) == 0.0


@pytest.mark.parametrize(("golds", "expected"), [(["Trump", "the witkoff."], True), (["Steve Witkoff"], False), ([], False)])
def test_an_exact_match_is_one_with_any_gold_answer(golds: list[str], expected: bool) -> None:
    assert exact_match("Witkoff", golds) is expected


@pytest.mark.parametrize(
    ("quote", "golds", "expected"),
    [
        ("The bridge shut because of a crack, they said.", ["a crack"], True),
        ("The bridge shut because of cracks.", ["a crack"], False),  # whole words
        ("The bridge shut.", ["of", "Bridge shut"], True),
        ("The bridge shut.", ["the", ""], False),  # nothing is left of these
        ("", ["bridge"], False),
    ],
)
def test_a_quote_contains_the_words_of_an_answer(quote: str, golds: list[str], expected: bool) -> None:
    assert contains_answer(quote, golds) is expected
