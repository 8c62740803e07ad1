"""Words behind `KeywordIndex`: SQLite's FTS5 in the catalog's database, ranked by BM25."""

import re
from collections.abc import Iterable, Sequence
from math import log

from sqlalchemy import Connection, bindparam, text

from corpus.catalog import Catalog
from retrieval.passage import Passage, PassageKey
from retrieval.protocols import Match

STOP_WORDS = frozenset(
    "a about after an and any are as at be been before being but by can could did do does during for from had has have he her his how i if "
    "in into is it its just me my of on or our out please s shall she should so some t tell than that the their them then there these they "
    "this those to until up us was we were what when where which while who whom whose why will with would you your".split()
)
"""Words that say nothing about a question's subject."""

MAX_WORDS = 64
"""Distinct words of a query that count: more make the search slow and no better."""

MAX_COVERAGE_WORDS = 24
"""Words of a query that `coverage` looks up, each with two statements."""

TITLE_WEIGHT, BODY_WEIGHT = 0.5, 1.0
"""A word in the title is shared by every passage of the article, so it tells less which of them answers."""


def content_words(query: str) -> list[str]:
    """Return the distinct words of `query` in lower case, without stop words; all of them where only stop words are there."""
    folded = query.casefold()
    words = list(dict.fromkeys(re.findall(r"\w+", folded)))
    about = list(dict.fromkeys(re.findall(r"\w+", _MEASURES.sub(" ", folded))))
    return [word for word in about if word not in STOP_WORDS] or words


_MEASURES = re.compile(r"\bhow (?:many|much|long|old|often|far|big|large|high|tall|deep|fast|soon)\b")
"""What a question measures: articles answer "how long" without the word "long"."""


class Fts5Index:
    """The keyword index over the passages of `catalog`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def add(self, connection: Connection, passages: Iterable[tuple[int, Passage]]) -> None:
        """Index passages under the numbers that the catalog gave them."""
        rows = [{"number": number, "title": passage.article.title, "body": passage.text} for number, passage in passages]
        if rows:
            connection.execute(text("INSERT INTO passage_words (rowid, title, body) VALUES (:number, :title, :body)"), rows)

    def drop(self, connection: Connection, article_id: str) -> None:
        """Forget an article's passages. Call it while the catalog still knows them."""
        owned = "SELECT number FROM passages WHERE article_id = :id"
        connection.execute(text(f"DELETE FROM passage_words WHERE rowid IN ({owned})"), {"id": article_id})  # noqa: S608 - no foreign text in it

    def search(self, query: str, limit: int) -> list[Match]:
        """Return at most `limit` passages that share words with `query`, best first; none where no word is shared."""
        words = content_words(query)[:MAX_WORDS]
        if not words:
            return []
        parameters = {"words": " OR ".join(f'"{word}"' for word in words), "limit": limit, "title": TITLE_WEIGHT, "body": BODY_WEIGHT}
        with self._catalog.transaction() as connection:
            rows = connection.execute(text(_SEARCH), parameters).all()
        return [Match(PassageKey(row.id, row.revision, row.start, row.end), -row.rank) for row in rows]

    def coverage(self, query: str, passages: Sequence[Passage]) -> list[float]:
        """Return for each passage which share of the words of `query` it has, in its body or title: 0 to 1.

        A word weighs as much as it is rare (the inverse document frequency of BM25), one that no article has the most.
        """
        keys = [passage.key for passage in passages]
        found, total = [0.0] * len(keys), 0.0
        with self._catalog.transaction() as connection:
            size = connection.scalar(text("SELECT count(*) FROM passages")) or 0
            for word in content_words(query)[:MAX_COVERAGE_WORDS]:
                frequency = connection.scalar(text(_FREQUENCY), {"word": f'"{word}"'}) or 0
                weight = log(1 + (size - frequency + 0.5) / (frequency + 0.5))
                total += weight
                owners = _owners(connection, word, keys) if frequency else set()
                found = [share + weight * ((key.article_id, key.start, key.end) in owners) for share, key in zip(found, keys, strict=True)]
        return [share / total if total else 0.0 for share in found]

    def unknown(self, words: Iterable[str]) -> set[str]:
        """Return those of `words` that no passage or title has, in any inflection; only the first MAX_WORDS are looked up."""
        with self._catalog.transaction() as connection:
            return {word for word in list(words)[:MAX_WORDS] if not connection.scalar(text(_FREQUENCY), {"word": f'"{word}"'})}

    def count(self) -> int:
        """Return how many passages are indexed."""
        with self._catalog.transaction() as connection:
            return connection.scalar(text("SELECT count(*) FROM passage_words")) or 0


# bm25() is negative, the more the better: https://www.sqlite.org/fts5.html#the_bm25_function
_SEARCH = """
SELECT a.id, a.revision, p.start, p."end", found.rank FROM (
    SELECT rowid AS number, bm25(passage_words, :title, :body) AS rank
    FROM passage_words WHERE passage_words MATCH :words ORDER BY rank, rowid LIMIT :limit
) AS found
JOIN passages AS p ON p.number = found.number
JOIN articles AS a ON a.id = p.article_id
ORDER BY found.rank, p.number
"""
_FREQUENCY = "SELECT count(*) FROM passage_words WHERE passage_words MATCH :word"
_OWNERS = text("""
SELECT p.article_id, p.start, p."end" FROM passage_words
JOIN passages AS p ON p.number = passage_words.rowid
WHERE passage_words MATCH :word AND p.article_id IN :articles
""").bindparams(bindparam("articles", expanding=True))


def _owners(connection: Connection, word: str, keys: Sequence[PassageKey]) -> set[tuple[str, int, int]]:
    """Return (article id, start, end) of the passages that have `word`, among the articles of `keys`."""
    articles = list({key.article_id for key in keys})
    rows = connection.execute(_OWNERS, {"word": f'"{word}"', "articles": articles})
    return {(row.article_id, row.start, row.end) for row in rows}
