from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from corpus.addresses import canonical_url
from corpus.article import Article, Published
from corpus.catalog import CatalogEntry
from corpus.copies import Copies
from corpus.loading import Skipped
from retrieval.outcome import Indexed, Outcome
from retrieval.protocols import Vectors
from tests.builders import an_article
from tests.fakes import FailingStore, ListStore, PowerCut
from tests.retrieval.conftest import NOON, Shelf

BRIDGE = an_article()
FERRY = an_article(
    address="https://lowland.example/ferry", title="Ferry runs until June", text="A ferry runs between the banks until the bridge opens."
)


def outcomes(shelf: Shelf, *items: Article | Skipped) -> list[Outcome]:
    return [result.outcome for result in shelf.indexer().add(items)]


def found(shelf: Shelf, query: str) -> set[str]:
    return {hit.passage.article.id for hit in shelf.search.search(query, 10)}


def originals(shelf: Shelf) -> dict[str, str]:
    return Copies(shelf.catalog).originals(article.id for article in shelf.catalog.articles())


def state(shelf: Shelf, vectors: ListStore) -> tuple[set[tuple[str, str]], set[tuple[str, str]], int, int]:
    """Return what the catalog and the vectors hold, by article and revision, and both counts of passages."""
    articles = {(article.id, article.revision) for article in shelf.catalog.articles()}
    return articles, {(key.article_id, key.revision) for key in vectors.kept}, shelf.catalog.passage_count(), shelf.keywords.count()


def test_what_was_added_is_reported_and_found(shelf: Shelf) -> None:
    results = list(shelf.indexer().add([BRIDGE]))
    assert results == [Indexed(Outcome.ADDED, "bridge.md", BRIDGE.id, BRIDGE.title, passages=2)]
    assert found(shelf, "bridge reopen") == {BRIDGE.id}
    assert shelf.catalog.entries()[0].first_seen == NOON


def test_the_same_article_again_changes_nothing(shelf: Shelf) -> None:
    assert outcomes(shelf, BRIDGE) == [Outcome.ADDED]
    before = dict(shelf.vectors.kept)
    assert outcomes(shelf, BRIDGE) == [Outcome.UNCHANGED]
    assert shelf.vectors.kept == before


class NoEmbedder:
    """An Embedder that is not to be asked."""

    @property
    def name(self) -> str:
        return "none"

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(f"{len(texts)} texts were embedded")


@pytest.mark.parametrize(
    "change",
    [
        {"note": "Correction: It is the old bridge."},
        {"updated": Published.parse("2025-03-13")},
        {"place": "LONDON"},
        {"published": Published.parse("2025-03-11")},
        {"author": "Jane Doe", "source": "The Post"},
    ],
)
def test_what_is_known_beside_the_words_is_brought_up_to_date_without_embedding(shelf: Shelf, change: dict[str, object]) -> None:
    outcomes(shelf, BRIDGE)
    [before] = shelf.catalog.entries()
    vectors = {(key.start, key.end): vector.tolist() for key, vector in shelf.vectors.kept.items()}
    changed, later = replace(BRIDGE, **change), NOON + timedelta(days=1)  # type: ignore[arg-type]
    [result] = shelf.indexer(now=later, embedder=NoEmbedder()).add([changed])
    assert (result.outcome, result.passages) == (Outcome.UPDATED, before.passages)
    assert shelf.catalog.entries() == [CatalogEntry(changed, NOON, later, before.passages)]
    assert state(shelf, shelf.vectors) == ({(changed.id, changed.revision)}, {(changed.id, changed.revision)}, 2, 2)
    assert {(key.start, key.end): vector.tolist() for key, vector in shelf.vectors.kept.items()} == vectors
    assert [each.outcome for each in shelf.indexer(embedder=NoEmbedder()).add([changed])] == [Outcome.UNCHANGED]


@pytest.mark.parametrize("change", [{"title": "Bridge stays shut"}, {"text": "The quay stays shut."}])
def test_other_words_are_embedded_anew(shelf: Shelf, change: dict[str, object]) -> None:
    outcomes(shelf, BRIDGE)
    with pytest.raises(AssertionError, match="embedded"):
        list(shelf.indexer(embedder=NoEmbedder()).add([replace(BRIDGE, **change)]))  # type: ignore[arg-type]


