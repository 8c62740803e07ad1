"""The labelled pairs, and what is measured on them."""

from dataclasses import replace

import pytest

from benchmarks.followups import HALVES, Pair, article, decided, ends_rightly, given_before, read_pairs
from retrieval.answer import NoAnswer, Silence
from retrieval.question import Kind
from tests.bot.objects import ANSWER

PAIRS = read_pairs()


def test_there_are_enough_pairs_in_both_halves() -> None:
    assert len({pair.id for pair in PAIRS}) == len(PAIRS) == 104
    assert {pair.half for pair in PAIRS} == set(HALVES)
    assert sum(pair.follow_up for pair in PAIRS) == 64


def is_found(pair: Pair, answer: str) -> bool:
    return any(answer in article(stem).text for stem in pair.articles)


def test_every_answer_stands_in_one_of_its_articles() -> None:
    assert [(pair.id, answer) for pair in PAIRS for answer in pair.answers or [] if not is_found(pair, answer)] == []


def test_every_earlier_answer_stands_in_its_article() -> None:
    assert [pair.id for pair in PAIRS if given_before(pair.earlier).variant.best.span.text != pair.earlier.answer] == []


@pytest.mark.parametrize("half", HALVES)
def test_follow_ups_are_told_from_questions_that_stand_alone(half: str) -> None:
    counts = decided([pair for pair in PAIRS if pair.half == half])
    assert counts.wrong == 0
    assert counts.recall >= 0.95


def test_an_answer_is_right_by_its_words_and_a_silence_where_there_is_no_answer() -> None:
    pair, silent = PAIRS[0], NoAnswer("where?", Kind.WHERE, Silence.NOT_FOUND)
    assert ends_rightly(replace(pair, answers=["4 February"]), ANSWER)
    assert not ends_rightly(replace(pair, answers=["5 March"]), ANSWER)
    assert not ends_rightly(replace(pair, answers=[]), ANSWER)
    assert ends_rightly(replace(pair, answers=[]), silent)
    assert not ends_rightly(pair, silent)
