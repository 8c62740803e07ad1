"""A digest before it is sent: what a chat would get now, or at another moment."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.clock import Clock
from bot.digests import messages as digest_messages
from bot.digests.books import Books
from bot.digests.deliveries import Draft
from bot.digests.editor import Editor
from bot.digests.posting import Arrived, Doubtful, Poster, Refused, Unwelcome
from bot.digests.rendering import drafts, with_notice, written
from bot.digests.schedule import Slot, due, upcoming
from bot.digests.subscriptions import Subscription
from bot.handlers.access import Access
from bot.markup import plain
from bot.worker import Worker
from retrieval.summaries.briefing import Briefing


@dataclass(frozen=True, slots=True)
class Preview:
    """What a chat would get: `slot` is the digest that is due, None for none; `next` is when the next one comes, None for never.

    `briefing` has what is new to the chat, whether a digest is due or not.
    """

    subscription: Subscription
    slot: Slot | None
    next: datetime | None
    briefing: Briefing

    @property
    def drafts(self) -> list[Draft]:
        """The messages of the digest that is due; none where none is, or where nothing would be said."""
        if self.slot is None:
            return []
        return written(self.briefing, self.slot.day, when_empty=self.subscription.when_empty)


def previews(books: Books, editor: Editor, now: datetime, *, access: Access) -> list[Preview]:
    """Return what each subscribed chat that `access` allows would get at the moment `now`.

    Those whose digests are off or paused get none.
    """
    handled = books.deliveries.handled()
    found = []
    for subscription in books.subscriptions.all():
        if not access.allows(subscription.chat_id):
            continue
        had = handled.get(subscription.chat_id, set())
        schedule = (subscription.schedule, subscription.since, had)
        active = subscription.pause is None
        slot, following = (due(now, *schedule), upcoming(now, *schedule)) if active else (None, None)
        new = editor.brief(subscription, books.history(subscription.chat_id), now) if following else Briefing(())
        found.append(Preview(subscription, slot, following, new))
    return found


class Previewer:
    """Shows people privately what a chat would get now."""

    def __init__(self, *, books: Books, editor: Editor, worker: Worker, poster: Poster, clock: Clock) -> None:
        self._books = books
        self._editor = editor
        self._worker = worker
        self._poster = poster
        self._clock = clock

    async def reach(self, user_id: int, html: str) -> bool:
        """Send a person a message; return whether they let the bot write to them."""
        return not isinstance(await self._poster.post(user_id, None, html), Unwelcome | Refused)

    async def show(self, subscription: Subscription, user_id: int) -> bool:
        """Send a person what the chat would get now; return whether that went well. Raises Busy and Stopping."""
        history = await asyncio.to_thread(self._books.history, subscription.chat_id)
        now = self._clock()
        briefing = await self._worker.submit(partial(self._editor.brief, subscription, history, now))
        day = now.astimezone(subscription.schedule.clock).date()
        made = [draft.html for draft in drafts(briefing, day)] if briefing.stories else [plain(digest_messages.PREVIEW_EMPTY)]
        for number, html in enumerate(made):
            shown = with_notice(digest_messages.PREVIEW_HEADING, html) if number == 0 and briefing.stories else html
            if not isinstance(await self._poster.post(user_id, None, shown), Arrived | Doubtful):
                return False
        return True
