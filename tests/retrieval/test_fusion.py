import pytest

from retrieval.fusion import fuse
from retrieval.passage import PassageKey
from retrieval.protocols import Match


def key(name: str) -> PassageKey:
    return PassageKey(name, "r", 0, 1)


def ranking(**scores: float) -> list[Match]:
    return [Match(key(name), score) for name, score in scores.items()]


def fused(near: list[Match], worded: list[Match], meaning: float = 0.2) -> dict[str, float]:
    """Return the fused scores by name, in the order in which they come back."""
    return {found.article_id: score for found, score in fuse(near, worded, meaning=meaning)}


def test_both_scores_count_by_their_shares() -> None:
    """The cosine from the least to the best that was found, the keyword score from 0 to the best."""
    found = fused(ranking(a=0.9, b=0.5, c=0.1), ranking(b=8.0, d=4.0))
    assert list(found) == ["b", "d", "a", "c"]
    assert found == pytest.approx({"b": 0.2 * 0.5 + 0.8, "d": 0.4, "a": 0.2, "c": 0.0})


@pytest.mark.parametrize(("meaning", "best"), [(0.0, "worded"), (1.0, "near")])
def test_at_its_ends_one_ranking_alone_decides(meaning: float, best: str) -> None:
    found = fused(ranking(near=0.9, worded=0.1), ranking(worded=5.0), meaning)
    assert max(found, key=lambda name: found[name]) == best


def test_ties_keep_the_order_of_the_rankings() -> None:
    assert list(fused(ranking(a=0.4, b=0.4), ranking(c=1.0), meaning=0.0)) == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("near", "worded", "scores"),
    [
        ([], [], {}),
        ([], ranking(a=2.0, b=1.0), {"a": 0.8, "b": 0.4}),
        (ranking(a=-0.1, b=-0.3), [], {"a": 0.2, "b": 0.0}),
        (ranking(a=0.7), ranking(a=3.0), {"a": 0.8}),
    ],
    ids=["neither", "words alone", "meaning alone", "one passage"],
)
def test_a_ranking_may_be_empty_or_have_one_passage(near: list[Match], worded: list[Match], scores: dict[str, float]) -> None:
    assert fused(near, worded) == pytest.approx(scores)
