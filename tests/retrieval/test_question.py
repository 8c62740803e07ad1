import pytest

from retrieval.question import MAX_LENGTH, Kind, Question, QuestionTooLong, kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("when is the meeting?", Kind.WHEN),
        ("The meeting is when?", Kind.WHEN),
        ("On what date do they meet", Kind.WHEN),
        ("which year was it built", Kind.WHEN),
        ("Who is Steve Witkoff?", Kind.WHO),
        ("whose idea was it", Kind.WHO),
        ("Which minister resigned?", Kind.WHO),
        ("where will they meet", Kind.WHERE),
        ("in which town is the plant", Kind.WHERE),
        ("how many jobs", Kind.HOW_MANY),
        ("What percentage voted?", Kind.HOW_MANY),
        ("how much does it cost", Kind.HOW_MUCH),
        ("How old is the bridge?", Kind.HOW_MUCH),
        ("how long was the war before the ceasefire?", Kind.HOW_LONG),
        ("why did he resign", Kind.WHY),
        ("how come it closed", Kind.WHY),
        ("how did the thieves get in", Kind.HOW),
        ("What happened to the bridge?", Kind.HOW),
        ("what did the letter say about when he comes", Kind.WHAT),
        ("is it known when he left?", Kind.YES_NO),
        ("Didn't the council approve it?", Kind.YES_NO),
        ("bridge repair cost", Kind.WHAT),
        ("", Kind.WHAT),
    ],
)
def test_the_first_question_word_decides_the_kind(text: str, kind: Kind) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(("kind", "sentence"), [(Kind.WHY, True), (Kind.YES_NO, True), (Kind.WHEN, False), (Kind.WHAT, False)])
def test_reasons_and_yes_or_no_want_sentences(kind: Kind, sentence: bool) -> None:
    assert kind.wants_sentence == sentence


def test_spelling_is_folded() -> None:
    assert Question.parse("  When’s \n the “meeting”? ").text == 'When\'s the "meeting"?'


def test_a_document_is_not_a_question() -> None:
    assert len(Question.parse("a" * MAX_LENGTH).text) == MAX_LENGTH
    with pytest.raises(QuestionTooLong, match="a question may have 1000 characters, got 1001"):
        Question.parse("a" * (MAX_LENGTH + 1))
