"""Being added to a group."""

from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import ContextTypes

from bot import render
from bot.handlers.access import Access
from bot.handlers.replies import Occasion, Replies
from bot.sending import Place

ABSENT = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


class Membership:
    """Greets a group that the bot is added to, and says how to ask there."""

    def __init__(self, *, access: Access, replies: Replies) -> None:
        self._access = access
        self._replies = replies

    async def change(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say hello where the bot has just come in; do nothing on any other change."""
        change = update.my_chat_member
        if change is None or not _has_joined(change) or not self._access.allows(change.chat.id):
            return
        if not await self._replies.is_new(update.update_id):
            return
        me = context.bot.bot
        sees_mentions = bool(me.can_read_all_group_messages) or change.new_chat_member.status == ChatMemberStatus.ADMINISTRATOR
        occasion = Occasion(update.update_id, Place(change.chat.id), change.chat.type)
        await self._replies.say(occasion, render.hello(me.username or "", sees_mentions=sees_mentions))


def _has_joined(change: ChatMemberUpdated) -> bool:
    in_group = change.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}
    return in_group and not is_present(change.old_chat_member) and is_present(change.new_chat_member)


def is_present(member: ChatMember) -> bool:
    """Return whether a member, such as the bot, is in its chat now."""
    return member.is_member if isinstance(member, ChatMemberRestricted) else member.status not in ABSENT
