"""/summary, /timeline and the buttons under them, over the whole bot."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from bot import messages
from bot.handlers.access import Access
from bot.markup import LIMIT, units, visible
from bot.summaries import messages as told
from bot.worker import WAITING
from corpus.article import Article
from tests.bot.calls import answered, texts
from tests.bot.fake_backend import POST, STAR
from tests.bot.fake_summaries import LATEST, event, story
from tests.bot.harness import Bench, bench
from tests.bot.objects import ADA, GROUP, HARBOUR, NOTHING, NOW, OTHER_BOT, WIRE, Json, message, press
from tests.recording import Call, Refusal, Unanswered

VISIT = story(STAR, "The first visit is set.", "The meeting is on February 4 in Washington.")
TALKS = story(POST, POST.text, others=[STAR])
MEETING = event(STAR, "2025-02-04", "The meeting is on February 4 in Washington.", "February 4")


def buttons(calls: list[Call]) -> list[list[tuple[str, str]]]:
    """Return the buttons under the last message that has some: labels and data, in rows."""
    keyboards = [parameters["reply_markup"]["inline_keyboard"] for _, parameters in calls if "reply_markup" in parameters]
    return [[(button["text"], button["callback_data"]) for button in row] for row in keyboards[-1]]


def names(calls: list[Call]) -> list[str]:
    return [name for name, _ in calls if name != "sendChatAction"]


@asynccontextmanager
async def full(bot: Bench) -> AsyncIterator[None]:
    """Keep the models' queue full for the length of the block."""
    done = Event()
    waiting = [asyncio.create_task(bot.worker.submit(done.wait)) for _ in range(WAITING + 1)]
    await asyncio.sleep(0)
    yield
    done.set()
    await asyncio.gather(*waiting)


async def test_what_is_new_is_told_with_a_button_for_each_story(bot: Bench) -> None:
    bot.summariser.stories = [VISIT, TALKS]
    calls = await bot.feed(message=message("/summary"))
    [text] = texts(calls)
    assert "New since 29 January 2025, 12:00 UTC:" in text
    assert '<b>1. <a href="https://star.example/visit">Netanyahu to Visit the White House</a></b>' in text
    assert "<blockquote>The first visit is set.</blockquote>" in text
    assert "2 sources" in text
    assert buttons(calls) == [[("1 …", "story.more.0:k1"), ("2 …", "story.more.1:k1")]]


@pytest.mark.parametrize("text", ["what’s new?", "/ask latest news", "Any news?", "what happened this week?"])
async def test_asking_for_news_in_words_is_the_same(bot: Bench, text: str) -> None:
    bot.summariser.stories = [VISIT]
    [told_of] = texts(await bot.feed(message=message(text)))
    assert "The first visit is set." in told_of


