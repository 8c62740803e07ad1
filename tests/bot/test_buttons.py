import logging
from datetime import timedelta
from pathlib import Path

import pytest

from bot import messages, render
from bot.keyboards import View
from bot.state import Tally
from tests.bot.calls import BUTTONS, answered, sent
from tests.bot.harness import Bench, bench
from tests.bot.objects import (
    ADA,
    ANSWER,
    CONTESTED,
    GROUP,
    Json,
    message,
    press,
)
from tests.recording import Call, Refusal


async def test_start_offers_examples_that_are_answered_even_after_a_restart(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        [(sign, _), (_, welcome)] = await bot.feed(message=message("/start"))
    assert sign == "sendChatAction"
    rows = welcome["reply_markup"]["inline_keyboard"]
    assert (welcome["text"], [row[0]["text"] for row in rows]) == (
        f"{messages.WELCOME}\n\n{messages.TRY_ONE}",
        ["When is the meeting?", "Who came?"],
    )
    async with bench(tmp_path, first_update=600) as bot:
        calls = await bot.feed(callback_query=press(rows[1][0]["callback_data"], message_id=10))
    assert calls == [
        ("answerCallbackQuery", {"callback_query_id": "p1", "text": "Who came?", "show_alert": False}),
        ("sendChatAction", {"chat_id": 7, "action": "typing"}),
        sent(render.card(ANSWER), reply_markup=BUTTONS),
    ]
    assert bot.oracle.questions == ["Who came?"]


async def test_start_works_while_there_is_no_time_for_examples(bot: Bench) -> None:
    await bot.worker.close(0)
    calls = await bot.feed(message=message("/start"))
    assert calls[-1] == sent(render.welcome(with_examples=False))


def edited(text: str, rows: list[list[tuple[str, str]]]) -> Call:
    """Return the call that shows `text` with buttons in place of what a message showed."""
    return "editMessageText", {
        "chat_id": 7,
        "message_id": 1001,
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": keyboard(rows),
    }


def keyboard(rows: list[list[tuple[str, str]]]) -> Json:
    return {"inline_keyboard": [[{"text": label, "callback_data": data} for label, data in row] for row in rows]}


@pytest.mark.parametrize(
    ("view", "rows"),
    [
        (
            View.PASSAGE,
            [[("Quote", "show.quote:k1"), ("Other answers", "show.others:k1")], [("👍", "good.passage:k1"), ("👎", "bad.passage:k1")]],
        ),
        (View.OTHERS, [[("Back", "show.quote:k1")], [("👍", "good.others:k1"), ("👎", "bad.others:k1")]]),
        (
            View.QUOTE,
            [[("Passage", "show.passage:k1"), ("Other answers", "show.others:k1")], [("👍", "good.quote:k1"), ("👎", "bad.quote:k1")]],
        ),
    ],
)
async def test_a_press_changes_the_view_even_after_a_restart(tmp_path: Path, view: View, rows: list[list[tuple[str, str]]]) -> None:
    async with bench(tmp_path) as bot:
        bot.oracle.result = CONTESTED
        await bot.feed(message=message("when?"))
    async with bench(tmp_path, first_update=600) as bot:
        calls = await bot.feed(callback_query=press(f"show.{view}:k1"))
    assert calls == [answered(), edited(render.card(CONTESTED, view), rows)]


async def test_a_vote_is_thanked_for_and_counted_in_the_view_on_show(bot: Bench) -> None:
    await bot.feed(message=message("when?"))
    calls = await bot.feed(callback_query=press("good.passage:k1"))
    rows = [[("Quote", "show.quote:k1")], [("👍 1", "good.passage:k1"), ("👎", "bad.passage:k1")]]
    assert calls[0] == answered(messages.THANKS)
    assert (calls[1][0], calls[1][1]["reply_markup"]) == ("editMessageReplyMarkup", keyboard(rows))


async def test_the_same_vote_again_changes_nothing(bot: Bench) -> None:
    await bot.feed(message=message("when?"))
    await bot.feed(callback_query=press("good.quote:k1"))
    assert await bot.feed(callback_query=press("good.quote:k1")) == [answered(messages.THANKS)]


async def test_a_changed_mind_replaces_the_vote(bot: Bench) -> None:
    await bot.feed(message=message("when?"))
    for data, user in [("good.quote:k1", ADA), ("bad.quote:k1", ADA), ("bad.quote:k1", ADA | {"id": 8})]:
        await bot.feed(callback_query=press(data, sender=user))
    assert bot.state.tally("k1") == Tally(good=0, bad=2)


@pytest.mark.parametrize("data", ["show.passage:gone", "good.quote:gone", "ask.quote:gone", "nonsense"])
async def test_a_press_on_what_is_gone_is_told(bot: Bench, data: str) -> None:
    assert await bot.feed(callback_query=press(data)) == [answered(messages.EXPIRED, alert=True)]


async def test_an_answer_of_another_chat_cannot_be_shown(bot: Bench) -> None:
    await bot.feed(message=message("when?"))
    assert await bot.feed(callback_query=press("show.passage:k1", chat=GROUP)) == [answered(messages.EXPIRED, alert=True)]


async def test_an_expired_answer_is_told(bot: Bench) -> None:
    await bot.feed(message=message("when?"))
    bot.now += timedelta(days=30)
    assert await bot.feed(callback_query=press("show.passage:k1")) == [answered(messages.EXPIRED, alert=True)]


async def test_a_press_delivered_twice_is_answered_and_no_more(bot: Bench) -> None:
    await bot.feed(message=message("when?"))
    await bot.feed(9, callback_query=press("show.passage:k1"))
    assert await bot.feed(9, callback_query=press("show.passage:k1")) == [answered()]


async def test_an_unchanged_message_is_no_trouble(bot: Bench, caplog: pytest.LogCaptureFixture) -> None:
    await bot.feed(message=message("when?"))
    bot.network.fail("editMessageText", Refusal(400, "Bad Request: message is not modified: specified new message content"))
    await bot.feed(callback_query=press("show.quote:k1"))
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
