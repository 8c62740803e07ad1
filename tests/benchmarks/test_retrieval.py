from dataclasses import asdict

import pytest

from benchmarks.collection import Asked
from benchmarks.retrieval import fused_by_rank, rank_of, score
from retrieval.passage import PassageKey
from tests.builders import an_article

ARTICLE = an_article(text="The bridge will reopen on June 2. The repairs cost $4.2 million.")
ASKED = Asked("1", "When will it reopen?", ("June 2",), ARTICLE, ((26, 32),))


def key(start: int, end: int, article_id: str = ARTICLE.id) -> PassageKey:
    return PassageKey(article_id, ARTICLE.revision, start, end)


def test_the_first_passage_that_overlaps_a_gold_answer_is_the_right_one() -> None:
    assert rank_of(ASKED, [key(26, 32, "another"), key(32, 60), key(0, 27), key(0, 60)]) == 3


def test_without_a_right_passage_there_is_no_rank() -> None:
    assert rank_of(ASKED, [key(0, 26)]) is None


def test_recall_and_mean_reciprocal_rank() -> None:
    found = asdict(score([1, 3, 4, 20, None], 7.0))
    mean = (1 + 1 / 3 + 1 / 4 + 1 / 20) / 5
    assert found == pytest.approx({"recall_1": 0.2, "recall_3": 0.4, "recall_10": 0.6, "mean_reciprocal_rank": mean, "milliseconds": 7.0})


def test_what_both_rankings_have_comes_first_in_a_rank_fusion() -> None:
    one, other, both = key(0, 1), key(1, 2), key(2, 3)
    assert fused_by_rank([[one, both], [other, both]]) == [both, one, other]
