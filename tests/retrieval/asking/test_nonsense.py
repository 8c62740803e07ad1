import pytest

from retrieval.asking.nonsense import is_nonsense


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
