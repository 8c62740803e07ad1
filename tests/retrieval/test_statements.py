"""Whole sentences as answers, with a reader that finds given phrases."""

from retrieval.aggregation import Candidate
from retrieval.question import Question
from retrieval.statements import spoken, stated
from tests.builders import a_hit, a_passage
from tests.fakes import PhraseReader, WordEmbedder

MUSEUM = a_hit(
    a_passage(
        "Arlo Benning was on guard that night. He was in the boiler room and was not hurt. The thieves took nothing else. "
        "“We forgot to close the lock,” said the director, Cosima Ferreira. Ferreira said the roof would be mended."
    )
)


def texts(candidates: list[Candidate]) -> list[str]:
    """Return what would be quoted."""
    return [candidate.hit.passage.article.text[candidate.quote_start : candidate.quote_end] for candidate in candidates]


def found(question: str, scores: dict[str, float]) -> list[str]:
    asked = Question.parse(question)
    return texts(stated(asked, [MUSEUM], PhraseReader(scores).read(question, [MUSEUM.passage]), WordEmbedder()))


def said(question: str) -> list[str]:
    asked = Question.parse(question)
    return texts(spoken(asked, [MUSEUM], PhraseReader({}).read(question, [MUSEUM.passage]), WordEmbedder()))


def test_the_whole_sentence_answers_with_what_it_points_back_to() -> None:
    assert found("was the guard hurt?", {"not hurt": 4.0}) == [
        "Arlo Benning was on guard that night. He was in the boiler room and was not hurt."
    ]


def test_the_answer_itself_is_one_sentence() -> None:
    asked = Question.parse("was the guard hurt?")
    (best,) = stated(asked, [MUSEUM], PhraseReader({"not hurt": 4.0}).read("", [MUSEUM.passage]), WordEmbedder())
    assert best.text == "He was in the boiler room and was not hurt."


def test_a_sentence_counts_once_however_many_spans_it_has() -> None:
    assert found("why did they leave?", {"thieves": 2.0, "nothing else": 4.0}) == ["The thieves took nothing else."]


def test_a_span_across_sentences_is_no_answer() -> None:
    assert found("why?", {"else. “We forgot": 9.0}) == []


def test_what_settles_a_question_mentions_its_words() -> None:
    best = found("did the thieves take anything else?", {"not hurt": 4.0, "took nothing": 3.0})[0]
    assert best == "The thieves took nothing else."


def test_the_words_of_a_person_are_nearest_to_what_was_asked_about() -> None:
    assert said("what did Ferreira say about the mended roof?")[0] == "Ferreira said the roof would be mended."
    assert said("what did Ferreira say about the lock?")[0].startswith("“We forgot to close the lock,” said the director")


def test_quotation_marks_win_where_nothing_particular_is_asked_about() -> None:
    assert said("what did Ferreira say?")[0].startswith("“We forgot to close the lock,” said the director")


def test_somebody_else_says_nothing() -> None:
    assert said("what did Benning say?") == []
