"""Passages of one report that stand in several articles."""

from dataclasses import replace

from corpus.article import Published
from retrieval.passage import Passage
from retrieval.repetition import Shown, without_repetition
from retrieval.search import HybridSearch
from tests.builders import TEXT, a_passage, an_article, passages_of
from tests.fakes import WordEmbedder
from tests.retrieval.conftest import Shelf

ORIGINAL = a_passage()
COPY = a_passage(address="https://wire.example/a", source="Wire", published=None)
ADDITION = (
    " The wire adds that the ferry stops running on the day on which the first cars go over the bridge again, whatever day that will be."
)


def test_the_original_speaks_for_a_copy_that_was_found_before_it() -> None:
    shown = without_repetition([COPY, ORIGINAL], {COPY.article.id: ORIGINAL.article.id})
    assert shown == [Shown(0, ORIGINAL, (COPY,))]


def test_articles_that_are_no_copies_are_all_shown() -> None:
    assert without_repetition([COPY, ORIGINAL], {}) == [Shown(0, COPY), Shown(1, ORIGINAL)]


def test_a_copy_without_its_original_speaks_for_itself() -> None:
    third = a_passage(address="https://echo.example/a", source="Echo")
    originals = {COPY.article.id: "gone", third.article.id: "gone"}
    assert without_repetition([COPY, third], originals) == [Shown(0, COPY, (third,))]


def test_what_a_copy_adds_is_shown() -> None:
    longer = a_passage(TEXT + ADDITION, address="https://wire.example/a")
    originals = {longer.article.id: ORIGINAL.article.id}
    assert [shown.passage for shown in without_repetition([ORIGINAL, longer], originals)] == [ORIGINAL, longer]
    assert without_repetition([longer, ORIGINAL], originals) == [Shown(0, longer, (ORIGINAL,))]  # which would lose the addition


def test_passages_of_one_article_never_hide_one_another() -> None:
    again = Passage(ORIGINAL.article, 1, len(TEXT))
    shown = without_repetition([ORIGINAL, again, COPY], {COPY.article.id: ORIGINAL.article.id})
    assert [(each.passage, each.copies) for each in shown] == [(ORIGINAL, (COPY,)), (again, ())]


def test_a_passage_that_two_others_share_out_is_not_shown_again() -> None:
    article = an_article(text=TEXT + ADDITION)
    first, second = Passage(article, 0, len(TEXT)), Passage(article, len(TEXT) - 60, len(article.text))
    middle = a_passage(article.text[40 : len(TEXT) + 70], address="https://wire.example/a")
    shown = without_repetition([first, second, middle], {middle.article.id: article.id})
    assert [each.passage for each in shown] == [first, second]


def test_search_finds_a_report_once_however_many_copies_there_are(shelf: Shelf) -> None:
    """Sixty copies fill both rankings; what else there is must come through."""
    copies = [
        an_article(
            address=f"https://paper{number}.example/",
            source=f"Paper {number}",
            published=Published.parse(f"2025-03-13T10:{number:02}"),
        )
        for number in range(60)
    ]
    other = replace(copies[0], address="https://other.example/", text="A bridge in another town has been open since last winter.")
    list(shelf.indexer().add([*copies, other]))
    hits = shelf.search.search("When will the bridge reopen?", 8)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len(hits) == len(passages_in(shelf, copies[0].id)) + 1
    assert {hit.report.id for hit in hits} == {copies[0].id, other.id}
    assert hits[0].passage.article == copies[0]
    assert len(hits[0].copies) == 59


def passages_in(shelf: Shelf, article_id: str) -> list[object]:
    return [key for key in shelf.vectors.kept if key.article_id == article_id]


def test_two_outlets_in_their_own_words_stay_two_hits(shelf: Shelf) -> None:
    own = an_article(address="https://wire.example/", text="From June 2 on, cars may use the Skelmouth bridge again, as the mayor told us.")
    list(shelf.indexer().add([an_article(), own]))
    hits = HybridSearch(catalog=shelf.catalog, embedder=WordEmbedder(), vectors=shelf.vectors, keywords=shelf.keywords).search("bridge", 8)
    assert {hit.passage.article.id for hit in hits} == {an_article().id, own.id}
    assert [hit.copies for hit in hits] == [()] * len(hits)
    assert passages_of(own)[0] in [hit.passage for hit in hits]
