from dataclasses import replace
from datetime import date

import pytest

from corpus.article import Article, Published
from retrieval.content_words import content_words
from retrieval.dates.recency import TimePreference
from retrieval.mentions import mentioned_share
from tests.builders import an_article, passages_of
from tests.fakes import WordEmbedder
from tests.retrieval.conftest import Shelf

BRIDGE = an_article()
FERRY = an_article(address="https://lowland.example/ferry", title="Ferry to run", text="Passengers pay two crowns for the crossing.")


def test_hits_tell_where_they_come_from(shelf: Shelf) -> None:
    list(shelf.indexer().add([BRIDGE, FERRY]))
    hits = shelf.search.search("What do passengers pay?", 10)
    assert hits[0].passage.article == FERRY
    assert (hits[0].rank, hits[0].similarity is not None) == (1, True)


def test_the_limit_is_kept(shelf: Shelf) -> None:
    list(shelf.indexer().add([BRIDGE, FERRY]))
    assert len(shelf.search.search("bridge", 2)) == 2


def a_report(number: int, text: str, day: str | None, title: str = "Ferry") -> Article:
    published = Published.parse(day) if day else None
    return an_article(address=f"https://x.example/{number}", title=title, text=text, published=published)


REPORTS = [
    a_report(1, "The toll on the ferry is five crowns.", "2025-01-10"),
    a_report(2, "The toll on the ferry is now six crowns again.", "2025-02-20"),
    a_report(3, "The ferry toll may one day go away, said the mayor of the town at a fair.", None),
    a_report(4, "A snail won the race at the fair.", "2025-03-01", "Fair"),
]


def found_first(shelf: Shelf, query: str, preference: TimePreference | None = None) -> str:
    return shelf.search.search(query, 4, preference)[0].passage.article.address[-1]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What is the toll on the ferry?", "1"),
        ("What is the latest toll on the ferry?", "2"),
        ("What is the toll on the ferry now?", "2"),
        ("What was the toll on the ferry in February?", "2"),
        ("What was the toll on the ferry last month?", "2"),
        ("What is the toll on the ferry since February 2025?", "2"),
        ("What was the toll on the ferry in January?", "1"),
        ("What was the toll on the ferry in 2019?", "1"),  # nothing is left out where nothing is from that time
    ],
)
def test_a_time_in_the_question_changes_the_order(shelf: Shelf, question: str, first: str) -> None:
    list(shelf.indexer().add(REPORTS))
    preference = TimePreference.of(question, date(2025, 3, 5))
    assert found_first(shelf, "What is the toll on the ferry?", preference) == first


def test_a_preferred_time_hides_nothing(shelf: Shelf) -> None:
    list(shelf.indexer().add(REPORTS))
    plain = shelf.search.search("toll on the ferry", 4)
    preferred = shelf.search.search("toll on the ferry", 4, TimePreference(newest=True))
    assert {hit.passage.article.id for hit in preferred} == {hit.passage.article.id for hit in plain}
    assert [hit.rank for hit in preferred] == [1, 2, 3, 4]


def test_no_preference_changes_nothing(shelf: Shelf) -> None:
    list(shelf.indexer().add(REPORTS))
    assert shelf.search.search("toll on the ferry", 4, TimePreference()) == shelf.search.search("toll on the ferry", 4)


def test_words_that_no_article_has_are_unknown(shelf: Shelf) -> None:
    list(shelf.indexer().add([BRIDGE, FERRY]))
    assert shelf.keywords.unknown(["bridge", "passenger", "paying", "june", "volcano", "asdf"]) == {"volcano", "asdf"}


def test_an_empty_index_finds_nothing(shelf: Shelf) -> None:
    assert shelf.search.search("bridge", 5) == []


def test_vectors_of_replaced_articles_are_passed_over(shelf: Shelf) -> None:
    list(shelf.indexer().add([BRIDGE]))
    stale = replace(BRIDGE, text="An older wording about the bridge.")
    shelf.vectors.add(passages_of(stale), WordEmbedder().embed([stale.text]))
    assert {hit.passage.article.revision for hit in shelf.search.search("older wording", 10)} == {BRIDGE.revision}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("When is the meeting?", ["meeting"]),
        ("who are they", ["who", "are", "they"]),
        ("How long was the war before the ceasefire?", ["war", "ceasefire"]),
        ("how many?", ["how", "many"]),
        ("how long ago did the mayor resign?", ["mayor", "resign"]),
        ('bridge" OR NEAR(x) bridge*', ["bridge", "near", "x"]),
        ("!?", []),
        ("why isn't the bridge open?", ["bridge", "open"]),
        ("Why won’t they say what he’d built, and who'll pay?", ["say", "built", "pay"]),
        ("doesn't it?", ["doesn", "t", "it"]),
        ("D'Angelo's bridge at Côte d'Ivoire", ["d", "angelo", "bridge", "côte", "ivoire"]),
    ],
)
def test_stop_words_do_not_search_unless_there_is_nothing_else(query: str, words: list[str]) -> None:
    assert content_words(query) == words


def test_a_sharp_s_is_searched_as_it_is_written(shelf: Shelf) -> None:
    waltz = an_article(text="Strauß wrote waltzes.")
    list(shelf.indexer().add([waltz]))
    assert [match.key.article_id for match in shelf.keywords.search("Strauß", 5)] == [waltz.id]
    assert mentioned_share("Strauß", waltz.text) == 1


@pytest.mark.parametrize("query", ['"', "a AND", "NEAR(", "col:x", "^", "*", "'; DROP TABLE articles; --", "\x00", "日本"])
def test_search_operators_in_a_question_are_harmless(shelf: Shelf, query: str) -> None:
    list(shelf.indexer().add([BRIDGE]))
    assert shelf.keywords.search(query, 5) == []


def test_words_match_by_their_stem_and_the_rarer_word_decides(shelf: Shelf) -> None:
    list(shelf.indexer().add([BRIDGE, FERRY]))
    best = shelf.keywords.search("bridges crossings", 5)[0]
    assert best.key.article_id == FERRY.id


def test_coverage_is_the_share_of_the_words_that_a_passage_has(shelf: Shelf) -> None:
    list(shelf.indexer().add([FERRY]))
    passage = passages_of(FERRY)[0]
    full, half, none = (shelf.keywords.coverage(query, [passage])[0] for query in ("ferry passengers", "passengers unicorns", "unicorns"))
    assert full == pytest.approx(1.0)
    assert 0 < half < 0.5  # a word that nobody has weighs more
    assert none == 0.0


HEALTH = an_article(address="https://x.example/who", title="Warning", text="The World Health Organization (WHO) warned of a fever.")
FEVER = an_article(address="https://x.example/fever", title="Fever", text="The WHO said that the fever spread.")


@pytest.mark.parametrize("query", ["WHO", "World Health Organization"])
def test_short_and_long_names_find_one_another(shelf: Shelf, query: str) -> None:
    list(shelf.indexer().add([BRIDGE, HEALTH, FEVER]))
    assert {match.key.article_id for match in shelf.keywords.search(query, 10)} == {HEALTH.id, FEVER.id}


def test_a_passage_with_the_short_name_covers_the_long_one(shelf: Shelf) -> None:
    list(shelf.indexer().add([BRIDGE, HEALTH, FEVER]))
    assert shelf.keywords.coverage("World Health Organization", [*passages_of(FEVER), *passages_of(BRIDGE)]) == [1.0, 0.0]
