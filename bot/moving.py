"""A group that becomes a supergroup gets another id: what is kept under the old one moves along."""

from sqlalchemy import Engine, delete, select, update

from bot.digests.delivery_tables import digest_table
from bot.digests.subscriptions import copy_table, subscription_table
from bot.state import answer_table
from corpus.database import transaction


class Moves:
    """Moves chats in the database behind `engine`. Blocks on the disk; call it from a thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def move(self, old: int, new: int) -> None:
        """Keep under `new` what is kept under `old`: settings, copies, digests with their messages, answers with their votes.

        Doing it again changes nothing. Where both have settings, the old ones stay in force: the new chat cannot have had others
        but by being set up in the moment of its making. A forum topic of the old chat is no topic of the new one.
        """
        with transaction(self._engine) as connection:
            if connection.scalar(select(subscription_table.c.chat_id).where(subscription_table.c.chat_id == old)) is not None:
                connection.execute(delete(subscription_table).where(subscription_table.c.chat_id == new))
            changes = {"chat_id": new, "thread_id": None}
            connection.execute(update(subscription_table).where(subscription_table.c.chat_id == old).values(changes))
            doubled = select(copy_table.c.user_id).where(copy_table.c.chat_id == new)
            connection.execute(delete(copy_table).where(copy_table.c.chat_id == old, copy_table.c.user_id.in_(doubled)))
            connection.execute(update(copy_table).where(copy_table.c.chat_id == old).values(chat_id=new))
            kept = digest_table.alias()
            for column in ("chat_id", "origin"):
                taken = select(kept.c.slot).where(kept.c[column] == new)
                there = (digest_table.c[column] == old, digest_table.c.slot.notin_(taken))
                connection.execute(update(digest_table).where(*there).values({column: new}))
            connection.execute(update(answer_table).where(answer_table.c.chat_id == old).values(chat_id=new))
