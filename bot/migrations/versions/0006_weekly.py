"""Which administrators want the picture of the week by itself, and up to when they have had it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "weekly_pictures",
        sa.Column("admin_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("sent", sa.DateTime, nullable=False),
    )
