"""The tables of what was delivered: a row for each digest, and one for each message of it."""

from enum import StrEnum

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from bot.store import metadata
from corpus.database import Moment

digest_table = Table(
    "digests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("origin", BigInteger, nullable=False),
    Column("slot", String(16), nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("reason", Text),
    Column("claimed", Moment, nullable=False, index=True),
    UniqueConstraint("chat_id", "origin", "slot"),
)
part_table = Table(
    "digest_parts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest_id", Integer, ForeignKey("digests.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("html", Text, nullable=False),
    Column("articles", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("changed", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("resent", Moment),
    Column("message_id", BigInteger),
    Column("note", Text),
    UniqueConstraint("digest_id", "number"),
)


class Stage(StrEnum):
    """What became of a digest: it is being made, its messages are made, or there was a reason not to send one."""

    MAKING = "making"
    MADE = "made"
    SKIPPED = "skipped"


class PartState(StrEnum):
    """What became of a message. PARKED ones may have arrived, DROPPED ones have not."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"
    DROPPED = "dropped"
