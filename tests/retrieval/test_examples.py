from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.article import Article
from retrieval.answer import Answer, Citation, Evidence, Extract, NoAnswer, Silence, Variant
from retrieval.answering import Asked
from retrieval.examples import MAX_TRIES, example_questions, suggestions
from retrieval.question import Kind
from tests.builders import an_article

BRIDGE = an_article(title="Bridge vote passes", text="Odette Farrow, the mayor, agreed. The old bridge will reopen on June 2.")
BRIDGE_TOO = an_article(address="https://x.example/2", title="A bridge vote recounted", text="Lionel Prewitt, the engineer, agreed.")
MUSEUM = an_article(address="https://x.example/3", title="Museum robbed", text="“We are shocked,” said Cosima Ferreira on Monday.")
DULL = an_article(address="https://x.example/4", title="Weather", text="It rained all day.")


def answering(article_ids: set[str], confidence: float = 0.9) -> Callable[[str], Asked]:
    """Return an `ask` that answers everything from these articles."""
    piece = Extract(0, 1, "x")
    evidence = tuple(Evidence(Citation(one, "t", "s", None, None, None), piece, piece, piece, confidence) for one in article_ids)
    return lambda question: Asked(Answer(question, Kind.WHO, Variant("x", evidence, 1), confidence), {})


@pytest.mark.parametrize(
    ("article", "questions"),
    [
        (BRIDGE, ["When will the old bridge reopen?", "Who is Odette Farrow?"]),
        (MUSEUM, ["What did Cosima Ferreira say?"]),
        (DULL, []),
        (replace(DULL, text="Police arrested Rufus Tanskey, 34, and Levi Tanskey, 29, both roofers."), []),
    ],
)
def test_the_wording_suggests_questions(article: Article, questions: list[str]) -> None:
    assert list(suggestions(article)) == questions


def test_examples_are_about_different_stories() -> None:
    ask = answering({BRIDGE.id, BRIDGE_TOO.id, MUSEUM.id})
    assert example_questions([BRIDGE, BRIDGE_TOO, DULL, MUSEUM], ask) == [
        "When will the old bridge reopen?",
        "What did Cosima Ferreira say?",
    ]


def test_the_limit_is_kept() -> None:
    assert example_questions([BRIDGE, MUSEUM], answering({BRIDGE.id, MUSEUM.id}), limit=1) == ["When will the old bridge reopen?"]


def test_what_is_answered_from_elsewhere_or_in_doubt_is_no_example() -> None:
    assert example_questions([BRIDGE], answering({MUSEUM.id})) == []
    assert example_questions([BRIDGE], answering({BRIDGE.id}, confidence=0.5)) == []


def test_only_so_many_questions_are_tried() -> None:
    asked: list[str] = []

    def ask(question: str) -> Asked:
        asked.append(question)
        return Asked(NoAnswer(question, Kind.WHO, Silence.NOT_FOUND), {})

    articles = [an_article(address=f"https://x.example/{number}", text=MUSEUM.text) for number in range(100)]
    assert example_questions(articles, ask) == []
    assert len(asked) == MAX_TRIES
