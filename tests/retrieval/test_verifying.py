"""Stores that differ in any way are found out."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import text

from corpus.article import Article
from retrieval.passage import PassageKey
from retrieval.verifying import disagreements
from tests.builders import an_article
from tests.fakes import ListStore
from tests.retrieval.conftest import Shelf

BRIDGE = an_article()
FERRY = an_article(address="https://lowland.example/ferry", title="Ferry runs until June", text="A ferry runs until the bridge opens.")


def run(shelf: Shelf, statement: str) -> None:
    with shelf.catalog.transaction() as connection:
        connection.execute(text(statement))


def damage_links(shelf: Shelf, statement: str) -> None:
    """Change the database as a program does that does not look at foreign keys."""
    with shelf.catalog.transaction() as connection:
        path = str(connection.engine.url.database)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(statement)


def drop_first_vector(shelf: Shelf) -> None:
    del shelf.vectors.kept[next(iter(shelf.vectors.kept))]


def add_vector(shelf: Shelf) -> None:
    shelf.vectors.kept[PassageKey(BRIDGE.id, "0" * 16, 0, 5)] = next(iter(shelf.vectors.kept.values()))


def exchange_vector(shelf: Shelf) -> None:
    """The sizes agree, so that counting alone sees nothing."""
    drop_first_vector(shelf)
    add_vector(shelf)


def put_without_passages(shelf: Shelf) -> None:
    lone: Article = an_article(address="https://lone.example/")
    with shelf.catalog.transaction() as connection:
        shelf.catalog.put(connection, lone, shelf.catalog.entries()[0].changed)


def test_stores_that_agree_give_no_complaint(shelf: Shelf) -> None:
    list(shelf.indexer().add([BRIDGE, FERRY]))
    assert disagreements(shelf.catalog, shelf.vectors) == []


@pytest.mark.parametrize(
    ("damage", "sentences"),
    [
        (drop_first_vector, ["The vector store lacks 1 of the catalog's 3 passages."]),
        (add_vector, ["The vector store has 1 passages that the catalog has not."]),
        (
            exchange_vector,
            ["The vector store lacks 1 of the catalog's 3 passages.", "The vector store has 1 passages that the catalog has not."],
        ),
        (lambda shelf: run(shelf, "DELETE FROM passage_words WHERE rowid = 1"), ["The keyword index lacks 1 of the catalog's 3 passages."]),
        (
            lambda shelf: run(shelf, "INSERT INTO passage_words (rowid, title, body) VALUES (9, 'a', 'b')"),
            ["The keyword index has 1 passages that the catalog has not."],
        ),
        (
            lambda shelf: run(shelf, "UPDATE passage_words SET body = 'other' WHERE rowid = 1"),
            ["The keyword index has other words for 1 passages than the catalog."],
        ),
        (
            lambda shelf: damage_links(shelf, f"UPDATE copies SET original_id = 'gone' WHERE article_id = '{BRIDGE.id}'"),
            ["1 links between copies lead to no other article."],
        ),
        (
            lambda shelf: damage_links(shelf, "INSERT INTO copies (article_id) VALUES ('gone')"),
            ["1 links between copies lead to no other article."],
        ),
        (put_without_passages, ["1 of the catalog's articles have no passages."]),
    ],
)
def test_a_difference_is_one_sentence(shelf: Shelf, damage: Callable[[Shelf], None], sentences: list[str]) -> None:
    list(shelf.indexer().add([BRIDGE, FERRY]))
    damage(shelf)
    assert disagreements(shelf.catalog, shelf.vectors) == sentences


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE copies SET original_id = 'gone' WHERE article_id = '{BRIDGE.id}'",
        f"UPDATE copies SET original_id = article_id WHERE article_id = '{BRIDGE.id}'",
        "INSERT INTO copies (article_id) VALUES ('gone')",
    ],
)
def test_reindexing_repairs_the_links_between_copies(shelf: Shelf, statement: str) -> None:
    list(shelf.indexer().add([BRIDGE, FERRY]))
    damage_links(shelf, statement)
    shelf.indexer(ListStore()).rebuild_vectors(lambda done, total: None, lambda connection: None)
    assert disagreements(shelf.catalog, shelf.vectors) == []
