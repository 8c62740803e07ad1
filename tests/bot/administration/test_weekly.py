"""The picture of the week that comes by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.administration import rendering as admin_text
from bot.administration.weekly import WeeklyPost, last_monday
from bot.sending import Sender
from tests.bot.harness import Bench, bench
from tests.bot.objects import message

MONDAY = datetime(2025, 2, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "monday"),
    [
        ("2025-02-03T08:00+00:00", "UTC", "2025-02-03T08:00+00:00"),
        ("2025-02-03T07:59+00:00", "UTC", "2025-01-27T08:00+00:00"),
        ("2025-02-09T23:59+00:00", "UTC", "2025-02-03T08:00+00:00"),
        ("2025-02-03T07:00+00:00", "Europe/Berlin", "2025-02-03T07:00+00:00"),
        ("2025-03-31T06:30+00:00", "Europe/Berlin", "2025-03-31T06:00+00:00"),
        ("2025-02-03T08:00+00:00", "America/New_York", "2025-01-27T13:00+00:00"),
    ],
)
def test_the_week_begins_on_monday_morning_where_the_operator_lives(now: str, zone: str, monday: str) -> None:
    assert last_monday(datetime.fromisoformat(now), ZoneInfo(zone)) == datetime.fromisoformat(monday)


async def deliver(bot: Bench) -> list[str]:
    """Let the post look once; return what it sent."""
    before = len(bot.network.calls)
    log = bot.admin.question_log
    post = WeeklyPost(weekly=bot.admin.weekly, log=log, draw=lambda _: b"PNG", sender=Sender(bot.application.bot), admins={7})
    await post.send_due()
    return [parameters.get("caption") or parameters["text"] for _, parameters in bot.network.calls[before:]]


async def test_it_comes_once_each_monday_even_after_two_weeks_of_silence(bot: Bench) -> None:
    bot.admin.weekly.want(7)
    assert await deliver(bot) == []
    bot.now = MONDAY
    await bot.feed(message=message("when?", sent=bot.now))
    assert [await deliver(bot), await deliver(bot)] == [["The last 7 days: 1 question, 100 % answered."], []]
    bot.now += timedelta(days=15)
    assert [await deliver(bot), await deliver(bot)] == [[admin_text.NO_QUESTIONS.format(days=7)], []]


async def test_asking_for_it_again_changes_nothing(bot: Bench) -> None:
    bot.admin.weekly.want(7)
    bot.now = MONDAY
    bot.admin.weekly.want(7)
    assert len(await deliver(bot)) == 1


async def test_a_second_process_does_not_send_it_again(tmp_path: Path) -> None:
    async with bench(tmp_path) as one, bench(tmp_path) as other:
        one.admin.weekly.want(7)
        one.now = other.now = MONDAY
        assert [len(await deliver(one)), len(await deliver(other))] == [1, 0]


async def test_who_did_not_ask_or_is_no_administrator_any_more_gets_nothing(bot: Bench) -> None:
    bot.admin.weekly.want(8)
    bot.now = MONDAY
    assert await deliver(bot) == []
    bot.admin.weekly.want(7)
    bot.admin.weekly.stop(7)
    bot.now += timedelta(days=7)
    assert await deliver(bot) == []
