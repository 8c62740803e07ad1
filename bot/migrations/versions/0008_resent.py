"""When a person had a digest's message sent again that may have arrived."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column."""
    op.add_column("digest_parts", sa.Column("resent", sa.DateTime))
