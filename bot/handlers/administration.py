"""What the bot's administrators can ask for in their private chats."""

import asyncio
import re
from collections.abc import Callable, Sequence
from datetime import date

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot import admin_text, messages, render
from bot.admin_text import Lack
from bot.feedback import Feedback
from bot.handlers.access import Access
from bot.handlers.replies import Occasion, Replies
from bot.question_log import Figures, QuestionLog, Unanswered
from bot.sending import Sender
from bot.status import Overview
from bot.worker import Busy, Stopping, Worker

PAGE = 5
"""Judged answers on a page."""
WEEK = 7
FEEDBACK_DATA = "feedback:"
"""What the data of a button for another page begins with; its offset follows."""

PAGES = re.compile(rf"{FEEDBACK_DATA}\d+")

Group = Callable[[Sequence[str]], list[list[int]]]
"""Returns the places of texts in groups of one meaning, the largest first; uses the models."""
Draw = Callable[[Sequence[tuple[date, Figures]]], bytes]
"""Returns a picture of some days as a PNG file; blocks."""


class Administration:
    """The commands of administrators. `group` and `draw` block; the former uses the models."""

    def __init__(
        self,
        *,
        access: Access,
        overview: Overview,
        log: QuestionLog,
        feedback: Feedback,
        group: Group,
        draw: Draw,
        worker: Worker,
        sender: Sender,
        replies: Replies,
    ) -> None:
        self._access = access
        self._overview = overview
        self._log = log
        self._feedback = feedback
        self._group = group
        self._draw = draw
        self._worker = worker
        self._sender = sender
        self._replies = replies

    def is_for(self, name: str, occasion: Occasion) -> bool:
        """Whether `name` is a command of administrators, from one of them in private."""
        return name in messages.ADMIN_COMMANDS and occasion.chat_kind == ChatType.PRIVATE and occasion.person in self._access.admins

    async def run(self, name: str, occasion: Occasion) -> None:
        """Reply to the command `name` of administrators."""
        match name:
            case "status":
                status = await asyncio.to_thread(self._overview.look, self._worker.waiting)
                await self._replies.say(occasion, admin_text.status(status))
            case "unanswered":
                await self._unanswered(occasion)
            case "feedback":
                html, keyboard = await self._page(0)
                await self._replies.say(occasion, html, keyboard)
            case _:
                await self._week(occasion)

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show another page of the feedback."""
        query = update.callback_query
        if query is None or query.data is None or query.message is None:
            return
        if query.from_user.id not in self._access.admins or query.message.chat.id != query.from_user.id:
            await self._sender.answer_press(query.id, messages.EXPIRED, alert=True)
            return
        await self._sender.answer_press(query.id)
        html, keyboard = await self._page(int(query.data.removeprefix(FEEDBACK_DATA)[:9]))
        await self._sender.edit(query.message.chat.id, query.message.message_id, html, keyboard)

    async def _page(self, offset: int) -> tuple[str, InlineKeyboardMarkup | None]:
        total = await asyncio.to_thread(self._feedback.count)
        opinions = await asyncio.to_thread(self._feedback.page, offset, PAGE)
        turns = [(admin_text.NEWER, offset - PAGE, offset > 0), (admin_text.OLDER, offset + PAGE, offset + PAGE < total)]
        row = [InlineKeyboardButton(label, callback_data=f"{FEEDBACK_DATA}{max(to, 0)}") for label, to, there in turns if there]
        return admin_text.feedback(opinions, offset, total), InlineKeyboardMarkup([row]) if row else None

    async def _unanswered(self, occasion: Occasion) -> None:
        asked = await asyncio.to_thread(self._log.unanswered)
        try:
            async with self._sender.typing(occasion.place):
                groups = await self._worker.submit(lambda: self._group([each.text for each in asked]))
        except Busy:
            await self._replies.say(occasion, render.plain(messages.BUSY))
        except Stopping:
            await self._replies.say(occasion, render.plain(messages.STOPPING))
        else:
            await self._replies.say(occasion, admin_text.unanswered([_lack([asked[place] for place in group]) for group in groups]))

    async def _week(self, occasion: Occasion) -> None:
        days = await asyncio.to_thread(self._log.days, WEEK)
        caption = admin_text.week(days)
        if any(counted.questions for _, counted in days):
            await self._replies.show(occasion, await asyncio.to_thread(self._draw, days), caption)
        else:
            await self._replies.say(occasion, caption)


def _lack(group: Sequence[Unanswered]) -> Lack:
    return Lack(group[0].text, len(group), min(each.asked for each in group))
