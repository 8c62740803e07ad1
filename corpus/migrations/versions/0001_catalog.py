"""The catalog: articles, their passages, and what vectors are in doubt."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "articles",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("revision", sa.String(16), nullable=False),
        sa.Column("address", sa.Text, nullable=False, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_digest", sa.String(16), nullable=False, index=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("published", sa.String(32)),
        sa.Column("file", sa.Text),
        sa.Column("first_seen", sa.DateTime, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.String(16), sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_table(
        "doubtful_vectors",
        sa.Column("article_id", sa.String(16), primary_key=True),
        sa.Column("revision", sa.String(16), primary_key=True),
    )
    op.create_table("facts", sa.Column("name", sa.String(64), primary_key=True), sa.Column("value", sa.Text, nullable=False))
    # Its rowid is passages.number. (A contentless index would save space, but deleting from one needs SQLite 3.43.)
    op.execute("CREATE VIRTUAL TABLE passage_words USING fts5(title, body, tokenize='porter unicode61')")
