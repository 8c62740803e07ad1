"""Words behind `KeywordIndex`: SQLite's FTS5 in the catalog's database, ranked by BM25."""

from collections.abc import Iterable, Sequence
from uuid import uuid4

from sqlalchemy import Connection, bindparam, text

from corpus.catalog import Catalog
from retrieval.aliases import expansions
from retrieval.content_words import content_words
from retrieval.coverage import Term, shares
from retrieval.numerals import numeral_forms
from retrieval.passage import Passage, PassageKey
from retrieval.protocols import Match

MAX_WORDS = 64
"""Distinct words of a query that count: more make the search slow and no better."""

MAX_COVERAGE_WORDS = 24
"""Words of a query that `coverage` looks up, each with two statements."""

TITLE_WEIGHT, BODY_WEIGHT = 0.5, 1.0
"""A word in the title is shared by every passage of the article, so it tells less which of them answers."""

_VERSION = "words_version"
"""The catalog's fact that says in which state the words are."""


class Fts5Index:
    """The keyword index over the passages of `catalog`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def add(self, connection: Connection, passages: Iterable[tuple[int, Passage]]) -> None:
        """Index passages under the numbers that the catalog gave them."""
        rows = [{"number": number, "title": passage.article.title, "body": passage.text} for number, passage in passages]
        if rows:
            connection.execute(text("INSERT INTO passage_words (rowid, title, body) VALUES (:number, :title, :body)"), rows)
            connection.execute(text("INSERT INTO passage_forms (rowid, title, body) VALUES (:number, :title, :body)"), rows)
            self._catalog.remember(connection, _VERSION, uuid4().hex)

    def drop(self, connection: Connection, article_id: str) -> None:
        """Forget an article's passages. Call it while the catalog still knows them."""
        connection.execute(text(_DROP_FORMS), {"id": article_id})
        connection.execute(text(_DROP), {"id": article_id})
        self._catalog.remember(connection, _VERSION, uuid4().hex)

    def search(self, query: str, limit: int) -> list[Match]:
        """Return at most `limit` passages that share words with `query`, best first; none where no word is shared.

        A short form finds its long form too, and the other way round, where articles explain it; a number, its other spellings.
        """
        with self._catalog.transaction() as connection:
            phrases = dict.fromkeys(phrase for term in _terms(connection, query, MAX_WORDS) for phrase in term)
            if not phrases:
                return []
            parameters = {"words": _any_of(phrases), "limit": limit, "title": TITLE_WEIGHT, "body": BODY_WEIGHT}
            rows = connection.execute(text(_SEARCH), parameters).all()
        return [Match(PassageKey(row.id, row.revision, row.start, row.end), -row.rank) for row in rows]

    def coverage(self, query: str, passages: Sequence[Passage]) -> list[float]:
        """Return for each passage which share of the words of `query`, or of what they stand for, its body and title cover: 0 to 1.

        A word weighs as much as it is rare. One that a passage lacks counts in part where it has a word of nearly the same meaning.
        """
        keys = [passage.key for passage in passages]
        terms = []
        with self._catalog.transaction() as connection:
            size = connection.scalar(text("SELECT count(*) FROM passages")) or 0
            for term in _terms(connection, query, MAX_COVERAGE_WORDS):
                frequency = connection.scalar(text(_FREQUENCY), {"words": _any_of(term)}) or 0
                owners = _owners(connection, term, keys) if frequency else set()
                terms.append(Term(term[0], frequency, tuple((key.article_id, key.start, key.end) in owners for key in keys)))
        return shares(terms, passages, size)

    def vocabulary(self) -> dict[str, int]:
        """Return every word of the passages and titles, folded but not stemmed, with the number of passages that have it."""
        with self._catalog.transaction() as connection:
            return {row.term: row.doc for row in connection.execute(text("SELECT term, doc FROM passage_vocabulary"))}

    def version(self) -> str:
        """Return what changes with every change of the vocabulary, whichever process makes it."""
        return self._catalog.fact(_VERSION) or ""

    def phrase_count(self, phrase: str) -> int:
        """Return how many passages have the words of `phrase` (letters, digits and blanks) one after another, in any inflection."""
        with self._catalog.transaction() as connection:
            return connection.scalar(text(_FREQUENCY), {"words": _any_of([phrase])}) or 0

    def unknown(self, words: Iterable[str]) -> set[str]:
        """Return those of `words` that no passage or title has, in any inflection; only the first MAX_WORDS are looked up."""
        with self._catalog.transaction() as connection:
            return {word for word in list(words)[:MAX_WORDS] if not connection.scalar(text(_FREQUENCY), {"words": _any_of([word])})}

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
_OWNED = "SELECT number FROM passages WHERE article_id = :id"
_DROP = f"DELETE FROM passage_words WHERE rowid IN ({_OWNED})"  # noqa: S608 - no foreign text in it
# An index without a copy of its texts must be told what it forgets: https://www.sqlite.org/fts5.html#the_delete_command
_DROP_FORMS = f"""
INSERT INTO passage_forms (passage_forms, rowid, title, body)
SELECT 'delete', rowid, title, body FROM passage_words WHERE rowid IN ({_OWNED})
"""  # noqa: S608 - no foreign text in it
_FREQUENCY = "SELECT count(*) FROM passage_words WHERE passage_words MATCH :words"
_OWNERS = text("""
SELECT p.article_id, p.start, p."end" FROM passage_words
JOIN passages AS p ON p.number = passage_words.rowid
WHERE passage_words MATCH :words AND p.article_id IN :articles
""").bindparams(bindparam("articles", expanding=True))


_TEXTS = "SELECT body FROM passage_words WHERE passage_words MATCH :words ORDER BY rowid LIMIT :limit"


def _owners(connection: Connection, term: Iterable[str], keys: Sequence[PassageKey]) -> set[tuple[str, int, int]]:
    """Return (article id, start, end) of the passages that have a phrase of `term`, among the articles of `keys`."""
    articles = list({key.article_id for key in keys})
    rows = connection.execute(_OWNERS, {"words": _any_of(term), "articles": articles})
    return {(row.article_id, row.start, row.end) for row in rows}


def _terms(connection: Connection, query: str, limit: int) -> list[tuple[str, ...]]:
    """Return the first `limit` words of `query` that mean something, each with the phrases that say the same."""
    words = content_words(query)[:limit]

    def texts(phrases: Iterable[str], most: int) -> list[str]:
        matching = " AND ".join(f'"{phrase}"' for phrase in phrases)
        return list(connection.scalars(text(_TEXTS), {"words": matching, "limit": most}))

    others = expansions(query, words, texts)
    for word, phrases in numeral_forms(query, words).items():
        if word in words:
            others[word] = (*others.get(word, ()), *phrases)
    # "U.S." is one word, not the letter "u" too.
    words = [word for word in words if len(word) > 1 or not any(word in short for short in others)]
    return [(word, *others.get(word, ())) for word in dict.fromkeys([*words, *others])]


def _any_of(phrases: Iterable[str]) -> str:
    return " OR ".join(f'"{phrase}"' for phrase in phrases)
