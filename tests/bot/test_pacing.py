"""Telegram's limits are kept over every window, and answers go before digests. Time is counted, not waited for."""

import asyncio
import heapq
from collections.abc import Awaitable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter, TelegramError

from bot.pacing import BULK_PER_SECOND, IN_BULK, MAX_WAITING, PER_MINUTE, PER_SECOND, SIGNS_PER_MINUTE, Pacer

pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")  # PTB warns itself about RetryAfter

ENOUGH = 20
"""Turns of the event loop in which everything that can go on does."""


class Timeline:
    """A clock that goes on to the next sleeper when nobody else has anything to do."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []
        self._numbers = count()

    async def sleep(self, seconds: float) -> None:
        """Return when the clock has gone on by so much."""
        event = asyncio.Event()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._numbers), event))
        await event.wait()

    async def run(self, *tasks: Awaitable[object]) -> None:
        """Do `tasks` side by side, to their end."""
        running = asyncio.gather(*tasks)
        while not running.done():
            for _ in range(ENOUGH):
                await asyncio.sleep(0)
            if self._sleepers and not running.done():
                self.now, _, event = heapq.heappop(self._sleepers)
                event.set()
        await running


class Telegram:
    """Notes when each request is made."""

    def __init__(self, timeline: Timeline) -> None:
        self.made: list[tuple[float, object]] = []
        self._timeline = timeline
        self.pacer = Pacer(max_retries=3, clock=lambda: timeline.now, sleep=timeline.sleep)

    def request(self, chat: object, *, bulk: bool, method: str = "sendMessage") -> Awaitable[object]:
        """Make a request to a chat in its turn."""

        async def made() -> bool:
            self.made.append((self._timeline.now, chat))
            return True

        return self.pacer.process_request(made, (), {}, method, {"chat_id": chat}, IN_BULK if bulk else None)

    def most(self, seconds: float, chat: object = None) -> int:
        """Return how many requests (to a chat, where given) any window of so many seconds has."""
        moments = [moment for moment, to in self.made if chat in (None, to)]
        return max((sum(start <= moment < start + seconds for moment in moments) for start in moments), default=0)

    def moment_of(self, chat: object) -> float:
        return next(moment for moment, to in self.made if to == chat)


@given(st.lists(st.tuples(st.integers(-12, -1), st.booleans()), min_size=1, max_size=80))
@settings(max_examples=15)
def test_no_window_has_more_than_telegram_takes(requests: list[tuple[int, bool]]) -> None:
    timeline = Timeline()
    telegram = Telegram(timeline)

    async def all_at_once() -> list[object]:
        made = asyncio.gather(*(telegram.request(chat, bulk=bulk) for chat, bulk in requests), return_exceptions=True)
        await timeline.run(made)
        return await made

    outcomes = asyncio.run(all_at_once())
    assert len(telegram.made) == len(requests) - sum(isinstance(outcome, TelegramError) for outcome in outcomes)
    assert telegram.most(1) <= PER_SECOND < 30
    assert [chat for chat in range(-12, 0) if telegram.most(60, chat) > PER_MINUTE] == []


async def test_three_hundred_groups_take_as_long_as_they_must_and_answers_go_in_between() -> None:
    timeline = Timeline()
    telegram = Telegram(timeline)
    waits: list[float] = []

    async def ask(after: float, person: int) -> None:
        await timeline.sleep(after)
        asked = timeline.now
        await telegram.request(person, bulk=False)
        waits.append(timeline.now - asked)

    started = timeline.now
    digests = [telegram.request(-number, bulk=True) for number in range(1, 301)]
    await timeline.run(*digests, *(ask(0.5 * number, number) for number in range(1, 25)))
    assert (len(telegram.made), telegram.most(1) <= PER_SECOND) == (324, True)
    assert timeline.now - started <= 300 / BULK_PER_SECOND + 3
    assert max(waits) < 0.1


async def test_a_group_that_asks_too_fast_holds_up_no_other_chat() -> None:
    timeline = Timeline()
    telegram = Telegram(timeline)
    started = timeline.now
    flood = asyncio.gather(*(telegram.request(-1, bulk=False) for _ in range(60)), return_exceptions=True)
    await timeline.run(flood, telegram.request(-2, bulk=True), telegram.request(7, bulk=False))
    assert max(telegram.moment_of(-2), telegram.moment_of(7)) - started < 5
    refused = [outcome for outcome in await flood if isinstance(outcome, TelegramError)]
    assert (len(refused), telegram.most(60, -1)) == (60 - PER_MINUTE - MAX_WAITING, PER_MINUTE)


async def test_a_busy_group_gets_answers_rather_than_signs_of_work() -> None:
    timeline = Timeline()
    telegram = Telegram(timeline)
    for _ in range(PER_MINUTE):
        await telegram.request(-1, bulk=False, method="sendChatAction")
    assert len(telegram.made) == SIGNS_PER_MINUTE
    await telegram.request(-1, bulk=False)
    assert timeline.now == 1000.0


async def test_messages_in_bulk_to_one_chat_are_a_second_apart() -> None:
    timeline = Timeline()
    telegram = Telegram(timeline)
    await timeline.run(*(telegram.request(7, bulk=True) for _ in range(4)))
    assert telegram.most(1) == 1


async def test_what_is_no_message_to_a_chat_is_not_held_up() -> None:
    timeline = Timeline()
    telegram = Telegram(timeline)
    await timeline.run(*(telegram.request(None, bulk=False) for _ in range(200)))
    assert timeline.now == 1000.0


class Flood:
    """Refuses the first `times` requests, with `seconds` to wait, and notes when each is made."""

    def __init__(self, timeline: Timeline, pacer: Pacer, *, times: int, seconds: int) -> None:
        self.made: list[float] = []
        self._timeline = timeline
        self._pacer = pacer
        self._times = times
        self._seconds = seconds

    async def __call__(self) -> bool:
        self.made.append(self._timeline.now)
        if len(self.made) <= self._times:
            raise RetryAfter(self._seconds)
        return True

    def request(self, chat: object = 7, *, bulk: bool = False, method: str = "sendMessage") -> Awaitable[object]:
        data = {} if chat is None else {"chat_id": chat}
        return self._pacer.process_request(self, (), {}, method, data, IN_BULK if bulk else None)


@pytest.mark.parametrize(("bulk", "method", "tries"), [(True, "sendMessage", 1), (False, "sendMessage", 4), (False, "sendChatAction", 1)])
async def test_only_what_somebody_waits_for_is_repeated_where_telegram_asks_to_wait(bulk: bool, method: str, tries: int) -> None:
    timeline = Timeline()
    telegram = Telegram(timeline)
    flood = Flood(timeline, telegram.pacer, times=9, seconds=5)
    (outcome,) = await outcomes(timeline, flood.request(bulk=bulk, method=method))
    assert (type(outcome), len(flood.made), timeline.now >= 1000 + 5 * (tries - 1)) == (RetryAfter, tries, True)


@pytest.mark.parametrize("chat", [7, -7])
async def test_where_telegram_asks_to_wait_nothing_is_asked_meanwhile_and_other_chats_and_presses_go_on(chat: int) -> None:
    timeline = Timeline()
    telegram = Telegram(timeline)
    flood = Flood(timeline, telegram.pacer, times=1, seconds=30)

    async def later() -> None:
        await timeline.sleep(1)
        others = asyncio.gather(
            telegram.request(8, bulk=False),
            telegram.request(-8, bulk=True),
            telegram.request(None, bulk=False, method="answerCallbackQuery"),
            telegram.request(chat, bulk=False, method="sendChatAction"),
        )
        await asyncio.gather(others, telegram.request(chat, bulk=False))

    await timeline.run(flood.request(chat), later())
    assert [moment for moment, to in telegram.made if to != chat] == [1001.0] * 3
    assert [moment >= 1030 for moment, to in telegram.made if to == chat] == [True]
    assert [moment >= 1030 for moment in flood.made] == [False, True]


async def test_a_method_that_telegram_asks_to_wait_with_holds_up_no_other() -> None:
    timeline = Timeline()
    telegram = Telegram(timeline)
    flood = Flood(timeline, telegram.pacer, times=1, seconds=30)

    async def later() -> None:
        await timeline.sleep(1)
        await telegram.request(None, bulk=False, method="answerCallbackQuery")
        await telegram.request(7, bulk=False)

    await timeline.run(flood.request(None, method="setMyCommands"), later())
    assert [moment for moment, _ in telegram.made] == [1001.0] * 2
    assert [moment >= 1030 for moment in flood.made] == [False, True]


async def test_a_wait_that_is_too_long_fails_at_once_and_telegram_is_left_alone_until_it_is_over() -> None:
    timeline = Timeline()
    telegram = Telegram(timeline)
    flood = Flood(timeline, telegram.pacer, times=1, seconds=3600)
    refused = await outcomes(timeline, flood.request(), *(flood.request() for _ in range(30)), flood.request(bulk=True))
    assert ([type(outcome) for outcome in refused], len(flood.made), timeline.now) == ([RetryAfter] * 32, 1, 1000.0)
    await timeline.run(timeline.sleep(3601))
    assert await outcomes(timeline, flood.request()) == [True]


async def test_little_waits_in_a_chat_that_telegram_asks_to_wait_with() -> None:
    timeline = Timeline()
    flood = Flood(timeline, Telegram(timeline).pacer, times=1, seconds=30)

    async def hammer() -> list[object]:
        await timeline.sleep(1)
        return await asyncio.gather(*(flood.request(method="editMessageText") for _ in range(60)), return_exceptions=True)

    _, found = await outcomes(timeline, flood.request(), hammer())
    assert isinstance(found, list)
    assert (sum(outcome is True for outcome in found), len(flood.made)) == (MAX_WAITING - 1, MAX_WAITING + 1)


async def outcomes(timeline: Timeline, *requests: Awaitable[object]) -> list[object]:
    """Return what each of `requests`, made side by side, returned or raised."""
    made = asyncio.gather(*requests, return_exceptions=True)
    await timeline.run(made)
    return list(await made)
