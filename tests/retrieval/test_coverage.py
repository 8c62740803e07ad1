import pytest

from retrieval.coverage import Term, rarity, shares
from tests.builders import a_passage

TALKS = a_passage("Talks on the second phase are scheduled to begin on Feb. 16.", title="Leaders")


def a_term(word: str, *, found: bool, frequency: int = 1) -> Term:
    return Term(word, frequency, (found,))


def test_a_passage_covers_what_it_has() -> None:
    terms = [a_term("phase", found=True), a_term("hotel", found=False, frequency=0)]
    (share,) = shares(terms, [TALKS], 2)
    assert 0.3 < share < 0.7
    assert shares(terms[:1], [TALKS], 2) == [1.0]


def test_a_synonym_covers_a_word_in_part() -> None:
    literal, synonym, missing = (
        shares([a_term("phase", found=True), a_term(word, found=found)], [TALKS], 2)[0]
        for word, found in (("begin", True), ("start", False), ("price", False))
    )
    assert missing < synonym < literal == 1.0


def test_a_name_is_not_covered_by_another_name() -> None:
    iran = a_passage("Leaders of Israel and Iraq met in France.", title="Leaders")
    assert shares([a_term("iran", found=False, frequency=0)], [iran], 2) == [0.0]


def test_no_terms_are_not_covered() -> None:
    assert shares([], [TALKS], 2) == [0.0]


@pytest.mark.parametrize("size", [9, 50_000])
def test_a_common_word_says_less_than_a_rare_one_however_few_articles_there_are(size: int) -> None:
    """Of nine passages on one meeting, eight have "ceasefire" and none has "going"."""
    assert rarity("going", 0, size) < rarity("reykjavik", 0, size)
    assert rarity("ceasefire", 8, 9) > 0
    assert rarity("meet", size, size) < rarity("meet", 1, size)
