"""The words of the passages as they stand there, unstemmed: what misspelt questions are compared with."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the index of word forms over the texts that `passage_words` keeps, and fill it."""
    # Which passages have a word is all that is asked of it: without texts, places and sizes it stays small.
    op.execute("CREATE VIRTUAL TABLE passage_forms USING fts5(title, body, content='', detail=none, columnsize=0, tokenize='unicode61')")
    op.execute("INSERT INTO passage_forms (rowid, title, body) SELECT rowid, title, body FROM passage_words")
    op.execute("CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab(passage_forms, 'row')")
