"""One reply to each update from those who may talk to the bot, not two where it is delivered twice."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from telegram import CallbackQuery, Chat, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatID, ChatType

from bot import markup, messages
from bot.clock import Clock
from bot.contexts import Talk
from bot.handlers.access import Access
from bot.handlers.once import Once
from bot.sending import Place, Sender
from bot.state import State

REFUSE_EVERY = timedelta(hours=1)
"""How often a stranger's messages are answered with why there is no answer."""
STALE_AFTER = timedelta(minutes=10)
"""How long somebody waits for an answer; what was asked before, while the bot was away, gets none."""


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
    """Replies to updates, each at most once, from chats that `access` allows.

    An update is recorded in the database right before its reply is sent, and a delivery after that is dropped. A process that is killed
    before that loses the reply only where a later poll has told Telegram that the update came; else Telegram delivers it again.
    """

    def __init__(self, state: State, sender: Sender, clock: Clock, access: Access) -> None:
        self._state = state
        self._sender = sender
        self._access = access
        self._clock = clock
        self._seen = Once(clock)
        self._answered = Once(clock)
        self._refused = Once(clock, within=REFUSE_EVERY)
        self._told_stale = Once(clock, within=STALE_AFTER)

    async def admit(self, update: Update, message: Message) -> bool:
        """Return whether to reply to a message for the bot: its chat is allowed, and the update comes for the first time.

        A stranger is told once in a while why there is no answer; groups get silence.
        """
        if self._access.allows(message.chat.id):
            return await self.is_new(update.update_id)
        if message.chat.type == ChatType.PRIVATE and self._refused.first(message.chat.id):
            await self.say(Occasion.of(update, message), markup.plain(messages.NOT_ALLOWED.format(chat_id=message.chat.id)))
        return False

    async def admit_press(self, update: Update, query: CallbackQuery, chat: Chat) -> bool:
        """Return whether to do what a pressed button in `chat` says, as `admit` does; a press that is not admitted is answered here."""
        if not self._access.allows(chat.id):
            private = chat.type == ChatType.PRIVATE
            await self._sender.answer_press(query.id, messages.NOT_ALLOWED.format(chat_id=chat.id) if private else None, alert=private)
            return False
        if await self.is_new(update.update_id):
            return True
        await self._sender.answer_press(query.id)
        return False

    async def is_stale(self, occasion: Occasion, message: Message) -> bool:
        """Return whether a question came while the bot was away, and nobody waits for its answer any more; its chat is told that once."""
        if self._clock() - message.date <= STALE_AFTER:
            return False
        if self._told_stale.first(message.chat.id):
            await self.say(occasion, markup.plain(messages.STALE))
        return True

    async def is_new(self, update_id: int) -> bool:
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
