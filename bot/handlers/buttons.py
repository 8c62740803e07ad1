"""Presses on the buttons under the bot's messages."""

import asyncio

from telegram import CallbackQuery, Update
from telegram.ext import ContextTypes

from bot import keyboards, messages, render
from bot.handlers.question_desk import QuestionDesk
from bot.handlers.questions import Questions
from bot.handlers.replies import Occasion, Replies
from bot.keyboards import Action, Press
from bot.sending import Place, Sender
from bot.state import Kept


class Buttons:
    """Does what a pressed button says. Each press is answered, so that its button stops waiting."""

    def __init__(self, *, desk: QuestionDesk, sender: Sender, replies: Replies, questions: Questions) -> None:
        self._desk = desk
        self._sender = sender
        self._replies = replies
        self._questions = questions

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """React to a press."""
        query = update.callback_query
        if query is None:
            return
        press = Press.decode(query.data)
        if query.message is None or press is None:
            await self._sender.answer_press(query.id, messages.EXPIRED, alert=True)
        elif await self._replies.admit_press(update, query, query.message.chat):
            await (self._ask(update.update_id, query, press) if press.action is Action.ASK else self._change(query, press))

    async def _ask(self, update_id: int, query: CallbackQuery, press: Press) -> None:
        """Answer an example question as if it had been typed."""
        question = await asyncio.to_thread(self._desk.state.example, press.id)
        message = query.message
        if question is None or message is None:
            await self._sender.answer_press(query.id, messages.EXPIRED, alert=True)
            return
        await self._sender.answer_press(query.id, question)
        place = Place(message.chat.id, reply_to=message.message_id)
        await self._questions.answer(Occasion(update_id, place, message.chat.type, query.from_user.id), question)

    async def _change(self, query: CallbackQuery, press: Press) -> None:
        """Show another view of an answer, or note a vote on it, where it is still known and was given in this chat."""
        answer = await asyncio.to_thread(self._desk.state.find, press.id)
        message = query.message
        if answer is None or message is None or answer.chat_id != message.chat.id:
            await self._sender.answer_press(query.id, messages.EXPIRED, alert=True)
        elif press.action is Action.SHOW:
            await self._show(query.id, message.message_id, answer, press)
        else:
            await self._vote(query, message.message_id, answer, press)

    async def _show(self, query_id: str, message_id: int, answer: Kept, press: Press) -> None:
        tally = await asyncio.to_thread(self._desk.state.tally, answer.id)
        await self._sender.answer_press(query_id)
        keyboard = keyboards.under(answer.id, answer.result, press.view, tally)
        html = render.card(answer.result, press.view, today=self._desk.today)
        await self._sender.edit(answer.chat_id, message_id, html, keyboard)

    async def _vote(self, query: CallbackQuery, message_id: int, answer: Kept, press: Press) -> None:
        before = await asyncio.to_thread(self._desk.state.tally, answer.id)
        await asyncio.to_thread(self._desk.state.vote, answer.id, query.from_user.id, good=press.action is Action.GOOD)
        tally = await asyncio.to_thread(self._desk.state.tally, answer.id)
        await self._sender.answer_press(query.id, messages.THANKS)
        if tally != before:
            keyboard = keyboards.under(answer.id, answer.result, press.view, tally)
            await self._sender.edit_keyboard(answer.chat_id, message_id, keyboard)
