import random
from collections import Counter

import pytest

from retrieval.training.pairs import Mixture, Pair, as_typed, draw
from tests.retrieval.training.squad_data import some_articles

NOTHING = Mixture(answered=0, elsewhere=0, removed=0, perturbed=0, written_answered=0, written=0)


def drawn(seed: int = 0, **counts: int) -> list[Pair]:
    return draw(some_articles(), Mixture(**{**dict.fromkeys(NOTHING.__dataclass_fields__, 0), **counts}), random.Random(seed))


def test_answered_pairs_hold_the_answer_at_their_span() -> None:
    answers = Counter(pair.passage[slice(*pair.span)] for pair in drawn(answered=6) if pair.span)
    assert answers == Counter(["Mayor Odette Farrow", "1,149 metres", "March", "buses", "41,000", "Skell"])


def test_every_question_comes_once_before_any_comes_again() -> None:
    spans = Counter(pair.passage[slice(*pair.span)] for pair in drawn(answered=9) if pair.span)
    assert sum(spans.values()) == 9
    assert set(spans.values()) == {1, 2}


@pytest.mark.parametrize("sort", ["elsewhere", "removed"])
def test_passages_without_an_answer_lack_its_words(sort: str) -> None:
    answers = {
        question.text.rstrip("?"): question.answers for entry in some_articles() for p in entry.paragraphs for question in p.questions
    }
    found = [pair for seed in range(20) for pair in drawn(seed, **{sort: 6})]
    assert found
    for pair in found:
        assert pair.span is None
        expected = answers.get(pair.question.rstrip("?"))
        assert expected is None or expected[0] not in pair.passage  # None: a slip of the finger in the question


def test_a_passage_from_elsewhere_shares_words_with_the_question() -> None:
    pairs = [pair for seed in range(10) for pair in drawn(seed, elsewhere=6)]
    assert any("last tram" in pair.question and pair.passage.startswith("The Harbour Bridge was opened") for pair in pairs) or any(
        "Skelmouth" in pair.question and "Harbour" in pair.title for pair in pairs
    )


def test_perturbed_questions_keep_their_passage() -> None:
    passages = {paragraph.text for entry in some_articles() for paragraph in entry.paragraphs}
    pairs = drawn(perturbed=3)
    assert len(pairs) == 3
    assert all(pair.span is None and any(text in pair.passage or pair.passage in text for text in passages) for pair in pairs)


def test_hand_written_questions_are_drawn_by_themselves() -> None:
    [impossible] = drawn(written=1)
    assert (impossible.question.rstrip("?"), impossible.title, impossible.span) == ("Who owns the ferry", "Ferry", None)
    [answered] = drawn(written_answered=1)
    assert answered.span is not None
    assert answered.passage[slice(*answered.span)] == "noon"


def test_questions_of_hand_written_articles_are_perturbed_and_put_elsewhere_too() -> None:
    pairs = [pair for seed in range(5) for pair in (*drawn(seed, elsewhere=8), *drawn(seed, perturbed=8), *drawn(seed, removed=8))]
    assert {pair.span for pair in pairs if "ferry" in pair.question} == {None}


def test_a_seed_decides() -> None:
    assert drawn(3, answered=6, perturbed=3) == drawn(3, answered=6, perturbed=3)


def test_a_question_as_typed_is_off_by_at_most_a_letter_and_its_mark() -> None:
    question = "When did the last tram run?"
    typed = {as_typed(question, random.Random(seed)) for seed in range(300)}
    assert {question, question[:-1]} < typed
    assert all(abs(len(text.rstrip("?")) - len(question[:-1])) <= 1 for text in typed)
    assert as_typed("", random.Random(0)) == ""
