import asyncio
from pathlib import Path
from threading import Event

import pytest

from bot import messages, render
from bot.contexts import CONTEXT_TIME
from bot.state import Kept
from retrieval.answer import NoAnswer, Silence
from retrieval.question import Kind
from tests.bot.calls import BUTTONS, sent, texts
from tests.bot.harness import Bench, bench
from tests.bot.objects import (
    ANONYMOUS,
    ANSWER,
    AS_CHANNEL,
    CHANNEL,
    GROUP,
    NOTHING,
    OTHER_BOT,
    WIRE,
    Json,
    mention,
    message,
)


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


ANIMATION: Json = {"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1, "duration": 1, "file_name": "cat.mp4"}


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
        (message("/ask when?", chat=GROUP, sender=AS_CHANNEL, sender_chat=CHANNEL), "when?"),
        (message("why?", chat=GROUP, reply_to_message=message(caption="Timeline", photo=[], chat=GROUP, sender=WIRE)), "why?"),
        (message("and where?", chat=GROUP, reply_to_message=message("4 February", chat=GROUP, sender=WIRE)), "and where?"),
        (message("/ask", chat=GROUP, reply_to_message=message("When is it?", chat=GROUP)), "When is it?"),
        (message("/ask why?", chat=GROUP, reply_to_message=message("When is it?", chat=GROUP)), "why?"),
        (
            message(
                "/ask",
                chat=GROUP,
                reply_to_message=message("I see. When is it? Bye.", chat=GROUP),
                quote={"text": "When is it?", "position": 7, "is_manual": True},
            ),
            "When is it?",
        ),
        (message("/ask: - when?", chat=GROUP, entities=[{"type": "bot_command", "offset": 0, "length": 4}]), "when?"),
        (mention("@WireBot /ask when?", "@WireBot"), "when?"),
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
        (message(animation=ANIMATION, document=ANIMATION), messages.WORDS_ONLY),
        (message(voice={"file_id": "v", "file_unique_id": "v", "duration": 1}), messages.WORDS_ONLY),
        (message(photo=[{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]), messages.WORDS_ONLY),
        (message("/weather"), messages.UNKNOWN_COMMAND),
        (message("/weather@WireBot", chat=GROUP), messages.UNKNOWN_COMMAND),
        (message("/about"), messages.ABOUT),
        (message("/privacy"), messages.privacy(30, CONTEXT_TIME)),
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
