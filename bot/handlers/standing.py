"""How the bot stands in a chat: digests pause where it may not speak, go on where it may again, and follow a group that moves."""

import asyncio
import logging

from telegram import ChatMember, ChatMemberRestricted, Update
from telegram.ext import ContextTypes

from bot.digests import messages as digest_messages
from bot.digests.books import Books
from bot.handlers.access import Access
from bot.handlers.membership import is_present

logger = logging.getLogger(__name__)


class Standing:
    """Keeps the books of digests in step with where the bot is. It says nothing."""

    def __init__(self, books: Books, access: Access) -> None:
        self._books = books
        self._access = access

    async def change(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Pause the digests of a chat that the bot was put out of, or silenced in; resume those of one that takes it back."""
        change = update.my_chat_member
        if change is None:
            return
        before, after = _hindrance(change.old_chat_member), _hindrance(change.new_chat_member)
        subscriptions = self._books.subscriptions
        if after is not None:
            await asyncio.to_thread(subscriptions.pause, change.chat.id, after)
        elif before is not None:
            await asyncio.to_thread(subscriptions.resume, change.chat.id)

    async def move(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take along what is kept of a group that became a supergroup, and say in the log where that one is not allowed."""
        message = update.message
        if message is None:
            return
        old, new = message.migrate_from_chat_id or message.chat.id, message.migrate_to_chat_id or message.chat.id
        await asyncio.to_thread(self._books.moves.move, old, new)
        if self._access.allows(old) and not self._access.allows(new):
            logger.warning(
                "Chat %d has the id %d now; put that into ALLOWED_CHATS and start the bot again, as it is silent there", old, new
            )


def _hindrance(member: ChatMember) -> str | None:
    """Return why the bot cannot speak, in words for people; None where it can."""
    if not is_present(member):
        return digest_messages.PAUSED_REMOVED
    is_mute = isinstance(member, ChatMemberRestricted) and not member.can_send_messages
    return digest_messages.PAUSED_MUTE if is_mute else None
