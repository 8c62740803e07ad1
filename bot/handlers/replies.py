"""One reply to each update, not two where it is delivered twice."""

import asyncio
from dataclasses import dataclass
from typing import Self

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatID

from bot.clock import Clock
from bot.contexts import Talk
from bot.handlers.once import Once
from bot.sending import Place, Sender
from bot.state import State


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is replied to: an update, where the reply goes, and the kind of chat ("private", "group", "supergroup").

    `person` is who wrote, None where that is not told. `answered_to` is the message that the person replied to, None for none.
    """

    update_id: int
    place: Place
    chat_kind: str
    person: int | None = None
    answered_to: int | None = None

    @classmethod
    def of(cls, update: Update, message: Message) -> Self:
        """Return the occasion to reply to `message`, which came with `update`."""
        sender, reply = message.from_user, message.reply_to_message
        person = None if sender is None or sender.id in {ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL} else sender.id
        return cls(update.update_id, Place.of(message), message.chat.type, person, reply.message_id if reply else None)

    @property
    def talk(self) -> Talk | None:
        """The conversation that it belongs to; None where it is not told whose it is."""
        return Talk(self.place.chat_id, self.place.topic or 0, self.person) if self.person is not None else None


class Replies:
    """Replies to updates, each at most once.

    An update is recorded in the database right before its reply is sent, and a delivery after that is dropped. A process that is killed
    before that loses the reply only where a later poll has told Telegram that the update came; else Telegram delivers it again.
    """

    def __init__(self, state: State, sender: Sender, clock: Clock) -> None:
        self._state = state
        self._sender = sender
        self._seen = Once(clock)
        self._answered = Once(clock)

    async def admit(self, update_id: int) -> bool:
        """Return whether an update comes for the first time."""
        return self._seen.first(update_id) and not await asyncio.to_thread(self._state.is_answered, update_id)

    async def say(self, occasion: Occasion, html: str, keyboard: InlineKeyboardMarkup | None = None) -> Message | None:
        """Return the reply as sent; None where the occasion has had its reply, or where Telegram did not take it."""
        return await self._sender.send(occasion.place, html, keyboard) if await self.claim(occasion.update_id) else None

    async def show(self, occasion: Occasion, picture: bytes, caption: str, keyboard: InlineKeyboardMarkup | None = None) -> Message | None:
        """Return the picture with which it replied; None as `say` does."""
        return await self._sender.show(occasion.place, picture, caption, keyboard) if await self.claim(occasion.update_id) else None

    async def claim(self, update_id: int) -> bool:
        """Record that an update is being answered; return False where it has been."""
        return await asyncio.to_thread(self._state.claim, update_id) and self._answered.first(update_id)

    async def apologise(self, occasion: Occasion, html: str) -> None:
        """Reply, unless that was done, without the database: it may be what failed."""
        if self._answered.first(occasion.update_id):
            await self._sender.send(occasion.place, html)