def test_words_whose_vectors_were_lost_are_embedded_anew(shelf: Shelf) -> None:
    outcomes(shelf, BRIDGE)
    shelf.vectors.kept.popitem()
    assert outcomes(shelf, replace(BRIDGE, place="LONDON")) == [Outcome.UPDATED]
    assert shelf.vectors.count() == 2


@pytest.mark.parametrize("address", ["http://harbourpost.example/2025/bridge", "https://www.harbourpost.example/2025/bridge"])
def test_an_article_is_known_by_its_page_whichever_way_it_is_reached(shelf: Shelf, address: str) -> None:
    outcomes(shelf, BRIDGE)
    before = dict(shelf.vectors.kept)
    again = replace(BRIDGE, address=address)
    assert outcomes(shelf, again, again) == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert shelf.vectors.kept == before  # nothing was embedded again
    assert outcomes(shelf, replace(again, text="The quay stays shut.")) == [Outcome.UPDATED]
    [entry] = shelf.catalog.entries()
    assert (entry.article.id, entry.article.address, entry.article.text) == (BRIDGE.id, BRIDGE.address, "The quay stays shut.")


def test_two_ways_to_one_page_in_one_batch_are_one_article(shelf: Shelf) -> None:
    changed = replace(BRIDGE, address="https://www.harbourpost.example/2025/bridge", text="The quay stays shut.")
    assert outcomes(shelf, BRIDGE, changed) == [Outcome.ADDED, Outcome.UPDATED]
    assert [article.id for article in shelf.catalog.articles()] == [BRIDGE.id]


def test_a_page_under_a_tracker_is_unchanged_and_changed_it_keeps_its_id_and_first_date(shelf: Shelf) -> None:
    def page(text: str) -> Article:
        address = canonical_url("https://m.harbourpost.example/2025/bridge?amp=1&utm_source=rss&fbclid=1#top")
        return replace(BRIDGE, address=address, text=text)

    outcomes(shelf, BRIDGE)
    assert outcomes(shelf, page(BRIDGE.text)) == [Outcome.UNCHANGED]
    later = NOON + timedelta(days=1)
    list(shelf.indexer(now=later).add([page("The quay stays shut.")]))
    [entry] = shelf.catalog.entries()
    assert (entry.article.id, entry.first_seen, entry.changed) == (BRIDGE.id, NOON, later)


def test_the_same_article_twice_in_one_batch_is_added_once(shelf: Shelf) -> None:
    assert outcomes(shelf, BRIDGE, BRIDGE) == [Outcome.ADDED, Outcome.UNCHANGED]


def test_a_changed_article_replaces_its_passages(shelf: Shelf) -> None:
    changed = replace(BRIDGE, text="The quay stays shut.")
    assert outcomes(shelf, BRIDGE) + outcomes(shelf, changed) == [Outcome.ADDED, Outcome.UPDATED]
    assert state(shelf, shelf.vectors) == ({(changed.id, changed.revision)}, {(changed.id, changed.revision)}, 1, 1)
    assert [hit.passage.text for hit in shelf.search.search("mayor", 5)] == ["The quay stays shut."]


@pytest.mark.parametrize("source", [BRIDGE.source, f"The {BRIDGE.source.upper()}"])
def test_the_same_text_of_one_outlet_at_another_address_is_a_duplicate(shelf: Shelf, source: str) -> None:
    copy = replace(BRIDGE, address="https://other.example/copy", text=BRIDGE.text.upper(), source=source, file="copy.md")
    results = list(shelf.indexer().add([BRIDGE, copy]))
    assert results[1] == Indexed(
        Outcome.DUPLICATE, "copy.md", BRIDGE.id, copy.title, reason=f"it has the same text as bridge.md ({BRIDGE.id})"
    )
    assert shelf.catalog.count() == 1


