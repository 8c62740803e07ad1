"""Which messages ask several questions."""

import pytest

from retrieval.asking.several import MAX_QUESTIONS, questions_in
from retrieval.question import MAX_LENGTH, QuestionTooLong


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("When is the meeting? Where is it?", ["When is the meeting?", "Where is it?"]),
        ("when is the meeting?  And who will attend? thanks", ["when is the meeting?", "And who will attend?"]),
        ("When is the meeting?! Where is it?", ["When is the meeting?", "Where is it?"]),
        ("When was the bridge shut? Why?", ["When was the bridge shut?", "Why?"]),
        ("who is the mayor and when was he elected?", ["who is the mayor", "when was he elected?"]),
        ("how long will it take, and how much money will it cost", ["how long will it take", "how much money will it cost"]),
        ("Who won? And by how much? Why?", ["Who won?", "And by how much?", "Why?"]),
    ],
)
def test_questions_that_follow_one_another_are_told_apart(text: str, questions: list[str]) -> None:
    assert questions_in(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        "When and where is the meeting?",
        "When is the meeting and where?",
        "  when is the meeting?",
        "Hello! When is the meeting?",
        "What? When is the meeting?",
        "The bridge is closed. When will it reopen?",
        "what is the difference between who is in and who is out",
        "did they agree on when and where they will meet?",
        "Who wrote “What Is to Be Done?” and why?",
        "Who is it? " * (MAX_QUESTIONS + 1),
        "ceasefire",
        "?",
        "",
    ],
)
def test_what_is_one_question_comes_back_as_it_is(text: str) -> None:
    assert questions_in(text) == [text]


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(QuestionTooLong):
        questions_in("x" * (MAX_LENGTH + 1))
