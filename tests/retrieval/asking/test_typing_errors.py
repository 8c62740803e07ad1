import pytest

from retrieval.asking.typing_errors import cost


@pytest.mark.parametrize("word", ["netanyahu", "a", "żółw", "ceasefire"])
def test_a_word_costs_nothing_as_itself(word: str) -> None:
    assert cost(word, word) == 0


@pytest.mark.parametrize(
    ("typed", "meant", "expected"),
    [
        ("comittee", "committee", 0.4),  # a doubled letter written once
        ("isreal", "israel", 0.6),  # two letters swapped
        ("benjamen", "benjamin", 0.6),  # a vowel for another
        ("witcoff", "witkoff", 0.6),  # a letter that sounds alike
        ("presidnt", "president", 0.7),  # a vowel left out
        ("goverment", "government", 0.8),  # a consonant left out
        ("hudge", "judge", 1.0),  # a neighbouring key at the beginning
        ("etanyahu", "netanyahu", 1.0),  # the first letter left out
        ("tqlks", "talks", 0.8),  # the key in the row above
        ("tmlks", "talks", 1.2),  # a key far away
    ],
)
def test_what_people_do_often_is_cheap(typed: str, meant: str, expected: float) -> None:
    assert cost(typed, meant) == pytest.approx(expected)


@pytest.mark.parametrize(("near", "far", "meant"), [("presidnt", "resent", "president"), ("isreal", "isrzel", "israel")])
def test_the_more_likely_error_is_cheaper(near: str, far: str, meant: str) -> None:
    assert cost(near, meant) < cost(far, meant)


def test_the_way_back_costs_the_same() -> None:
    assert cost("netenyahoo", "netanyahu") == pytest.approx(cost("netanyahu", "netenyahoo"))
