"""What summaries are made, kept and shown with, whichever command or button asks for them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot import markup
from bot.clock import Clock
from bot.contexts import Contexts
from bot.handlers.consulting import consult
from bot.handlers.replies import Occasion, Replies
from bot.limits import Limits
from bot.protocols import Summarising
from bot.sending import Place, Sender
from bot.state import State
from bot.summaries import messages as summary_messages
from bot.summaries.rendering import CAPTION_LIMIT, timeline_html
from bot.summaries.shown import ShownSummaries
from bot.summaries.timeline_picture import draw_timeline
from bot.worker import Worker
from retrieval.summaries.timeline import Event

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryDesk:
    """What summaries are made and kept with. `summariser` blocks and uses the models: it is for the worker's thread."""

    summariser: Summarising
    shown: ShownSummaries
    state: State
    contexts: Contexts
    worker: Worker
    limits: Limits
    clock: Clock
    new_id: Callable[[], str]

    async def consult(self, sender: Sender, place: Place, work: Callable[[], T]) -> T | str:
        """Return what `work` returns on the models' thread, or the line that says why there is no time for it."""
        return await consult(self.worker, work, sender, place)


async def show_timeline(replies: Replies, sender: Sender, occasion: Occasion, events: list[Event], *, title: str, now: datetime) -> None:
    """Reply with a timeline as a picture, whose caption names it, and as text with the quotes and links.

    Where a group lets nobody show pictures, the text alone is the reply.
    """
    today, place = now.date(), occasion.place
    picture = await asyncio.to_thread(draw_timeline, events, title=summary_messages.timeline_of(title), today=today)
    caption = markup.plain(markup.shorten(summary_messages.timeline_of(title), CAPTION_LIMIT))
    if not await replies.claim(occasion.update_id):
        return
    shown = await sender.show(place, picture, caption)
    await sender.send(replace(place, reply_to=None) if shown else place, timeline_html(events, title=title, today=today))
