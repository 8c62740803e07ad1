"""Saying things in Telegram: what to do when that fails, decided in one place.

A message whose sending timed out may have arrived, so it is never sent again; one whose connection never came about
cannot have, so it is. To edit a message twice does no harm. Flood limits are waited out below, by the rate limiter.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Self, TypeVar

import httpx
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    Message,
    ReplyParameters,
)
from telegram.constants import CallbackQueryLimit, ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.markup import DATE_TAG, shorten, visible, without_dates

T = TypeVar("T")
Markup = InlineKeyboardMarkup | ForceReply
"""What can stand under a message: buttons, or the invitation to reply."""
PAUSES = (0.5, 1.0, 2.0)
"""Seconds before each further try to connect."""
TYPING_PATIENCE = 1.0
"""Seconds that an answer waits for its typing sign; a sign that came after the answer would promise another one."""
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where to speak: a chat, the forum topic in it (or None), and the message to reply to (or None)."""

    chat_id: int
    topic: int | None = None
    reply_to: int | None = None

    @classmethod
    def of(cls, message: Message) -> Self:
        """Return the place of a reply to `message`."""
        return cls(message.chat.id, topic_of(message), message.message_id)


def wait_after(error: RetryAfter) -> timedelta:
    """Return how long Telegram asks to wait."""
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def topic_of(message: Message) -> int | None:
    """Return the forum topic that a message stands in; None outside of topics."""
    return message.message_thread_id if message.is_topic_message else None  # elsewhere it names a thread of replies


