import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from retrieval.lexicon import MAX_WORD_LENGTH, NEIGHBOURS, Lexicon, fold, is_known

WORDS = Lexicon({"netanyahu": 9, "israel": 5, "house": 3, "horse": 1, "mouse": 4, "g7": 2, "x" * (MAX_WORD_LENGTH + 1): 1})


@pytest.mark.parametrize(("word", "folded"), [("Zelenský", "zelensky"), ("ISRAEL", "israel"), ("Žižek's", "zizek's"), ("", "")])
def test_case_and_diacritics_do_not_count(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_only_words_of_letters_are_kept() -> None:
    assert [word in WORDS for word in ("israel", "g7", "x" * (MAX_WORD_LENGTH + 1))] == [True, False, False]


def test_shares_add_up_to_one() -> None:
    assert sum(WORDS.share(word) for word in ("netanyahu", "israel", "house", "horse", "mouse")) == pytest.approx(1)
    assert (WORDS.share("peru"), Lexicon({}).share("peru")) == (0, 0)


def test_the_nearest_come_first_and_of_those_the_most_used() -> None:
    assert WORDS.near("houses", 2) == ["house", "mouse", "horse"]
    assert WORDS.near("isreal", 1) == ["israel"]


@pytest.mark.parametrize("word", ["", "🙂", "когда", "x" * 1000])
def test_nothing_is_near_what_is_no_word(word: str) -> None:
    assert (WORDS.near(word, 2), Lexicon({}).near(word, 2)) == ([], [])


@given(st.lists(st.text("abcdeé", min_size=1, max_size=8), min_size=1, max_size=NEIGHBOURS, unique=True), st.text("abcdeé", max_size=8))
def test_no_near_word_is_missed(words: list[str], word: str) -> None:
    assert set(Lexicon(dict.fromkeys(words, 1)).near(word, 2)) == {other for other in words if OSA.distance(word, other) <= 2}


@pytest.mark.parametrize("word", ["horse", "president", "ceasefire", "litre", "liter", "organisation", "viktor"])
def test_english_words_of_both_sides_and_well_known_names_are_known(word: str) -> None:
    assert is_known(word)


@pytest.mark.parametrize("word", ["goverment", "recieve", "teh", "netanyaho", "", "##ing"])
def test_misspellings_are_not(word: str) -> None:
    assert not is_known(word)
