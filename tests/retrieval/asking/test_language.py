import pytest

from retrieval.asking.language import asks_in_another_language, is_foreign


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("when is the meeting?", False),
        ("whats up with witkoff", False),
        ("netanyahu trump gaza", False),
        ("St. Orla Bridge reopening", False),
        ("who is José María Aznar?", False),
        ("12:30?", False),
        ("wann ist das Treffen?", True),
        ("quand est la réunion ?", True),
        ("¿cuándo es la reunión?", True),
        ("dove si trova il museo", True),
        ("wie is de burgemeester", True),
        ("toplantı ne zaman", True),
        ("когда встреча?", True),
        ("会议是什么时候", True),
        ("متى الاجتماع؟", True),
    ],
)
def test_only_what_is_certainly_not_english_is_foreign(text: str, foreign: bool) -> None:
    assert is_foreign(text) is foreign


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("wie lang wird die linie 7?", True),
        ("qui a gagné le marathon?", True),
        ("quem é João Félix?", True),
        ("who is Wat Arun?", False),
        ("mayor of Marrow Katrin Löhr", False),
        ("Joost Verhaeck die", False),
        ("news from Quito", False),
    ],
)
def test_a_question_word_of_another_language_settles_it(text: str, elsewhere: bool) -> None:
    assert asks_in_another_language(text) is elsewhere
