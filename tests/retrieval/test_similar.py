from retrieval.similar import grouped
from tests.fakes import WordEmbedder


def test_texts_of_one_meaning_are_one_group_the_largest_first() -> None:
    texts = ["who won the race", "when is easter", "who won that race", "when is easter this year", "when is easter sunday"]
    assert grouped(texts, WordEmbedder()) == [[1, 3, 4], [0, 2]]


def test_every_text_is_in_one_group() -> None:
    texts = [f"question {number} about topic {number % 3}" for number in range(20)]
    assert sorted(place for group in grouped(texts, WordEmbedder()) for place in group) == list(range(20))


def test_no_texts_make_no_groups() -> None:
    assert grouped([], WordEmbedder()) == []
