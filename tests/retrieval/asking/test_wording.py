import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.wording import asks_whether, said_in_full, with_article


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("meeting when?", "when is the meeting?"),
        ("the meeting when", "when is the meeting"),
        ("when meeting?", "when is the meeting?"),
        ("The meeting is when?", "when The meeting is?"),
        ("netanyahu meeting at what time?", "at what time is the netanyahu meeting?"),
        ("Trump where?", "where is Trump?"),
        ("meeting, when and where?", "when and where is the meeting?"),
        ("bridge - when?", "when is the bridge?"),
        ("wher was it sold", "where was it sold"),
        ("Whn is it?", "When is it?"),
        ("could you list the owners", "list the owners"),
        ("new jobs how many?", "how many new jobs?"),
        ("whens the meeting", "when is the meeting"),
        ("wats the new toll", "what is the new toll"),
        ("Who's the mayor?", "Who is the mayor?"),
        ("how come it closed", "why it closed"),
        ("and when is it?", "when is it?"),
        ("hey bot, who won?", "who won?"),
        ("do you know when it opens?", "when it opens?"),
        ("can you tell me who won", "who won"),
        ("I wonder if it is open", "it is open"),
        ("explain why it closed", "why it closed"),
        ("meeting when pls?", "when is the meeting?"),
        ("when is it? thanks", "when is it?"),
        ("when is it, thank you!", "when is it"),
        ("who said thanks?", "who said thanks?"),
        ("good morning, when is it?", "when is it?"),
        ("hi all, who won?", "who won?"),
        ("hey guys who won", "who won"),
        ("good morning america host", "good morning america host"),
        ("y is the bridge closed", "why is the bridge closed"),
        ("r the talks over?", "are the talks over?"),
        ("Toys R Us", "Toys R Us"),
        ("anyone know when it opens?", "when it opens?"),
        ("do you have any idea when it opens?", "when it opens?"),
        ("do you happen to know when it opens", "when it opens"),
        ("could you please let me know when it opens", "when it opens"),
        ("can you explain why it closed", "why it closed"),
        ("lemme know who won", "who won"),
        ("idk when it opens", "when it opens"),
        ("just wondering who won", "who won"),
        ("When is it and where?", "When and where is it?"),
        ("How much water does it use?", "How much water does it use?"),
        ("what's next", "what is next"),
        ("thanks to whom was the deal reached?", "thanks to whom was the deal reached?"),
        ("ceasefire", "ceasefire"),
        ("hello", "hello"),
        ("", ""),
    ],
)
def test_chat_forms_are_said_in_full(text: str, full: str) -> None:
    assert said_in_full(text) == full


@given(st.text(max_size=200))
def test_words_never_become_none(text: str) -> None:
    line = " ".join(text.split())
    assert bool(said_in_full(line)) == bool(line)


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("do you know if it is open?", True),
        ("any idea whether they won", True),
        ("do you know when it opens", False),
        ("if it opens", True),
    ],
)
def test_a_wrapped_yes_or_no_question_is_known(text: str, whether: bool) -> None:
    assert asks_whether(text) is whether


@pytest.mark.parametrize(
    ("phrase", "full"),
    [("price", "the price"), ("the price", "the price"), ("mayor's name", "mayor's name"), ("his age", "his age"), ("Trump", "Trump")],
)
def test_only_a_bare_noun_gets_an_article(phrase: str, full: str) -> None:
    assert with_article(phrase) == full
