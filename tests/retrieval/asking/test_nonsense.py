import pytest

from retrieval.asking.nonsense import is_nonsense, names_something


@pytest.mark.parametrize(
    ("text", "unknown", "nonsense"),
    [
        ("asdf qwer zxcv", {"asdf", "qwer", "zxcv"}, True),
        ("Asdf?", {"asdf"}, True),
        ("skelmouth asdf", {"asdf"}, False),
        ("who is Zelenskyj", {"zelenskyj"}, False),
        ("giraffe", {"giraffe"}, False),
        ("2024", {"2024"}, False),
        ("", set(), False),
    ],
)
def test_one_known_word_makes_sense(text: str, unknown: set[str], nonsense: bool) -> None:
    assert is_nonsense(text, unknown) is nonsense


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("and where?", False),
        ("AND THEN?", False),
        ("why was it?", False),
        ("what's that?", False),
        ("What did I do", False),
        ("what is the WHO?", True),
        ("who is Will?", True),
        ("US", True),
        ("where is it raining?", True),
        ("12", True),
    ],
)
def test_a_question_names_what_it_is_about(text: str, named: bool) -> None:
    assert names_something(text) is named
