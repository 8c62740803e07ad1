"""The catalog: which articles there are. It is the truth; the vectors and the keyword index follow from it.

Vectors live in another store, so no transaction covers both. Before vectors of a revision are written or erased, the
revision is noted as doubtful; the note goes when both stores agree. After a crash, doubtful revisions that are not the
current ones are the vectors to erase.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from corpus.article import Article, Published
from corpus.database import Moment, migrate, transaction

MIGRATIONS = Path(__file__).parent / "migrations"
metadata = MetaData()
article_table = Table(
    "articles",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("revision", String(16), nullable=False),
    Column("address", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_digest", String(16), nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("published", String(32)),
    Column("file", Text),
    Column("updated", String(32)),
    Column("place", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
)
passage_table = Table(
    "passages",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article_id", String(16), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)
doubtful_table = Table(
    "doubtful_vectors",
    metadata,
    Column("article_id", String(16), primary_key=True),
    Column("revision", String(16), primary_key=True),
)
fact_table = Table("facts", metadata, Column("name", String(64), primary_key=True), Column("value", Text, nullable=False))
published_moment = func.datetime(
    article_table.c.published.concat(func.substr("-01-01", func.length(article_table.c.published) - 3))  # SQLite knows no bare months
)
"""When an article was published, in UTC: what is written of it has the offset of its place, and would be in order only by accident."""


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """An article with when it first came, when it last changed (UTC) and into how many passages it is cut."""

    article: Article
    first_seen: datetime
    changed: datetime
    passages: int


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """One source: its name (empty when unknown), its number of articles, and the date of the newest dated one."""

    source: str
    articles: int
    newest: Published | None


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of one article."""

    article_id: str
    revision: str


