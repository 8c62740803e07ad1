"""What is known of articles beside their words: when they were updated, where they were written, and the notes on changes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns; of articles that are there already, the next `add` fills them in."""
    op.add_column("articles", sa.Column("updated", sa.String(32)))
    op.add_column("articles", sa.Column("place", sa.Text, nullable=False, server_default=""))
    op.add_column("articles", sa.Column("note", sa.Text, nullable=False, server_default=""))
