"""Summaries as they were shown, so that their buttons work, and when each chat last looked at what is new."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "summaries",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("heading", sa.Text, nullable=False),
        sa.Column("briefing", sa.Text, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "looks",
        sa.Column("chat_id", sa.BigInteger, primary_key=True),
        sa.Column("topic", sa.BigInteger, primary_key=True),
        sa.Column("looked", sa.DateTime, nullable=False),
    )
