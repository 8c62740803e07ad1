from collections.abc import Sequence

import numpy as np

from retrieval.protocols import Vectors
from retrieval.summaries.topical import MAX_SENTENCES, candidates, marginally_relevant, summarise
from tests.builders import a_passage
from tests.fakes import WordEmbedder

BRIDGE = a_passage(
    "The St. Orla Bridge was closed to all traffic on Tuesday. He ordered the bridge closed at once. Is the bridge safe today? "
    "The bridge closed. Repairs of the bridge will cost $4.2 million, the mayor said. The ferry runs all day and all night. "
    "Salt water had seeped into the sockets of the bridge."
)
COPY = a_passage(
    "The St. Orla Bridge was closed to all traffic on Tuesday. Drivers on the bridge were sent back home.", address="https://x.example/1"
)


def told(topic: str, *, limit: int = MAX_SENTENCES) -> list[str]:
    return [sentence.text for sentence in summarise(topic, [BRIDGE, COPY], WordEmbedder(), limit)]


def test_a_summary_is_about_its_topic_and_verbatim() -> None:
    found = summarise("the bridge", [BRIDGE, COPY], WordEmbedder())
    assert 2 <= len(found) <= MAX_SENTENCES
    assert all("ridge" in sentence.text for sentence in found)
    assert all(sentence.article.text[sentence.start : sentence.end] == sentence.text for sentence in found)


def test_nothing_is_told_about_what_is_not_there() -> None:
    assert told("the volcano") == []
    assert summarise("the bridge", [], WordEmbedder()) == []


def test_a_summary_does_not_say_the_same_twice() -> None:
    assert told("st orla bridge").count("The St. Orla Bridge was closed to all traffic on Tuesday.") == 1


def test_a_summary_has_at_most_so_many_sentences() -> None:
    assert len(told("the bridge", limit=1)) == 1


def test_only_sentences_that_can_be_read_alone_are_taken() -> None:
    assert [sentence.text for sentence in candidates("the bridge", [BRIDGE])] == [
        "The St. Orla Bridge was closed to all traffic on Tuesday.",
        "Repairs of the bridge will cost $4.2 million, the mayor said.",
        "Salt water had seeped into the sockets of the bridge.",
    ]


def test_half_of_a_quotation_is_not_taken() -> None:
    halved = a_passage('The mayor said the bridge was "closed for good until the summer.')
    assert candidates("the bridge", [halved]) == []


def test_a_sentence_that_only_has_one_of_the_topics_words_is_left_out() -> None:
    outbreak = a_passage(
        "Antarctica has its first covid outbreak, officials said. Warm currents wear down the shelves along the long coast of Antarctica."
    )
    found = summarise("antarctica covid outbreak", [outbreak], WordEmbedder())
    assert [sentence.text for sentence in found] == ["Antarctica has its first covid outbreak, officials said."]


class ContraryEmbedder(WordEmbedder):
    """An Embedder to which the first text, a topic, is the opposite of its words."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of WordEmbedder, the first one negated."""
        vectors = super().embed(texts)
        vectors[0] *= -1
        return vectors


def test_a_topic_is_told_by_the_nearest_sentence_even_if_all_are_far() -> None:
    [found] = summarise("the bridge", [BRIDGE, COPY], ContraryEmbedder())
    assert "ridge" in found.text


def test_novelty_wins_over_a_little_worth() -> None:
    vectors = np.asarray([[1, 0], [0.79, 0.61], [0, 1]], dtype=np.float32)
    worth = np.asarray([1.0, 0.9, 0.8], dtype=np.float32)
    assert marginally_relevant(worth, vectors, 2) == [0, 2]


def test_repetition_is_never_chosen() -> None:
    vectors = np.asarray([[1, 0], [1, 0]], dtype=np.float32)
    assert marginally_relevant(np.asarray([0.5, 1.0], dtype=np.float32), vectors, 2) == [1]
