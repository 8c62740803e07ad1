"""The stores compared with one another, passage by passage."""

from sqlalchemy import text

from corpus.catalog import Catalog
from retrieval.passage import PassageKey
from retrieval.protocols import VectorStore

_PASSAGES = 'SELECT p.number, p.start, p."end", a.id, a.revision FROM passages AS p JOIN articles AS a ON a.id = p.article_id'
_WORDS = "SELECT rowid FROM passage_words"
_OTHER_WORDS = """
SELECT count(*) FROM passage_words AS w JOIN passages AS p ON p.number = w.rowid JOIN articles AS a ON a.id = p.article_id
WHERE w.title <> a.title OR w.body <> substr(a.text, p.start + 1, p."end" - p.start)
"""
_STRAY_LINKS = """
SELECT count(*) FROM copies WHERE article_id NOT IN (SELECT id FROM articles)
OR original_id NOT IN (SELECT id FROM articles) OR original_id = article_id
"""
_WITHOUT_PASSAGES = "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM passages)"


def disagreements(catalog: Catalog, vectors: VectorStore) -> list[str]:
    """Return one sentence for each way in which vectors, words and links between copies differ from the catalog; none where all is well.

    For whoever has the stores alone: a change under way looks like a difference.
    """
    with catalog.transaction() as connection:
        wanted = {row.number: PassageKey(row.id, row.revision, row.start, row.end) for row in connection.execute(text(_PASSAGES))}
        words = set(connection.scalars(text(_WORDS)))
        other = connection.scalar(text(_OTHER_WORDS)) or 0
        stray = connection.scalar(text(_STRAY_LINKS)) or 0
        empty = connection.scalar(text(_WITHOUT_PASSAGES)) or 0
    keys = vectors.keys()
    found = [
        ("{count} of the catalog's articles have no passages.", empty),
        ("The vector store lacks {count} of the catalog's {total} passages.", len(set(wanted.values()) - keys)),
        ("The vector store has {count} passages that the catalog has not.", len(keys - set(wanted.values()))),
        ("The keyword index lacks {count} of the catalog's {total} passages.", len(wanted.keys() - words)),
        ("The keyword index has {count} passages that the catalog has not.", len(words - wanted.keys())),
        ("The keyword index has other words for {count} passages than the catalog.", other),
        ("{count} links between copies lead to no other article.", stray),
    ]
    return [sentence.format(count=count, total=len(wanted)) for sentence, count in found if count]
