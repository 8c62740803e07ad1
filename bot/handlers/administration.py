"""What the bot's administrators can ask for in their private chats."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot import markup, messages
from bot.administration import rendering as admin_text
from bot.administration.feedback import Feedback
from bot.administration.question_log import QuestionLog, Unanswered
from bot.administration.rendering import Lack
from bot.administration.status import Overview
from bot.administration.weekly import WEEK, Draw, Weekly
from bot.handlers.access import Access
from bot.handlers.consulting import consult
from bot.handlers.replies import Occasion, Replies
from bot.sending import Sender
from bot.worker import Worker

ANSWERED = frozenset({"status", "unanswered", "feedback", "week"})
PAGE = 5
"""Judged answers on a page."""
FEEDBACK_DATA = "feedback:"
"""What the data of a button for another page begins with; its offset follows."""

WEEKLY_DATA = "weekly:"
"""What the data of the button under the picture of the week begins with; "on" or "off" follows."""
PRESSES = re.compile(rf"{FEEDBACK_DATA}\d+|{WEEKLY_DATA}(?:on|off)")

Group = Callable[[Sequence[str]], list[list[int]]]
"""Returns the places of texts in groups of one meaning, the largest first; uses the models."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminDesk:
    """What administrators are told from. `group` and `draw` block; the former uses the models."""

    overview: Overview
    question_log: QuestionLog
    feedback: Feedback
    weekly: Weekly
    group: Group
    draw: Draw


class Administration:
    """The commands of administrators."""

    def __init__(
        self,
        *,
        desk: AdminDesk,
        access: Access,
        worker: Worker,
        sender: Sender,
        replies: Replies,
    ) -> None:
        self._desk = desk
        self._access = access
        self._worker = worker
        self._sender = sender
        self._replies = replies

    def is_for(self, name: str, occasion: Occasion) -> bool:
        """Whether `name` is a command that `run` replies to, from an administrator in private."""
        return name in ANSWERED and occasion.chat_kind == ChatType.PRIVATE and occasion.person in self._access.admins

    async def run(self, name: str, occasion: Occasion) -> None:
        """Reply to the command `name` of administrators."""
        match name:
            case "status":
                status = await asyncio.to_thread(self._desk.overview.look, self._worker.waiting)
                await self._replies.say(occasion, admin_text.status(status))
            case "unanswered":
                await self._unanswered(occasion)
            case "feedback":
                html, keyboard = await self._page(0)
                await self._replies.say(occasion, html, keyboard)
            case _:
                await self._week(occasion)

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show another page of the feedback, or send the picture of the week by itself from now on, or no more."""
        query = update.callback_query
        if query is None or query.data is None or query.message is None:
            return
        if query.from_user.id not in self._access.admins or query.message.chat.id != query.from_user.id:
            await self._sender.answer_press(query.id, messages.EXPIRED, alert=True)
            return
        chat_id, message_id = query.message.chat.id, query.message.message_id
        if query.data.startswith(WEEKLY_DATA):
            wanted = query.data.endswith("on")
            await asyncio.to_thread(self._desk.weekly.want if wanted else self._desk.weekly.stop, chat_id)
            await self._sender.answer_press(query.id, admin_text.WEEKLY_ON if wanted else admin_text.WEEKLY_OFF)
            await self._sender.edit_keyboard(chat_id, message_id, _weekly_button(wanted=wanted))
        else:
            await self._sender.answer_press(query.id)
            html, keyboard = await self._page(int(query.data.removeprefix(FEEDBACK_DATA)[:9]))
            await self._sender.edit(chat_id, message_id, html, keyboard)

    async def _page(self, wanted: int) -> tuple[str, InlineKeyboardMarkup | None]:
        """Return the page of judged answers from the `wanted`-th on, or the last one: some are forgotten every day."""
        total = await asyncio.to_thread(self._desk.feedback.count)
        offset = min(wanted, max(total - 1, 0) // PAGE * PAGE)
        opinions = await asyncio.to_thread(self._desk.feedback.page, offset, PAGE)
        turns = [(admin_text.NEWER, offset - PAGE, offset > 0), (admin_text.OLDER, offset + PAGE, offset + PAGE < total)]
        row = [InlineKeyboardButton(label, callback_data=f"{FEEDBACK_DATA}{max(to, 0)}") for label, to, there in turns if there]
        return admin_text.feedback(opinions, offset, total), InlineKeyboardMarkup([row]) if row else None

    async def _unanswered(self, occasion: Occasion) -> None:
        asked = await asyncio.to_thread(self._desk.question_log.unanswered)
        group = partial(self._desk.group, [each.text for each in asked])
        groups = await consult(self._worker, group, self._sender, occasion.place)
        if isinstance(groups, str):
            await self._replies.say(occasion, markup.plain(groups))
        else:
            await self._replies.say(occasion, admin_text.unanswered([_lack([asked[place] for place in group]) for group in groups]))

    async def _week(self, occasion: Occasion) -> None:
        days = await asyncio.to_thread(self._desk.question_log.days, WEEK)
        caption = admin_text.week(days)
        keyboard = _weekly_button(wanted=await asyncio.to_thread(self._desk.weekly.is_wanted, occasion.place.chat_id))
        if any(counted.questions for _, counted in days):
            await self._replies.show(occasion, await asyncio.to_thread(self._desk.draw, days), caption, keyboard)
        else:
            await self._replies.say(occasion, caption, keyboard)


def _weekly_button(*, wanted: bool) -> InlineKeyboardMarkup:
    label, data = (admin_text.STOP_WEEKLY, "off") if wanted else (admin_text.WANT_WEEKLY, "on")
    return InlineKeyboardMarkup.from_button(InlineKeyboardButton(label, callback_data=f"{WEEKLY_DATA}{data}"))


def _lack(group: Sequence[Unanswered]) -> Lack:
    return Lack(group[0].text, len(group), min(each.asked for each in group))
