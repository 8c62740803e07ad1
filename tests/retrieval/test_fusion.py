import pytest

from retrieval.fusion import reciprocal_rank_fusion


def test_what_both_rankings_have_comes_first() -> None:
    fused = reciprocal_rank_fusion([["a", "b", "c"], ["d", "c"]], k=10)
    assert [item for item, _ in fused] == ["c", "a", "d", "b"]
    assert dict(fused) == pytest.approx({"a": 1 / 11, "b": 1 / 12, "c": 1 / 13 + 1 / 12, "d": 1 / 11})


def test_ties_keep_the_order_of_the_first_ranking() -> None:
    assert [item for item, _ in reciprocal_rank_fusion([["a"], ["b"]])] == ["a", "b"]


def test_an_item_twice_in_one_ranking_counts_once() -> None:
    assert reciprocal_rank_fusion([["a", "a"]], k=10) == [("a", 1 / 11)]


@pytest.mark.parametrize("rankings", [[], [[]], [[], []]])
def test_nothing_in_nothing_out(rankings: list[list[str]]) -> None:
    assert reciprocal_rank_fusion(rankings) == []
