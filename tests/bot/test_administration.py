"""What administrators can ask for, and nobody else."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

from bot import messages
from bot.administration import rendering as admin_text
from bot.handlers.access import Access
from bot.handlers.administration import ANSWERED
from tests.bot.calls import answered, sent, texts
from tests.bot.harness import Bench, bench
from tests.bot.objects import ANSWER, GROUP, NOTHING, NOW, message, press

BEN = {"id": 8, "is_bot": False, "first_name": "Ben"}
BENS = {"id": 8, "type": "private", "first_name": "Ben"}
WANT_WEEKLY = {"inline_keyboard": [[{"text": admin_text.WANT_WEEKLY, "callback_data": "weekly:on"}]]}
STOP_WEEKLY = {"inline_keyboard": [[{"text": admin_text.STOP_WEEKLY, "callback_data": "weekly:off"}]]}
ADMIN = Access(admins=frozenset({7}))


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bench]:
    """A bot whose administrator is Ada."""
    async with bench(tmp_path, access=ADMIN) as running:
        yield running


async def test_the_status_is_told_on_one_screen(bot: Bench) -> None:
    await bot.feed(message=message("when?"))
    bot.oracle.result = NOTHING
    await bot.feed(message=message("/ask what?", chat=GROUP))
    [text] = texts(await bot.feed(message=message("/status")))
    assert text == "\n".join(
        [
            f"<b>Quotewire {version('quotewire')}</b>, running for 2 hours 5 minutes",
            "2 articles in 9 passages, newest 29 January 2025",
            "Questions in the last 24 hours: 2, 50 % answered, half of them within 0.0 s",
            "Waiting: 0 questions",
            "Chats that got answers in the last 30 days: 2",
            "1 feed &lt;fails&gt;.",
        ]
    )


async def test_questions_without_an_answer_are_grouped_by_meaning(bot: Bench) -> None:
    for text in ("who won the race", "when is easter", "when is easter this year"):
        bot.oracle.result = replace(NOTHING, question=text)
        await bot.feed(message=message(text, sent=bot.now))
        bot.now += timedelta(days=1)
    assert texts(await bot.feed(message=message("/unanswered"))) == [
        f"<b>Questions without an answer</b>\n{admin_text.UNANSWERED_HINT}\n\n"
        "• when is easter this year <i>(2 times, since 2 February 2025)</i>\n"
        "• who won the race <i>(once, on 1 February 2025)</i>"
    ]


async def test_thumbs_are_shown_with_what_they_judge_the_newest_first_page_by_page(bot: Bench) -> None:
    for number in range(7):
        bot.oracle.result = replace(ANSWER, question=f"question <{number}>?")
        await bot.feed(message=message("when?"))
        await bot.feed(callback_query=press(f"bad.quote:k{number + 1}"))
        bot.now += timedelta(minutes=1)
    [(_, first)] = await bot.feed(message=message("/feedback"))
    assert first["text"].splitlines()[0] == "<b>Thumbs</b> 1–5 of 7"
    assert first["text"].splitlines()[2:4] == ["👎 1 1 February 2025: <b>question &lt;6&gt;?</b>", "“4 February” (Harbour Post)"]
    assert first["reply_markup"] == {"inline_keyboard": [[{"text": "Older", "callback_data": "feedback:5"}]]}
    answer, (_, second) = await bot.feed(callback_query=press("feedback:5"))
    assert (answer, second["text"].splitlines()[0]) == (answered(), "<b>Thumbs</b> 6–7 of 7")
    assert second["reply_markup"] == {"inline_keyboard": [[{"text": "Newer", "callback_data": "feedback:0"}]]}


async def test_days_are_those_of_the_operators_clock(tmp_path: Path) -> None:
    async with bench(tmp_path, access=ADMIN, zone="America/New_York") as bot:
        bot.now = datetime.fromisoformat("2025-02-02T03:00+00:00")
        bot.oracle.result = NOTHING
        await bot.feed(message=message("what?", sent=bot.now))
        await bot.feed(callback_query=press("bad.quote:k1"))
        for command in ("/unanswered", "/feedback"):
            [told] = texts(await bot.feed(message=message(command)))
            assert "1 February 2025" in told


async def test_the_last_page_is_shown_where_those_beyond_it_are_forgotten(bot: Bench) -> None:
    for number in range(6):
        await bot.feed(message=message("when?", sent=bot.now))
        await bot.feed(callback_query=press(f"bad.quote:k{number + 1}"))
        bot.now += timedelta(days=1)
    [_, (_, second)] = await bot.feed(callback_query=press("feedback:5"))
    assert second["text"].splitlines()[0] == "<b>Thumbs</b> 6–6 of 6"
    bot.now = NOW + timedelta(days=31)
    bot.state.purge()
    [_, (_, left)] = await bot.feed(callback_query=press("feedback:5"))
    assert left["text"].splitlines()[0] == "<b>Thumbs</b> 1–4 of 4"
    assert "reply_markup" not in left


async def test_the_week_is_a_picture_with_its_figures_below(bot: Bench) -> None:
    await bot.feed(message=message("when?"))
    [(method, parameters)] = await bot.feed(message=message("/week"))
    assert (method, parameters["caption"]) == ("sendPhoto", "The last 7 days: 1 question, 100 % answered.")
    assert parameters["reply_markup"] == WANT_WEEKLY


async def test_the_week_comes_by_itself_from_the_press_of_a_button_until_another(bot: Bench) -> None:
    pressed = await bot.feed(callback_query=press("weekly:on"))
    assert [parameters.get("text") or parameters["reply_markup"] for _, parameters in pressed] == [admin_text.WEEKLY_ON, STOP_WEEKLY]
    assert bot.admin.weekly.is_wanted(7)
    pressed = await bot.feed(callback_query=press("weekly:off"))
    assert [parameters.get("text") or parameters["reply_markup"] for _, parameters in pressed] == [admin_text.WEEKLY_OFF, WANT_WEEKLY]
    assert not bot.admin.weekly.is_wanted(7)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("/unanswered", admin_text.NONE_UNANSWERED),
        ("/feedback", admin_text.NO_FEEDBACK),
        ("/week", admin_text.NO_QUESTIONS.format(days=7)),
    ],
)
async def test_where_there_is_nothing_yet_a_sentence_says_so(bot: Bench, command: str, sentence: str) -> None:
    assert texts(await bot.feed(message=message(command))) == [sentence]


@pytest.mark.parametrize("command", sorted(ANSWERED))
async def test_other_people_do_not_learn_that_there_are_such_commands(bot: Bench, command: str) -> None:
    unknown = [messages.UNKNOWN_COMMAND]
    assert texts(await bot.feed(message=message(f"/{command}", chat=BENS, sender=BEN))) == unknown
    assert texts(await bot.feed(message=message(f"/{command}@WireBot", chat=GROUP))) == unknown
    assert await bot.feed(message=message(f"/{command}", chat=GROUP)) == []


async def test_other_people_cannot_turn_the_pages(bot: Bench) -> None:
    for pressed in (press("feedback:0", chat=BENS, sender=BEN), press("weekly:on", chat=BENS, sender=BEN), press("feedback:0", chat=GROUP)):
        assert await bot.feed(callback_query=pressed) == [answered(messages.EXPIRED, alert=True)]


async def test_a_queue_that_is_full_or_closing_is_told(bot: Bench) -> None:
    await bot.worker.close(0)
    assert texts(await bot.feed(message=message("/unanswered"))) == [messages.STOPPING]


async def test_who_asks_too_fast_is_told_once_and_administrators_never(tmp_path: Path) -> None:
    async with bench(tmp_path, access=ADMIN, per_minute=2) as bot:
        fast = [await bot.feed(message=message("when?", chat=BENS, sender=BEN)) for _ in range(4)]
        assert [texts(calls) for calls in fast][2:] == [[messages.slower(30)], []]
        assert fast[2] == [sent(messages.slower(30), chat_id=8)]
        admin = [await bot.feed(message=message("when?")) for _ in range(4)]
        assert [len(calls) for calls in admin] == [2] * 4
        bot.now = NOW + timedelta(seconds=30)
        assert len(await bot.feed(message=message("when?", chat=BENS, sender=BEN, sent=bot.now))) == 2
