"""A question and its answer."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot import keyboards, messages, render
from bot.handlers.replies import Occasion, Replies
from bot.sending import Sender
from bot.state import Kept, State, Tally
from bot.worker import Busy, Stopping, Worker
from retrieval.answering import Asked
from retrieval.question import QuestionTooLong

Ask = Callable[[str], Asked]
"""Answers a question; blocks meanwhile. Raises QuestionTooLong."""
Log = Callable[[str, Asked], None]
"""Notes that a question from a kind of chat was asked."""

logger = logging.getLogger(__name__)


class Questions:
    """Answers questions in chats. `new_id` makes ids that nobody can guess; dates are told as seen from the day of `clock`."""

    def __init__(
        self,
        *,
        ask: Ask,
        worker: Worker,
        state: State,
        sender: Sender,
        replies: Replies,
        log: Log,
        new_id: Callable[[], str],
        clock: Callable[[], datetime],
    ) -> None:
        self._ask = ask
        self._worker = worker
        self._state = state
        self._sender = sender
        self._replies = replies
        self._log = log
        self._new_id = new_id
        self._clock = clock

    async def answer(self, occasion: Occasion, text: str) -> None:
        """Reply with the answer to `text`, or with one line that says why there is none now."""
        asked = await self._consult(occasion, text)
        if isinstance(asked, str):
            logger.info("question chat=%s refused: %s", occasion.chat_kind, asked)
            await self._replies.say(occasion, render.plain(asked))
            return
        self._log(occasion.chat_kind, asked)
        await self._give(occasion, Kept(self._new_id(), occasion.place.chat_id, asked.result))

    async def _consult(self, occasion: Occasion, text: str) -> Asked | str:
        """Return what the models say, or the line to send instead."""
        try:
            async with self._sender.typing(occasion.place):
                return await self._worker.submit(partial(self._ask, text))
        except Busy:
            return messages.BUSY
        except Stopping:
            return messages.STOPPING
        except QuestionTooLong:
            return messages.TOO_LONG

    async def _give(self, occasion: Occasion, answer: Kept) -> None:
        """Send `answer`, kept beforehand so that its buttons work from the start."""
        await asyncio.to_thread(self._state.keep, answer)
        keyboard = keyboards.under(answer.id, answer.result, keyboards.View.QUOTE, Tally())
        message = await self._replies.say(occasion, render.card(answer.result, today=self._clock().date()), keyboard)
        if message is not None:
            await asyncio.to_thread(self._state.note_message, answer.id, message.message_id)
