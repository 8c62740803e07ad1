import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import messages, render
from bot.handlers.access import Access
from bot.handlers.once import Once
from tests.bot.calls import texts
from tests.bot.harness import Bench, bench
from tests.bot.objects import (
    ANSWER,
    GROUP,
    NOW,
    PRIVATE,
    Json,
    message,
    press,
)

LATE = NOW - timedelta(minutes=11)


async def test_an_update_delivered_twice_is_answered_once(bot: Bench) -> None:
    first, second = [await bot.feed(9, message=message("when?")) for _ in range(2)]
    assert (len(texts(first)), second) == (1, [])


async def test_two_deliveries_at_the_same_time_are_answered_once(bot: Bench) -> None:
    await asyncio.gather(*(bot.feed(9, message=message("when?")) for _ in range(3)))
    assert len(bot.network.named("sendMessage")) == 1


async def test_an_update_answered_before_a_restart_is_dropped(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        await bot.feed(9, message=message("when?"))
    async with bench(tmp_path) as bot:
        assert await bot.feed(9, message=message("when?")) == []


async def test_a_stale_question_is_not_answered_but_told_once_per_chat(bot: Bench) -> None:
    late = message("when?", sent=LATE)
    elsewhere = message("/ask when?", chat=GROUP, sent=LATE)
    calls = [await bot.feed(message=each) for each in (late, late, elsewhere, message("when?"))]
    assert [texts(each) for each in calls] == [[messages.STALE], [], [messages.STALE], [render.card(ANSWER)]]


async def test_who_wrote_while_the_bot_was_away_once_more_is_told_once_more(bot: Bench) -> None:
    await bot.feed(message=message("when?", sent=LATE))
    bot.now += timedelta(hours=8)
    assert texts(await bot.feed(message=message("where?", sent=NOW + timedelta(hours=7)))) == [messages.STALE]


async def test_a_question_of_ten_minutes_ago_is_answered(bot: Bench) -> None:
    calls = await bot.feed(message=message("when?", sent=NOW - timedelta(minutes=10)))
    assert texts(calls) == [render.card(ANSWER)]


WRITTEN = ["when?", "/summary", "/timeline", "what's new?", "/digest", "/digest daily", "/help", "/sources", "/add x", "/new"]


@pytest.mark.parametrize("written", WRITTEN)
async def test_a_stranger_is_refused_once_an_hour_whatever_they_write(tmp_path: Path, written: str) -> None:
    async with bench(tmp_path, access=Access(chats=frozenset({8}))) as bot:
        calls = [await bot.feed(message=message(each)) for each in (written, "when?", *WRITTEN)]
        bot.now += timedelta(hours=1)
        calls.append(await bot.feed(message=message(written)))
    refusal = messages.NOT_ALLOWED.format(chat_id=7)
    assert [texts(each) for each in calls] == [[refusal], *([] for _ in calls[2:]), [refusal]]


@pytest.mark.parametrize("written", ["/ask when?", "/summary", "/digest"])
async def test_a_group_that_is_not_allowed_gets_silence(tmp_path: Path, written: str) -> None:
    async with bench(tmp_path, access=Access(chats=frozenset({8}))) as bot:
        assert await bot.feed(message=message(written, chat=GROUP)) == []


@pytest.mark.parametrize("access", [Access(), Access(chats=frozenset({7})), Access(chats=frozenset({8}), admins=frozenset({7}))])
async def test_allowed_chats_and_administrators_are_answered(tmp_path: Path, access: Access) -> None:
    async with bench(tmp_path, access=access) as bot:
        assert texts(await bot.feed(message=message("when?"))) == [render.card(ANSWER)]


@pytest.mark.parametrize(
    ("chat", "shown"), [(PRIVATE, {"text": messages.NOT_ALLOWED.format(chat_id=7), "show_alert": True}), (GROUP, {"show_alert": False})]
)
async def test_presses_of_strangers_do_nothing(tmp_path: Path, chat: Json, shown: Json) -> None:
    async with bench(tmp_path, access=Access(chats=frozenset({8}))) as bot:
        calls = await bot.feed(callback_query=press("show.passage:k1", chat=chat))
    assert calls == [("answerCallbackQuery", {"callback_query_id": "p1", **shown})]


def test_time_passes_while_the_clocks_are_put_back() -> None:
    moments = iter([datetime(2025, 10, 26, 0, 59, tzinfo=UTC), datetime(2025, 10, 26, 1, 30, tzinfo=UTC)])
    once = Once(lambda: next(moments).astimezone(ZoneInfo("Europe/Berlin")), within=timedelta(minutes=20))
    assert (once.first("key"), once.first("key")) == (True, True)


@pytest.mark.parametrize(("chats", "is_told"), [({-5}, True), ({-5, -200}, False), (set(), False), ({8}, False)])
async def test_the_log_says_when_an_allowed_group_has_another_id_now(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, chats: set[int], is_told: bool
) -> None:
    small = {"id": -5, "type": "group", "title": "News"}
    async with bench(tmp_path, access=Access(chats=frozenset(chats))) as bot:
        await bot.feed(message=message(chat=small, migrate_to_chat_id=-200))
    assert ("Chat -5 has the id -200 now; put that into ALLOWED_CHATS" in caplog.text) == is_told
