import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from bot import messages, render
from bot.handlers.access import Access
from bot.keyboards import View
from bot.state import Kept, Tally
from retrieval.answer import NoAnswer, Silence
from retrieval.question import Kind
from tests.bot.harness import Bench, bench
from tests.bot.objects import (
    ADA,
    ANONYMOUS,
    ANSWER,
    CONTESTED,
    GROUP,
    NOTHING,
    NOW,
    OTHER_BOT,
    PRIVATE,
    WIRE,
    Json,
    mention,
    message,
    press,
)
from tests.recording import Call, Refusal, Unanswered

REPLY = {"message_id": 10, "allow_sending_without_reply": True, "quote_parse_mode": "HTML"}
BUTTONS = {
    "inline_keyboard": [
        [{"text": "Passage", "callback_data": "show.passage:k1"}],
        [{"text": "👍", "callback_data": "good.quote:k1"}, {"text": "👎", "callback_data": "bad.quote:k1"}],
    ]
}
LATE = NOW - timedelta(minutes=11)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bench]:
    async with bench(tmp_path) as running:
        yield running


def sent(text: str, *, chat_id: int = 7, **more: object) -> Call:
    """Return the call that replies with `text`."""
    return "sendMessage", {
        "chat_id": chat_id,
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_parameters": REPLY,
        **more,
    }


def texts(calls: list[Call]) -> list[str]:
    """Return the texts of the messages sent."""
    return [parameters["text"] for name, parameters in calls if name == "sendMessage"]


# Questions


async def test_a_private_question_gets_a_typing_sign_and_an_answer_with_buttons(bot: Bench) -> None:
    calls = await bot.feed(message=message("when is the meeting?"))
    assert calls == [("sendChatAction", {"chat_id": 7, "action": "typing"}), sent(render.card(ANSWER), reply_markup=BUTTONS)]


async def test_the_answer_goes_into_the_topic_of_the_question(bot: Bench) -> None:
    asked = message("/ask when?", chat=GROUP, message_thread_id=5, is_topic_message=True)
    typing, answer = await bot.feed(message=asked)
    assert typing == ("sendChatAction", {"chat_id": -100, "action": "typing", "message_thread_id": 5})
    assert answer == sent(render.card(ANSWER), chat_id=-100, message_thread_id=5, reply_markup=BUTTONS)


async def test_a_thread_of_replies_is_no_topic(bot: Bench) -> None:
    _, answer = await bot.feed(message=message("/ask when?", chat=GROUP, message_thread_id=5))
    assert answer == sent(render.card(ANSWER), chat_id=-100, reply_markup=BUTTONS)


async def test_no_answer_comes_with_thumbs_only(bot: Bench) -> None:
    bot.oracle.result = NOTHING
    calls = await bot.feed(message=message("what is the capital of peru?"))
    assert calls[1:] == [sent(render.card(NOTHING), reply_markup={"inline_keyboard": BUTTONS["inline_keyboard"][1:]})]


async def test_a_question_that_could_not_be_looked_up_has_no_buttons(bot: Bench) -> None:
    bot.oracle.result = NoAnswer("🙂", Kind.WHAT, Silence.NO_WORDS)
    assert (await bot.feed(message=message("🙂")))[1:] == [sent(messages.WORDS_ONLY)]


async def test_every_question_leaves_a_line_in_the_log(bot: Bench) -> None:
    await bot.feed(message=message("when?"))
    await bot.feed(message=message("/ask when?", chat=GROUP))
    assert bot.logged == ["private: when is the meeting?", "supergroup: when is the meeting?"]


async def test_the_answer_is_kept_with_its_message(bot: Bench) -> None:
    await bot.feed(message=message("when?"))
    assert bot.state.find("k1") == Kept("k1", 7, ANSWER, message_id=1001)


