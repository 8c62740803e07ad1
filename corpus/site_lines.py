"""What the lines of a site's articles have in common, in the catalog's database: how furniture is learnt.

Once learnt, a line stays furniture, so that no article changes to and fro.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Column, Connection, ForeignKey, String, Table, Text, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from corpus.article import Article
from corpus.catalog import Catalog, article_table, metadata
from corpus.copies import copy_table
from corpus.repeated import folded, site_of, suspects, without_lines

FEWEST_ARTICLES = 3
"""Different reports that have a line before it is furniture ..."""
SHARE = 0.2
"""... and their share of the site's newest articles."""
NEWEST = 50
"""Articles of a site that are looked at."""
MOST_LINES = 24
"""Of one article that are remembered, the outermost: lists of links are longer, but their ends give them away."""

_ARTICLE = ""
"""Stands for the whole article where its lines are counted."""

line_table = Table(
    "site_lines",
    metadata,
    Column("site", Text, primary_key=True),
    Column("line", String(16), primary_key=True),
    Column("article_id", String(16), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
furniture_table = Table(
    "site_furniture",
    metadata,
    Column("site", Text, primary_key=True),
    Column("line", String(16), primary_key=True),
    Column("text", Text, nullable=False),
)


class SiteLines:
    """The lines that articles of one site of `catalog` share."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def clean(self, article: Article) -> Article:
        """Return `article` without the lines that are known as furniture of its site."""
        with self._catalog.transaction() as connection:
            known = _furniture(connection, site_of(article))
        return replace(article, text=without_lines(article, known)) if known else article

    def note(self, connection: Connection, article: Article) -> None:
        """Remember which lines of `article`, new or changed in the catalog, may be furniture, and learn which of them are."""
        connection.execute(delete(line_table).where(line_table.c.article_id == article.id))
        site = site_of(article)
        if not site:
            return
        lines = {_digest(line): line for line in suspects(article)[:MOST_LINES]}
        rows = [{"site": site, "line": line, "article_id": article.id} for line in (_ARTICLE, *lines)]
        connection.execute(insert(line_table), rows)
        for line in _shared(connection, site, lines) if lines else ():
            row = {"site": site, "line": line, "text": lines[line]}
            connection.execute(upsert(furniture_table).values(row).on_conflict_do_nothing())

    def keep(self, connection: Connection, article: Article) -> None:
        """Let `article` have what is furniture elsewhere: it consists of nothing else."""
        known = select(furniture_table.c.line).where(furniture_table.c.site == site_of(article))
        connection.execute(delete(line_table).where(line_table.c.article_id == article.id, line_table.c.line.in_(known)))

    def unclean(self, limit: int) -> list[tuple[Article, datetime]]:
        """Return at most `limit` articles with lines that were learnt to be furniture later, and when each last changed."""
        is_furniture = (furniture_table.c.site == line_table.c.site) & (furniture_table.c.line == line_table.c.line)
        found = select(line_table.c.article_id).join(furniture_table, is_furniture).distinct().limit(limit)
        with self._catalog.transaction() as connection:
            changed = {
                row.id: row.changed
                for row in connection.execute(select(article_table.c.id, article_table.c.changed).where(article_table.c.id.in_(found)))
            }
        return [(article, changed[article.id]) for article in self._catalog.get_many(list(changed)).values()]


def _furniture(connection: Connection, site: str) -> frozenset[str]:
    return frozenset(connection.scalars(select(furniture_table.c.text).where(furniture_table.c.site == site)))


def _shared(connection: Connection, site: str, lines: Iterable[str]) -> list[str]:
    """Return those of `lines` that enough of the site's newest reports have; copies of one report are one."""
    reports = func.count(func.coalesce(copy_table.c.original_id, line_table.c.article_id).distinct()).label("reports")
    newest = (
        select(line_table.c.article_id)
        .join(article_table, article_table.c.id == line_table.c.article_id)
        .where(line_table.c.site == site, line_table.c.line == _ARTICLE)
        .order_by(article_table.c.first_seen.desc(), article_table.c.id)
        .limit(NEWEST)
    )
    counted = (
        select(line_table.c.line, reports)
        .outerjoin(copy_table, copy_table.c.article_id == line_table.c.article_id)
        .where(line_table.c.site == site, line_table.c.line.in_([_ARTICLE, *lines]), line_table.c.article_id.in_(newest))
        .group_by(line_table.c.line)
    )
    counts: dict[str, int] = {row.line: row.reports for row in connection.execute(counted)}
    enough = max(FEWEST_ARTICLES, SHARE * counts.pop(_ARTICLE, 0))
    return [line for line, count in counts.items() if count >= enough]


def _digest(line: str) -> str:
    return sha256(folded(line).encode("utf-8", "replace")).hexdigest()[:16]
