"""Questions from chats that the bot is not in: inline mode (`@bot question` in any chat) and guest mode (it is mentioned there)."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from telegram import InlineQuery, InlineQueryResultArticle, InputTextMessageContent, Message, Update
from telegram.constants import ParseMode
from telegram.ext import ContextTypes

from bot import markup, messages, render
from bot.handlers.access import Access
from bot.handlers.addressing import Words, understand
from bot.handlers.consulting import refusal
from bot.handlers.question_desk import QuestionDesk
from bot.handlers.replies import Replies
from bot.inline_cards import Card, cards
from bot.sending import Sender
from bot.worker import Busy, Stale, Stopping
from retrieval.question import QuestionTooLong

INLINE, GUEST = "inline", "guest"
MIN_LENGTH = 3
"""Characters; whoever typed less has not asked yet."""

DEBOUNCE = 0.4
"""Seconds without another letter after which somebody is taken to have finished typing."""

CACHED = timedelta(minutes=5)
"""How long Telegram may answer the same person's same question by itself."""

TYPISTS = 1000
"""People whose latest letter is remembered."""

Pause = Callable[[float], Awaitable[object]]

logger = logging.getLogger(__name__)


class Inline:
    """Answers inline queries, the latest of each person only and after all chats, and guest messages."""

    def __init__(
        self,
        *,
        desk: QuestionDesk,
        access: Access,
        sender: Sender,
        replies: Replies,
        pause: Pause,
    ) -> None:
        self._desk = desk
        self._access = access
        self._sender = sender
        self._replies = replies
        self._pause = pause
        self._latest: OrderedDict[int, str] = OrderedDict()

    async def query(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Offer answers to what somebody has typed after the bot's name."""
        query = update.inline_query
        if query is None:
            return
        person, text = query.from_user.id, query.query.strip()
        self._note(person, query.id)
        if not self._access.allows(person):
            await self._sender.offer(query.id, [], cached=CACHED)
        elif len(text) < MIN_LENGTH:
            await self._sender.offer(query.id, [], cached=CACHED, hint=messages.INLINE_HINT)
        else:
            await self._pause(DEBOUNCE)
            if self._is_latest(query):
                await self._offer(query, text)

    def _note(self, person: int, query_id: str) -> None:
        self._latest[person] = query_id
        self._latest.move_to_end(person)
        if len(self._latest) > TYPISTS:
            self._latest.popitem(last=False)

    def _is_latest(self, query: InlineQuery) -> bool:
        """Whether the person has not typed on since; one who is not remembered any more may have."""
        return self._latest.get(query.from_user.id) == query.id

    async def _offer(self, query: InlineQuery, text: str) -> None:
        wait = self._desk.limits.take(query.from_user.id, None)
        if wait:
            await self._sender.offer(query.id, [], hint=messages.inline_slower(wait.seconds))
            return
        try:
            asked = await self._desk.worker.submit_last(partial(self._desk.ask, text, None), lambda: self._is_latest(query))
        except Stale:
            logger.debug("an inline query was typed on before its turn")
        except (Busy, Stopping):
            await self._sender.offer(query.id, [], hint=messages.INLINE_BUSY)
        except QuestionTooLong:
            await self._sender.offer(query.id, [], hint=messages.INLINE_HINT)
        else:
            self._desk.log(INLINE, asked)
            offered = [_article(str(number), card) for number, card in enumerate(cards(asked.result, today=self._desk.today), 1)]
            await self._sender.offer(query.id, offered, cached=CACHED, hint=None if offered else messages.INLINE_HINT)

    async def guest(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message in which somebody mentions the bot in a chat that it is not in."""
        message = update.guest_message
        if message is None or message.from_user is None or message.guest_query_id is None:
            return
        heard = understand(message, context.bot.bot)
        allowed = self._access.allows(message.from_user.id) or self._access.allows(message.chat.id)
        if not isinstance(heard, Words) or not allowed or not await self._replies.is_new(update.update_id):
            return
        html = await self._answer(message, heard.text) if heard.text else markup.plain(messages.EMPTY_QUESTION)
        if html and await self._replies.claim(update.update_id):
            await self._sender.answer_guest(message.guest_query_id, _article("1", Card(messages.GUEST_TITLE, "", html)))

    async def _answer(self, message: Message, text: str) -> str | None:
        """Return the answer, or a line that says why there is none now; None where even that was said before."""
        wait = self._desk.limits.take(message.from_user.id if message.from_user else None, message.chat.id)
        if wait:
            return markup.plain(messages.slower(wait.seconds)) if wait.is_news else None
        try:
            asked = await self._desk.worker.submit(partial(self._desk.ask, text, None))
        except (Busy, Stopping, QuestionTooLong) as error:
            return markup.plain(refusal(error))
        await asyncio.to_thread(self._desk.question_log.note, GUEST, asked)
        self._desk.log(GUEST, asked)
        return markup.without_dates(render.card(asked.result, today=self._desk.today))


def _article(result_id: str, card: Card) -> InlineQueryResultArticle:
    content = InputTextMessageContent(card.html, parse_mode=ParseMode.HTML)
    return InlineQueryResultArticle(result_id, card.title, content, description=card.description or None)
