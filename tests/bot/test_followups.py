"""What an asker's question refers to: the answer that they replied to, or the last one that they got here."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

from bot import messages, render
from bot.contexts import CONTEXT_TIME
from bot.keyboards import Action, Press
from retrieval.answer import NoAnswer, Silence
from retrieval.question import Kind
from tests.bot.calls import sent, texts
from tests.bot.harness import Bench, bench
from tests.bot.objects import ANONYMOUS, ANSWER, GROUP, NOTHING, WIRE, Json, message, press

BEN = {"id": 8, "is_bot": False, "first_name": "Ben"}


def shown(message_id: int, chat: Json = GROUP) -> Json:
    """Return a message of the bot's, to reply to."""
    return message("4 February", chat=chat, sender=WIRE) | {"message_id": message_id}


async def test_the_next_question_comes_after_the_answer(bot: Bench) -> None:
    await bot.feed(message=message("when is the meeting?"))
    await bot.feed(message=message("where?"))
    assert bot.oracle.earlier == [None, ANSWER]


async def test_after_some_minutes_nothing_is_carried_over(bot: Bench) -> None:
    await bot.feed(message=message("when is the meeting?"))
    bot.now += CONTEXT_TIME
    await bot.feed(message=message("where?", sent=bot.now))
    assert bot.oracle.earlier == [None, None]


async def test_new_makes_it_forget(bot: Bench) -> None:
    await bot.feed(message=message("when is the meeting?"))
    assert await bot.feed(message=message("/new")) == [sent(messages.FORGOTTEN)]
    await bot.feed(message=message("where?"))
    assert bot.oracle.earlier == [None, None]


async def test_a_restart_does_not_make_it_forget(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        await bot.feed(message=message("when is the meeting?"))
    async with bench(tmp_path, first_update=600) as bot:
        await bot.feed(message=message("where?"))
        assert bot.oracle.earlier == [ANSWER]


async def test_other_people_and_topics_have_conversations_of_their_own(bot: Bench) -> None:
    await bot.feed(message=message("/ask when?", chat=GROUP))
    await bot.feed(message=message("/ask where?", chat=GROUP, sender=BEN))
    await bot.feed(message=message("/ask where?", chat=GROUP, message_thread_id=5, is_topic_message=True))
    assert bot.oracle.earlier == [None, None, None]


async def test_what_is_not_addressed_to_the_bot_does_not_count(bot: Bench) -> None:
    await bot.feed(message=message("/ask when?", chat=GROUP))
    bot.oracle.result = NOTHING
    await bot.feed(message=message("when is lunch?", chat=GROUP))
    await bot.feed(message=message("/ask where?", chat=GROUP))
    assert bot.oracle.earlier == [None, ANSWER]


async def test_a_reply_refers_to_the_answer_that_it_replies_to_whoever_asked(bot: Bench) -> None:
    await bot.feed(message=message("/ask when?", chat=GROUP))
    bot.oracle.result = NOTHING
    await bot.feed(message=message("/ask who?", chat=GROUP, sender=BEN))
    bot.now += timedelta(days=3)
    await bot.feed(message=message("where?", chat=GROUP, sender=BEN, sent=bot.now, reply_to_message=shown(1001)))
    assert bot.oracle.earlier == [None, None, ANSWER]


async def test_a_reply_to_another_message_of_the_bots_refers_to_the_last_answer(bot: Bench) -> None:
    await bot.feed(message=message("/ask when?", chat=GROUP))
    await bot.feed(message=message("where?", chat=GROUP, reply_to_message=shown(999)))
    assert bot.oracle.earlier == [None, ANSWER]


async def test_anonymous_administrators_are_not_taken_for_one_person(bot: Bench) -> None:
    for text in ("/ask when?", "/ask where?"):
        await bot.feed(message=message(text, chat=GROUP, sender=ANONYMOUS, sender_chat=GROUP))
    assert bot.oracle.earlier == [None, None]


async def test_small_talk_in_between_changes_nothing(bot: Bench) -> None:
    await bot.feed(message=message("when?"))
    bot.oracle.result = NoAnswer("thanks", Kind.WHAT, Silence.THANKS)
    await bot.feed(message=message("thanks"))
    await bot.feed(message=message("where?"))
    assert bot.oracle.earlier == [None, ANSWER, ANSWER]


async def test_an_example_can_be_followed_up(bot: Bench) -> None:
    [example, *_] = bot.state.offer(["When is the meeting?"])
    await bot.feed(callback_query=press(Press(Action.ASK, example.id).encode()))
    await bot.feed(message=message("where?"))
    assert bot.oracle.earlier == [None, ANSWER]


async def test_a_question_that_comes_while_the_one_before_is_answered_follows_it(bot: Bench) -> None:
    gate, begun = Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    bot.oracle.before = lambda: (loop.call_soon_threadsafe(begun.set), gate.wait())
    first = asyncio.create_task(bot.feed(message=message("when is the meeting?")))
    await begun.wait()
    second = asyncio.create_task(bot.feed(message=message("where?")))
    await bot.network.until("sendChatAction", 2)
    gate.set()
    await asyncio.gather(first, second)
    assert bot.oracle.earlier == [None, ANSWER]


async def test_another_language_gets_its_sentence_in_groups_and_in_a_reply(bot: Bench) -> None:
    await bot.feed(message=message("/ask when?", chat=GROUP))
    bot.oracle.result = NoAnswer("¿y dónde es?", Kind.WHAT, Silence.OTHER_LANGUAGE)
    asked = message("¿y dónde es?", chat=GROUP, reply_to_message=shown(1001))
    assert texts(await bot.feed(message=asked)) == [messages.SILENCES[Silence.OTHER_LANGUAGE]]


async def test_what_was_understood_stands_below_in_small_print(bot: Bench) -> None:
    bot.oracle.result = replace(ANSWER, question="where?", understood_as="Where is <the> meeting?")
    [text] = texts(await bot.feed(message=message("where?")))
    assert text == render.card(bot.oracle.result)
    assert text.endswith("\n\n<i>Understood as: Where is &lt;the&gt; meeting?</i>")
