"""Two reports on one visit: what they agree on, and the one date on which they do not, in forty wordings; with the real models."""

from collections.abc import Callable

import pytest

from bot.settings import Settings
from corpus.article import Article
from corpus.loading import load
from retrieval.answer import Answer, NoAnswer
from retrieval.answering import Answerer
from retrieval.asking.spelling import Speller
from retrieval.confidence import Calibration
from retrieval.embedding import SentenceEmbedder
from retrieval.evaluation.fresh_index import fresh_index
from retrieval.evaluation.text_scores import is_right
from retrieval.reading import SpanReader
from tests.running import SHARED_ARTICLES
from tests.test_question_sets import SHARED_QUESTIONS, Labelled, read

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(not SHARED_ARTICLES.is_dir(), reason="the two shared articles are not on this machine"),
]

Ask = Callable[[str], Answer | NoAnswer]
TALKS = {"--02-16", "--02-03"}
"""Neither article is dated: the year is not known."""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    embedder = SentenceEmbedder()
    articles = [item for item in load([str(SHARED_ARTICLES)]) if isinstance(item, Article)]
    search, keywords = fresh_index(articles, embedder, tmp_path_factory.mktemp("shared"))
    answerer = Answerer(
        search=search,
        keywords=keywords,
        embedder=embedder,
        reader=SpanReader(),
        calibration=Calibration.load(),
        speller=Speller(keywords),
        min_confidence=Settings.model_fields["min_confidence"].default,
    )
    return lambda text: answerer.ask(text).result


@pytest.fixture(scope="module")
def results(ask: Ask) -> list[tuple[Labelled, Answer | NoAnswer]]:
    return [(labelled, ask(labelled.question)) for labelled in read(SHARED_QUESTIONS)]


def values(answer: Answer) -> set[str]:
    """Return every version that the answer shows."""
    return {answer.variant.value, *(variant.value for variant in answer.disagreements)}


@pytest.mark.parametrize(
    "question",
    [
        "when do phase two talks begin?",
        "when do the phase two talks start?",
        "when is phase two scheduled to begin?",
        "When will the negotiations on the second phase begin?",
    ],
)
def test_the_start_of_the_talks_is_shown_as_a_disagreement_however_it_is_asked_for(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert isinstance(answer, Answer)
    assert values(answer) == TALKS


def test_the_day_of_the_meeting_is_agreed_on(ask: Ask) -> None:
    answer = ask("when is the meeting?")
    assert isinstance(answer, Answer)
    assert (answer.variant.value, answer.variant.sources, answer.disagreements) == ("2025-02-04", 2, ())


def is_answered_right(labelled: Labelled, result: Answer | NoAnswer) -> bool:
    if isinstance(result, NoAnswer):
        return False
    best = result.variant.best
    return is_right(best.span.text, best.quote.text, labelled.answers, wants_sentence=result.kind.wants_sentence)


def test_most_questions_are_answered_right_and_most_without_an_answer_refused(results: list[tuple[Labelled, Answer | NoAnswer]]) -> None:
    right = sum(is_answered_right(labelled, result) for labelled, result in results)
    refused = sum(isinstance(result, NoAnswer) for labelled, result in results if not labelled.answers)
    assert (right >= 20, refused >= 6) == (True, True)


def test_nothing_else_is_taken_for_a_disagreement(results: list[tuple[Labelled, Answer | NoAnswer]]) -> None:
    disagreeing = [(labelled, result) for labelled, result in results if isinstance(result, Answer) and result.disagreements]
    assert [labelled.question for labelled, _ in disagreeing if not labelled.disagrees] == []
    assert all(values(result) == TALKS for _, result in disagreeing)
