"""Summaries beside other systems' at the same length, with a fake model and the real ROUGE."""

import gzip
import json
from pathlib import Path

import pytest

from retrieval.evaluation.rivals import LEAD, rivals
from retrieval.evaluation.summary_examples import MalformedSummaries, SummaryExample, read_summaries
from retrieval.evaluation.summary_scores import LEAD_3, OURS, judge, rouge, summed_up
from tests.builders import an_article
from tests.fakes import WordEmbedder

TEXT = (
    "The council of Skelmouth closed the St. Orla Bridge on Tuesday. Inspectors found cracks in the hangers of the bridge. "
    "Ferries will run free of charge until the bridge reopens. The weather was fine that day in Skelmouth. "
    "The council will vote on repairs of the bridge in June. A brass band played on the green all afternoon."
)
EXAMPLE = SummaryExample(
    an_article(text=TEXT), "Inspectors found cracks in the hangers of the bridge. The council will vote on repairs in June."
)
ROW = {"title": "Bridge closed", "text": TEXT, "summary": "Inspectors found cracks."}


def test_every_system_keeps_to_the_same_length_in_words() -> None:
    judged = next(judge([EXAMPLE], WordEmbedder(), rivals(), rouge(), share=0.5))
    assert set(judged.words) == {OURS, LEAD_3, LEAD, "lexrank", "textrank", "lsa"}
    assert all(words <= len(TEXT.split()) // 2 for name, words in judged.words.items() if name != LEAD_3)


def test_our_sentences_are_verbatim() -> None:
    judged = next(judge([EXAMPLE], WordEmbedder(), {}, rouge(), share=0.9))
    assert judged.verbatim == judged.sentences > 1


def test_an_article_of_one_sentence_has_a_summary_of_one() -> None:
    only = SummaryExample(an_article(text="The council of Skelmouth closed the St. Orla Bridge on Tuesday."), "The bridge was closed.")
    judged = next(judge([only], WordEmbedder(), rivals(), rouge(), share=0.1))
    assert set(judged.words.values()) == {11}


def test_rouge_knows_equal_words_in_any_inflection() -> None:
    assert rouge()("the bridge closed", "the bridge closed") == {"rouge1": 1.0, "rouge2": 1.0, "rougeL": 1.0}
    assert rouge()("bridges", "bridge")["rouge1"] == 1.0


def test_the_same_seed_draws_the_same_intervals() -> None:
    judged = list(judge([EXAMPLE] * 3, WordEmbedder(), rivals(), rouge(), share=0.5))
    scores = summed_up(judged, seed=7)
    assert scores == summed_up(judged, seed=7)
    assert scores.articles == 3
    assert all(found.low <= found.mean + 1e-9 <= found.high + 2e-9 for each in scores.ahead.values() for found in each.values())


def test_a_ranking_has_every_sentence_once() -> None:
    sentences = ["The bridge closed.", "The bridge closed.", "Cracks were found in the bridge.", "A band played."]
    assert {name: sorted(ranking(sentences)) for name, ranking in rivals().items()} == {name: [0, 1, 2, 3] for name in rivals()}


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_of_json_lines_is_read(tmp_path: Path, packed: bool) -> None:
    lines = "\n".join([json.dumps(ROW), "", json.dumps({"text": TEXT, "summary_sentences": ["One.", "Two."]})]).encode()
    path = tmp_path / ("s.jsonl.gz" if packed else "s.jsonl")
    path.write_bytes(gzip.compress(lines) if packed else lines)
    found = read_summaries(path)
    assert [(example.article.title, example.reference) for example in found] == [
        ("Bridge closed", "Inspectors found cracks."),
        ("Untitled", "One. Two."),
    ]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"nonsense", "line 1"),
        (json.dumps(ROW).encode() + b"\n{}", "line 2: text"),
        (json.dumps(ROW | {"summary": " "}).encode(), "line 1: summary"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "s.jsonl"
    path.write_bytes(content)
    with pytest.raises(MalformedSummaries, match=complaint):
        read_summaries(path)


def test_half_a_gzip_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(ROW).encode())[:40])
    with pytest.raises(MalformedSummaries, match="is not a whole gzip file"):
        read_summaries(path)
