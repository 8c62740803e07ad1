"""The recording Bot API behaves as Telegram does, seen through python-telegram-bot."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.telegram import ADA, FORBIDDEN, AnswerLost, BotApi, Chat, ConnectionReset, Message, too_many_requests

FORUM = Chat(-1001, is_forum=True)


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with Bot(api.token, base_url=f"{api.url}/bot") as client:
        yield client


@pytest.fixture
def question(api: BotApi) -> Message:
    return api.private_message("when is the meeting?")


async def test_a_picture_arrives_as_it_was_sent_under_its_caption(api: BotApi, bot: Bot, question: Message) -> None:
    picture = b"\x89PNG\r\n\x1a\n\xff\x00\xfe the rest"
    sent = await bot.send_photo(question.chat.id, picture, "<b>Bridge</b>", parse_mode="HTML")
    [kept] = api.messages()
    assert (kept.photo, kept.text, kept.marked("bold")) == (picture, "Bridge", ["Bridge"])
    assert (sent.caption, len(sent.photo)) == ("Bridge", 1)
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(question.chat.id, b"no picture")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(question.chat.id, picture, "x" * 1025)


async def test_what_a_person_writes_is_polled_until_it_is_confirmed(api: BotApi, bot: Bot) -> None:
    first, second = api.private_message("one"), api.private_message("two")
    updates = await bot.get_updates(timeout=5)
    assert [update.effective_message.message_id for update in updates if update.effective_message] == [first.id, second.id]
    assert [update.update_id for update in await bot.get_updates(offset=updates[1].update_id)] == [updates[1].update_id]
    assert await bot.get_updates(offset=updates[1].update_id + 1, timeout=0) == ()


async def test_a_redelivered_update_keeps_its_id(api: BotApi, bot: Bot, question: Message) -> None:
    (first,) = await bot.get_updates()
    api.redeliver(question)
    (again,) = await bot.get_updates(offset=first.update_id + 1)
    assert again.to_dict() == first.to_dict()


async def test_what_is_typed_after_the_bots_name_is_offered_results_that_telegram_takes(api: BotApi, bot: Bot) -> None:
    query_id = api.inline_query("when?")
    (update,) = await bot.get_updates(allowed_updates=[Update.INLINE_QUERY])
    assert update.inline_query is not None
    assert (update.inline_query.id, update.inline_query.query) == (query_id, "when?")
    good = InlineQueryResultArticle("1", "4 February", InputTextMessageContent("<b>4 February</b>", parse_mode="HTML"))
    with pytest.raises(BadRequest, match=r"(?i)duplicate"):
        await bot.answer_inline_query(query_id, [good, good])
    await bot.answer_inline_query(query_id, [good])
    assert [call.refusal for call in api.calls("answerInlineQuery")] == ["RESULT_ID_DUPLICATE", ""]
    assert api.offered(query_id).refusal == "RESULT_ID_DUPLICATE"


async def test_a_kind_of_update_that_is_not_asked_for_does_not_come(api: BotApi, bot: Bot, question: Message) -> None:
    api.edited_message(question, "when is the next meeting?")
    assert [update.edited_message for update in await bot.get_updates(allowed_updates=[Update.MESSAGE])] == [None]


async def test_a_command_in_a_topic_looks_as_telegram_sends_it(api: BotApi, bot: Bot) -> None:
    api.group_message("/ask@quotewire_test_bot 🙂 @ada_l", FORUM, thread_id=7)
    (update,) = await bot.get_updates()
    message = update.effective_message
    assert message is not None
    assert [(entity.type, entity.offset, entity.length) for entity in message.entities] == [("bot_command", 0, 23), ("mention", 27, 6)]
    assert (message.message_thread_id, message.is_topic_message, message.chat.is_forum) == (7, True, True)


async def test_a_reply_with_buttons_is_kept_as_people_see_it(api: BotApi, bot: Bot, question: Message) -> None:
    keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Passage", callback_data="p:1"))
    await bot.send_message(
        ADA.id, "<b>4 &lt; 5</b>", parse_mode="HTML", reply_parameters=ReplyParameters(question.id), reply_markup=keyboard
    )
    reply = api.reply(question)
    assert (reply.text, reply.entities, reply.buttons[0].data) == ("4 < 5", ({"type": "bold", "offset": 0, "length": 5},), "p:1")


async def test_a_pressed_button_arrives_with_its_message(api: BotApi, bot: Bot, question: Message) -> None:
    keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Passage", callback_data="p:1"))
    sent = await bot.send_message(ADA.id, "an answer", reply_markup=keyboard)
    press = api.press("Passage", api.messages()[0])
    update = (await bot.get_updates())[-1]
    assert update.callback_query is not None
    assert (update.callback_query.data, update.callback_query.message) == ("p:1", sent)
    await update.callback_query.answer("here")
    assert api.settled(press).parameters["text"] == "here"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (" ", "Message text is empty"),
        ("<b></b>", "Message text is empty"),
        ("🙂" * 2049, "Message is too long"),
        ("<b>open", "Can't parse entities: can't find end tag"),
        ("<b><i>crossed</b></i>", "Can't parse entities: unmatched end tag"),
        ("</b>", "Can't parse entities: unexpected end tag"),
        ("<table>", 'Can\'t parse entities: unsupported start tag "table"'),
        ("4 <5", "Can't parse entities: unclosed start tag"),
    ],
)
async def test_a_text_that_telegram_does_not_take_is_refused(bot: Bot, question: Message, text: str, refusal: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i)^{refusal}"):
        await bot.send_message(question.chat.id, text, parse_mode="HTML")


async def test_the_longest_text_is_taken_whatever_its_markup(bot: Bot, question: Message) -> None:
    sent = await bot.send_message(question.chat.id, f"<b>{'&amp;' * 4096}</b>", parse_mode="HTML")
    assert sent.text == "&" * 4096


async def test_too_much_callback_data_is_refused(bot: Bot, question: Message) -> None:
    keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Passage", callback_data="é" * 33))
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(question.chat.id, "an answer", reply_markup=keyboard)


async def test_editing_to_the_same_is_refused(bot: Bot, question: Message) -> None:
    sent = await bot.send_message(question.chat.id, "an answer")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("an answer")


async def test_a_chain_of_replies_is_no_topic(api: BotApi, bot: Bot) -> None:
    chained = api.group_message("and then?", Chat(-1002), reply_to=api.group_message("one", Chat(-1002)))
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(chained.chat.id, "an answer", message_thread_id=chained.thread_id)


@pytest.mark.filterwarnings(
    "ignore:.*attribute `retry_after` will be"
)  # python-telegram-bot warns whoever makes a RetryAfter, itself included
async def test_faults_come_once_each_and_in_order(api: BotApi, bot: Bot, question: Message) -> None:
    api.fail_next("sendMessage", too_many_requests(2), FORBIDDEN, ConnectionReset(), AnswerLost())
    for error, match in ((RetryAfter, "2"), (Forbidden, "blocked"), (NetworkError, "httpx"), (NetworkError, "httpx")):
        with pytest.raises(error, match=match):
            await bot.send_message(ADA.id, "an answer")
    await bot.send_message(ADA.id, "an answer")
    assert [bool(call.message) for call in api.calls("sendMessage")] == [False, False, False, True, True]


async def test_polling_conflicts_with_a_webhook(bot: Bot) -> None:
    await bot.set_webhook("https://bot.example/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()


async def test_a_wrong_token_is_refused(api: BotApi) -> None:
    with pytest.raises(InvalidToken, match="rejected"):
        async with Bot("1:wrong", base_url=f"{api.url}/bot"):
            pass


async def test_an_unreachable_server_refuses_connections_and_comes_back(api: BotApi, bot: Bot, question: Message) -> None:
    poll = asyncio.create_task(bot.get_updates(offset=api.last_update + 1, timeout=30))
    await asyncio.to_thread(lambda: api.wait_for(lambda: api.polls))
    with api.unreachable():
        with pytest.raises(NetworkError, match="ConnectError"):
            await bot.send_message(question.chat.id, "an answer")
        api.private_message("still there?")
        assert len(await poll) == 1
    await bot.send_message(question.chat.id, "an answer")
    assert len(api.messages()) == 1
