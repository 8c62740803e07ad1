import pytest

from retrieval.names import full_name

FAMILY = "Sara Netanyahu left on Sunday. While Netanyahu was away, Mr Netanyahu said nothing while President Netanyahu was asked."
BROTHERS = "Rufus Tanskey and Levi Tanskey were arrested. Tanskey denies it."


@pytest.mark.parametrize(
    ("name", "text", "full"),
    [
        ("Netanyahu", FAMILY, "Sara Netanyahu"),
        ("Tanskey", BROTHERS, "Tanskey"),
        ("Rufus Tanskey", BROTHERS, "Rufus Tanskey"),
        ("Prewitt", FAMILY, "Prewitt"),
        ("the mayor", FAMILY, "the mayor"),
        ("N(", FAMILY, "N("),
        ("", FAMILY, ""),
        ("Prewitt", f"{'A-' * 25_000}.", "Prewitt"),
    ],
)
def test_a_last_name_is_completed_where_the_article_leaves_no_doubt(name: str, text: str, full: str) -> None:
    assert full_name(name, text) == full