@pytest.mark.parametrize(
    ("content", "question"),
    [
        (message("when is it?"), "when is it?"),
        (message("  when?\n"), "when?"),
        (message("<b>&"), "<b>&"),
        (message("/ask when is it?"), "when is it?"),
        (message("/ASK@wirebot when is it?"), "when is it?"),
        (message("/ask\nwhen is it?"), "when is it?"),
        (message(caption="when is it?", photo=[]), "when is it?"),
        (message("/ask when is it?", chat=GROUP), "when is it?"),
        (message("/ask@WireBot when is it?", chat=GROUP), "when is it?"),
        (message("/ask when?", chat=GROUP, sender=ANONYMOUS, sender_chat=GROUP), "when?"),
        (message("and where?", chat=GROUP, reply_to_message=message("4 February", chat=GROUP, sender=WIRE)), "and where?"),
        (message("/ask", chat=GROUP, reply_to_message=message("When is it?", chat=GROUP)), "When is it?"),
        (message("/ask why?", chat=GROUP, reply_to_message=message("When is it?", chat=GROUP)), "why?"),
        (message("/ask", chat=GROUP, reply_to_message=message(caption="Who?", photo=[], chat=GROUP)), "Who?"),
        (mention("@WireBot when is it?", "@WireBot"), "when is it?"),
        (mention("@wirebot, when is it?", "@wirebot"), "when is it?"),
        (mention("🙂 hey @WIREBOT when is it?", "@WIREBOT"), "🙂 hey when is it?"),
        (mention("@WireBot", "@WireBot", reply_to_message=message("When is it?", chat=GROUP)), "When is it?"),
        (
            message("Wire, when?", chat=GROUP, entities=[{"type": "text_mention", "offset": 0, "length": 4, "user": WIRE}]),
            "when?",
        ),
    ],
)
async def test_a_question_is_heard_in_many_ways(bot: Bench, content: Json, question: str) -> None:
    await bot.feed(message=content)
    assert bot.oracle.questions == [question]


@pytest.mark.parametrize(
    "update",
    [
        {"message": message("nice weather", chat=GROUP)},
        {"message": message("/ask@OtherBot when?", chat=GROUP)},
        {"message": message("/ask@OtherBot when?")},
        {"message": message("/start@OtherBot")},
        {"message": message("/weather", chat=GROUP)},
        {"message": mention("@OtherBot when?", "@OtherBot")},
        {"message": message("I agree", chat=GROUP, reply_to_message=message("Nice", chat=GROUP))},
        {
            "message": message(
                "hm", chat=GROUP, reply_to_message=message(chat=GROUP, sender=WIRE, forum_topic_created={"name": "x", "icon_color": 1})
            )
        },
        {"message": message("/ask when?", chat=GROUP, sender=OTHER_BOT)},
        {"message": message("/ask when?", chat=GROUP, sender=ANONYMOUS, sender_chat={"id": -5, "type": "channel", "title": "x"})},
        {"message": message("/ask when?", chat=GROUP, is_automatic_forward=True)},
        {"message": message("when?", via_bot=OTHER_BOT)},
        {
            "message": message(
                sticker={
                    "file_id": "s",
                    "file_unique_id": "s",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                    "type": "regular",
                },
                chat=GROUP,
            )
        },
        {"message": message(new_chat_title="News", chat=GROUP)},
        {"message": message(pinned_message=message("x"))},
        {"edited_message": message("when is it?")},
        {"channel_post": message("/ask when?", chat={"id": -5, "type": "channel", "title": "x"})},
        {"edited_channel_post": message("/ask when?", chat={"id": -5, "type": "channel", "title": "x"})},
    ],
)
async def test_what_is_not_said_to_the_bot_gets_silence(bot: Bench, update: dict[str, Json]) -> None:
    assert await bot.feed(**update) == []


