"""Questions from chats that the bot is not in."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from bot import markup, messages, render
from bot.handlers.access import Access
from bot.handlers.inline import CACHED
from bot.inline_cards import MOST, cards
from retrieval.answer import NoAnswer, Silence
from retrieval.question import Kind
from tests.bot.calls import texts
from tests.bot.harness import Bench, bench
from tests.bot.objects import ADA, ANSWER, CONTESTED, GROUP, NOTHING, OTHER_BOT, Json, mention, message, variant
from tests.recording import Call

BEN = {"id": 8, "is_bot": False, "first_name": "Ben"}


def typed(text: str, query_id: str = "q1", sender: Json = ADA) -> Json:
    """Return what somebody has typed after the bot's name."""
    return {"id": query_id, "from": sender, "query": text, "offset": ""}


def guest(text: str, **more: object) -> Json:
    """Return a message that mentions the bot in a chat that it is not in."""
    return mention(text, "@WireBot") | {"guest_query_id": "g1", **more}


def offered(query_id: str = "q1", *titles: str, hint: str | None = None, calls: list[Call]) -> bool:
    """Whether `calls` are one that offers results of these titles, and this hint."""
    [(method, parameters)] = calls
    button = parameters.get("button")
    shown = [result["title"] for result in parameters["results"]]
    return (method, parameters["inline_query_id"], shown, button["text"] if button else None) == (
        "answerInlineQuery",
        query_id,
        list(titles),
        hint,
    )


async def test_a_question_typed_in_any_chat_is_offered_its_answer(bot: Bench) -> None:
    [(method, parameters)] = await bot.feed(inline_query=typed("when is the meeting?"))
    assert method == "answerInlineQuery"
    [result] = parameters["results"]
    assert (result["title"], result["description"]) == ("4 February", "Harbour Post · 29 January 2025")
    content = result["input_message_content"]
    assert content["message_text"] == f"<i>when is the meeting?</i>\n\n{markup.without_dates(render.card(ANSWER))}"
    assert (content["parse_mode"], content["link_preview_options"]) == ("HTML", {"is_disabled": True})
    assert "reply_markup" not in result
    assert (parameters["cache_time"], parameters["is_personal"]) == (int(CACHED.total_seconds()), True)


async def test_nothing_found_is_one_result_that_says_so(bot: Bench) -> None:
    bot.oracle.result = NOTHING
    calls = await bot.feed(inline_query=typed("what is the capital of peru?"))
    assert offered("q1", messages.SILENCES[Silence.NOT_FOUND], calls=calls)


async def test_another_language_gets_its_sentence(bot: Bench) -> None:
    bot.oracle.result = NoAnswer("¿cuándo es?", Kind.WHAT, Silence.OTHER_LANGUAGE)
    assert offered("q1", messages.SILENCES[Silence.OTHER_LANGUAGE], calls=await bot.feed(inline_query=typed("¿cuándo es?")))


@pytest.mark.parametrize("text", ["", "  ", "wh"])
async def test_who_has_not_asked_yet_is_told_how(bot: Bench, text: str) -> None:
    assert offered("q1", hint=messages.INLINE_HINT, calls=await bot.feed(inline_query=typed(text)))
    assert bot.oracle.questions == []


async def test_small_talk_is_no_question(bot: Bench) -> None:
    bot.oracle.result = NoAnswer("hello", Kind.WHAT, Silence.GREETING)
    assert offered("q1", hint=messages.INLINE_HINT, calls=await bot.feed(inline_query=typed("hello")))


async def test_who_is_not_approved_is_offered_nothing(tmp_path: Path) -> None:
    async with bench(tmp_path, access=Access(chats=frozenset({8}))) as bot:
        assert offered("q1", calls=await bot.feed(inline_query=typed("when is the meeting?")))
        assert offered("q2", "4 February", calls=await bot.feed(inline_query=typed("when?!", "q2", BEN)))


async def test_only_the_last_of_what_somebody_types_is_looked_up(bot: Bench) -> None:
    paused = asyncio.Event()
    bot.pause = paused.wait
    first = asyncio.create_task(bot.feed(inline_query=typed("when is", "q1")))
    second = asyncio.create_task(bot.feed(inline_query=typed("when is the meeting?", "q2")))
    third = asyncio.create_task(bot.feed(inline_query=typed("who came?", "q3", BEN)))
    await asyncio.sleep(0)
    paused.set()
    await asyncio.gather(first, second, third)
    assert bot.oracle.questions == ["when is the meeting?", "who came?"]
    assert [parameters["inline_query_id"] for _, parameters in bot.network.named("answerInlineQuery")] == ["q2", "q3"]


