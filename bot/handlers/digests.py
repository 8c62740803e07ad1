"""The command /digest, and answers to what its menu asks for."""

import asyncio
from dataclasses import replace
from functools import partial

from telegram import Chat, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot import markup
from bot.digests import menu as digest_menu
from bot.digests import messages as digest_messages
from bot.digests.editor import Editor
from bot.digests.menu import Screen
from bot.digests.order import Ambiguous, NotUnderstood, Order, bare, read_order, read_topics
from bot.digests.previews import Previewer
from bot.digests.rendering import tested
from bot.digests.schedule import Rhythm
from bot.digests.subscriptions import MAX_COPIES, Subscription
from bot.digests.zones import find_zones
from bot.handlers.access import Access
from bot.handlers.addressing import argument_of, understand
from bot.handlers.consulting import refusal
from bot.handlers.digest_desk import DigestDesk
from bot.handlers.replies import Occasion, Replies
from bot.handlers.rights import Rights
from bot.sending import topic_of
from bot.worker import Busy, Stopping, Worker
from retrieval.summaries.topics import Topics

TESTED = 15
"""The latest articles that /digest test looks at."""


class DigestCommands:
    """Shows and changes what a chat gets."""

    def __init__(
        self,
        *,
        desk: DigestDesk,
        access: Access,
        rights: Rights,
        replies: Replies,
        previewer: Previewer,
        editor: Editor,
        worker: Worker,
    ) -> None:
        self._desk = desk
        self._access = access
        self._rights = rights
        self._replies = replies
        self._previewer = previewer
        self._editor = editor
        self._worker = worker

    async def hear(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply to /digest."""
        message = await self._admitted(update, context)
        if message is None:
            return
        rest = argument_of(message)
        verb, *following = rest.split(maxsplit=1) or [""]
        argument = "".join(following)
        occasion = Occasion.of(update, message)
        match bare(verb).casefold():
            case "copy" | "copies":
                await self._copy(occasion, message, argument, context.bot.username)
            case "parked" if message.chat.id in self._access.admins:
                await self._parked(occasion)
            case "test":
                await self._test(occasion, message, argument)
            case _ if not await self._may_change(message, context):
                await self._show(occasion, message)
            case "now" | "preview":
                await self._preview(occasion, message, context)
            case "":
                await self._menu(occasion, message, await self._desk.find(message.chat.id))
            case _:
                await self._order(occasion, message, rest)

    async def answer(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take a reply to a message in which the menu asked for a place or for topics."""
        message = await self._admitted(update, context)
        if message is None or message.reply_to_message is None:
            return
        occasion, text = Occasion.of(update, message), message.text or ""
        if not await self._may_change(message, context):
            await self._replies.say(occasion, markup.plain(digest_messages.ADMINS_ONLY))
        elif asks_for_topics(message.reply_to_message):
            try:
                await self._change(occasion, message, Order(topics=read_topics(text)))
            except NotUnderstood as error:
                await self._replies.say(occasion, markup.plain(str(error)))
        else:
            await self._place(occasion, message, text)

    async def _admitted(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> Message | None:
        """Return the message to reply to; None for one that is not for us, or was replied to."""
        message = update.message
        if message is None or understand(message, context.bot.bot) is None:
            return None
        return message if await self._replies.admit(update, message) else None

    async def _may_change(self, message: Message, context: ContextTypes.DEFAULT_TYPE) -> bool:
        user = message.from_user.id if message.from_user else None
        speaker = message.sender_chat.id if message.sender_chat else None
        return await self._rights.may_change(context.bot, message.chat, user, speaker)

    async def _menu(self, occasion: Occasion, message: Message, subscription: Subscription, note: str = "") -> None:
        keyboard = digest_menu.keyboard(subscription, Screen.MAIN, topic_of(message))
        await self._replies.say(occasion, await self._desk.card(subscription, note), keyboard)

    async def _show(self, occasion: Occasion, message: Message) -> None:
        """Show a group's settings to somebody who cannot change them."""
        subscription = await self._desk.find(message.chat.id)
        await self._replies.say(occasion, await self._desk.card(subscription, digest_messages.TEXT_ONLY_ADMINS))

    async def _order(self, occasion: Occasion, message: Message, text: str) -> None:
        try:
            await self._change(occasion, message, await asyncio.to_thread(read_order, text))  # looks through all zones
        except Ambiguous as error:
            await self._change_silently(message, error.order)
            await self._replies.say(occasion, markup.plain(str(error)), digest_menu.zone_choice(error.zones))
        except NotUnderstood as error:
            await self._replies.say(occasion, markup.plain(str(error)))

    async def _place(self, occasion: Occasion, message: Message, text: str) -> None:
        zones = await asyncio.to_thread(find_zones, text)
        if len(zones) == 1:
            await self._change(occasion, message, Order(zone=zones[0]))
        elif zones:
            which = digest_messages.WHICH_ZONE.format(text=text)
            await self._replies.say(occasion, markup.plain(which), digest_menu.zone_choice(zones))
        else:
            await self._replies.say(occasion, markup.plain(digest_messages.NO_ZONE.format(text=text[:60])))

    async def _change(self, occasion: Occasion, message: Message, order: Order) -> None:
        changed = await self._change_silently(message, order)
        await self._menu(occasion, message, changed, digest_messages.SAVED)

    async def _change_silently(self, message: Message, order: Order) -> Subscription:
        async with self._desk.turn(message.chat.id):
            before = await self._desk.find(message.chat.id)
            changed = order.applied(before, self._desk.clock(), topic_of(message))
            if before.schedule.rhythm is Rhythm.OFF and changed.schedule.rhythm is not Rhythm.OFF and order.here is None:
                changed = replace(changed, thread_id=topic_of(message))  # where digests are switched on, they come
            await self._desk.keep(changed)
        return changed

    async def _preview(self, occasion: Occasion, message: Message, context: ContextTypes.DEFAULT_TYPE) -> None:
        private = message.chat.type == ChatType.PRIVATE
        if message.from_user is None or (not private and message.sender_chat is not None):
            await self._replies.say(occasion, markup.plain(digest_messages.ANONYMOUS))
            return
        try:
            shown = await self._previewer.show(await self._desk.find(message.chat.id), message.from_user.id)
            said = digest_messages.PREVIEW_SENT if shown else digest_messages.START_FIRST.format(name=context.bot.username)
        except (Busy, Stopping) as error:
            said = refusal(error)
        if not private or said != digest_messages.PREVIEW_SENT:
            await self._replies.say(occasion, markup.plain(said))

    async def _copy(self, occasion: Occasion, message: Message, argument: str, name: str) -> None:
        """Switch a private copy of the group's digest on, or off; in a private chat, all of them off."""
        person, group = message.from_user, message.chat
        subscriptions, off = self._desk.books.subscriptions, bare("".join(argument.split()[:1])).casefold() in {"off", "stop", "no"}
        if person is None or message.sender_chat is not None:
            said = digest_messages.ANONYMOUS
        elif group.type == ChatType.PRIVATE:
            if off:
                await asyncio.to_thread(subscriptions.stop_copies, group.id)
            said = digest_messages.COPIES_STOPPED if off else digest_messages.COPY_IN_GROUP
        elif off:
            await asyncio.to_thread(subscriptions.stop_copies, person.id, group.id)
            said = digest_messages.COPY_OFF
        else:
            said = await self._copied(group, person.id, name)
        await self._replies.say(occasion, markup.plain(said))

    async def _copied(self, group: Chat, reader: int, name: str) -> str:
        """Let a person have a group's digest, too, where they let the bot write to them; return what to tell them in the group."""
        if not self._access.allows(reader):
            return digest_messages.COPY_NOT_ALLOWED
        subscriptions = self._desk.books.subscriptions
        known = await asyncio.to_thread(subscriptions.copied_by, reader)
        if group.id not in known and len(known) >= MAX_COPIES:
            return digest_messages.COPY_TOO_MANY.format(most=MAX_COPIES)
        if not await asyncio.to_thread(subscriptions.copy, reader, group.id):
            return digest_messages.COPY_ON_ALREADY
        if not await self._previewer.reach(reader, markup.plain(digest_messages.COPY_HERE.format(group=group.title or group.id))):
            await asyncio.to_thread(subscriptions.stop_copies, reader, group.id)
            return digest_messages.START_FIRST.format(name=name)
        is_off = (await self._desk.find(group.id)).schedule.rhythm is Rhythm.OFF
        return digest_messages.COPY_ON.format(state=digest_messages.COPY_GROUP_OFF if is_off else "").strip()

    async def _parked(self, occasion: Occasion) -> None:
        """Show an operator which messages may have arrived."""
        parked = await asyncio.to_thread(self._desk.books.outbox.parked)
        await self._replies.say(occasion, digest_menu.parked_card(parked), digest_menu.parked_keyboard(parked))

    async def _test(self, occasion: Occasion, message: Message, argument: str) -> None:
        """Show which of the latest articles fit the chat's topics, or those that are given, and why."""
        try:
            topics = read_topics(argument) if argument.strip() else (await self._desk.find(message.chat.id)).topics
            html = await self._tested(topics)
        except NotUnderstood as error:
            html = markup.plain(str(error))
        except (Busy, Stopping) as error:
            html = markup.plain(refusal(error))
        await self._replies.say(occasion, html)

    async def _tested(self, topics: Topics) -> str:
        articles = await asyncio.to_thread(self._editor.latest, TESTED)
        if not articles or topics.everything:
            return markup.plain(digest_messages.TEST_EVERYTHING if articles else digest_messages.TEST_EMPTY)
        found = await self._worker.submit(partial(self._editor.test, topics, articles))
        return tested(topics, list(zip(articles, found, strict=True)))


def asks_for_topics(message: Message) -> bool:
    """Return whether a message of ours asks for topics."""
    return digest_messages.ASK_TOPICS in (message.text or "")


def asks_for_place(message: Message) -> bool:
    """Return whether a message of ours asks for a city or a time zone."""
    return digest_messages.ASK_ZONE in (message.text or "")