def test_the_same_text_of_another_outlet_is_kept_as_a_copy(shelf: Shelf) -> None:
    copy = replace(BRIDGE, address="https://other.example/copy", source="Meridian Wire", published=None)
    assert outcomes(shelf, copy, BRIDGE) == [Outcome.ADDED, Outcome.ADDED]
    assert outcomes(shelf, replace(copy, address="https://other.example/again")) == [Outcome.DUPLICATE]
    assert originals(shelf) == {copy.id: BRIDGE.id}


def test_a_file_without_a_publisher_that_has_the_same_text_is_a_duplicate(shelf: Shelf) -> None:
    assert outcomes(shelf, BRIDGE, replace(BRIDGE, address="file:///copy.txt", source="")) == [Outcome.ADDED, Outcome.DUPLICATE]


def test_a_file_that_says_later_where_it_was_published_gets_its_url_and_stays_one_article(shelf: Shelf) -> None:
    noted = replace(BRIDGE, address="file:///news/bridge.md")
    assert outcomes(shelf, noted, FERRY) == [Outcome.ADDED, Outcome.ADDED]
    later = NOON + timedelta(days=1)
    assert list(shelf.indexer(now=later, embedder=NoEmbedder()).add([BRIDGE])) == [
        Indexed(Outcome.UPDATED, "bridge.md", BRIDGE.id, BRIDGE.title, passages=2)
    ]
    revisions = {(article.id, article.revision) for article in (BRIDGE, FERRY)}
    assert state(shelf, shelf.vectors) == (revisions, revisions, 3, 3)
    assert next(entry for entry in shelf.catalog.entries() if entry.article == BRIDGE) == CatalogEntry(BRIDGE, NOON, later, 2)
    assert originals(shelf) == {}
    assert outcomes(shelf, BRIDGE) == [Outcome.UNCHANGED]


def test_another_file_with_the_same_words_does_not_take_the_place_of_the_first(shelf: Shelf) -> None:
    noted = replace(BRIDGE, address="file:///news/bridge.md")
    assert outcomes(shelf, noted, replace(BRIDGE, file="copy.md")) == [Outcome.ADDED, Outcome.DUPLICATE]
    assert outcomes(shelf, replace(noted, address="file:///old/bridge.md")) == [Outcome.DUPLICATE]


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("fatal", [2, 3])
def test_a_crash_while_a_file_gets_its_url_leaves_one_whole_article(shelf: Shelf, fatal: int, done: bool) -> None:
    vectors = FailingStore(fatal, done=done)
    list(shelf.indexer(vectors).add([replace(BRIDGE, address="file:///news/bridge.md")]))
    with pytest.raises(PowerCut):
        list(shelf.indexer(vectors).add([BRIDGE]))
    shelf.indexer(vectors).recover()
    articles, stored, passages, words = state(shelf, vectors)
    assert stored == articles
    assert passages == words == vectors.count() == 2


def test_links_follow_what_is_changed_removed_and_rebuilt(shelf: Shelf) -> None:
    wire, post = (replace(BRIDGE, address=f"https://{name}.example/", source=name, published=None) for name in ("wire", "post"))
    outcomes(shelf, BRIDGE, wire, post)
    assert set(originals(shelf).values()) == {BRIDGE.id}
    outcomes(shelf, replace(wire, text=FERRY.text))
    assert originals(shelf) == {post.id: BRIDGE.id}
    outcomes(shelf, wire)
    shelf.indexer().remove(BRIDGE.id)
    linked = originals(shelf)
    assert len(linked) == 1
    shelf.indexer(ListStore()).rebuild_vectors(lambda done, total: None, lambda connection: None)
    assert originals(shelf) == linked


def test_articles_of_an_older_database_are_linked_once(shelf: Shelf) -> None:
    wire = replace(BRIDGE, address="https://wire.example/", source="Wire", published=None)
    with shelf.catalog.transaction() as connection:
        for article in (BRIDGE, wire):
            shelf.catalog.put(connection, article, NOON)
    assert (shelf.indexer().link_copies(), originals(shelf)) == (2, {wire.id: BRIDGE.id})
    assert shelf.indexer().link_copies() == 0


