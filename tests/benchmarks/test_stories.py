from collections import Counter

import pytest

from benchmarks.labelled import SAMPLE, SHARED, find_article
from benchmarks.news import NEWS
from benchmarks.scoring import Decisions
from benchmarks.stories import Labelled, differing, measured, put_together, read_labels, tellings
from corpus.article import Article
from retrieval.embedding import SentenceEmbedder
from tests.builders import an_article
from tests.fakes import WordEmbedder

LABELS = read_labels()
SHIPPED = [label for label in LABELS if (SAMPLE / f"{label.article}.md").is_file()]


def articles(count: int) -> list[Article]:
    return [an_article(address=f"https://x.example/{number}") for number in range(count)]


def test_there_are_enough_stories_and_enough_articles_that_are_like_them() -> None:
    sizes = Counter(label.story for label in LABELS)
    alone = sizes.pop(None)
    assert len({label.article for label in LABELS}) == len(LABELS)
    assert len(sizes) >= 15
    assert sum(sizes.values()) >= 60
    assert alone >= 60
    assert min(sizes.values()) >= 2


@pytest.mark.skipif(not (NEWS.is_dir() and (SHARED / "articles").is_dir()), reason="the shared articles and news are not on this machine")
def test_every_labelled_article_is_there() -> None:
    assert [label.article for label in LABELS if not find_article(label.article).text] == []


def test_pairs_are_counted_against_the_labels() -> None:
    labels = [Labelled("a", "x"), Labelled("b", "x"), Labelled("c", "x"), Labelled("d", None), Labelled("e", None)]
    named = articles(5)
    found = {article.id: story for article, story in zip(named, "11233", strict=True)}
    pairs = measured(labels, named, found)
    assert pairs == Decisions(right=1, wrong=1, missed=2)
    assert (pairs.precision, round(pairs.recall, 2), round(pairs.f1, 2)) == (0.5, 0.33, 0.4)
    assert list(differing(labels, named, found)) == [(True, "a", "c"), (True, "b", "c"), (False, "d", "e")]


def test_the_sample_can_be_put_together_without_a_model() -> None:
    shipped = [find_article(label.article) for label in SHIPPED]
    assert set(put_together(tellings(shipped, WordEmbedder()))) == {article.id for article in shipped}


@pytest.mark.models
def test_the_sample_articles_come_together_as_people_see_them() -> None:
    shipped = [find_article(label.article) for label in SHIPPED]
    found = put_together(tellings(shipped, SentenceEmbedder()))
    assert measured(SHIPPED, shipped, found).f1 >= 0.9