async def test_what_is_new_about_something_is_a_question(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    [answer] = texts(await bot.feed(message=message("what's new in Gaza?")))
    assert "The first visit is set." not in answer


async def test_news_asked_of_somebody_else_in_a_group_stays_unanswered(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    assert await bot.feed(message=message("what's new?", chat=GROUP)) == []


async def test_the_next_look_starts_where_the_last_one_ended(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    await bot.feed(message=message("/summary", sent=bot.now))
    bot.now += timedelta(hours=1)
    assert texts(await bot.feed(message=message("/summary", sent=bot.now))) == [
        "There is nothing new since the last summary here, 1 February 2025, 12:00 UTC."
    ]
    bot.summariser.latest = bot.now + timedelta(minutes=1)
    bot.now += timedelta(hours=1)
    [text] = texts(await bot.feed(message=message("/summary", sent=bot.now)))
    assert text.startswith("<i>New since the last summary here, 1 February 2025, 13:00 UTC:</i>")


LAST_LOOK = "There is nothing new since the last summary here, 1 February 2025, {time} UTC."


async def test_a_summary_that_did_not_arrive_is_no_look(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    await bot.feed(message=message("/summary", sent=bot.now))
    bot.now += timedelta(hours=1)
    bot.network.fail("sendMessage", Unanswered)
    await bot.feed(message=message("/summary", sent=bot.now))
    bot.now += timedelta(hours=1)
    assert texts(await bot.feed(message=message("/summary", sent=bot.now))) == [LAST_LOOK.format(time="12:00")]


@pytest.mark.parametrize(("asked", "looked"), [("/summary 1 hour", "12:00"), ("/summary today", "15:00"), ("/summary visit", "12:00")])
async def test_a_summary_of_less_than_what_came_since_the_last_look_is_none(bot: Bench, asked: str, looked: str) -> None:
    bot.summariser.stories = [VISIT]
    await bot.feed(message=message("/summary", sent=bot.now))
    bot.now += timedelta(hours=3)
    await bot.feed(message=message(asked, sent=bot.now))
    assert texts(await bot.feed(message=message("/summary", sent=bot.now))) == [LAST_LOOK.format(time=looked)]


async def test_a_moment_given_at_the_first_look_leaves_the_rest_for_the_next_one(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    await bot.feed(message=message("/summary 1 hour"))
    assert "New since 29 January 2025, 12:00 UTC:" in texts(await bot.feed(message=message("/summary")))[0]


async def test_a_moment_or_a_topic_can_follow_the_command(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    await bot.feed(message=message("/summary since yesterday"))
    await bot.feed(message=message("/summary netanyahu"))
    assert texts(await bot.feed(message=message("/summary volcano"))) == [told.NOTHING_ON_TOPIC]
    moment = bot.now.replace(hour=0) - timedelta(days=1)
    assert bot.summariser.asked == [("since", moment), ("topic", "netanyahu", None), ("topic", "volcano", None)]


async def test_a_topic_may_stand_on_a_new_line(bot: Bench) -> None:
    await bot.feed(message=message("/summary\nceasefire"))
    assert bot.summariser.asked[-1] == ("topic", "ceasefire", None)


@pytest.mark.parametrize("asked", ["/summary", "/timeline gaza", "what's new?"])
async def test_what_was_asked_while_the_bot_was_away_is_told_once_and_not_looked_up(bot: Bench, asked: str) -> None:
    late = NOW - timedelta(minutes=11)
    calls = [await bot.feed(message=message(each, sent=late)) for each in (asked, "/summary", "when?")]
    assert ([texts(each) for each in calls], bot.summariser.asked) == ([[messages.STALE], [], []], [])


async def test_summaries_and_their_buttons_count_as_questions(tmp_path: Path) -> None:
    async with bench(tmp_path, per_minute=2) as bot:
        bot.summariser.stories = [VISIT, TALKS]
        await bot.feed(message=message("/summary"))
        await bot.feed(message=message("/timeline"))
        slower = messages.slower(30)
        assert texts(await bot.feed(message=message("/summary"))) == [slower]
        assert texts(await bot.feed(message=message("/timeline"))) == []
        assert await bot.feed(callback_query=press("story.more.0:k1")) == [answered(slower, alert=True)]
        assert names(await bot.feed(callback_query=press("story.list.0:k1"))) == ["answerCallbackQuery", "editMessageText"]


async def test_a_single_story_has_its_buttons_at_once_and_they_survive_a_restart(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        bot.summariser.stories = [VISIT]
        rows = buttons(await bot.feed(message=message("/summary netanyahu")))
    assert rows == [[("More", "story.more.0:k1"), ("Timeline", "story.timeline.0:k1")], [("Ask about this", "story.ask.0:k1")]]
    async with bench(tmp_path, first_update=600) as bot:
        bot.summariser.stories = [VISIT]
        calls = await bot.feed(callback_query=press("story.more.0:k1"))
        assert names(calls) == ["answerCallbackQuery", "editMessageText"]
        assert "The meeting is on February 4 in Washington." in calls[-1][1]["text"]
        back = buttons(calls)[-1]
        assert back == [("Back to the stories", "story.list.0:k1")]
        calls = await bot.feed(callback_query=press(back[0][1]))
        assert buttons(calls) == rows


async def test_a_timeline_is_a_picture_and_its_quotes_in_words(bot: Bench) -> None:
    bot.summariser.stories, bot.summariser.events = [VISIT], [MEETING]
    calls = await bot.feed(message=message("/timeline netanyahu"))
    assert names(calls) == ["sendPhoto", "sendMessage"]
    assert calls[-2][1]["caption"] == "Timeline: netanyahu"
    [text] = texts(calls)
    assert "<b>Tuesday 4 February 2025</b> <i>(still to come)</i>\n“The meeting is on <b>February 4</b> in Washington.”" in text
    assert texts(await bot.feed(message=message("/timeline volcano"))) == [told.NO_EVENTS]


async def test_where_pictures_are_forbidden_the_timeline_is_told_in_words(bot: Bench) -> None:
    bot.network.fail("sendPhoto", Refusal(400, "Bad Request: not enough rights to send photos to the chat"))
    bot.summariser.stories, bot.summariser.events = [VISIT], [MEETING]
    calls = await bot.feed(message=message("/timeline netanyahu"))
    assert names(calls) == ["sendPhoto", "sendMessage"]
    assert texts(calls)[0].startswith("<b>Timeline: netanyahu</b>")
    assert calls[-1][1]["reply_parameters"]["message_id"] == 10


async def test_a_story_has_its_own_timeline(bot: Bench) -> None:
    bot.summariser.stories, bot.summariser.events = [VISIT], [MEETING]
    await bot.feed(message=message("/summary netanyahu"))
    calls = await bot.feed(callback_query=press("story.timeline.0:k1"))
    assert names(calls) == ["answerCallbackQuery", "sendPhoto", "sendMessage"]
    assert bot.summariser.asked[-1] == ("timeline_of", [STAR.id])


async def test_what_is_asked_after_ask_about_this_is_about_the_story(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    await bot.feed(message=message("/summary netanyahu"))
    [invitation] = texts(await bot.feed(callback_query=press("story.ask.0:k1")))
    assert invitation == told.ASK_ABOUT.format(headline=STAR.title)
    await bot.feed(message=message("when?"))
    earlier = bot.oracle.earlier[-1]
    assert earlier is not None
    assert earlier.question == STAR.title


async def test_a_reply_to_a_card_of_the_bots_summarises_its_article(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    [*_, (_, parameters)] = await bot.feed(message=message("when is the meeting?"))
    shown = {"message_id": 1001, "date": 0, "chat": message()["chat"], "from": WIRE, "text": parameters["text"]}
    await bot.feed(message=message("/summary", reply_to_message=shown))
    assert bot.summariser.asked == [("article", HARBOUR.id)]


async def test_a_reply_to_a_link_summarises_the_article_there(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    link: Json = message("see https://star.example/visit", entities=[{"type": "url", "offset": 4, "length": 26}])
    assert STAR.title in texts(await bot.feed(message=message("/summary", reply_to_message=link)))[0]
    assert bot.summariser.asked == [("article", STAR.id)]


async def test_an_unknown_link_is_said_to_be_unknown_and_how_to_add_it(bot: Bench) -> None:
    link: Json = message("see https://x.example/1", entities=[{"type": "url", "offset": 4, "length": 19}])
    [text] = texts(await bot.feed(message=message("/summary", reply_to_message=link)))
    assert text == told.UNKNOWN_LINK.format(url="https://x.example/1")
    [text] = texts(await bot.feed(message=message("/summary", reply_to_message=message("no link here"))))
    assert text == told.NO_REFERENCE


async def test_an_address_without_its_scheme_is_completed_whatever_its_name_begins_with(bot: Bench) -> None:
    link: Json = message("see httpbin.example/1", entities=[{"type": "url", "offset": 4, "length": 17}])
    [text] = texts(await bot.feed(message=message("/summary", reply_to_message=link)))
    assert text == told.UNKNOWN_LINK.format(url="https://httpbin.example/1")


async def test_the_topic_may_stand_on_the_next_line(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    await bot.feed(message=message("/summary\nnetanyahu"))
    assert bot.summariser.asked == [("topic", "netanyahu", None)]


async def test_a_card_without_an_answer_stands_for_its_closest_article(bot: Bench) -> None:
    bot.oracle.result = NOTHING
    await bot.feed(message=message("what is the capital of peru?"))
    shown = {"message_id": 1001, "date": 0, "chat": message()["chat"], "from": WIRE, "text": "…"}
    await bot.feed(message=message("/summary", reply_to_message=shown))
    assert bot.summariser.asked == [("article", "a2")]


async def test_the_group_hears_summaries_only_when_it_asks_this_bot_for_them(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    assert names(await bot.feed(message=message("/summary", chat=GROUP))) == ["sendMessage"]
    assert await bot.feed(message=message("/summary@OtherBot", chat=GROUP)) == []
    assert await bot.feed(message=message("/summary", chat=GROUP, sender=OTHER_BOT)) == []
    assert await bot.feed(message=message("a summary, please", chat=GROUP)) == []


async def test_strangers_get_no_summaries(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        bot.summariser.stories = [VISIT]
        await bot.feed(message=message("/summary"))
    async with bench(tmp_path, access=Access(frozenset({1})), first_update=600) as bot:
        bot.summariser.stories = [VISIT]
        refusal = messages.NOT_ALLOWED.format(chat_id=7)
        assert texts(await bot.feed(message=message("/summary"))) == [refusal]
        assert await bot.feed(callback_query=press("story.more.0:k1")) == [answered(refusal, alert=True)]


async def test_a_full_queue_is_said_kindly(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    async with full(bot):
        assert texts(await bot.feed(message=message("/summary"))) == [messages.BUSY]
        assert texts(await bot.feed(message=message("/timeline"))) == [messages.BUSY]


async def test_the_same_update_is_answered_once(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    await bot.feed(77, message=message("/summary"))
    assert await bot.feed(77, message=message("/summary")) == []


@pytest.mark.parametrize("data", ["story.more.0:unknown", "story.more.9:k1", "story.nonsense.0:k1", "story.more.:k1", "story."])
async def test_a_button_of_a_summary_that_is_gone_says_so(bot: Bench, data: str) -> None:
    bot.summariser.stories = [VISIT]
    await bot.feed(message=message("/summary netanyahu"))
    assert await bot.feed(callback_query=press(data)) == [
        ("answerCallbackQuery", {"callback_query_id": "p1", "text": told.GONE, "show_alert": True})
    ]


async def test_a_button_works_only_in_its_chat(bot: Bench) -> None:
    bot.summariser.stories = [VISIT]
    await bot.feed(message=message("/summary netanyahu"))
    [(_, parameters)] = await bot.feed(callback_query=press("story.more.0:k1", chat=GROUP, sender=ADA))
    assert parameters["text"] == told.GONE


async def test_many_long_stories_fit_into_one_message(bot: Bench) -> None:
    def long(number: int) -> Article:
        sentence = f"Sentence {number} <&> " + "𝄞word " * 90 + "ends."
        return Article(address=f"https://x.example/{number}", title=f"Title {number} " + "x" * 300, text=sentence, source="S" * 200)

    articles = [long(number) for number in range(12)]
    bot.summariser.stories = [story(article, article.text) for article in articles]
    [text] = texts(await bot.feed(message=message("/summary")))
    assert units(visible(text)) <= LIMIT
    assert LATEST is not None


async def test_a_link_after_the_command_is_summarised_for_administrators_too(tmp_path: Path) -> None:
    async with bench(tmp_path, access=Access(frozenset(), frozenset({7}))) as bot:
        bot.summariser.stories = [VISIT]
        asked: Json = message("/summary https://star.example/visit")
        asked["entities"].append({"type": "url", "offset": 9, "length": 26})
        assert STAR.title in texts(await bot.feed(message=asked))[0]