@pytest.mark.parametrize(
    ("content", "reply"),
    [
        (message("/ask"), messages.EMPTY_QUESTION),
        (message("/ask", chat=GROUP, reply_to_message=message("4 February", chat=GROUP, sender=WIRE)), messages.EMPTY_QUESTION),
        (mention("@WireBot", "@WireBot"), messages.EMPTY_QUESTION),
        (message(voice={"file_id": "v", "file_unique_id": "v", "duration": 1}), messages.WORDS_ONLY),
        (message(photo=[{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]), messages.WORDS_ONLY),
        (message("/weather"), messages.UNKNOWN_COMMAND),
        (message("/weather@WireBot", chat=GROUP), messages.UNKNOWN_COMMAND),
        (message("/about"), messages.ABOUT),
        (message("/privacy"), messages.PRIVACY.format(days=30)),
        (message("/help"), render.help_text(private=True)),
        (message("/help", chat=GROUP), render.help_text(private=False)),
        (message("/start", chat=GROUP), render.help_text(private=False)),
        (message("/sources"), "<b>Sources</b>: 2 articles\n\n• Harbour Post: 2 articles, newest 29 January 2025"),
    ],
)
async def test_what_is_no_question_gets_its_line(bot: Bench, content: Json, reply: str) -> None:
    assert await bot.feed(message=content) == [sent(reply, chat_id=content["chat"]["id"])]


async def test_a_question_that_is_too_long_gets_a_line(bot: Bench) -> None:
    assert texts(await bot.feed(message=message("x" * 4000))) == [messages.TOO_LONG]


async def test_an_album_gets_one_line(bot: Bench) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    calls = [await bot.feed(message=message(photo=photo, media_group_id="a")) for _ in range(3)]
    assert [texts(each) for each in calls] == [[messages.WORDS_ONLY], [], []]


async def test_a_full_queue_is_told(tmp_path: Path) -> None:
    async with bench(tmp_path, waiting=0) as bot:
        gate, begun = Event(), asyncio.Event()
        loop = asyncio.get_running_loop()
        bot.oracle.before = lambda: (loop.call_soon_threadsafe(begun.set), gate.wait())
        first = asyncio.create_task(bot.feed(message=message("first?")))
        await begun.wait()
        second = await bot.feed(message=message("second?"))
        gate.set()
        await first
    assert texts(second) == [messages.BUSY]


async def test_a_question_that_closing_cuts_off_is_told(bot: Bench) -> None:
    await bot.worker.close(0)
    assert texts(await bot.feed(message=message("when?"))) == [messages.STOPPING]


# Once and in time


async def test_an_update_delivered_twice_is_answered_once(bot: Bench) -> None:
    first, second = [await bot.feed(update_id=9, message=message("when?")) for _ in range(2)]
    assert (len(texts(first)), second) == (1, [])


async def test_two_deliveries_at_the_same_time_are_answered_once(bot: Bench) -> None:
    await asyncio.gather(*(bot.feed(update_id=9, message=message("when?")) for _ in range(3)))
    assert len(bot.network.named("sendMessage")) == 1


async def test_an_update_answered_before_a_restart_is_dropped(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        await bot.feed(update_id=9, message=message("when?"))
    async with bench(tmp_path) as bot:
        assert await bot.feed(update_id=9, message=message("when?")) == []


async def test_a_stale_question_is_not_answered_but_told_once_per_chat(bot: Bench) -> None:
    late = message("when?", sent=LATE)
    elsewhere = message("/ask when?", chat=GROUP, sent=LATE)
    calls = [await bot.feed(message=each) for each in (late, late, elsewhere, message("when?"))]
    assert [texts(each) for each in calls] == [[messages.STALE], [], [messages.STALE], [render.card(ANSWER)]]


async def test_a_question_of_ten_minutes_ago_is_answered(bot: Bench) -> None:
    calls = await bot.feed(message=message("when?", sent=NOW - timedelta(minutes=10)))
    assert texts(calls) == [render.card(ANSWER)]


# Who may ask


async def test_a_stranger_is_refused_once_an_hour(tmp_path: Path) -> None:
    async with bench(tmp_path, access=Access(chats=frozenset({8}))) as bot:
        calls = [await bot.feed(message=message("when?")) for _ in range(2)]
        bot.now += timedelta(hours=1)
        calls.append(await bot.feed(message=message("when?")))
    refusal = messages.NOT_ALLOWED.format(chat_id=7)
    assert [texts(each) for each in calls] == [[refusal], [], [refusal]]


async def test_a_group_that_is_not_allowed_gets_silence(tmp_path: Path) -> None:
    async with bench(tmp_path, access=Access(chats=frozenset({8}))) as bot:
        assert await bot.feed(message=message("/ask when?", chat=GROUP)) == []


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


# Start


async def test_start_offers_examples_that_are_answered_even_after_a_restart(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        [(_, welcome)] = await bot.feed(message=message("/start"))
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
    assert await bot.feed(message=message("/start")) == [sent(render.welcome(with_examples=False))]


# Buttons


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


def answered(text: str | None = None, *, alert: bool = False) -> Call:
    return "answerCallbackQuery", {"callback_query_id": "p1", **({"text": text} if text else {}), "show_alert": alert}


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
    await bot.feed(update_id=9, callback_query=press("show.passage:k1"))
    assert await bot.feed(update_id=9, callback_query=press("show.passage:k1")) == [answered()]


async def test_an_unchanged_message_is_no_trouble(bot: Bench, caplog: pytest.LogCaptureFixture) -> None:
    await bot.feed(message=message("when?"))
    bot.network.fail("editMessageText", Refusal(400, "Bad Request: message is not modified: specified new message content"))
    await bot.feed(callback_query=press("show.quote:k1"))
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


# Failures


async def test_a_message_that_telegram_cannot_read_goes_as_plain_text(bot: Bench) -> None:
    bot.network.fail("sendMessage", Refusal(400, "Bad Request: can't parse entities: unsupported start tag"))
    calls = await bot.feed(message=message("when?"))
    plain = sent(render.visible(render.card(ANSWER)), reply_markup=BUTTONS)
    del plain[1]["parse_mode"]
    assert calls[1:] == [sent(render.card(ANSWER), reply_markup=BUTTONS), plain]


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
    calls = await bot.feed(update_id=9, message=message("when?"))
    assert await bot.feed(update_id=9, message=message("when?")) == []
    assert texts(calls) == [messages.FAILED]
    assert [type(record.exc_info[1]) for record in caplog.records if record.exc_info] == [ZeroDivisionError]


async def test_an_error_after_the_answer_is_not_apologised_for(bot: Bench) -> None:
    bot.oracle.result = replace(ANSWER, question="\ud800")  # cannot be stored
    assert texts(await bot.feed(message=message("when?"))) == [messages.FAILED]


async def test_a_press_that_fails_is_told(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        bot.state.keep(Kept("k1", 7, ANSWER))
        for file in tmp_path.glob("*"):
            file.write_bytes(b"not a database" * 500)
        bot.state._engine.dispose()
        assert await bot.feed(callback_query=press("show.passage:k1")) == [answered(messages.FAILED, alert=True)]


# Groups that the bot is added to


def membership(old: str, new: str, chat: Json = GROUP) -> Json:
    def member(status: str) -> Json:
        rights = dict.fromkeys(
            "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members "
            "can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories".split(),
            False,
        )
        more = {"until_date": 0} if status == "kicked" else rights if status == "administrator" else {}
        return {"user": WIRE, "status": status, **more}

    return {"chat": chat, "from": ADA, "date": int(NOW.timestamp()), "old_chat_member": member(old), "new_chat_member": member(new)}


@pytest.mark.parametrize(("new", "sees_mentions"), [("member", False), ("administrator", True)])
async def test_a_group_is_greeted_when_the_bot_comes_in(bot: Bench, new: str, sees_mentions: bool) -> None:
    [(method, parameters)] = await bot.feed(my_chat_member=membership("left", new))
    assert (method, parameters["chat_id"], parameters["text"]) == (
        "sendMessage",
        -100,
        render.hello("WireBot", sees_mentions=sees_mentions),
    )


@pytest.mark.parametrize(
    ("old", "new", "chat"),
    [
        ("member", "administrator", GROUP),
        ("member", "left", GROUP),
        ("member", "kicked", GROUP),
        ("kicked", "member", PRIVATE),
        ("left", "administrator", {"id": -5, "type": "channel", "title": "x"}),
    ],
)
async def test_other_changes_are_not_commented(bot: Bench, old: str, new: str, chat: Json) -> None:
    assert await bot.feed(my_chat_member=membership(old, new, chat)) == []


async def test_a_group_that_is_not_allowed_is_not_greeted(tmp_path: Path) -> None:
    async with bench(tmp_path, access=Access(chats=frozenset({8}))) as bot:
        assert await bot.feed(my_chat_member=membership("left", "member")) == []
