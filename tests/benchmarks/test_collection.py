"""Facts about the questions and articles of the benchmarks; they need the data beside the checkout."""

from pathlib import Path

import pytest

from benchmarks.collection import ARTICLES, SQUAD, read_news, read_paragraphs, settings_for

needs_data = pytest.mark.skipif(not SQUAD.exists(), reason=f"{SQUAD} is not there")


@needs_data
def test_every_gold_answer_stands_at_its_place_in_its_paragraph() -> None:
    asked = read_paragraphs()
    assert len(asked) == 4557
    assert [question.id for question in asked if question.answers != tuple(question.article.text[a:b] for a, b in question.spans)] == []


@needs_data
def test_paragraphs_of_one_article_are_one_source() -> None:
    articles = {question.article for question in read_paragraphs()}
    assert len({article.source for article in articles}) == 13
    assert len({article.id for article in articles}) == len(articles)


@needs_data
def test_news_are_drawn_by_the_seed() -> None:
    first, again, other = (read_news(20, seed=seed) for seed in (1, 1, 2))
    assert first == again != other
    assert len({article.id for article in first}) == 20


@needs_data
def test_a_smaller_draw_of_news_is_part_of_a_larger() -> None:
    assert read_news(20) == read_news(2000)[:20]


@needs_data
def test_there_is_no_more_news_than_there_is() -> None:
    assert len(read_news(10**6, ARTICLES[:1])) == 293


def test_the_index_lies_where_it_is_told_and_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMA_URL", "http://localhost:1")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere.db")
    settings = settings_for(tmp_path)
    assert (settings.data_dir, settings.chroma_url, settings.database_url) == (tmp_path, "", "")
