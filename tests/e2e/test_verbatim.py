"""Promise 1 over the real index: what is shown as a quote stands in the cited article, at the stored place."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assembly import open_library
from bot.settings import Settings
from corpus.article import Article
from retrieval.answer import Answer, Citation, Evidence, Extract, NoAnswer
from tests.e2e.serving import Copy

pytestmark = [pytest.mark.e2e, pytest.mark.models]

QUESTIONS = Path(__file__).parents[1] / "data" / "sample_questions.jsonl"
ASKED = 200

Asked = tuple[Answer | NoAnswer, ...]


def _silent(what: str, done: int, total: int) -> None:
    """Show no progress."""


@pytest.fixture(scope="module")
def outcome(copy: Copy) -> tuple[Asked, dict[str, Article]]:
    """Sample questions from all stories asked, and the articles as they are stored."""
    settings = Settings(_env_file=None, data_dir=copy().data_dir)
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text().splitlines()]
    chosen = [questions[i * len(questions) // ASKED] for i in range(ASKED)]
    with open_library(settings, writing=False, sample=False, progress=_silent) as library:
        asked = tuple(library.answerer.ask(question).result for question in chosen)
        return asked, {entry.article.id: entry.article for entry in library.catalog.entries()}


@pytest.fixture(scope="module")
def asked(outcome: tuple[Asked, dict[str, Article]]) -> Asked:
    return outcome[0]


@pytest.fixture(scope="module")
def articles(outcome: tuple[Asked, dict[str, Article]]) -> dict[str, Article]:
    return outcome[1]


def _evidence(result: Answer | NoAnswer) -> Iterator[Evidence]:
    if isinstance(result, Answer):
        for variant in (result.variant, *result.disagreements, *result.alternatives):
            yield from variant.evidence


def _extracts(result: Answer | NoAnswer) -> Iterator[tuple[Citation, Extract]]:
    """Yield everything that may be shown in quotation marks, with what it is cited from."""
    for evidence in _evidence(result):
        yield from ((evidence.citation, extract) for extract in (evidence.span, evidence.quote, evidence.passage))
    if isinstance(result, NoAnswer):
        yield from ((near.citation, near.passage) for near in result.closest)


def test_the_questions_differ_and_most_are_answered(asked: Asked) -> None:
    assert len({result.question for result in asked}) == ASKED
    assert sum(isinstance(result, Answer) for result in asked) > len(asked) / 2


def test_every_extract_is_found_at_its_place_in_the_cited_article(asked: Asked, articles: dict[str, Article]) -> None:
    extracts = [found for result in asked for found in _extracts(result)]
    assert [(cited.id, it) for cited, it in extracts if articles[cited.id].text[it.start : it.end] != it.text or not it.text] == []


def test_every_span_lies_in_its_quote_and_every_quote_in_its_passage(asked: Asked) -> None:
    evidence = [found for result in asked for found in _evidence(result)]
    assert [
        it for it in evidence if not it.passage.start <= it.quote.start <= it.span.start < it.span.end <= it.quote.end <= it.passage.end
    ] == []


def test_every_citation_names_its_article(asked: Asked, articles: dict[str, Article]) -> None:
    cited = {citation for result in asked for citation, _ in _extracts(result)}
    assert [citation for citation in cited if citation != Citation.of(articles[citation.id])] == []


def test_closest_passages_come_from_different_articles(asked: Asked) -> None:
    closest = [[near.citation.id for near in result.closest] for result in asked if isinstance(result, NoAnswer)]
    assert [ids for ids in closest if len(ids) != len(set(ids))] == []


def test_every_confidence_is_a_probability_and_reaches_the_threshold(asked: Asked) -> None:
    threshold = Settings(_env_file=None).min_confidence
    assert [result.confidence for result in asked if isinstance(result, Answer) and not threshold <= result.confidence <= 1] == []
