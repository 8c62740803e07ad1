import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from retrieval.chunking import Chunker
from retrieval.sentences import sentences
from tests.builders import an_article

TEXTS = st.text(st.sampled_from("ab. \n“”é😀U.S.?!—"), min_size=1, max_size=400).filter(lambda text: bool(text.strip()))
ANY_TEXT = st.text(min_size=1, max_size=400).filter(lambda text: bool(text.strip()))


def words(text: str) -> list[str]:
    return text.split()


def covered(article: Article, chunker: Chunker) -> set[int]:
    return {position for passage in chunker.cut(article) for position in range(passage.start, passage.end)}


@given(TEXTS | ANY_TEXT, st.integers(1, 12), st.integers(0, 3))
def test_passages_hold_every_word_of_the_article_and_nothing_else(text: str, size: int, overlap: int) -> None:
    article = an_article(text=text)
    positions = covered(article, Chunker(words=size, overlap=overlap))
    assert [at for at, character in enumerate(text) if not character.isspace() and at not in positions] == []


@given(TEXTS, st.integers(1, 12), st.integers(0, 3))
def test_passages_stay_within_their_size(text: str, size: int, overlap: int) -> None:
    passages = Chunker(words=size, overlap=overlap).cut(an_article(text=text))
    assert max(len(words(passage.text)) for passage in passages) <= size


@given(TEXTS, st.integers(1, 12), st.integers(0, 3))
def test_passages_move_forward(text: str, size: int, overlap: int) -> None:
    passages = Chunker(words=size, overlap=overlap).cut(an_article(text=text))
    assert all(one.start < other.start and one.end < other.end for one, other in itertools.pairwise(passages))


def test_neighbours_share_a_sentence() -> None:
    article = an_article(text="One two three. Four five six. Seven eight nine.")
    assert [passage.text for passage in Chunker(words=6).cut(article)] == [
        "One two three. Four five six.",
        "Four five six. Seven eight nine.",
    ]


def test_a_short_article_is_one_passage() -> None:
    article = an_article(text="Short.\n\nAnd sweet.")
    assert [passage.text for passage in Chunker().cut(article)] == ["Short.\n\nAnd sweet."]


def test_a_megabyte_without_blanks_is_cut_too() -> None:
    passages = Chunker().cut(an_article(text="A" * 1_000_000))
    assert max(passage.end - passage.start for passage in passages) == 120 * 200


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"words": 0}, "words must be at least 1, got 0"), ({"overlap": -1}, "overlap must be at least 0, got -1")],
)
def test_senseless_sizes_are_refused(changes: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Chunker(**changes)


@given(ANY_TEXT)
def test_sentences_are_in_order_and_without_blanks_around(text: str) -> None:
    borders = sentences(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in borders)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(borders))


def test_abbreviations_do_not_end_sentences() -> None:
    text = "The U.S. envoy met Mr. Farrow on Jan. 20 at St. Orla. He left."
    assert [text[start:end] for start, end in sentences(text)] == ["The U.S. envoy met Mr. Farrow on Jan. 20 at St. Orla.", "He left."]