class Sender:
    """Speaks through `bot`. Its methods never raise TelegramError: what cannot be delivered is logged in one line.

    `moved` is called, on a thread, with the old and the new id of a group that turns out to have another one.
    """

    def __init__(
        self, bot: Bot, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep, moved: Callable[[int, int], None] | None = None
    ) -> None:
        self._bot = bot
        self._moved = moved
        self._sleep = sleep
        self._takes_dates = True

    async def send(self, place: Place, html: str, keyboard: Markup | None = None) -> Message | None:
        """Return the message that was sent; None where it was not, or where that is unknown."""
        return await _logged(place.chat_id, lambda: self._deliver(place, html, keyboard))

    async def show(self, place: Place, picture: bytes, caption: str, keyboard: InlineKeyboardMarkup | None = None) -> Message | None:
        """Return the picture (a PNG file) that was sent, with its caption; None where it was not, or where that is unknown."""
        return await _logged(place.chat_id, lambda: self._connecting(lambda: self._hang(place, picture, caption, keyboard)))

    async def _hang(self, place: Place, picture: bytes, caption: str, keyboard: InlineKeyboardMarkup | None) -> Message:
        return await self._bot.send_photo(
            place.chat_id,
            picture,
            caption=caption,
            parse_mode=ParseMode.HTML,
            message_thread_id=place.topic,
            reply_parameters=_reply_to(place),
            reply_markup=keyboard,
        )

    async def offer(
        self, query_id: str, results: Sequence[InlineQueryResultArticle], *, cached: timedelta = timedelta(0), hint: str | None = None
    ) -> None:
        """Show somebody who typed after the bot's name what to choose from. `hint` is a button above that opens the private chat."""
        button = InlineQueryResultsButton(hint, start_parameter="inline") if hint else None
        seconds = int(cached.total_seconds())
        await _logged(None, lambda: self._bot.answer_inline_query(query_id, results, cache_time=seconds, is_personal=True, button=button))

    async def answer_guest(self, query_id: str, result: InlineQueryResultArticle) -> None:
        """Say something in a chat that the bot was summoned to as a guest."""
        await _logged(None, lambda: self._connecting(lambda: self._bot.answer_guest_query(query_id, result)))

    async def edit(self, chat_id: int, message_id: int, html: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Show something else in a message of ours; return whether it shows that now, as far as is known."""
        shown = await _logged(
            chat_id,
            lambda: self._marked_up(html, lambda html: self._retried(lambda: self._exchange(chat_id, message_id, html, keyboard))),
        )
        return shown is not None

    async def _exchange(self, chat_id: int, message_id: int, html: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        try:
            await self._bot.edit_message_text(
                html, chat_id=chat_id, message_id=message_id, parse_mode=ParseMode.HTML, reply_markup=keyboard
            )
        except BadRequest as error:
            if "not modified" not in error.message:
                raise
        return True

    async def edit_keyboard(self, chat_id: int, message_id: int, keyboard: InlineKeyboardMarkup | None) -> None:
        """Show other buttons under a message of ours."""
        await _logged(chat_id, lambda: self._bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id, reply_markup=keyboard))

    async def answer_press(self, press_id: str, text: str | None = None, *, alert: bool = False) -> None:
        """End the waiting sign on a pressed button; `text` is shown for a moment, or until it is closed with `alert`."""
        shown = shorten(text, CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH) if text else None
        await _logged(None, lambda: self._connecting(lambda: self._bot.answer_callback_query(press_id, shown, show_alert=alert)))

    @asynccontextmanager
    async def typing(self, place: Place) -> AsyncIterator[None]:
        """Show that an answer is being made, from now until the end of the block at least."""
        sign = asyncio.create_task(
            _logged(place.chat_id, lambda: self._bot.send_chat_action(place.chat_id, ChatAction.TYPING, message_thread_id=place.topic))
        )
        try:
            yield
            await asyncio.wait({sign}, timeout=TYPING_PATIENCE)
        finally:
            sign.cancel()

    async def _deliver(self, place: Place, html: str, keyboard: Markup | None) -> Message:
        try:
            return await self._marked_up(html, lambda html: self._post(place, html, keyboard))
        except ChatMigrated as moved:  # there, the message to reply to has another id
            home = Place(moved.new_chat_id)
            if self._moved:
                await asyncio.to_thread(self._moved, place.chat_id, moved.new_chat_id)
            return await self._marked_up(html, lambda html: self._post(home, html, keyboard))
        except BadRequest as error:
            if "parse entities" not in error.message:
                raise
            logger.error("Telegram cannot read our markup, so the message goes without it: %s", error)
            return await self._post(place, visible(html), keyboard, parse_mode=None)

    async def _marked_up(self, html: str, request: Callable[[str], Awaitable[T]]) -> T:
        """Return what `request` returns for `html`: without date entities from the moment on that a server of before 2026 refuses one."""
        if self._takes_dates:
            try:
                return await request(html)
            except BadRequest as error:
                if f'"{DATE_TAG}"' not in error.message:
                    raise
                logger.info("The Bot API server does not know date entities, so dates go as plain words: %s", error)
                self._takes_dates = False
        return await request(without_dates(html))

    async def _post(self, place: Place, text: str, keyboard: Markup | None, *, parse_mode: str | None = ParseMode.HTML) -> Message:
        return await self._connecting(
            lambda: self._bot.send_message(
                place.chat_id,
                text,
                parse_mode=parse_mode,
                message_thread_id=place.topic,
                reply_parameters=_reply_to(place),
                reply_markup=keyboard,
            )
        )

    async def _connecting(self, request: Callable[[], Awaitable[T]]) -> T:
        """Return what `request` returns; it is made again where no connection came about."""
        return await self._again(request, lambda error: isinstance(error.__cause__, NEVER_SENT))

    async def _retried(self, request: Callable[[], Awaitable[T]]) -> T:
        """Return what `request` returns; it is made again after whatever may pass, even where it has arrived."""
        return await self._again(request, lambda error: not isinstance(error, BadRequest))

    async def _again(self, request: Callable[[], Awaitable[T]], may_pass: Callable[[NetworkError], bool]) -> T:
        for pause in PAUSES:
            try:
                return await request()
            except NetworkError as error:
                if not may_pass(error):
                    raise
                await self._sleep(pause)
        return await request()


def _reply_to(place: Place) -> ReplyParameters | None:
    return None if place.reply_to is None else ReplyParameters(place.reply_to, allow_sending_without_reply=True)


async def _logged(chat_id: int | None, request: Callable[[], Awaitable[T]]) -> T | None:
    """Return what `request` returns, or None and a line in the log where Telegram or the network refuses."""
    try:
        return await request()
    except Forbidden as error:
        logger.info("Chat %s does not let the bot speak: %s", chat_id, error)
    except TimedOut as error:
        logger.warning("A request for chat %s timed out and is not repeated, as it may have arrived: %s", chat_id, error)
    except TelegramError as error:
        harmless = isinstance(error, BadRequest) and ("not modified" in error.message or "query is too old" in error.message)
        logger.log(logging.DEBUG if harmless else logging.WARNING, "Telegram refused a request for chat %s: %s", chat_id, error)
    return None
