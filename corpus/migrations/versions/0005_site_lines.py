"""Learnt furniture: which lines the articles of a site share, and which of them belong to the site."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables; the lines of articles that are there already are counted at the next `reindex`."""
    op.create_table(
        "site_lines",
        sa.Column("site", sa.Text, primary_key=True),
        sa.Column("line", sa.String(16), primary_key=True),
        sa.Column("article_id", sa.String(16), sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "site_furniture",
        sa.Column("site", sa.Text, primary_key=True),
        sa.Column("line", sa.String(16), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
