"""What was asked: when, from which kind of chat, answered or not, how fast; the words only of what found no answer."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "question_log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("asked", sa.DateTime, nullable=False, index=True),
        sa.Column("chat_kind", sa.String(16), nullable=False),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.Column("unanswered", sa.Text),
    )
