"""Which articles are copies of which, in the catalog's database.

Every article that was compared has a row, with the earliest article that it is a copy of, if any: the earliest published, of
undated ones the first seen. Which is told by the articles alone, not by the order in which they came.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import BigInteger, Column, Connection, ForeignKey, Row, String, Table, delete, func, insert, select, update

from corpus.article import Article, Precision, Published
from corpus.catalog import Catalog, article_table, metadata
from corpus.dedupe import TextPrint, are_copies, bands_of

MOST_COMPARED = 100
"""Articles, those with most bands in common, that one is compared with word by word."""

_SOME = 500
"""Ids in one statement."""

copy_table = Table(
    "copies",
    metadata,
    Column("article_id", String(16), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("original_id", String(16), ForeignKey("articles.id", ondelete="SET NULL"), index=True),
)
band_table = Table(
    "text_bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", String(16), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
_COLUMNS = [article_table.c[name] for name in ("id", "text", "text_digest", "published", "first_seen")]
_SECONDS = {Precision.YEAR: 366 * 86400, Precision.MONTH: 31 * 86400, Precision.DAY: 86400, Precision.MINUTE: 0}


@dataclass(frozen=True)
class _Text:
    """An article as it is compared."""

    id: str
    text: str
    digest: str
    published: Published | None
    first_seen: datetime

    @cached_property
    def print(self) -> TextPrint:
        return TextPrint(self.text)

    @property
    def order(self) -> tuple[bool, float, datetime, str]:
        """What the originals come first by: the moment at which they were certainly out, undated ones last."""
        out = self.published.moment.timestamp() + _SECONDS[self.published.precision] if self.published else 0.0
        return self.published is None, out, self.first_seen, self.id

    def is_copy(self, other: "_Text") -> bool:
        """Whether two articles say the same in the same words."""
        return self.digest == other.digest or are_copies(self.print, other.print)


class Copies:
    """The links between the articles of `catalog` and their copies."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def originals(self, article_ids: Iterable[str]) -> dict[str, str]:
        """Return, for those of `article_ids` that are copies, the id of their original; articles that are none are left out.

        All copies of one report have the same original, which is itself no copy: articles count as one source where
        `found.get(id, id)` is equal.
        """
        with self._catalog.transaction() as connection:
            return {copy: original for some in _pages(article_ids) for copy, original in _originals(connection, some)}

    def link(self, connection: Connection, article: Article) -> None:
        """Find what `article`, new or changed in the catalog, is a copy of, and what are copies of it."""
        _Linking(connection).link(article)

    def unlink(self, connection: Connection, article_id: str) -> None:
        """Forget an article that is about to be removed; its copies become copies of the earliest of them, or of another original."""
        _Linking(connection).unlink(article_id)

    def drop_strays(self, connection: Connection) -> None:
        """Forget links of and to articles that are not there: the database was changed by another program."""
        ids = select(article_table.c.id)
        for table in (band_table, copy_table):
            connection.execute(delete(table).where(table.c.article_id.not_in(ids)))
        connection.execute(update(copy_table).where(copy_table.c.original_id.not_in(ids)).values(original_id=None))

    def unlinked(self) -> list[str]:
        """Return the ids of the articles that were never compared: those of a database from before copies were looked for."""
        missing = article_table.c.id.not_in(select(copy_table.c.article_id))
        with self._catalog.transaction() as connection:
            return list(connection.scalars(select(article_table.c.id).where(missing).order_by(article_table.c.id)))


