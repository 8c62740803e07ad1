"""Digests at work: every half minute it is looked who is due; their digests are made, one at a time, and sent.

What is due follows from the database alone, so that a restart changes nothing. Making has a thread of its own, which shares the
models with questions in turns, batch by batch. Making and sending wait while a question is at hand, though not for ever. Digests of
different chats are sent side by side, the messages of one in their order.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.digests import messages as digest_messages
from bot.digests.books import Books
from bot.digests.deliveries import Draft
from bot.digests.editor import Editor
from bot.digests.outbox import Part
from bot.digests.posting import Arrived, Doubtful, Later, Moved, NoTopic, Outcome, Poster, Refused, Unwelcome
from bot.digests.rendering import with_notice, written
from bot.digests.schedule import Slot, due
from bot.digests.subscriptions import Subscription
from bot.handlers.access import Access
from bot.worker import Busy, Stopping, Worker
from corpus.errors import DatabaseUnusable

TICK = 25.0
"""Seconds between two looks at who is due."""
AT_ONCE = 10
"""Chats that are sent to side by side."""
COURTESY, GLANCE = timedelta(seconds=60), 0.05
"""How long after a look its digests still wait for questions, and seconds until they look again whether one is at hand."""
LONGEST_SILENCE = timedelta(seconds=60)
"""How long all digests wait where Telegram asks that of one: it may mean that one's chat alone."""
BUSY_PAUSE = 2.0
"""Seconds until a digest is made while previews fill the queue."""
NOT_ALLOWED = "the chat is not among those that the bot may speak in"

logger = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]


def nobody_asks() -> bool:
    """Return that no question is at hand."""
    return False


