"""Who may change what the bot does in a chat: anyone in a private chat, the administrators of a group."""

import logging
from datetime import datetime, timedelta

from telegram import Bot, Chat
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.clock import Clock

REMEMBERED = timedelta(seconds=60)
MOST = 1000
"""Answers of Telegram's that are remembered at once."""
ADMINISTRATORS = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}

logger = logging.getLogger(__name__)


class Rights:
    """Knows administrators by asking Telegram, whose answer holds for REMEMBERED."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[tuple[int, int], tuple[datetime, bool]] = {}

    async def may_change(self, bot: Bot, chat: Chat, user_id: int | None, sender_chat_id: int | None = None) -> bool:
        """Return whether a person may change the chat's settings; an anonymous administrator speaks as the chat itself.

        Where Telegram does not say, nobody may.
        """
        if chat.type == ChatType.PRIVATE or sender_chat_id == chat.id:
            return True
        if user_id is None or sender_chat_id is not None:  # somebody who speaks as a channel
            return False
        now, key = self._clock(), (chat.id, user_id)
        known = self._known.get(key)
        if known is not None and now - known[0] < REMEMBERED:
            return known[1]
        try:
            member = await bot.get_chat_member(chat.id, user_id)
        except TelegramError as error:
            logger.warning("Telegram does not say who administers chat %s: %s", chat.id, error)
            return False
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = now, member.status in ADMINISTRATORS
        return self._known[key][1]
