"""The catalog on a real SQLite file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text

from corpus.arrivals import arrived_since
from corpus.article import Article, Published, id_of
from corpus.catalog import Catalog, Revision, SourceSummary
from corpus.database import open_database
from corpus.errors import DatabaseUnusable
from corpus.feed_catalog import FeedCatalog
from tests.builders import an_article
from tests.fakes import PowerCut

NOON = datetime(2025, 3, 12, 12, tzinfo=UTC)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    database = open_database(f"sqlite:///{tmp_path / 'catalog.db'}")
    yield Catalog(database)
    database.dispose()


def put(catalog: Catalog, *articles: Article, now: datetime = NOON) -> None:
    with catalog.transaction() as connection:
        for article in articles:
            catalog.put(connection, article, now)


def test_an_article_comes_back_as_it_went_in(catalog: Catalog) -> None:
    article = an_article(
        text="Café 😀\n\n“Quoted”",
        author="A. Writer",
        updated=Published.parse("2025-03-13T10:00Z"),
        place="LONDON",
        note="Correction: It is café.\nEditor’s note: It is.",
    )
    put(catalog, article)
    assert catalog.get(article.id) == article
    assert catalog.get("nothing") is None


def test_the_articles_and_feeds_of_an_older_database_stay_as_they_were(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'catalog.db'}")
    catalog, article = Catalog(database), an_article()
    put(catalog, article)
    feed = FeedCatalog(database, lambda: NOON).follow("https://post.example/feed", "Post", "feeds.opml")
    with database.begin() as connection:
        for table, column in (("articles", "updated"), ("articles", "place"), ("articles", "note"), ("feeds", "came_from")):
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        connection.execute(text("UPDATE corpus_version SET version_num = '0005'"))
    newer = Catalog(database)
    assert newer.get(article.id) == article
    assert newer.entries()[0].first_seen == NOON
    put(newer, replace(article, place="LONDON"))
    assert newer.get(article.id) == replace(article, place="LONDON")
    assert FeedCatalog(database, lambda: NOON).feeds() == [replace(feed, came_from=feed.address)]
    database.dispose()


def test_a_replaced_article_keeps_its_first_date(catalog: Catalog) -> None:
    article, later = an_article(), NOON + timedelta(days=1)
    put(catalog, article)
    put(catalog, replace(article, title="New"), now=later)
    entry = catalog.entries()[0]
    assert (entry.article.title, entry.first_seen, entry.changed) == ("New", NOON, later)


def test_the_newest_article_comes_first_and_undated_ones_last(catalog: Catalog) -> None:
    dates = {"a": "2025-01-01", "b": None, "c": "2025-03-01T10:00+00:00", "d": "2025-02"}
    put(catalog, *(an_article(address=name, published=Published.parse(day) if day else None) for name, day in dates.items()))
    assert [entry.article.address for entry in catalog.entries()] == ["c", "d", "a", "b"]


def test_articles_are_in_the_order_of_their_moments_wherever_their_clocks_stand(catalog: Catalog) -> None:
    dates = ["2024", "2025-01", "2025-01-29", "2025-01-30T01:00+00:00", "2025-01-29T23:00-05:00", "2025-01-30T10:15+05:30", "2025-01-31"]
    put(catalog, *(an_article(address=each, published=Published.parse(each)) for each in dates))
    newest_first = dates[::-1]
    assert [entry.article.address for entry in catalog.entries()] == newest_first
    assert [article.address for article in catalog.newest(3)] == newest_first[:3]
    assert arrived_since(catalog, NOON - timedelta(days=1)) == [id_of(address) for address in newest_first]


def test_sources_are_counted_with_their_newest_date(catalog: Catalog) -> None:
    put(
        catalog,
        an_article(address="a", source="Post", published=Published.parse("2025-01-01")),
        an_article(address="b", source="Post", published=Published.parse("2025-02-01")),
        an_article(address="c", source="", published=None),
        an_article(address="d", source="Wire", published=Published.parse("2025-01-30T01:00+00:00")),
        an_article(address="e", source="Wire", published=Published.parse("2025-01-29T23:00-05:00")),
        an_article(address="f", source="Wire", published=None),
    )
    assert catalog.sources() == [
        SourceSummary("Wire", 3, Published.parse("2025-01-29T23:00-05:00")),
        SourceSummary("Post", 2, Published.parse("2025-02-01")),
        SourceSummary("", 1, None),
    ]


def test_copies_are_found_by_their_words(catalog: Catalog) -> None:
    article = an_article()
    put(catalog, article)
    assert catalog.with_same_text(replace(article, address="elsewhere", text=article.text.upper())) == [article]
    assert catalog.with_same_text(article) == []


def test_every_article_is_walked_once(catalog: Catalog) -> None:
    articles = [an_article(address=f"https://x.example/{number}") for number in range(230)]
    put(catalog, *articles)
    assert {article.id for article in catalog.articles()} == {article.id for article in articles}
    assert len(list(catalog.articles())) == catalog.count() == 230


def test_removing_an_article_removes_its_passages(catalog: Catalog) -> None:
    article = an_article()
    put(catalog, article)
    with catalog.transaction() as connection:
        catalog.set_passages(connection, article.id, [(0, 5), (5, 9)])
    assert (catalog.passage_count(), catalog.entries()[0].passages) == (2, 2)
    with catalog.transaction() as connection:
        catalog.remove(connection, article.id)
    assert (catalog.passage_count(), catalog.count()) == (0, 0)


def test_doubt_is_kept_until_trusted_and_knows_the_current_revision(catalog: Catalog) -> None:
    article = an_article()
    put(catalog, article)
    current, old = Revision(article.id, article.revision), Revision(article.id, "0" * 16)
    with catalog.transaction() as connection:
        catalog.doubt(connection, [current, old, old])
    assert sorted(catalog.doubtful(), key=lambda pair: pair[1]) == [(old, False), (current, True)]
    with catalog.transaction() as connection:
        catalog.trust(connection, [current, old])
    assert catalog.doubtful() == []


def test_facts_are_remembered(catalog: Catalog) -> None:
    assert catalog.fact("model") is None
    for value in ("one", "two"):
        with catalog.transaction() as connection:
            catalog.remember(connection, "model", value)
    assert catalog.fact("model") == "two"


def test_a_failed_transaction_changes_nothing(catalog: Catalog) -> None:
    def fail_halfway() -> None:
        with catalog.transaction() as connection:
            catalog.put(connection, an_article(), NOON)
            raise PowerCut

    with pytest.raises(PowerCut):
        fail_halfway()
    assert catalog.count() == 0


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(
        DatabaseUnusable, match="DATABASE_URL names a postgresql database, but this version keeps its catalog in SQLite only"
    ):
        open_database("postgresql://localhost/x")


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(DatabaseUnusable, match="DATABASE_URL is not a database address"):
        open_database("nonsense")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "catalog.db").write_text("this is not a database, it is a text of some length" * 50)
    with pytest.raises(DatabaseUnusable, match="cannot be used"):
        Catalog(open_database(f"sqlite:///{tmp_path / 'catalog.db'}"))


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'catalog.db'}")
    Catalog(database)
    with database.begin() as connection:
        connection.execute(text("UPDATE corpus_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnusable, match="was made by a newer version of Quotewire"):
        Catalog(database)
    database.dispose()


def test_tables_that_were_not_all_made_are_made_at_the_next_start(tmp_path: Path) -> None:
    class Cut(Exception):
        pass

    def cut(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "CREATE TABLE facts" in statement:
            raise Cut

    for listening in (True, False):
        database = open_database(f"sqlite:///{tmp_path / 'catalog.db'}")
        if listening:
            event.listen(database, "before_cursor_execute", cut)
            with pytest.raises(Cut):
                Catalog(database)
        else:
            assert Catalog(database).count() == 0
        database.dispose()
