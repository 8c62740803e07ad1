"""The real Chroma, in a temporary folder."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import httpx
import numpy as np
import pytest

from retrieval.errors import IndexUnusable
from retrieval.store import ChromaStore, delete_collection, open_chroma
from tests.builders import an_article, passages_of
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

BRIDGE, FERRY = an_article(), an_article(address="https://lowland.example/ferry", text="Passengers pay two crowns for the crossing.")


def filled(folder: Path) -> ChromaStore:
    store = ChromaStore(open_chroma(folder), "passages")
    for article in (BRIDGE, FERRY):
        passages = passages_of(article)
        store.add(passages, WordEmbedder().embed([passage.text for passage in passages]))
    return store


def test_the_nearest_passage_comes_with_its_cosine(tmp_path: Path) -> None:
    matches = filled(tmp_path).nearest(WordEmbedder().embed([FERRY.text])[0], 5)
    assert [match.key.article_id for match in matches] == [FERRY.id, BRIDGE.id]
    assert matches[0].score == pytest.approx(1.0, abs=1e-5)
    assert matches[0].key == passages_of(FERRY)[0].key


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    filled(tmp_path)
    assert filled(tmp_path).count() == 2


def test_only_the_erased_revision_goes(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.erase(BRIDGE.id, "another revision")
    assert store.count() == 2
    store.erase(BRIDGE.id, BRIDGE.revision)
    assert [match.key.article_id for match in store.nearest(WordEmbedder().embed(["x"])[0], 5)] == [FERRY.id]


def test_vectors_come_back_for_the_passages_that_are_kept(tmp_path: Path) -> None:
    kept, unknown = passages_of(BRIDGE)[0], replace(passages_of(FERRY)[0].key, revision="unknown")
    found = filled(tmp_path).vectors_of([kept.key, unknown])
    assert list(found) == [kept.key]
    assert found[kept.key] == pytest.approx(WordEmbedder().embed([kept.text])[0], abs=1e-5)
    assert filled(tmp_path).vectors_of([]) == {}


def test_an_empty_store_has_nothing_near(tmp_path: Path) -> None:
    assert ChromaStore(open_chroma(tmp_path), "empty").nearest(np.ones(3, dtype=np.float32), 5) == []


def test_a_deleted_collection_is_gone_and_may_be_deleted_again(tmp_path: Path) -> None:
    filled(tmp_path)
    client = open_chroma(tmp_path)
    delete_collection(client, "passages")
    delete_collection(client, "passages")
    assert client.list_collections() == []


class GoneServer:
    """A client whose server has ended after `calls` calls; each collection of it is one, too."""

    def __init__(self, calls: int = 0) -> None:
        self._calls = calls

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*_: object, **__: object) -> "GoneServer":
            self._calls -= 1
            if self._calls < 0:
                raise httpx.ConnectError("[Errno 111] Connection refused")
            return GoneServer()

        return call


@pytest.mark.parametrize(
    "use",
    [
        lambda store: store.add(passages_of(BRIDGE), np.ones((1, 3), dtype=np.float32)),
        lambda store: store.erase(BRIDGE.id, BRIDGE.revision),
        lambda store: store.nearest(np.ones(3, dtype=np.float32), 5),
        lambda store: store.vectors_of([passages_of(BRIDGE)[0].key]),
        lambda store: store.keys(),
        lambda store: store.count(),
        lambda store: ChromaStore(cast("ClientAPI", GoneServer()), "passages"),
        lambda store: delete_collection(cast("ClientAPI", GoneServer()), "passages"),
    ],
)
def test_a_server_that_ends_meanwhile_is_one_sentence(use: Callable[[ChromaStore], object]) -> None:
    store = ChromaStore(cast("ClientAPI", GoneServer(calls=1)), "passages")
    with pytest.raises(IndexUnusable, match=r"^The server of the vector store does not answer; check that it runs, and CHROMA_URL\.$"):
        use(store)


def test_a_server_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match=r"The vector store at http://127\.0\.0\.1:9 cannot be opened; check CHROMA_URL"):
        open_chroma(tmp_path, "http://127.0.0.1:9")
