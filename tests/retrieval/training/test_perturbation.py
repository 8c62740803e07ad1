import random

import pytest

from retrieval.training.perturbation import Pool, perturb

POOL = Pool.of(["He met Odette Farrow and Bertram Quill in Skelmouth in 1932 and in 1958. There were 41,000 guests and 12 bands."])


def outcomes(question: str, answer: str, pool: Pool = POOL) -> set[str | None]:
    return {perturb(question, answer, pool, random.Random(seed)) for seed in range(200)}


def test_a_pool_holds_the_names_and_numbers_inside_sentences() -> None:
    assert Pool(("Odette Farrow", "Bertram Quill", "Skelmouth"), ("1932", "1958", "41,000", "12")) == POOL


def test_a_name_gives_way_to_another_name() -> None:
    found = outcomes("When did Skelmouth elect Bertram Quill?", "in spring")
    assert "When did Skelmouth elect Odette Farrow?" in found
    assert "When did Odette Farrow elect Bertram Quill?" in found


def test_the_right_answer_never_comes_in() -> None:
    assert not any("Odette" in found for found in outcomes("Who defeated Bertram Quill?", "Mayor Odette Farrow") if found)


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        ("What happened in 1932?", "What happened in 1958?"),
        ("Who spoke on a Monday?", "Who spoke on a Friday?"),
        ("Who came in March?", "Who came in July?"),
        ("Which is the largest town?", "Which is the smallest town?"),
        ("Who was there?", "Who was not there?"),
    ],
)
def test_each_kind_is_exchanged_for_its_own(question: str, changed: str) -> None:
    assert changed in outcomes(question, "nothing")


def test_a_year_gives_way_to_a_year_and_a_count_to_a_count() -> None:
    assert outcomes("How was 1932 special", "so") <= {"How was 1958 special", "How was not 1932 special", "How was never 1932 special"}
    assert "How were 41,000 bands paid" in outcomes("How were 12 bands paid", "well")


def test_a_question_always_changes_or_is_given_up() -> None:
    assert outcomes("Why?", "because") == {None}
    assert "Who swims?" not in outcomes("Who swims?", "Ann")


def test_a_seed_decides() -> None:
    asked = ("When did Bertram Quill meet Odette Farrow in 1932?", "May", POOL)
    assert perturb(*asked, random.Random(5)) == perturb(*asked, random.Random(5))
