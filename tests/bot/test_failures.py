import logging
from dataclasses import replace

import pytest

from bot import markup, messages, render
from retrieval.dates.partial_date import PartialDate
from tests.bot.calls import BUTTONS, answered, sent, texts
from tests.bot.harness import Bench
from tests.bot.objects import (
    ANSWER,
    GROUP,
    NOW,
    message,
    press,
)
from tests.recording import Refusal, Unanswered


async def test_a_message_that_telegram_cannot_read_goes_as_plain_text(bot: Bench) -> None:
    bot.network.fail("sendMessage", Refusal(400, "Bad Request: can't parse entities: unsupported start tag"))
    calls = await bot.feed(message=message("when?"))
    plain = sent(markup.visible(render.card(ANSWER)), reply_markup=BUTTONS)
    del plain[1]["parse_mode"]
    assert calls[1:] == [sent(render.card(ANSWER), reply_markup=BUTTONS), plain]


async def test_a_server_that_knows_no_date_entities_gets_dates_as_words_from_then_on(bot: Bench) -> None:
    bot.oracle.result = replace(ANSWER, variant=replace(ANSWER.variant, date=PartialDate(2025, 2, 4)))
    html = render.card(bot.oracle.result, today=NOW.date())
    bot.network.fail("sendMessage", Refusal(400, 'Bad Request: can\'t parse entities: Unsupported start tag "tg-time" at byte offset 9'))
    assert texts(await bot.feed(message=message("when?"))) == [html, markup.without_dates(html)]
    assert texts(await bot.feed(message=message("when?"))) == [markup.without_dates(html)]


async def test_an_answer_follows_its_group_to_the_new_chat(bot: Bench) -> None:
    bot.network.fail("sendMessage", Refusal(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -200}))
    calls = await bot.feed(message=message("/ask when?", chat=GROUP))
    moved = sent(render.card(ANSWER), chat_id=-200, reply_markup=BUTTONS)
    del moved[1]["reply_parameters"]
    assert calls[1:] == [sent(render.card(ANSWER), chat_id=-100, reply_markup=BUTTONS), moved]


async def test_a_send_that_timed_out_is_not_repeated(bot: Bench) -> None:
    bot.network.fail("sendMessage", Unanswered)
    assert len(texts(await bot.feed(message=message("when?")))) == 1


@pytest.mark.parametrize(
    ("refusal", "level"),
    [
        (Refusal(403, "Forbidden: bot was blocked by the user"), logging.INFO),
        (Refusal(400, "Bad Request: TOPIC_CLOSED"), logging.WARNING),
        (Refusal(500, "Internal Server Error"), logging.WARNING),
    ],
)
async def test_a_refused_message_leaves_one_line_in_the_log(
    bot: Bench, caplog: pytest.LogCaptureFixture, refusal: Refusal, level: int
) -> None:
    caplog.set_level(logging.INFO, "bot")
    bot.network.fail("sendMessage", refusal)
    await bot.feed(message=message("when?"))
    assert [(record.levelno, record.exc_info) for record in caplog.records] == [(level, None)]


async def test_a_failed_typing_sign_does_not_stop_the_answer(bot: Bench) -> None:
    bot.network.fail("sendChatAction", Refusal(400, "Bad Request: TOPIC_CLOSED"))
    assert texts(await bot.feed(message=message("when?"))) == [render.card(ANSWER)]


async def test_an_unforeseen_error_is_logged_and_apologised_for_once(bot: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bot.oracle.before = lambda: 1 // 0
    calls = await bot.feed(9, message=message("when?"))
    assert await bot.feed(9, message=message("when?")) == []
    assert texts(calls) == [messages.FAILED]
    assert [type(record.exc_info[1]) for record in caplog.records if record.exc_info] == [ZeroDivisionError]


async def test_an_answer_that_cannot_be_stored_is_apologised_for(bot: Bench) -> None:
    bot.oracle.result = replace(ANSWER, question="\ud800")  # cannot be stored
    assert texts(await bot.feed(message=message("when?"))) == [messages.FAILED]


async def test_a_press_that_fails_is_told(bot: Bench) -> None:
    await bot.feed(message=message("when?"))
    bot.drop_table("votes")
    assert await bot.feed(callback_query=press("show.passage:k1")) == [answered(messages.FAILED, alert=True)]


async def test_a_question_is_apologised_for_even_without_a_database(bot: Bench) -> None:
    bot.drop_table("answered_updates")
    assert texts(await bot.feed(message=message("when?"))) == [messages.FAILED]
