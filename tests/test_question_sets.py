"""The question sets in tests/data: what other programs and people may rely on in them."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.news import NEWS, news_files
from corpus.files import read_file
from tests.running import SHARED_ARTICLES

DATA = Path(__file__).parent / "data"
NEWS_QUESTIONS = DATA / "news_questions.jsonl"
ASIDE_QUESTIONS = DATA / "news_questions_aside.jsonl"
SHARED_QUESTIONS = DATA / "shared_articles_questions.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A question with every acceptable answer and every article that holds one; none where it has no answer."""

    id: str
    question: str
    answers: list[str]
    articles: list[str]
    disagrees: bool = False


def read(path: Path) -> list[Labelled]:
    return [Labelled(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def astray(questions: Iterable[Labelled], texts: dict[str, str]) -> list[tuple[str, str]]:
    """Return id and answer, or article, wherever an answer is in none of its articles or an article holds none of the answers."""
    found: list[tuple[str, str]] = []
    for asked in questions:
        found += [(asked.id, answer) for answer in asked.answers if not any(answer in texts[stem] for stem in asked.articles)]
        found += [(asked.id, stem) for stem in asked.articles if not any(answer in texts[stem] for answer in asked.answers)]
    return found


@pytest.mark.parametrize("path", [NEWS_QUESTIONS, ASIDE_QUESTIONS, SHARED_QUESTIONS], ids=lambda path: path.name)
def test_questions_are_told_apart_and_have_answers_and_articles_or_neither(path: Path) -> None:
    questions = read(path)
    assert len({asked.id for asked in questions}) == len({asked.question for asked in questions}) == len(questions)
    assert [asked.id for asked in questions if bool(asked.answers) != bool(asked.articles)] == []


@pytest.mark.parametrize(("split", "count", "unanswerable"), [("dev", 80, 20), ("test", 80, 20), ("a", 100, 25), ("b", 100, 25)])
def test_a_quarter_of_each_half_of_the_news_questions_has_no_answer(split: str, count: int, unanswerable: int) -> None:
    questions = [asked for path in (NEWS_QUESTIONS, ASIDE_QUESTIONS) for asked in read(path) if asked.id.startswith(f"news-{split}-")]
    assert (len(questions), sum(not asked.answers for asked in questions)) == (count, unanswerable)


def test_the_halves_of_the_news_questions_share_no_article() -> None:
    """What is fitted on one half has not seen an article of the other."""
    halves: dict[str, set[str]] = {"dev": set(), "test": set()}
    for asked in read(NEWS_QUESTIONS):
        halves[asked.id.split("-")[1]].update(asked.articles)
    assert halves["dev"] & halves["test"] == set()


def test_the_two_shared_articles_disagree_in_one_thing_only() -> None:
    questions = read(SHARED_QUESTIONS)
    assert Counter(asked.disagrees for asked in questions) == {False: 34, True: 6}
    assert {tuple(asked.answers) for asked in questions if asked.disagrees} == {tuple(questions[0].answers)}
    assert sum(not asked.answers for asked in questions) == 8


@pytest.mark.skipif(not NEWS.is_dir(), reason="the shared news is not on this machine")
def test_answers_to_the_news_questions_are_in_the_news(tmp_path: Path) -> None:
    questions = [*read(NEWS_QUESTIONS), *read(ASIDE_QUESTIONS)]
    wanted = {stem for asked in questions for stem in asked.articles}
    texts = {}
    for name, content in news_files(NEWS):
        path = tmp_path / name
        if path.stem in wanted:
            path.write_bytes(content)
            texts[path.stem] = read_file(path).text
    assert astray(questions, texts) == []


@pytest.mark.skipif(not SHARED_ARTICLES.is_dir(), reason="the two shared articles are not on this machine")
def test_answers_to_the_questions_on_the_shared_articles_are_in_them() -> None:
    assert astray(read(SHARED_QUESTIONS), {path.stem: read_file(path).text for path in SHARED_ARTICLES.glob("*.txt")}) == []