def visits(*more: str) -> list[Article]:
    """Return four articles of one site, each about a visit of its own, with `more` below."""
    told = ("Ada saw the castle at noon.", "Bo ate eels by the old harbour.", "Cy lost a hat on the ferry.", "Di rang the big bell.")
    return [an_article(address=f"https://post.example/{text[:2]}", text="\n\n".join([text, *more])) for text in told]


def test_furniture_is_dropped_from_earlier_articles_when_it_becomes_known(shelf: Shelf) -> None:
    first, again = visits("Weather, traffic and tides"), visits()
    before = outcomes(shelf, *first[:2])
    [entry, *_] = shelf.catalog.entries()
    list(shelf.indexer(now=NOON + timedelta(days=1)).add(first[2:]))
    assert (before, {article.text for article in shelf.catalog.articles()}) == ([Outcome.ADDED] * 2, {article.text for article in again})
    articles, stored, passages, words = state(shelf, shelf.vectors)
    assert (stored, passages, words) == (articles, 4, 4)
    assert all(hit.passage.article.text[hit.passage.start :].startswith(hit.passage.text) for hit in shelf.search.search("castle", 9))
    changed = {entry.changed for entry in shelf.catalog.entries()}
    assert changed == {NOON, NOON + timedelta(days=1)}  # to be cleaned is not news
    assert entry.passages == 1


def test_an_article_does_not_change_to_and_fro(shelf: Shelf) -> None:
    """The site sends its furniture every time."""
    outcomes(shelf, *visits("Weather, traffic and tides"))
    assert outcomes(shelf, *visits("Weather, traffic and tides")) == [Outcome.UNCHANGED] * 4
    assert outcomes(shelf, *visits()) == [Outcome.UNCHANGED] * 4


def test_what_could_not_be_loaded_is_passed_on_and_the_rest_done(shelf: Shelf) -> None:
    results = list(shelf.indexer().add([Skipped("a.txt", "it is empty"), BRIDGE]))
    assert results[0] == Indexed(Outcome.SKIPPED, "a.txt", reason="it is empty")
    assert results[1].outcome == Outcome.ADDED


def test_a_removed_article_leaves_nothing(shelf: Shelf) -> None:
    outcomes(shelf, BRIDGE, FERRY)
    assert shelf.indexer().remove(BRIDGE.id) is True
    assert state(shelf, shelf.vectors) == ({(FERRY.id, FERRY.revision)}, {(FERRY.id, FERRY.revision)}, 1, 1)
    assert shelf.indexer().remove(BRIDGE.id) is False


def test_a_rebuild_makes_the_same_index_in_another_store(shelf: Shelf) -> None:
    outcomes(shelf, BRIDGE, FERRY)
    target, switched = ListStore(), []

    def switch(connection: Connection) -> None:
        switched.append(target.count())

    progress: list[tuple[int, int]] = []
    indexer = shelf.indexer(target)
    assert indexer.rebuild_vectors(lambda done, total: progress.append((done, total)), switch) == 3
    indexer.rebuild_words()
    assert target.kept.keys() == shelf.vectors.kept.keys()
    assert (switched, progress) == ([3], [(0, 2), (2, 2)])
    assert (shelf.catalog.passage_count(), shelf.keywords.count()) == (3, 3)


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("fatal", [1, 2, 3, 4])
def test_a_crash_at_any_change_of_the_vectors_leaves_articles_whole_or_absent(shelf: Shelf, fatal: int, done: bool) -> None:
    vectors = FailingStore(fatal, done=done)
    changed = replace(BRIDGE, text="The quay stays shut.")

    def change() -> None:
        list(shelf.indexer(vectors).add([BRIDGE]))  # change 1
        list(shelf.indexer(vectors).add([changed, FERRY]))  # changes 2 and 3
        shelf.indexer(vectors).remove(FERRY.id)  # change 4

    with pytest.raises(PowerCut):
        change()
    shelf.indexer(vectors).recover()
    articles, stored, passages, words = state(shelf, vectors)
    assert stored == articles
    assert passages == words == vectors.count()
    assert shelf.catalog.doubtful() == []
