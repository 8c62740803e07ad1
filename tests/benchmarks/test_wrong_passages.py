import random
from dataclasses import replace
from pathlib import Path

from benchmarks.collection import index_words
from benchmarks.wrong_passages import Pair, pairs_of, recognised
from corpus.article import Article
from retrieval.evaluation.squad import Gold, Paragraph, SquadArticle, SquadQuestion
from retrieval.passage import Passage
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


def test_the_wrong_passage_is_of_the_same_article_and_has_no_answer(tmp_path: Path) -> None:
    elsewhere = Article(address="squad:tower", title="Tower", text="The bridge and the tower were opened when the king came.")
    keywords = index_words([BRIDGE.article, elsewhere], tmp_path)
    (pair,) = pairs_of([BRIDGE], keywords, random.Random(0), 10)
    assert (pair.question, pair.right.text.startswith(FIRST)) == (OPENING, True)
    assert (pair.wrong.article, "1968" in pair.wrong.text) == (BRIDGE.article, False)


def test_a_question_without_a_wrong_passage_is_passed_over(tmp_path: Path) -> None:
    alone = SquadArticle(replace(BRIDGE.article, text=FIRST), BRIDGE.paragraphs[:1])
    assert list(pairs_of([alone], index_words([alone.article], tmp_path), random.Random(0), 10)) == []


def test_the_threshold_keeps_the_right_answers_and_the_wrong_passages_below_it_are_recognised() -> None:
    quiet, loud = (recognised([a_pair()] * 4, PhraseReader({"1968": 3.0, "the morning": score})) for score in (-2.0, 5.0))
    assert (quiet.found, quiet.threshold, quiet.share, loud.share) == (1.0, 3.0, 1.0, 0.0)
    assert (quiet.pairs, quiet.error) == (4, 0.0)
