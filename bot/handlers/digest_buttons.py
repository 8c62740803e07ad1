"""Presses on the buttons of the digests' menu."""

import asyncio
import re
from dataclasses import replace
from html import escape

from telegram import CallbackQuery, ForceReply, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.digests import menu as digest_menu
from bot.digests import messages as digest_messages
from bot.digests.menu import Act, Push, Screen, pushed
from bot.digests.previews import Previewer
from bot.digests.schedule import Rhythm
from bot.digests.subscriptions import Subscription
from bot.handlers.access import Access
from bot.handlers.consulting import refusal
from bot.handlers.digest_desk import DigestDesk
from bot.handlers.replies import Replies
from bot.handlers.rights import Rights
from bot.markup import escaped
from bot.sending import Place, Sender, topic_of
from bot.worker import Busy, Stopping


class DigestButtons:
    """Does what a pressed button of the menu says, for those who may: the menu's one message is edited."""

    def __init__(
        self,
        *,
        desk: DigestDesk,
        access: Access,
        rights: Rights,
        sender: Sender,
        replies: Replies,
        previewer: Previewer,
    ) -> None:
        self._desk = desk
        self._access = access
        self._rights = rights
        self._sender = sender
        self._replies = replies
        self._previewer = previewer

    async def press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """React to a press."""
        query = update.callback_query
        if query is None:
            return
        push, message = Push.decode(query.data), query.message
        if push is None or not isinstance(message, Message):
            await self._sender.answer_press(query.id, digest_messages.EXPIRED, alert=True)
        elif not await self._replies.admit_press(update, query, message.chat):
            return
        elif not await self._rights.may_change(context.bot, message.chat, query.from_user.id):
            await self._sender.answer_press(query.id, digest_messages.ADMINS_ONLY, alert=True)
        else:
            await self._do(push, query, message, context)

    async def _do(self, push: Push, query: CallbackQuery, message: Message, context: ContextTypes.DEFAULT_TYPE) -> None:
        if push.act in {Act.RESEND, Act.FORGET}:
            await self._settle_parked(push, query, message)
        elif push.act is Act.PREVIEW:
            await self._preview(query, message, context.bot.username)
        elif push.act in {Act.ASK_ZONE, Act.ASK_TOPICS}:
            await self._sender.answer_press(query.id)
            await self._ask(push.act, query, message)
        else:
            async with self._desk.turn(message.chat.id):
                await self._change(push, query, message)

    async def _change(self, push: Push, query: CallbackQuery, message: Message) -> None:
        before = await self._desk.find(message.chat.id)
        after = pushed(before, push, self._desk.clock(), topic_of(message))
        if before.schedule.rhythm is Rhythm.OFF and push.act is Act.RHYTHM:
            after = replace(after, thread_id=topic_of(message))  # where digests are switched on, they come
        if after != before:
            await self._desk.keep(after)
        await self._sender.answer_press(query.id)
        html, keyboard = await self._desk.card(after), digest_menu.keyboard(after, _screen(push, after), topic_of(message))
        await self._sender.edit(message.chat.id, message.message_id, html, keyboard)

    async def _settle_parked(self, push: Push, query: CallbackQuery, message: Message) -> None:
        """Send a message that may have arrived again, or leave it be, where an operator says so; show what is left."""
        if query.from_user.id not in self._access.admins or not re.fullmatch(r"\d{1,18}", push.value):  # what a database's integer holds
            await self._sender.answer_press(query.id, digest_messages.EXPIRED, alert=True)
            return
        outbox, resend = self._desk.books.outbox, push.act is Act.RESEND
        done = await asyncio.to_thread(outbox.resend if resend else outbox.forget, int(push.value))
        said = digest_messages.SENT_AGAIN if resend else digest_messages.FORGOTTEN
        await self._sender.answer_press(query.id, said if done else digest_messages.PARKED_GONE)
        left = await asyncio.to_thread(outbox.parked)
        html, keyboard = digest_menu.parked_card(left), digest_menu.parked_keyboard(left)
        await self._sender.edit(message.chat.id, message.message_id, html, keyboard)

    async def _ask(self, act: Act, query: CallbackQuery, message: Message) -> None:
        """Ask the presser for words, in a message of its own; in a group, nobody else's keyboard opens."""
        asked = digest_messages.ASK_ZONE if act is Act.ASK_ZONE else digest_messages.ASK_TOPICS
        person = f'<a href="tg://user?id={query.from_user.id}">{escape(query.from_user.first_name[:40])}</a>: '
        html = escaped(asked)
        private = message.chat.type == ChatType.PRIVATE
        place = Place(message.chat.id, topic_of(message))
        await self._sender.send(place, html if private else person + html, ForceReply(selective=not private))

    async def _preview(self, query: CallbackQuery, message: Message, name: str) -> None:
        """Answer the press at once, as it does not wait for models."""
        await self._sender.answer_press(query.id, digest_messages.PREVIEW_STARTED)
        try:
            shown = await self._previewer.show(await self._desk.find(message.chat.id), query.from_user.id)
            said = "" if shown else digest_messages.START_FIRST.format(name=name)
        except (Busy, Stopping) as error:
            said = refusal(error)
        if said:
            await self._sender.send(Place(message.chat.id, topic_of(message)), escaped(said))


def _screen(push: Push, subscription: Subscription) -> Screen:
    """Return which buttons to show after a push."""
    if push.act is Act.SHOW:
        return Screen(push.value) if push.value in set(Screen) else Screen.MAIN
    several = subscription.schedule.rhythm in {Rhythm.SEVERAL, Rhythm.WEEKLY}
    return Screen.TIMES if push.act in {Act.TIME, Act.DAY} and several else Screen.MAIN
