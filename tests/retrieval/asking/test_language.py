import pytest

from retrieval.asking.language import is_foreign


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
