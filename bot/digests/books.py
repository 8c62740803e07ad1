"""What is kept of digests in the database, together."""

from dataclasses import dataclass

from sqlalchemy import Engine

from bot.clock import Clock
from bot.digests.deliveries import Deliveries
from bot.digests.editor import History
from bot.digests.outbox import Outbox
from bot.digests.subscriptions import Subscriptions
from bot.moving import Moves


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Who wants digests, which there were, what is on its way, and where chats have moved. All of it blocks on the disk."""

    subscriptions: Subscriptions
    deliveries: Deliveries
    outbox: Outbox
    moves: Moves

    @classmethod
    def of(cls, engine: Engine, clock: Clock) -> "Books":
        """Return the books in a database."""
        return cls(
            subscriptions=Subscriptions(engine, clock),
            deliveries=Deliveries(engine, clock),
            outbox=Outbox(engine, clock),
            moves=Moves(engine, clock),
        )

    def history(self, chat_id: int) -> History:
        """Return what a chat has had."""
        return History(self.deliveries.told(chat_id), self.deliveries.last_told(chat_id))
