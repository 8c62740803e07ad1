"""Which articles came when, and how they begin: what stories are made from."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from corpus.catalog import Catalog, article_table, passage_table, published_moment

MOST = 2000
"""Articles that are returned at once; of more, the newest."""


def arrived_since(catalog: Catalog, moment: datetime) -> list[str]:
    """Return the ids of the articles that were first seen after `moment`, the newest first; at most MOST."""
    columns = article_table.c
    query = (
        select(columns.id)
        .where(columns.first_seen > moment)
        .order_by(published_moment.desc().nulls_last(), columns.first_seen.desc(), columns.id)
        .limit(MOST)
    )
    with catalog.transaction() as connection:
        return list(connection.scalars(query))


def newest_arrival(catalog: Catalog) -> datetime | None:
    """Return when an article last came for the first time; None where there is none."""
    with catalog.transaction() as connection:
        newest: datetime | None = connection.scalar(select(func.max(article_table.c.first_seen)))
    return newest


def article_at(catalog: Catalog, address: str) -> str | None:
    """Return the id of the article with a canonical address; None where there is none."""
    with catalog.transaction() as connection:
        return connection.scalar(select(article_table.c.id).where(article_table.c.address == address))


def first_passages(catalog: Catalog, article_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return (start, end) of the first passage of each of these articles that has one, by id."""
    columns = passage_table.c
    found: dict[str, tuple[int, int]] = {}
    with catalog.transaction() as connection:
        for at in range(0, len(article_ids), 500):
            some = article_ids[at : at + 500]
            firsts = select(func.min(columns.number)).where(columns.article_id.in_(some)).group_by(columns.article_id)
            query = select(columns.article_id, columns.start, columns.end).where(columns.number.in_(firsts))
            found |= {row.article_id: (row.start, row.end) for row in connection.execute(query)}
    return found
