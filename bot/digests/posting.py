"""Sending one message of a digest, once, and telling exactly what became of it.

Unlike an answer, a digest has nobody who asks again, and a doubtful one must not come twice: so each way to fail is told apart.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.digests import messages as digest_messages
from bot.markup import visible
from bot.pacing import IN_BULK
from bot.sending import NEVER_SENT, wait_after

NOT_CONNECTED_WAIT = timedelta(seconds=60)
"""Until the next try to connect."""
MUTE_WAIT = timedelta(minutes=30)
"""Until the next try in a group that lets none of its members write: some do at night, and Telegram does not tell when they may again."""
_MUTE = (
    *("not enough rights", "have no rights", "need administrator rights"),
    *("chat_write_forbidden", "chat_restricted", "chat_send_plain_forbidden"),
)
_GONE = ("chat not found", "chat_id is empty", "peer_id_invalid", "user not found", "group chat was deactivated", "chat was deleted")
_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic closed", "topic_id_invalid")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Telegram has it."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It was sent, and nobody knows whether it arrived."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """It certainly did not arrive, and may after `wait`."""

    wait: timedelta
    reason: str
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Unwelcome:
    """The chat does not let the bot speak; `reason` says why in words for people."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has another id now."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class NoTopic:
    """The forum topic is closed or gone."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram does not take this message, now or later."""

    reason: str


Outcome = Arrived | Doubtful | Later | Unwelcome | Moved | NoTopic | Refused


class Poster:
    """Sends messages through `bot`, in no hurry: people's answers go first. Its methods never raise TelegramError."""

    def __init__(self, bot: ExtBot[Any]) -> None:
        self._bot = bot

    async def post(self, chat_id: int, thread_id: int | None, html: str) -> Outcome:
        """Send a message and return what became of it. Markup that Telegram cannot read is taken out, once."""
        outcome = await _outcome(lambda: self._send(chat_id, thread_id, html, ParseMode.HTML))
        if isinstance(outcome, Refused) and "parse entities" in outcome.reason:
            logger.error("Telegram cannot read the markup of a digest, so it goes without: %s", outcome.reason)
            return await _outcome(lambda: self._send(chat_id, thread_id, visible(html), None))
        return outcome

    async def _send(self, chat_id: int, thread_id: int | None, text: str, parse_mode: str | None) -> Message:
        return await self._bot.send_message(
            chat_id,
            text,
            parse_mode=parse_mode,
            message_thread_id=thread_id,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            rate_limit_args=IN_BULK,
        )


async def _outcome(request: Callable[[], Awaitable[Message]]) -> Outcome:
    """Return what became of a request to send a message."""
    try:
        return Arrived((await request()).message_id)
    except RetryAfter as error:
        return Later(wait_after(error), "Telegram asked to wait", everywhere=True)
    except ChatMigrated as error:
        return Moved(error.new_chat_id)
    except Forbidden as error:
        logger.info("A chat does not let the bot speak: %s", error)
        return Unwelcome(digest_messages.PAUSED_REMOVED)
    except BadRequest as error:
        return _refusal(error.message)
    except NetworkError as error:
        if isinstance(error.__cause__, NEVER_SENT):
            return Later(NOT_CONNECTED_WAIT, "Telegram could not be reached")
        return Doubtful("the connection broke or timed out after it was sent")
    except TelegramError as error:
        return Refused(error.message)


def _refusal(message: str) -> Outcome:
    said = message.casefold()
    if any(words in said for words in _TOPIC):
        return NoTopic()
    if any(words in said for words in _MUTE):
        return Later(MUTE_WAIT, digest_messages.PAUSED_MUTE)
    return Unwelcome(digest_messages.PAUSED_GONE) if any(words in said for words in _GONE) else Refused(message)
