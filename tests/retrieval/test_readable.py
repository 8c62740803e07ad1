import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.readable import MAX_LENGTH, MAX_SENTENCES, needs_what_stands_before, readable
from retrieval.sentences import sentences

MUSEUM = (
    "A cleaner, Mireille Sandoval, opened locker 114. “I thought it was a clock,” she said. “Then I saw the little stars.” "
    "She will receive the reward.\n\nPolice arrested two brothers the same night. Both are charged with burglary and deny it. "
    "“It was too famous to sell,” said Det. Sgt. Nadia Crewe."
)


def stretch(text: str, part: str) -> str:
    start, end = next(border for border in sentences(text) if part in text[slice(*border)])
    return text[slice(*readable(text, start, end))]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("A cleaner", "A cleaner, Mireille Sandoval, opened locker 114."),
        ("a clock", "A cleaner, Mireille Sandoval, opened locker 114. “I thought it was a clock,” she said."),
        (
            "little stars",
            "A cleaner, Mireille Sandoval, opened locker 114. “I thought it was a clock,” she said. “Then I saw the little stars.”",
        ),
        ("Both are", "Police arrested two brothers the same night. Both are charged with burglary and deny it."),
        ("too famous", "“It was too famous to sell,” said Det. Sgt. Nadia Crewe."),
    ],
)
def test_a_sentence_takes_along_what_it_points_back_to(part: str, expected: str) -> None:
    assert stretch(MUSEUM, part) == expected


def test_an_open_quotation_is_taken_to_its_end() -> None:
    text = "Trump answered the press. “It is not our war. It is their war. I am not confident,” Trump said. He left."
    assert "I am not confident,” Trump said." in stretch(text, "It is not our war.")


def test_at_the_beginning_there_is_nothing_to_take_along() -> None:
    assert stretch("He said so. Nobody knew.", "He said so.") == "He said so."


def test_a_very_long_sentence_is_not_taken_along() -> None:
    text = f"The {'very ' * (MAX_LENGTH // 5)}long hearing ended. It was short."
    assert stretch(text, "It was short.") == "It was short."


@given(
    st.lists(st.sampled_from(["He left.", "“Yes.", "No,” she said.", "Ada won.", "“Quite.”", "This is it."]), min_size=1, max_size=12),
    st.data(),
)
def test_a_stretch_has_the_sentence_and_few_others(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    start, end = data.draw(st.sampled_from(sentences(text)))
    first, last = readable(text, start, end)
    assert first <= start < end <= last
    assert sum(first <= begin and finish <= last for begin, finish in sentences(text)) <= MAX_SENTENCES


@pytest.mark.parametrize(
    ("sentence", "needs"),
    [
        ("He said so.", True),
        ("But this changed.", True),
        ("Its director agreed.", True),
        ("“Yes,” she said.", True),
        ("“Quite so.”", True),
        ("“Yes,” said Ada Lane.", False),
        ("“Yes,” Ada said, as she left.", False),
        ("The bridge is shut.", False),
        ("Those who left were paid.", False),
        ("Itamar Ben Gvir resigned.", False),
    ],
)
def test_sentences_that_cannot_stand_alone_are_known(sentence: str, needs: bool) -> None:
    assert needs_what_stands_before(sentence) is needs
