"""A group that becomes a supergroup gets another id: what is kept under the old one moves along."""

from sqlalchemy import Connection, delete, exists, select, update

from bot.digests.delivery_tables import digest_table
from bot.digests.subscriptions import copy_table, subscription_table
from bot.state import answer_table
from bot.store import Store
from bot.summaries.shown import look_table, summary_table


class Moves(Store):
    """Moves chats."""

    def move(self, old: int, new: int) -> None:
        """Keep under `new` what is kept under `old`: settings, copies, digests with their messages, answers with their votes, summaries.

        Doing it again changes nothing. Where both have settings, the old ones stay in force: the new chat cannot have had others
        but by being set up in the moment of its making. A forum topic of the old chat is no topic of the new one.
        """
        with self._transaction() as connection:
            _move_subscription(connection, old, new)
            _move_copies(connection, old, new)
            _move_digests(connection, old, new)
            _move_shown(connection, old, new)


def _move_subscription(connection: Connection, old: int, new: int) -> None:
    """In one statement each: Telegram tells both chats of the move at once, so this is done twice at the same time."""
    chat, kept = subscription_table.c.chat_id, subscription_table.alias()
    connection.execute(delete(subscription_table).where(chat == new, exists().where(kept.c.chat_id == old)))
    connection.execute(update(subscription_table).where(chat == old).values(chat_id=new, thread_id=None))


def _move_copies(connection: Connection, old: int, new: int) -> None:
    columns = copy_table.c
    doubled = select(columns.user_id).where(columns.chat_id == new)
    connection.execute(delete(copy_table).where(columns.chat_id == old, columns.user_id.in_(doubled)))
    connection.execute(update(copy_table).where(columns.chat_id == old).values(chat_id=new))


def _move_digests(connection: Connection, old: int, new: int) -> None:
    kept = digest_table.alias()
    for column in ("chat_id", "origin"):
        taken = select(kept.c.slot).where(kept.c[column] == new)
        there = (digest_table.c[column] == old, digest_table.c.slot.notin_(taken))
        connection.execute(update(digest_table).where(*there).values({column: new}))


def _move_shown(connection: Connection, old: int, new: int) -> None:
    """The new chat numbers its messages anew, so the old numbers name none of them."""
    for table in (answer_table, summary_table):
        connection.execute(update(table).where(table.c.chat_id == old).values(chat_id=new, message_id=None))
    kept = look_table.alias()
    taken = select(kept.c.topic).where(kept.c.chat_id == new)
    connection.execute(update(look_table).where(look_table.c.chat_id == old, look_table.c.topic.notin_(taken)).values(chat_id=new))
