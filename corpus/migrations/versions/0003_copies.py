"""Copies: the bands of the texts, by which they find one another, and which article is a copy of which."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables; articles that are there already are compared at the next start."""
    op.create_table(
        "copies",
        sa.Column("article_id", sa.String(16), sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("original_id", sa.String(16), sa.ForeignKey("articles.id", ondelete="SET NULL"), index=True),
    )
    op.create_table(
        "text_bands",
        sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("article_id", sa.String(16), sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