async def test_chats_come_first_and_what_was_typed_on_meanwhile_is_dropped(bot: Bench) -> None:
    gate, begun = Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    bot.oracle.before = lambda: (loop.call_soon_threadsafe(begun.set), gate.wait())
    first = asyncio.create_task(bot.feed(message=message("first?")))
    await begun.wait()
    paused = asyncio.Semaphore(0)

    async def pause() -> None:
        paused.release()

    bot.pause = pause
    stale = asyncio.create_task(bot.feed(inline_query=typed("when is", "q1")))
    inline = asyncio.create_task(bot.feed(inline_query=typed("who came?", "q2", BEN)))
    for _ in range(2):
        await paused.acquire()  # from its pause on, a query waits for the worker
    later = asyncio.create_task(bot.feed(message=message("second?")))
    newer = asyncio.create_task(bot.feed(inline_query=typed("when is it?", "q3")))
    await bot.network.until("sendChatAction", 2)
    gate.set()
    await asyncio.gather(first, stale, inline, later, newer)
    assert bot.oracle.questions[:2] == ["first?", "second?"]
    assert sorted(bot.oracle.questions[2:]) == ["when is it?", "who came?"]


async def test_who_asks_too_fast_is_told_when_to_go_on(tmp_path: Path) -> None:
    async with bench(tmp_path, per_minute=1) as bot:
        await bot.feed(inline_query=typed("when is the meeting?"))
        calls = await bot.feed(inline_query=typed("who came?", "q2"))
        assert offered("q2", hint=messages.inline_slower(60), calls=calls)
        assert calls[0][1]["cache_time"] == 0


async def test_a_bot_that_is_ending_says_that_it_is_busy(bot: Bench) -> None:
    await bot.worker.close(0)
    assert offered("q1", hint=messages.INLINE_BUSY, calls=await bot.feed(inline_query=typed("when is the meeting?")))


def test_answers_that_differ_are_cards_of_their_own_with_the_others_below() -> None:
    [first, second, third] = cards(CONTESTED)
    assert (first.title, second.title, third.title) == ("4 February", "February", "White House")
    assert messages.DIFFER in second.html
    assert "<b>4 February</b>" in second.html
    assert messages.DIFFER not in third.html


def test_what_differs_from_one_of_two_answers_has_no_card_of_its_own() -> None:
    both = replace(CONTESTED, items=(CONTESTED.variant.best, CONTESTED.alternatives[0].best))
    assert [card.title for card in cards(both)] == ["4 February", "White House"]


def test_there_are_only_so_many_cards_and_none_is_too_long() -> None:
    many = replace(CONTESTED, question="x" * 250, alternatives=(variant("White House"),) * 20)
    shown = cards(many)
    assert len(shown) == MOST
    assert all(markup.units(markup.visible(card.html)) <= markup.LIMIT for card in shown)


@pytest.fixture
async def strangers(tmp_path: Path) -> AsyncIterator[Bench]:
    """A bot that Ada alone may ask."""
    async with bench(tmp_path, access=Access(chats=frozenset({7}))) as running:
        yield running


async def test_a_mention_in_a_foreign_chat_is_answered_there(bot: Bench) -> None:
    [(method, parameters)] = await bot.feed(guest_message=guest("@WireBot when is the meeting?"))
    assert (method, parameters["guest_query_id"]) == ("answerGuestQuery", "g1")
    assert parameters["result"]["input_message_content"]["message_text"] == markup.without_dates(render.card(ANSWER))
    assert bot.oracle.questions == ["when is the meeting?"]


async def test_a_guest_message_is_answered_once(bot: Bench) -> None:
    assert len(await bot.feed(900, guest_message=guest("@WireBot when?"))) == 1
    assert await bot.feed(900, guest_message=guest("@WireBot when?")) == []


async def test_guests_are_approved_like_everybody(strangers: Bench) -> None:
    assert await strangers.feed(guest_message=guest("@WireBot when?", **{"from": BEN})) == []
    assert len(await strangers.feed(guest_message=guest("@WireBot when?"))) == 1


async def test_bots_cannot_make_it_talk(bot: Bench) -> None:
    assert await bot.feed(guest_message=guest("@WireBot when?", **{"from": OTHER_BOT})) == []


async def test_a_mere_mention_is_told_how_to_ask(bot: Bench) -> None:
    [(_, parameters)] = await bot.feed(guest_message=guest("@WireBot"))
    assert parameters["result"]["input_message_content"]["message_text"] == messages.EMPTY_QUESTION


async def test_guests_who_ask_too_fast_are_told_once(tmp_path: Path) -> None:
    async with bench(tmp_path, per_minute=1) as bot:
        calls = [await bot.feed(guest_message=guest("@WireBot when?")) for _ in range(3)]
        assert [len(each) for each in calls] == [1, 1, 0]
        assert calls[1][0][1]["result"]["input_message_content"]["message_text"] == messages.slower(60)


async def test_guests_are_counted_and_leave_no_context(bot: Bench) -> None:
    await bot.feed(guest_message=guest("@WireBot when?"))
    await bot.feed(message=message("/ask where?", chat=GROUP))
    assert bot.oracle.earlier == [None, None]
    assert texts(bot.network.calls)
