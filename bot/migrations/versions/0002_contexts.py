"""Which answer each person got last in each chat and topic, to understand what they ask next."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "contexts",
        sa.Column("chat_id", sa.BigInteger, primary_key=True),
        sa.Column("topic", sa.BigInteger, primary_key=True),
        sa.Column("user_id", sa.BigInteger, primary_key=True),
        sa.Column("answer_id", sa.String(32), sa.ForeignKey("answers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("noted", sa.DateTime, nullable=False, index=True),
    )
    op.create_index("ix_answers_message", "answers", ["chat_id", "message_id"])
