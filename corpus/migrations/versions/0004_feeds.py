"""The feeds that are followed, and which of their entries are known."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "feeds",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("added", sa.DateTime, nullable=False),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("last_modified", sa.Text, nullable=False),
        sa.Column("asked_minutes", sa.Integer, nullable=False),
        sa.Column("last_fetched", sa.DateTime),
        sa.Column("last_new", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failing_since", sa.DateTime),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("due", sa.DateTime, nullable=False, index=True),
        sa.Column("paused", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,  # people name feeds by their numbers, so none is given out twice
    )
    op.create_table(
        "feed_entries",
        sa.Column("feed", sa.Integer, sa.ForeignKey("feeds.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.String(16), primary_key=True),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("seen", sa.DateTime, nullable=False),
    )
