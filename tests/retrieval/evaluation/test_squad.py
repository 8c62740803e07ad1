import gzip
import json
from pathlib import Path

import pytest

from retrieval.evaluation.squad import Gold, MalformedSquad, read_squad

CONTENT = {
    "version": "v2.0",
    "data": [
        {
            "title": "Harbour_Bridge",
            "paragraphs": [
                {
                    "context": "The bridge opened in 1932.",
                    "qas": [
                        {"id": 7, "question": "When did it open?", "answers": [{"text": "1932", "answer_start": 21}]},
                        {"id": "b", "question": "When did it close?", "answers": [], "is_impossible": True},
                        {"id": "c", "question": "Who?", "answers": [{"text": "bridge", "answer_start": 4}], "is_impossible": True},
                    ],
                },
                {"context": "It is long.", "qas": []},
            ],
        },
        {"title": "Empty", "paragraphs": []},
    ],
}


def test_reads_articles_paragraphs_and_questions(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps(CONTENT))
    [read] = read_squad(path)
    assert read.article.title == "Harbour Bridge"
    assert [read.article.text[p.start : p.start + len(p.text)] for p in read.paragraphs] == ["The bridge opened in 1932.", "It is long."]
    when, *impossible = read.paragraphs[0].questions
    assert (when.id, when.text, when.golds, when.answers) == ("7", "When did it open?", (Gold(21, "1932"),), ("1932",))
    assert read.paragraphs[0].text[when.golds[0].start : when.golds[0].end] == "1932"
    assert [question.golds for question in impossible] == [(), ()]


def test_reads_gzip(tmp_path: Path) -> None:
    path = tmp_path / "set.json.gz"
    path.write_bytes(gzip.compress(json.dumps(CONTENT).encode()))
    assert len(read_squad(path)) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"not json", b"[]", b'{"data": 3}', b'{"data": [{"paragraphs": [{"context": " ", "qas": []}]}]}', b'{"data": [{"title": "t"}]}'],
)
def test_says_what_is_wrong_with_another_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "set.json"
    path.write_bytes(content)
    with pytest.raises(MalformedSquad, match=r"set\.json is not in SQuAD's format"):
        read_squad(path)


@pytest.mark.parametrize("content", [b"plain", gzip.compress(b"{}")[:-4]])
def test_says_when_a_gzip_file_is_broken(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "set.json.gz"
    path.write_bytes(content)
    with pytest.raises(MalformedSquad, match="not a whole gzip file"):
        read_squad(path)
