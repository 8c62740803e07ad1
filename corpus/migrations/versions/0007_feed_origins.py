"""Which source named each feed: its own address, or a list of feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; of feeds that are followed already, the address stands for the source."""
    op.add_column("feeds", sa.Column("came_from", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE feeds SET came_from = address")
