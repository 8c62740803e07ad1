import pytest

from retrieval.mentions import mentioned_share, same_word


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("close", "closed", True),
        ("close", "closure", True),
        ("approve", "approval", True),
        ("company", "companies", True),
        ("israel", "israeli", True),
        ("sign", "resign", False),
        ("war", "warm", False),
        ("bridge", "brief", False),
        ("replace", "repair", False),
        ("us", "us", True),
    ],
)
def test_inflections_are_one_word(one: str, other: str, same: bool) -> None:
    assert same_word(one, other) is same
    assert same_word(other, one) is same


def test_the_share_counts_the_words_that_mean_something() -> None:
    assert mentioned_share("is the bridge closed?", "The Bridge will close on Monday.") == 1
    assert mentioned_share("is the bridge closed?", "The bridge is red.") == 0.5
    assert mentioned_share("", "The bridge is red.") == 0
