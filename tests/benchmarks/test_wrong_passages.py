import random

from benchmarks.wrong_passages import Pair, pairs_of, recognised
from corpus.article import Article
from retrieval.passage import Passage
from retrieval.search import Hit
from retrieval.squad import Gold, Paragraph, SquadArticle, SquadQuestion
from tests.builders import a_hit
from tests.fakes import PhraseReader

OPENING = SquadQuestion("1", "When did the bridge open?", (Gold(19, "1968"),))
FIRST = "The bridge opened in 1968 after six years of work on its two towers."
SECOND = "Cars were let on the bridge in the morning and lorries of the harbour in the evening of that day, said the mayor."
BRIDGE = SquadArticle(
    Article(address="squad:bridge", title="Bridge", text=f"{FIRST}\n\n{SECOND * 8}"),
    (Paragraph(FIRST, 0, (OPENING,)), Paragraph(SECOND * 8, len(FIRST) + 2, ())),
)


def a_pair() -> Pair:
    text = BRIDGE.article.text
    return Pair(OPENING, Passage(BRIDGE.article, 0, len(FIRST)), Passage(BRIDGE.article, len(FIRST) + 2, len(text)))


def found(*passages: Passage) -> list[Hit]:
    return [a_hit(passage, rank=rank) for rank, passage in enumerate(passages, start=1)]


def test_the_wrong_passage_is_the_best_one_of_the_article_without_the_answer() -> None:
    pair = a_pair()
    elsewhere = Article(address="squad:tower", title="Tower", text="The tower was opened in the same year.")
    hits = found(pair.right, Passage(elsewhere, 0, len(elsewhere.text)), pair.wrong)
    pairs = list(pairs_of([BRIDGE], lambda question, limit: hits[:limit], random.Random(0), 10))
    assert [(each.question, each.right.text.startswith(FIRST), each.wrong) for each in pairs] == [(OPENING, True, pair.wrong)]


def test_a_question_without_a_wrong_passage_is_passed_over() -> None:
    assert list(pairs_of([BRIDGE], lambda question, limit: found(a_pair().right)[:limit], random.Random(0), 10)) == []


def test_the_threshold_keeps_the_right_answers_and_the_wrong_passages_below_it_are_recognised() -> None:
    quiet, loud = (recognised([a_pair()] * 4, PhraseReader({"1968": 3.0, "the morning": score})) for score in (-2.0, 5.0))
    assert (quiet.found, quiet.threshold, quiet.share, loud.share) == (1.0, 3.0, 1.0, 0.0)
    assert (quiet.pairs, quiet.error) == (4, 0.0)
