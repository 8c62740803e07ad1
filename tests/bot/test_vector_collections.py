"""Which collection of vectors is in force, through a replacement and through a crash in the middle of one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.vector_collections import VectorCollections
from corpus.catalog import Catalog
from retrieval.store import open_chroma
from tests.databases import open_migrated


@pytest.fixture
def names(tmp_path: Path) -> Iterator["Names"]:
    engine = open_migrated(tmp_path / "catalog.db")
    yield Names(tmp_path, Catalog(engine))
    engine.dispose()


class Names:
    """The collections of one folder, and what they are called on the server."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self.catalog = catalog
        self.chroma = open_chroma(folder / "chroma", "")

    def made_with(self, model: str = "small") -> VectorCollections:
        return VectorCollections(self.catalog, self.chroma, model)

    @property
    def all(self) -> set[str]:
        return {collection.name for collection in self.chroma.list_collections()}


def test_the_same_collection_is_found_again(names: Names) -> None:
    names.made_with().current()
    first = names.all
    names.made_with().current()
    assert (len(first), names.all) == (1, first)


def test_a_new_collection_is_in_force_after_the_switch_and_the_old_one_goes(names: Names) -> None:
    collections = names.made_with()
    collections.current()
    old = names.all
    collections.begin()
    with names.catalog.transaction() as connection:
        collections.switch(connection)
    collections.tidy()
    collections.current()
    assert (len(names.all), names.all & old) == (1, set())


def test_a_collection_that_was_begun_and_never_finished_goes(names: Names) -> None:
    names.made_with().current()
    old = names.all
    names.made_with().begin()
    names.made_with().tidy()
    names.made_with().current()
    assert names.all == old


def test_vectors_of_another_model_are_complained_of_until_they_are_replaced(names: Names) -> None:
    names.made_with("small").current()
    large = names.made_with("large")
    assert large.complaints() == ["The index was made with the embedding model 'small', not 'large'."]
    large.begin()
    with names.catalog.transaction() as connection:
        large.switch(connection)
    assert (large.complaints(), len(names.made_with("small").complaints())) == ([], 1)
