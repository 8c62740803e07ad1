import random

import pytest
from rapidfuzz.distance import OSA

from benchmarks.noise import noisy

QUESTION = "When did Netanyahu's government, in its third year, approve the ceasefire?"
PLAIN = "when did netanyahus government in its third year approve the ceasefire"
SEEDS = range(60)


def test_a_question_gets_one_or_two_errors() -> None:
    assert {OSA.distance(PLAIN, noisy(QUESTION, random.Random(seed))) for seed in SEEDS} == {1, 2}


def test_the_same_seed_makes_the_same_errors() -> None:
    assert noisy(QUESTION, random.Random(7)) == noisy(QUESTION, random.Random(7))
    assert len({noisy(QUESTION, random.Random(seed)) for seed in SEEDS}) > 50


@pytest.mark.parametrize(("question", "expected"), [("", ""), ("Is it so?", "is it so"), ("1999?", "1999"), ("Когда?", "когда")])
def test_short_words_stay(question: str, expected: str) -> None:
    assert noisy(question, random.Random(0)) == expected
