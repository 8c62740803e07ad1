import pytest

from retrieval.content_words import content_words
from retrieval.numerals import numeral_forms
from tests.builders import an_article
from tests.retrieval.conftest import Shelf


@pytest.mark.parametrize(
    ("query", "word", "form"),
    [
        ("when do phase two talks begin?", "two", "second phase"),
        ("when do phase 2 talks begin?", "2", "second phase"),
        ("when does the second phase begin?", "second", "phase 2"),
        ("who won the 3rd round?", "3rd", "round three"),
        ("when did World War II end?", "ii", "second war"),
        ("who are the 3 teams?", "3", "three"),
        ("who are the three teams?", "three", "3"),
    ],
)
def test_a_number_has_other_spellings(query: str, word: str, form: str) -> None:
    assert form in numeral_forms(query, content_words(query))[word]


@pytest.mark.parametrize("query", ["what happened in 2009?", "when is the meeting?", "who came first?", "what did I say?", ""])
def test_other_words_have_none(query: str) -> None:
    assert numeral_forms(query, content_words(query)) == {}


def test_phase_two_finds_the_second_phase(shelf: Shelf) -> None:
    second = an_article(address="https://x.example/2", title="Deal", text="The second phase starts in May.")
    first = an_article(address="https://x.example/1", title="Deal", text="The first phase started in March, at two.")
    list(shelf.indexer().add([first, second]))
    assert shelf.keywords.search("phase 2", 5)[0].key.article_id == second.id
