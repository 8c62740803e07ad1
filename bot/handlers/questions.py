"""A question and its answer."""

import asyncio
import logging
from functools import partial

from bot import keyboards, markup, messages, render
from bot.handlers.consulting import consult
from bot.handlers.question_desk import QuestionDesk
from bot.handlers.replies import Occasion, Replies
from bot.sending import Sender
from bot.state import Kept, Result, Tally
from retrieval.answering import Asked
from retrieval.asking.followup import Context

logger = logging.getLogger(__name__)


class Questions:
    """Answers questions in chats."""

    def __init__(self, *, desk: QuestionDesk, sender: Sender, replies: Replies) -> None:
        self._desk = desk
        self._sender = sender
        self._replies = replies

    async def answer(self, occasion: Occasion, text: str) -> None:
        """Reply with the answer to `text`, or with one line that says why there is none now."""
        wait = self._desk.limits.take(occasion.person, occasion.place.chat_id)
        if wait:
            if wait.is_news:
                await self._replies.say(occasion, markup.plain(messages.slower(wait.seconds)))
            return
        answer_id = self._desk.new_id()
        asked = await consult(self._desk.worker, partial(self._ask_in_turn, occasion, text, answer_id), self._sender, occasion.place)
        if isinstance(asked, str):
            logger.info("question chat=%s refused: %s", occasion.chat_kind, asked)
            await self._replies.say(occasion, markup.plain(asked))
            return
        self._desk.log(occasion.chat_kind, asked)
        await self._give(occasion, Kept(answer_id, occasion.place.chat_id, asked.result))

    async def forget(self, occasion: Occasion) -> None:
        """Forget what the person's conversation was about."""
        if occasion.talk:
            await asyncio.to_thread(self._desk.contexts.forget, occasion.talk)

    def _ask_in_turn(self, occasion: Occasion, text: str, answer_id: str) -> Asked:
        """Answer `text` after what came before it, and keep the answer: its buttons work from the start, and the next question may follow.

        On the models' thread, where one question is done before the next begins: "where?" may come while "when?" is being answered.
        """
        asked = self._desk.ask(text, self._before(occasion))
        self._desk.question_log.note(occasion.chat_kind, asked)
        self._desk.state.keep(Kept(answer_id, occasion.place.chat_id, asked.result))
        if occasion.talk and Context.of(asked.result):
            self._desk.contexts.note(occasion.talk, answer_id)
        return asked

    def _before(self, occasion: Occasion) -> Result | None:
        """Return the answer that was replied to, else the one that the person got last; None where there is neither."""
        state = self._desk.state
        if occasion.answered_to is not None and (shown := state.shown_in(occasion.place.chat_id, occasion.answered_to)):
            return shown.result
        last = self._desk.contexts.last(occasion.talk) if occasion.talk else None
        kept = state.find(last) if last else None
        return kept.result if kept else None

    async def _give(self, occasion: Occasion, answer: Kept) -> None:
        """Send `answer`."""
        keyboard = keyboards.under(answer.id, answer.result, keyboards.View.QUOTE, Tally())
        message = await self._replies.say(occasion, render.card(answer.result, today=self._desk.today), keyboard)
        if message is not None:
            await asyncio.to_thread(self._desk.state.note_message, answer.id, message.message_id)