class Dispatcher:
    """Makes and sends the digests that are due. Belongs to one event loop, and closes `worker` at its end.

    `is_asked` tells whether a question is at hand just now.
    """

    def __init__(
        self,
        *,
        books: Books,
        editor: Editor,
        worker: Worker,
        poster: Poster,
        access: Access,
        clock: Clock,
        is_asked: Callable[[], bool] = nobody_asks,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._books = books
        self._editor = editor
        self._worker = worker
        self._poster = poster
        self._access = access
        self._clock = clock
        self._is_asked = is_asked
        self._sleep = sleep
        self._looked = clock()
        self._silence: tuple[datetime, datetime] | None = None
        self._places = asyncio.Semaphore(AT_ONCE)
        self._turn = asyncio.Lock()
        self._under_way: set[asyncio.Task[bool]] = set()

    async def run(self) -> None:
        """Send digests until cancelled. Those that an earlier process was sending when it ended are parked first."""
        await self._guarded(self._recover())
        while True:
            await self._guarded(self.tick())
            await self._sleep(TICK)

    async def close(self, timeout: float) -> None:  # noqa: ASYNC109 - a deadline for the messages, not for this call
        """Give the messages that are under way `timeout` seconds to be settled, after `run` was cancelled; give up what is being made."""
        await self._worker.close(0)
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=timeout)

    async def _recover(self) -> None:
        parked = await asyncio.to_thread(self._books.outbox.park_interrupted, older_than=timedelta(0))
        if parked:
            logger.warning("%d messages of digests may have arrived before the last stop and are not repeated; see /status", parked)

    async def _guarded(self, step: Coroutine[object, object, None]) -> None:
        """Do one step; what fails is done at the next one."""
        try:
            await step
        except* (DatabaseUnusable, Stopping) as errors:
            logger.warning("Digests are put off: %s", errors.exceptions[0])

    async def tick(self) -> None:
        """Make what is due now, and send what waits."""
        books, self._looked = self._books, self._clock()
        await asyncio.to_thread(books.outbox.park_interrupted)
        subscriptions = await asyncio.to_thread(books.subscriptions.all)
        handled = await asyncio.to_thread(books.deliveries.handled)
        async with asyncio.TaskGroup() as sending:
            for chat_id in await asyncio.to_thread(books.outbox.waiting):
                if self._access.allows(chat_id):
                    sending.create_task(self._send_all(chat_id))
                else:
                    await asyncio.to_thread(books.outbox.drop_waiting, chat_id, NOT_ALLOWED)
            for subscription in subscriptions:
                slot = self._due(subscription, handled.get(subscription.chat_id, set()))
                if slot is not None:
                    await self._after_questions()
                    for chat_id in await self._make(subscription, slot):
                        sending.create_task(self._send_all(chat_id))

    async def _after_questions(self) -> None:
        """Wait until no question is at hand, or this look was long ago; a clock that jumps back does not prolong the wait."""
        async with self._turn:
            while self._is_asked() and self._looked <= self._clock() < self._looked + COURTESY:
                await self._sleep(GLANCE)

    def _due(self, subscription: Subscription, handled: set[Slot]) -> Slot | None:
        if subscription.pause or not self._access.allows(subscription.chat_id):
            return None
        return due(self._clock(), subscription.schedule, subscription.since, handled)

    async def _make(self, subscription: Subscription, slot: Slot) -> list[int]:
        """Make the digest of a slot, and its copies, unless another process does; return the chats that now have messages waiting."""
        deliveries = self._books.deliveries
        digest = await asyncio.to_thread(deliveries.claim, subscription.chat_id, slot)
        if digest is None:
            return []
        try:
            made = await self._written(subscription, slot)
        except (Stopping, DatabaseUnusable, asyncio.CancelledError):
            await asyncio.to_thread(deliveries.unclaim, digest)
            raise
        if not made:
            await asyncio.to_thread(deliveries.skip, digest, digest_messages.SKIPPED_NOTHING_NEW)
            return []
        readers = await asyncio.to_thread(self._books.subscriptions.readers, digest.chat_id)
        allowed = [reader for reader in readers if self._access.allows(reader)]
        return await asyncio.to_thread(partial(deliveries.fill, digest, made, readers=allowed))

    async def _written(self, subscription: Subscription, slot: Slot) -> list[Draft]:
        """Return the messages of a chat's digest; none where it wants nothing when nothing is new."""
        history = await asyncio.to_thread(self._books.history, subscription.chat_id)
        task = partial(self._editor.brief, subscription, history, self._clock())
        while True:
            try:
                briefing = await self._worker.submit(task)
                break
            except Busy:
                await self._sleep(BUSY_PAUSE)
        return written(briefing, slot.day, when_empty=subscription.when_empty)

    async def _send_all(self, chat_id: int) -> None:
        """Send the messages that wait for a chat, one after the other, as long as that goes well."""
        async with self._places:
            await self._after_questions()
            while self._may_speak() and (part := await asyncio.to_thread(self._books.outbox.next_part, chat_id)):
                if not await self._settled(part):
                    return

    async def _settled(self, part: Part) -> bool:
        """Send a message and note what became of it, even where this is cancelled meanwhile; return whether the next one may follow."""
        task = asyncio.create_task(self._send(part))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    def _may_speak(self) -> bool:
        """Return whether Telegram has not asked to wait; a clock that jumps back does not prolong the wait."""
        return self._silence is None or not self._silence[0] <= self._clock() < self._silence[1]

    async def _send(self, part: Part) -> bool:
        """Send one message; return whether the next one may follow."""
        subscription = await asyncio.to_thread(self._books.subscriptions.find, part.chat_id)
        thread_id = subscription.thread_id if subscription and part.origin == part.chat_id else None
        outcome = await self._poster.post(part.chat_id, thread_id, part.html)
        if isinstance(outcome, NoTopic) and thread_id is not None:
            await asyncio.to_thread(self._books.subscriptions.leave_topic, part.chat_id, thread_id)
            logger.info("The topic of chat %s is closed, so its digests go to the chat", part.chat_id)
            outcome = await self._poster.post(part.chat_id, None, with_notice(digest_messages.TOPIC_GONE, part.html))
        return await self._note(part, outcome)

    async def _note(self, part: Part, outcome: Outcome) -> bool:
        """Write down what became of a message; return whether the next one may follow."""
        outbox = self._books.outbox
        match outcome:
            case Arrived(message_id):
                await asyncio.to_thread(outbox.settle, part.id, message_id)
                return True
            case Doubtful(reason):
                logger.warning("Message %d of a digest for chat %s may have arrived: %s", part.number, part.chat_id, reason)
                await asyncio.to_thread(outbox.park, part.id, reason)
                return True
            case Later(wait, reason, everywhere):
                if everywhere:
                    self._silence = self._clock(), self._clock() + min(wait, LONGEST_SILENCE)
                await asyncio.to_thread(outbox.put_back, part.id, wait, reason)
                return False
            case Moved(chat_id):
                await asyncio.to_thread(outbox.put_back, part.id, timedelta(0), "the group became a supergroup")
                await asyncio.to_thread(self._books.moves.move, part.chat_id, chat_id)
                await self._send_all_of_moved(chat_id)
                return False
            case Unwelcome(reason):
                await self._leave_in_peace(part, reason)
                return False
            case NoTopic():
                await asyncio.to_thread(outbox.drop, part.id, "the topic is closed")
                return True
            case Refused(reason):
                logger.error("Telegram refused message %d of a digest for chat %s: %s", part.number, part.chat_id, reason)
                await asyncio.to_thread(outbox.drop, part.id, reason)
                return True

    async def _send_all_of_moved(self, chat_id: int) -> None:
        while part := await asyncio.to_thread(self._books.outbox.next_part, chat_id):
            if not await self._send(part):
                return

    async def _leave_in_peace(self, part: Part, reason: str) -> None:
        """Send a chat nothing more until it takes the bot back; a person who had copies gets none any more."""
        logger.info("Digests for chat %s are paused: %s", part.chat_id, reason)
        await asyncio.to_thread(self._books.outbox.drop, part.id, reason)
        await asyncio.to_thread(self._books.outbox.drop_waiting, part.chat_id, reason)
        await asyncio.to_thread(self._books.subscriptions.pause, part.chat_id, reason)
        await asyncio.to_thread(self._books.subscriptions.stop_copies, part.chat_id)
