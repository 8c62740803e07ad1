"""Which collection of the vector store is in force: one is replaced by another while it is still being asked."""

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import Connection

from corpus.catalog import Catalog
from retrieval.store import ChromaStore, delete_collection

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

# Facts that the catalog remembers. The spare collection is one that nobody asks: not yet, or not any more.
_CURRENT, _SPARE, _EMBEDDING_MODEL = "collection", "spare_collection", "embedding_model"


class VectorCollections:
    """The collections of a catalog; new ones are for the vectors of the embedding model called `model`."""

    def __init__(self, catalog: Catalog, chroma: "ClientAPI", model: str) -> None:
        self._catalog = catalog
        self._chroma = chroma
        self._model = model

    def current(self) -> ChromaStore:
        """Return the collection in force, a new one where there was none."""
        name = self._catalog.fact(_CURRENT)
        if name is None:
            name = _new_name()
            with self._catalog.transaction() as connection:
                self._remember(connection, name)
        return ChromaStore(self._chroma, name)

    def begin(self) -> ChromaStore:
        """Return a new collection, which is in force only after `switch`; until then `tidy` deletes it."""
        name = _new_name()
        with self._catalog.transaction() as connection:
            self._catalog.remember(connection, _SPARE, name)
        return ChromaStore(self._chroma, name)

    def switch(self, connection: Connection) -> None:
        """Put the collection that `begin` returned in force, as part of a transaction; `tidy` deletes the one before it."""
        old, new = self._catalog.fact(_CURRENT), self._catalog.fact(_SPARE)
        if new:
            self._remember(connection, new)
            self._catalog.remember(connection, _SPARE, old or "")

    def tidy(self) -> None:
        """Delete the collection that is not in force, where there is one."""
        spare = self._catalog.fact(_SPARE)
        if spare:
            delete_collection(self._chroma, spare)
            with self._catalog.transaction() as connection:
                self._catalog.remember(connection, _SPARE, "")

    def complaints(self) -> list[str]:
        """Return a sentence where the vectors in force are of another model; else none."""
        made = self._catalog.fact(_EMBEDDING_MODEL)
        other = made not in {None, self._model}
        return [f"The index was made with the embedding model {made!r}, not {self._model!r}."] if other else []

    def _remember(self, connection: Connection, name: str) -> None:
        self._catalog.remember(connection, _CURRENT, name)
        self._catalog.remember(connection, _EMBEDDING_MODEL, self._model)


def _new_name() -> str:
    """Return a name that no other data folder uses on the same Chroma server."""
    return f"quotewire-{uuid4().hex}"