class _Linking:
    """One change of the links; texts that it has read it remembers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[str, _Text] = {}

    def link(self, article: Article) -> None:
        left = self._copied_from(article.id)
        self._forget(article.id)
        bands = set(bands_of(article.text))
        if bands:
            self._connection.execute(insert(band_table), [{"band": band, "article_id": article.id} for band in sorted(bands)])
        self._connection.execute(insert(copy_table).values(article_id=article.id))
        [own] = self._texts([article.id])
        copies = self._in_same_words(own)
        self._set_original(own, copies)
        for copy in copies:
            if copy.order > own.order and copy.id not in left:
                self._offer(copy, own)
        self._adopt(left)

    def unlink(self, article_id: str) -> None:
        left = self._copied_from(article_id)
        self._forget(article_id)
        self._adopt(left, gone=article_id)

    def _copied_from(self, article_id: str) -> list[str]:
        return list(self._connection.scalars(select(copy_table.c.article_id).where(copy_table.c.original_id == article_id)))

    def _forget(self, article_id: str) -> None:
        for table in (band_table, copy_table):
            self._connection.execute(delete(table).where(table.c.article_id == article_id))

    def _adopt(self, article_ids: Sequence[str], gone: str = "") -> None:
        """Find the originals of articles anew, not among them the one that is `gone`."""
        for text in self._texts(article_ids):
            self._set_original(text, [copy for copy in self._in_same_words(text) if copy.id != gone])

    def _in_same_words(self, text: _Text) -> list[_Text]:
        """Return the articles that are copies of `text`, or it of them."""
        mine = select(band_table.c.band).where(band_table.c.article_id == text.id)
        near = (
            select(band_table.c.article_id)
            .where(band_table.c.band.in_(mine), band_table.c.article_id != text.id)
            .group_by(band_table.c.article_id)
            .order_by(func.count().desc(), band_table.c.article_id)
            .limit(MOST_COMPARED)
        )
        columns = article_table.c
        same = select(columns.id).where(columns.text_digest == text.digest, columns.id != text.id).order_by(columns.id).limit(MOST_COMPARED)
        found = dict.fromkeys(article_id for query in (near, same) for article_id in self._connection.scalars(query))
        return [other for other in self._texts(list(found)) if text.is_copy(other)]

    def _set_original(self, text: _Text, copies: Sequence[_Text]) -> None:
        earlier = (copy for copy in copies if copy.order < text.order)
        earliest = min(earlier, key=lambda copy: copy.order, default=None)
        self._keep(text.id, earliest.id if earliest else None)

    def _offer(self, copy: _Text, original: _Text) -> None:
        """Make `original` that of its later `copy` where it is earlier than the one that is known."""
        known = self._connection.scalar(select(copy_table.c.original_id).where(copy_table.c.article_id == copy.id))
        if known is None or original.order < self._texts([known])[0].order:
            self._keep(copy.id, original.id)

    def _keep(self, article_id: str, original_id: str | None) -> None:
        self._connection.execute(update(copy_table).where(copy_table.c.article_id == article_id).values(original_id=original_id))

    def _texts(self, article_ids: Sequence[str]) -> list[_Text]:
        for some in _pages(article_id for article_id in article_ids if article_id not in self._read):
            rows = self._connection.execute(select(*_COLUMNS).where(article_table.c.id.in_(some)))
            self._read.update((row.id, _text(row)) for row in rows)
        return [self._read[article_id] for article_id in article_ids if article_id in self._read]


def _text(row: Row[tuple[object, ...]]) -> _Text:
    return _Text(row.id, row.text, row.text_digest, Published.parse(row.published) if row.published else None, row.first_seen)


def _originals(connection: Connection, article_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each copy among `article_ids` with its original: an article's own original may be a copy of a third."""
    ways = {article_id: article_id for article_id in article_ids}
    while ways:
        query = select(copy_table).where(copy_table.c.article_id.in_(set(ways.values())), copy_table.c.original_id.is_not(None))
        further = {row.article_id: row.original_id for row in connection.execute(query)}
        yield from ((start, at) for start, at in ways.items() if at not in further and start != at)
        ways = {start: further[at] for start, at in ways.items() if at in further}


def _pages(article_ids: Iterable[str]) -> Iterator[list[str]]:
    ids = list(dict.fromkeys(article_ids))
    return (ids[start : start + _SOME] for start in range(0, len(ids), _SOME))
