"""What nobody foresaw."""

import logging

from telegram import Update
from telegram.ext import ContextTypes

from bot import markup, messages
from bot.handlers.access import Access
from bot.handlers.addressing import understand
from bot.handlers.replies import Occasion, Replies
from bot.sending import Sender

logger = logging.getLogger(__name__)


class Failures:
    """Logs an unforeseen error with its traceback, and tells the person who was waiting."""

    def __init__(self, *, access: Access, sender: Sender, replies: Replies) -> None:
        self._access = access
        self._sender = sender
        self._replies = replies

    async def report(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log what failed; apologise once where the update was addressed to the bot and has had no reply."""
        if not isinstance(update, Update):
            logger.error("Something failed outside any update", exc_info=context.error)
            return
        logger.error("Update %s failed", update.update_id, exc_info=context.error)
        message = update.message
        if update.callback_query is not None:
            await self._sender.answer_press(update.callback_query.id, messages.FAILED, alert=True)
        elif message is not None and self._access.allows(message.chat.id) and understand(message, context.bot.bot):
            await self._replies.apologise(Occasion.of(update, message), markup.plain(messages.FAILED))
