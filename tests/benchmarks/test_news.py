import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.news import NEWS, main, news_files, write_news
from corpus.article import Article, Published
from corpus.loading import load

Row = dict[str, str | None]

BRIDGE: Row = {"id": "bbc/business/001", "category": "business", "title": 'Bridge "shut": mayor', "text": "The mayor shut it."}
FERRY: Row = {
    "id": "wikinews/000",
    "date": "2019-01-04",
    "title": "Ferry sinks",
    "url": "https://news.example/ferry",
    "text": "Friday, January 4, 2019\n\nA ferry sank.",
}
PAGE: Row = {"id": "html/bridge-post", "file": "pages/bridge-post.html.gz", "url": None, "cluster": None}
HTML = b"<html><body><article><p>The bridge is shut.</p><p>It opens in May.</p></article></body></html>"


def a_source(folder: Path, *, bbc: Sequence[Row] = (BRIDGE,), wikinews: Sequence[Row] = (FERRY,)) -> Path:
    """Write a folder that is laid out as the shared news."""
    (folder / "pages").mkdir(parents=True)
    for name, rows in (("bbc", bbc), ("wikinews", wikinews)):
        (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    (folder / "pages.jsonl").write_text(json.dumps(PAGE), encoding="utf-8")
    (folder / "pages" / "bridge-post.html.gz").write_bytes(gzip.compress(HTML))
    return folder


def articles(folder: Path) -> list[Article]:
    return [item for item in load([folder]) if isinstance(item, Article)]


def test_files_are_called_what_their_articles_ids_are(tmp_path: Path) -> None:
    assert [name for name, _ in news_files(a_source(tmp_path))] == ["bbc-business-001.md", "wikinews-000.md", "html-bridge-post.html"]


def test_what_is_known_of_an_article_is_read_back(tmp_path: Path) -> None:
    write_news(a_source(tmp_path / "news"), tmp_path / "out")
    bridge, page, ferry = articles(tmp_path / "out")
    assert (bridge.title, bridge.source, bridge.url, bridge.published) == ('Bridge "shut": mayor', "BBC", None, None)
    assert (ferry.title, ferry.source, ferry.url) == ("Ferry sinks", "Wikinews", "https://news.example/ferry")
    assert ferry.published == Published.parse("2019-01-04")
    assert page.text == "The bridge is shut.\n\nIt opens in May."


@pytest.mark.parametrize(
    "text",
    [
        "Friday, January 4, 2019\n\nA ferry sank.",
        "He paid *much*, _more_ and `most`: [1] <b>5</b> & 6 \\ 7 ~ 8 | 9.",
        "# One\n\n- Best play - Hamlet\n\n1. First\n\n> Second\n\n=== Third\n\nFourth&amp;fifth &lt; http://a.example/b_c_d",
        'She said: "I\'m here!" (Really?) £600m; $1.1bn; 3% {x} ^y^',
    ],
)
def test_a_text_is_read_back_character_for_character(tmp_path: Path, text: str) -> None:
    """Nothing in it is taken for Markdown."""
    write_news(a_source(tmp_path / "news", bbc=[BRIDGE | {"text": text}], wikinews=[]), tmp_path / "out")
    assert articles(tmp_path / "out")[0].text == text


def test_a_sample_depends_on_its_seed_alone(tmp_path: Path) -> None:
    source = a_source(tmp_path / "news", bbc=[BRIDGE | {"id": f"bbc/business/{number:03}"} for number in range(50)])
    samples = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        assert write_news(source, tmp_path / name, articles=10, seed=seed) == 10
        samples.append({path.name for path in (tmp_path / name).iterdir()})
    assert samples[0] == samples[1] != samples[2]


def test_the_articles_that_answer_questions_are_in_every_sample(tmp_path: Path) -> None:
    source = a_source(tmp_path / "news", bbc=[BRIDGE | {"id": f"bbc/business/{number:03}"} for number in range(50)])
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": 1, "question": "when?", "answers": ["in May"], "articles": ["html-bridge-post", "bbc-business-007"]}\n')
    main([str(tmp_path / "out"), "--articles", "4", "--around", str(questions), "--news", str(source)])
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert len(names) == 4
    assert names > {"html-bridge-post.html", "bbc-business-007.md"}


def test_more_articles_than_there_are_is_all_of_them(tmp_path: Path) -> None:
    assert write_news(a_source(tmp_path / "news"), tmp_path / "out", articles=10) == 3


def test_the_command_writes_the_folder(tmp_path: Path) -> None:
    main([str(tmp_path / "out"), "--articles", "2", "--seed", "3", "--news", str(a_source(tmp_path / "news"))])
    assert len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.skipif(not NEWS.is_dir(), reason="the shared news is not on this machine")
def test_the_shared_news_is_2558_files() -> None:
    names = [name for name, _ in news_files(NEWS)]
    assert (len(names), len(set(names))) == (2558, 2558)
