"""A question and its answer."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot import keyboards, messages, render
from bot.administration.question_log import QuestionLog
from bot.contexts import Contexts
from bot.handlers.replies import Occasion, Replies
from bot.limits import Limits
from bot.sending import Sender
from bot.state import Kept, Result, State, Tally
from bot.worker import Busy, Stopping, Worker
from retrieval.answering import Asked
from retrieval.asking.followup import Context
from retrieval.question import QuestionTooLong

Ask = Callable[[str, Result | None], Asked]
"""Answers a question as it is meant after the result before it (None: there is none); blocks meanwhile. Raises QuestionTooLong."""
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
        contexts: Contexts,
        limits: Limits,
        question_log: QuestionLog,
        sender: Sender,
        replies: Replies,
        log: Log,
        new_id: Callable[[], str],
        clock: Callable[[], datetime],
    ) -> None:
        self._ask = ask
        self._worker = worker
        self._state = state
        self._contexts = contexts
        self._limits = limits
        self._question_log = question_log
        self._sender = sender
        self._replies = replies
        self._log = log
        self._new_id = new_id
        self._clock = clock

    async def answer(self, occasion: Occasion, text: str) -> None:
        """Reply with the answer to `text`, or with one line that says why there is none now."""
        wait = self._limits.take(occasion.person, occasion.place.chat_id)
        if wait:
            if wait.is_news:
                await self._replies.say(occasion, render.plain(messages.slower(wait.seconds)))
            return
        answer_id = self._new_id()
        asked = await self._consult(occasion, partial(self._ask_in_turn, occasion, text, answer_id))
        if isinstance(asked, str):
            logger.info("question chat=%s refused: %s", occasion.chat_kind, asked)
            await self._replies.say(occasion, render.plain(asked))
            return
        self._log(occasion.chat_kind, asked)
        await self._give(occasion, Kept(answer_id, occasion.place.chat_id, asked.result))

    async def forget(self, occasion: Occasion) -> None:
        """Forget what the person's conversation was about."""
        if occasion.talk:
            await asyncio.to_thread(self._contexts.forget, occasion.talk)

    def _ask_in_turn(self, occasion: Occasion, text: str, answer_id: str) -> Asked:
        """Answer `text` after what came before it, and keep the answer: its buttons work from the start, and the next question may follow.

        On the models' thread, where one question is done before the next begins: "where?" may come while "when?" is being answered.
        """
        asked = self._ask(text, self._before(occasion))
        self._question_log.note(occasion.chat_kind, asked)
        self._state.keep(Kept(answer_id, occasion.place.chat_id, asked.result))
        if occasion.talk and Context.of(asked.result):
            self._contexts.note(occasion.talk, answer_id)
        return asked

    def _before(self, occasion: Occasion) -> Result | None:
        """Return the answer that was replied to, else the one that the person got last; None where there is neither."""
        if occasion.answered_to is not None and (shown := self._state.shown_in(occasion.place.chat_id, occasion.answered_to)):
            return shown.result
        last = self._contexts.last(occasion.talk) if occasion.talk else None
        kept = self._state.find(last) if last else None
        return kept.result if kept else None

    async def _consult(self, occasion: Occasion, ask: Callable[[], Asked]) -> Asked | str:
        """Return what the models say, or the line to send instead."""
        try:
            async with self._sender.typing(occasion.place):
                return await self._worker.submit(ask)
        except Busy:
            return messages.BUSY
        except Stopping:
            return messages.STOPPING
        except QuestionTooLong:
            return messages.TOO_LONG

    async def _give(self, occasion: Occasion, answer: Kept) -> None:
        """Send `answer`."""
        keyboard = keyboards.under(answer.id, answer.result, keyboards.View.QUOTE, Tally())
        message = await self._replies.say(occasion, render.card(answer.result, today=self._clock().date()), keyboard)
        if message is not None:
            await asyncio.to_thread(self._state.note_message, answer.id, message.message_id)
