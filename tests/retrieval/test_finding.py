from retrieval.finding import passages_for
from retrieval.question import Question
from tests.builders import an_article
from tests.retrieval.conftest import Shelf

TALKS = an_article(address="https://x.example/1", title="Leaders", text="Negotiations on the second phase will begin in February.")
FERRY = an_article(address="https://x.example/2", title="Ferry", text="A ferry made a start in May, with a brass band and a talk.")


def test_a_passage_with_synonyms_of_the_question_comes_before_one_with_its_words(shelf: Shelf) -> None:
    """BM25 sees only "start" and "talk"."""
    list(shelf.indexer().add([FERRY, TALKS]))
    hits = passages_for(Question.parse("when do the phase two talks start?"), shelf.search, shelf.keywords)
    best = max(hits, key=lambda hit: hit.score)
    assert best.passage.article == TALKS
    assert best.coverage > 0.5


def test_the_passage_that_leads_in_everything_has_a_score_of_one(shelf: Shelf) -> None:
    list(shelf.indexer().add([FERRY, TALKS]))
    hits = passages_for(Question.parse("when will negotiations on the second phase begin?"), shelf.search, shelf.keywords)
    assert max(hit.score for hit in hits) > 0.95


def test_nothing_is_found_in_an_empty_index(shelf: Shelf) -> None:
    assert passages_for(Question.parse("when?"), shelf.search, shelf.keywords) == []
