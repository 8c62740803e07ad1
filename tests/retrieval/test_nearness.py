import pytest

from retrieval.nearness import nearness

SENTENCE = {"while", "talks", "are", "only", "scheduled", "to", "begin", "the", "second", "phase", "of", "a", "deal"}


@pytest.mark.parametrize("word", ["start", "starting", "negotiations"])
def test_a_synonym_is_near(word: str) -> None:
    assert nearness(word, SENTENCE) > 0.4


@pytest.mark.parametrize("word", ["hotel", "bridge", "salary", "peru", "zzzz", "1968"])
def test_other_words_are_not(word: str) -> None:
    assert nearness(word, SENTENCE) == 0.0


def test_a_word_is_nearest_to_itself_and_to_its_forms() -> None:
    assert nearness("begin", SENTENCE) == 1.0
    assert nearness("begins", SENTENCE) > nearness("start", SENTENCE)


def test_months_and_days_only_mean_themselves() -> None:
    assert nearness("january", {"february", "march"}) == nearness("monday", {"tuesday"}) == 0.0


def test_nothing_is_near_to_nothing() -> None:
    assert nearness("begin", set()) == 0.0
