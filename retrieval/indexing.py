"""Articles into the stores, and out of them, so that a crash at any moment leaves each article whole or absent."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from sqlalchemy import Connection

from corpus.addresses import same_page
from corpus.article import Article, id_of
from corpus.catalog import Catalog, Revision
from corpus.copies import Copies
from corpus.dedupe import same_outlet
from corpus.loading import Skipped
from corpus.site_lines import SiteLines
from retrieval.chunking import Chunker
from retrieval.keywords import Fts5Index
from retrieval.outcome import Indexed, Outcome
from retrieval.passage import Passage, PassageKey
from retrieval.protocols import Embedder, Vectors, VectorStore

BATCH_PASSAGES = 128
"""Passages embedded and stored together: enough to keep the model busy, little to redo after a crash."""

BATCH_ARTICLES = 20
"""Articles that are compared, or cleaned, together."""

REBUILD_PASSAGES = 24
"""Passages embedded together in a rebuild, which may be stopped between two batches."""

MOST_CLEANED = 40
"""Earlier articles that one addition cleans of what has since been learnt to be furniture; the next one goes on."""


@dataclass(frozen=True, slots=True)
class _Pending:
    """An article that waits for its batch."""

    article: Article
    passages: list[Passage]
    replaced: Article | None
    changed: datetime | None = None
    """When it last changed, None for now."""

    @property
    def former_id(self) -> str:
        """The id that the article had at its former address; empty where it has not moved."""
        return self.replaced.id if self.replaced and self.replaced.id != self.article.id else ""

    def former_keys(self) -> Iterator[PassageKey | None]:
        """Yield for each passage under which key the same words are kept, None where they are new or have another title."""
        old, new = self.replaced, self.article
        is_same = old is not None and (old.title, old.text) == (new.title, new.text)
        for passage in self.passages:
            yield replace(passage, article=old).key if old and is_same else None


class Indexer:
    """Keeps the catalog, the vector store and the keyword index in step. One process at a time may use it."""

    def __init__(
        self,
        *,
        catalog: Catalog,
        chunker: Chunker,
        embedder: Embedder,
        vectors: VectorStore,
        keywords: Fts5Index,
        clock: Callable[[], datetime],
    ) -> None:
        self._catalog = catalog
        self._copies = Copies(catalog)
        self._lines = SiteLines(catalog)
        self._chunker = chunker
        self._embedder = embedder
        self._vectors = vectors
        self._keywords = keywords
        self._clock = clock

    def recover(self) -> int:
        """Erase what an interrupted change left in the vector store; return how many revisions that concerned."""
        doubtful = self._catalog.doubtful()
        for revision, is_current in doubtful:
            if not is_current:
                self._vectors.erase(revision.article_id, revision.revision)
            with self._catalog.transaction() as connection:
                self._catalog.trust(connection, [revision])
        return len(doubtful)

    def add(self, loaded: Iterable[Article | Skipped]) -> Iterator[Indexed]:
        """Index what was loaded; yield one result per item, in batches, each after it is safely stored."""
        batch: list[_Pending] = []
        for item in loaded:
            if isinstance(item, Skipped):
                yield Indexed(Outcome.SKIPPED, item.source, reason=item.reason)
                continue
            cleaned = self._lines.clean(item)
            if any(_may_be_one(cleaned, pending.article) for pending in batch):
                yield from self._store(batch)
                batch = []
            article, known = self._as_known(cleaned)
            settled = self._settled(article, known)
            if settled:
                yield settled
                continue
            batch.append(_Pending(article, self._chunker.cut(article), known))
            if sum(len(pending.passages) for pending in batch) >= BATCH_PASSAGES:
                yield from self._store(batch)
                batch = []
        yield from self._store(batch)
        self._clean_earlier()

    def _clean_earlier(self) -> None:
        """Drop from earlier articles what was learnt since to be furniture of their site; they count as changed when they last were."""
        unclean = self._lines.unclean(MOST_CLEANED)
        for start in range(0, len(unclean), BATCH_ARTICLES):
            some = unclean[start : start + BATCH_ARTICLES]
            cleaned = [(self._lines.clean(article), article, changed) for article, changed in some]
            self._store([_Pending(new, self._chunker.cut(new), old, changed) for new, old, changed in cleaned if new != old])
            with self._catalog.transaction() as connection:
                for same in (new for new, old, _ in cleaned if new == old):
                    self._lines.keep(connection, same)

    def remove(self, article_id: str) -> bool:
        """Remove an article from every store; return whether there was one."""
        article = self._catalog.get(article_id)
        if article is None:
            return False
        revision = Revision(article.id, article.revision)
        with self._catalog.transaction() as connection:
            self._catalog.doubt(connection, [revision])
            self._drop(connection, article.id)
        self._erase([revision])
        return True

    def link_copies(self) -> int:
        """Find the copies among articles from before copies were looked for; return how many articles that concerned."""
        unlinked = self._copies.unlinked()
        for start in range(0, len(unlinked), BATCH_ARTICLES):
            self._compare(self._catalog.get_many(unlinked[start : start + BATCH_ARTICLES]).values())
        return len(unlinked)

    def rebuild_vectors(self, progress: Callable[[int, int], None], switch: Callable[[Connection], None]) -> int:
        """Cut, embed and link every article of the catalog anew, vectors into an empty store; return the number of passages.

        `progress` gets (articles done, articles in all). When all vectors are there, `switch` puts the new store in force, in a
        transaction of its own; `rebuild_words` is due then.
        """
        total, done, passages = self._catalog.count(), 0, 0
        progress(0, total)
        with self._catalog.transaction() as connection:
            self._copies.drop_strays(connection)
        for pending in _batches((article, self._chunker.cut(article)) for article in self._catalog.articles()):
            pieces = [piece for _, cut in pending for piece in cut]
            self._vectors.add(pieces, self._embed(pieces))
            self._compare(article for article, _ in pending)
            done, passages = done + len(pending), passages + len(pieces)
            progress(done, total)
        with self._catalog.transaction() as connection:
            switch(connection)
        return passages

    def rebuild_words(self) -> None:
        """Cut every article of the catalog anew and replace what the keyword index knows of it.

        Each article changes in one step, and others may write between two of them.
        """
        for article in self._catalog.articles():
            passages = self._chunker.cut(article)
            with self._catalog.transaction() as connection:
                self._index_words(connection, article, passages)

    def _compare(self, articles: Iterable[Article]) -> None:
        """Compare some articles with the others anew; a few at a time, so that other writers never wait long."""
        with self._catalog.transaction() as connection:
            for article in articles:
                self._copies.link(connection, article)
                self._lines.note(connection, article)

    def _as_known(self, article: Article) -> tuple[Article, Article | None]:
        """Return `article` under the address that it came from first (by http or https, with or without "www."), and as it is known.

        One that is known by its file alone gets the URL that the file says by now.
        """
        ids = [id_of(address) for address in same_page(article.address)]
        found = self._catalog.get_many(ids)
        known = found.get(article.id) or next((found[each] for each in ids if each in found), None)
        if known is not None:
            return replace(article, address=known.address), known
        return article, next((other for other in self._catalog.with_same_text(article) if _is_without_url(other, article)), None)

    def _settled(self, article: Article, known: Article | None) -> Indexed | None:
        """Return the result for an article that needs no work: it is there already, or its outlet's same words are; else None."""
        if known is not None:
            same = (known.id, known.revision) == (article.id, article.revision)
            return Indexed(Outcome.UNCHANGED, _name(article), article.id, article.title) if same else None
        twin = next((other for other in self._catalog.with_same_text(article) if same_outlet(article, other)), None)
        if twin is None:
            return None  # another outlet's copy is kept: it can be cited
        reason = f"it has the same text as {_name(twin)} ({twin.id})"
        return Indexed(Outcome.DUPLICATE, _name(article), twin.id, article.title, reason=reason)

    def _store(self, batch: list[_Pending]) -> list[Indexed]:
        """Store a batch: vectors first, then, in one transaction, all that makes the articles visible."""
        new = [Revision(pending.article.id, pending.article.revision) for pending in batch]
        old = [Revision(pending.replaced.id, pending.replaced.revision) for pending in batch if pending.replaced]
        pieces = [passage for pending in batch for passage in pending.passages]
        with self._catalog.transaction() as connection:
            self._catalog.doubt(connection, [*new, *old])
        self._vectors.add(pieces, self._made(batch))
        with self._catalog.transaction() as connection:
            for pending in batch:
                self._catalog.put(connection, pending.article, pending.changed or self._clock(), former_id=pending.former_id)
                if pending.former_id:
                    self._drop(connection, pending.former_id)
                self._index_words(connection, pending.article, pending.passages)
                self._copies.link(connection, pending.article)
                self._lines.note(connection, pending.article)
            self._catalog.trust(connection, new)
        self._erase(old)
        return [
            Indexed(
                Outcome.UPDATED if pending.replaced else Outcome.ADDED,
                _name(pending.article),
                pending.article.id,
                pending.article.title,
                len(pending.passages),
            )
            for pending in batch
        ]

    def _drop(self, connection: Connection, article_id: str) -> None:
        """Remove an article from the catalog and all that is in its database."""
        self._keywords.drop(connection, article_id)
        self._copies.unlink(connection, article_id)
        self._catalog.remove(connection, article_id)

    def _index_words(self, connection: Connection, article: Article, passages: list[Passage]) -> None:
        """Replace what the catalog and the keyword index know of an article's passages."""
        self._keywords.drop(connection, article.id)
        numbers = self._catalog.set_passages(connection, article.id, ((passage.start, passage.end) for passage in passages))
        self._keywords.add(connection, zip(numbers, passages, strict=True))

    def _erase(self, revisions: list[Revision]) -> None:
        for revision in revisions:
            self._vectors.erase(revision.article_id, revision.revision)
        with self._catalog.transaction() as connection:
            self._catalog.trust(connection, revisions)

    def _made(self, batch: list[_Pending]) -> Vectors:
        """Return the vectors of a batch's passages: those that are kept where only what is known beside the words has changed."""
        former = [(passage, key) for pending in batch for passage, key in zip(pending.passages, pending.former_keys(), strict=True)]
        kept = self._vectors.vectors_of([key for _, key in former if key])
        new = [passage for passage, key in former if key not in kept]
        made = iter(self._embed(new) if new else ())  # where nothing is new, the model need not even be loaded
        return np.array([kept[key] if key in kept else next(made) for _, key in former], dtype=np.float32)

    def _embed(self, passages: list[Passage]) -> Vectors:
        return self._embedder.embed([passage.titled for passage in passages])


def _may_be_one(article: Article, other: Article) -> bool:
    """Whether two articles may be one: they have one page or the same words."""
    return article.address in same_page(other.address) or article.text_digest == other.text_digest


def _is_without_url(known: Article, article: Article) -> bool:
    """Whether `known`, which has the words of `article`, is what the same file was before it said where it was published."""
    return article.url is not None and known.url is None and article.file is not None and article.file == known.file


def _batches(cut: Iterable[tuple[Article, list[Passage]]]) -> Iterator[list[tuple[Article, list[Passage]]]]:
    """Yield the articles with their passages in lists that have enough to embed at once, and end soon."""
    batch: list[tuple[Article, list[Passage]]] = []
    for article, passages in cut:
        batch.append((article, passages))
        if sum(len(each) for _, each in batch) >= REBUILD_PASSAGES:
            yield batch
            batch = []
    if batch:
        yield batch


def _name(article: Article) -> str:
    """Return what people call the article's origin: its file's name, else its address."""
    return article.file or article.address