class Catalog:
    """The articles in the database behind `engine`; making one brings the tables up to date.

    Raises DatabaseUnusable where the database cannot be used, at construction and later on.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        migrate(engine, MIGRATIONS)

    def transaction(self) -> AbstractContextManager[Connection]:
        """Run a block of changes that happen together or not at all."""
        return transaction(self._engine)

    def count(self) -> int:
        """Return the number of articles."""
        with self.transaction() as connection:
            return connection.scalar(select(func.count()).select_from(article_table)) or 0

    def passage_count(self) -> int:
        """Return the number of passages of all articles."""
        with self.transaction() as connection:
            return connection.scalar(select(func.count()).select_from(passage_table)) or 0

    def get(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""
        return self.get_many([article_id]).get(article_id)

    def get_many(self, article_ids: Sequence[str]) -> dict[str, Article]:
        """Return the articles that exist among `article_ids`, by id."""
        with self.transaction() as connection:
            rows = connection.execute(select(article_table).where(article_table.c.id.in_(article_ids)))
            return {row.id: _article(row) for row in rows}

    def entries(self) -> list[CatalogEntry]:
        """Return every article, the newest published first, undated ones last."""
        counts = select(passage_table.c.article_id, func.count().label("passages")).group_by(passage_table.c.article_id).subquery()
        query = (
            select(article_table, func.coalesce(counts.c.passages, 0).label("passages"))
            .outerjoin(counts, counts.c.article_id == article_table.c.id)
            .order_by(published_moment.desc().nulls_last(), article_table.c.title, article_table.c.id)
        )
        with self.transaction() as connection:
            return [CatalogEntry(_article(row), row.first_seen, row.changed, row.passages) for row in connection.execute(query)]

    def newest(self, limit: int) -> list[Article]:
        """Return at most `limit` articles, the newest published first, undated ones last."""
        columns = article_table.c
        query = select(article_table).order_by(published_moment.desc().nulls_last(), columns.title, columns.id).limit(limit)
        with self.transaction() as connection:
            return [_article(row) for row in connection.execute(query)]

    def articles(self) -> Iterator[Article]:
        """Yield every article in the order of ids, a page at a time; articles may be changed meanwhile."""
        last = ""
        while True:
            query = select(article_table).where(article_table.c.id > last).order_by(article_table.c.id).limit(100)
            with self.transaction() as connection:
                page = [_article(row) for row in connection.execute(query)]
            if not page:
                return
            yield from page
            last = page[-1].id

    def sources(self) -> list[SourceSummary]:
        """Return the sources, the one with most articles first."""
        columns = article_table.c
        query = (
            # Beside a maximum, SQLite gives the columns of the row that has it.
            select(columns.source, func.count().label("articles"), columns.published.label("newest"), func.max(published_moment))
            .group_by(columns.source)
            .order_by(func.count().desc(), columns.source)
        )
        with self.transaction() as connection:
            return [
                SourceSummary(row.source, row.articles, Published.parse(row.newest) if row.newest else None)
                for row in connection.execute(query)
            ]

    def with_same_text(self, article: Article) -> list[Article]:
        """Return the other articles with the same words as `article`, the first seen first."""
        columns = article_table.c
        query = select(article_table).where(columns.text_digest == article.text_digest, columns.id != article.id)
        with self.transaction() as connection:
            return [_article(row) for row in connection.execute(query.order_by(columns.first_seen, columns.id))]

    def put(self, connection: Connection, article: Article, now: datetime, *, former_id: str = "") -> None:
        """Add `article`, or replace the one with its id; the first-seen date stays.

        A new one was first seen when the one with `former_id` was, which is the same article at another address, still to be removed.
        """
        columns = article_table.c
        first_seen = connection.scalar(select(columns.first_seen).where(columns.id == former_id)) if former_id else None
        values = {
            "id": article.id,
            "revision": article.revision,
            "address": article.address,
            "title": article.title,
            "text": article.text,
            "text_digest": article.text_digest,
            "source": article.source,
            "author": article.author,
            "published": article.published.isoformat() if article.published else None,
            "file": article.file,
            "updated": article.updated.isoformat() if article.updated else None,
            "place": article.place,
            "note": article.note,
            "first_seen": first_seen or now,
            "changed": now,
        }
        kept = {name: value for name, value in values.items() if name not in {"id", "first_seen"}}
        connection.execute(upsert(article_table).values(values).on_conflict_do_update(index_elements=["id"], set_=kept))

    def set_passages(self, connection: Connection, article_id: str, borders: Iterable[tuple[int, int]]) -> list[int]:
        """Replace an article's passages by those with these (start, end); return their numbers, in the same order."""
        connection.execute(delete(passage_table).where(passage_table.c.article_id == article_id))
        rows = [{"article_id": article_id, "start": start, "end": end} for start, end in borders]
        if not rows:
            return []
        return list(connection.scalars(insert(passage_table).returning(passage_table.c.number, sort_by_parameter_order=True), rows))

    def remove(self, connection: Connection, article_id: str) -> None:
        """Remove the article with this id and its passages; nothing happens where there is none."""
        connection.execute(delete(article_table).where(article_table.c.id == article_id))

    def doubt(self, connection: Connection, revisions: Iterable[Revision]) -> None:
        """Note that vectors of these revisions may exist without being wanted, or be wanted without existing."""
        for doubtful in revisions:
            row = {"article_id": doubtful.article_id, "revision": doubtful.revision}
            connection.execute(upsert(doubtful_table).values(row).on_conflict_do_nothing())

    def trust(self, connection: Connection, revisions: Iterable[Revision]) -> None:
        """Take the note of `doubt` back."""
        for settled in revisions:
            columns = doubtful_table.c
            connection.execute(delete(doubtful_table).where(columns.article_id == settled.article_id, columns.revision == settled.revision))

    def doubtful(self) -> list[tuple[Revision, bool]]:
        """Return the noted revisions, each with whether it is its article's current one."""
        current = article_table.c.revision == doubtful_table.c.revision
        query = select(doubtful_table, current.label("current")).outerjoin(article_table, article_table.c.id == doubtful_table.c.article_id)
        with self.transaction() as connection:
            return [(Revision(row.article_id, row.revision), bool(row.current)) for row in connection.execute(query)]

    def fact(self, name: str) -> str | None:
        """Return what was remembered about the index under `name`; None where nothing was."""
        with self.transaction() as connection:
            return connection.scalar(select(fact_table.c.value).where(fact_table.c.name == name))

    def remember(self, connection: Connection, name: str, value: str) -> None:
        """Keep `value` under `name`, in place of what was there."""
        connection.execute(
            upsert(fact_table).values(name=name, value=value).on_conflict_do_update(index_elements=["name"], set_={"value": value})
        )


def _article(row: Row[tuple[object, ...]]) -> Article:
    return Article(
        address=row.address,
        title=row.title,
        text=row.text,
        source=row.source,
        author=row.author,
        published=Published.parse(row.published) if row.published else None,
        file=row.file,
        updated=Published.parse(row.updated) if row.updated else None,
        place=row.place,
        note=row.note,
    )
