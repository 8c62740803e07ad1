"""Articles in and out while others change them too: small batches, each in its turn on the writer's thread."""

from collections.abc import Iterable, Iterator

from bot.writer import Writer
from corpus.article import Article
from corpus.loading import Skipped
from retrieval.indexing import Indexer
from retrieval.outcome import Indexed

BATCH_CHARACTERS = 12_000
"""Of the articles that are stored together: some 20 passages, which a slow machine embeds in three seconds."""
BATCH_ITEMS = 20


class SharedIndexing:
    """An `Indexing` that any thread may use; others' batches come in between. Raises Stopping where the writer is closing."""

    def __init__(self, indexer: Indexer, writer: Writer) -> None:
        self._indexer = indexer
        self._writer = writer

    def add(self, loaded: Iterable[Article | Skipped]) -> Iterator[Indexed]:
        """Yield what became of each item, after it is safely stored. Items are loaded on the caller's thread."""
        for batch in _batches(loaded):
            yield from self._writer.call(lambda batch=batch: list(self._indexer.add(batch)))  # type: ignore[misc]

    def remove(self, article_id: str) -> bool:
        """Remove an article from every store; return whether there was one."""
        return self._writer.call(lambda: self._indexer.remove(article_id))


def _batches(loaded: Iterable[Article | Skipped]) -> Iterator[list[Article | Skipped]]:
    """Yield what was loaded in lists that are stored within seconds; what was skipped does not wait for others."""
    batch: list[Article | Skipped] = []
    size = 0
    for item in loaded:
        batch.append(item)
        size += len(item.text) if isinstance(item, Article) else 0
        if size >= BATCH_CHARACTERS or len(batch) == BATCH_ITEMS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
