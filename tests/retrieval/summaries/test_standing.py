import pytest

from retrieval.summaries.standing import is_whole, leans_loosely, stands_alone


@pytest.mark.parametrize(
    "sentence",
    [
        "The St. Orla Bridge was closed to all traffic on Tuesday.",
        "“I would not drive across it tonight,” Lionel Prewitt told reporters.",
        "In his speech, Mr Prewitt said that the bridge was safe.",
        "Halvorn said its board approved the deal.",
        "The report of the Harbour Authority named no cause.",
        "Prewitt said he did not expect cars before June.",
    ],
)
def test_a_sentence_with_its_nouns_stands_alone(sentence: str) -> None:
    assert stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He ordered the bridge closed at once.",
        "The statement named no cause.",
        "But the company said nothing about jobs.",
        "“I would not drive across it tonight,” he told reporters.",
        "In March, he had turned the offer down.",
        "According to him, repairs take 11 weeks.",
        "However, the deal is not done.",
    ],
)
def test_a_sentence_that_points_back_does_not(sentence: str) -> None:
    assert not stands_alone(sentence)


@pytest.mark.parametrize(
    "fragment",
    ["Is the bridge safe for cars today?", "The bridge closed.", "said the bridge was shut for", "“The bridge is shut for now.", ""],
)
def test_a_fragment_is_no_whole_sentence(fragment: str) -> None:
    assert not is_whole(fragment)


@pytest.mark.parametrize(
    "sentence", ["But the company said nothing about jobs.", "The report named no cause.", "However, Halvorn will not say when."]
)
def test_what_lacks_only_a_common_noun_can_come_some_sentences_later(sentence: str) -> None:
    assert not stands_alone(sentence)
    assert leans_loosely(sentence)


@pytest.mark.parametrize(
    "sentence", ["He ordered it closed.", "But they said nothing.", "In March, he had refused.", "“I would not,” he said."]
)
def test_a_pronoun_needs_the_sentence_before(sentence: str) -> None:
    assert not leans_loosely(sentence)
