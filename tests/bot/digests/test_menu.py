"""/digest in chats: the card, its buttons, typed wishes, and who may change anything."""

import asyncio
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot import messages
from bot.digests import messages as digest_messages
from bot.digests.deliveries import Draft
from bot.digests.schedule import Rhythm, Schedule, Slot
from bot.digests.subscriptions import MAX_COPIES, Length, Subscription, WhenEmpty
from bot.handlers.access import Access
from bot.markup import LIMIT, units, visible
from retrieval.summaries.topics import Topics
from tests.bot.calls import answered, texts
from tests.bot.harness import Bench, bench
from tests.bot.newsroom import a_subscription, news
from tests.bot.objects import ADA, ANONYMOUS, GROUP, NOW, PRIVATE, WIRE, Json, message, press
from tests.recording import Call, Refusal

BEN = ADA | {"id": 8, "first_name": "Ben"}
DAILY = Schedule(rhythm=Rhythm.DAILY, times=(time(8),), zone="UTC")
IN_TOPIC: Json = {"message_thread_id": 77, "is_topic_message": True}


def ours(text: str, **more: object) -> Json:
    """Return a message of the bot's that a person replies to."""
    return {"message_id": 5, "date": int(NOW.timestamp()), "chat": PRIVATE, "from": WIRE, "text": text, **more}


def labels(call: Call) -> list[str]:
    return [button["text"] for row in call[1]["reply_markup"]["inline_keyboard"] for button in row]


def kept(bot: Bench, chat_id: int = 7) -> Subscription:
    found = bot.books.subscriptions.find(chat_id)
    assert found
    return found


async def push(bot: Bench, data: str, *, chat: Json = PRIVATE, sender: Json = ADA, **more: object) -> list[Call]:
    pressed = press(data, chat=chat, sender=sender)
    return await bot.feed(callback_query=pressed | {"message": pressed["message"] | more})


async def test_digest_shows_the_settings_with_buttons_and_stores_nothing(bot: Bench) -> None:
    [call] = await bot.feed(message=message("/digest"))
    assert call[1]["text"] == f"<b>{digest_messages.CARD_TITLE}</b>\n{digest_messages.IS_OFF}"
    assert labels(call) == ["✓ Off", "Daily", "Weekdays", "Weekly", "Several a day", "Done"]
    assert bot.books.subscriptions.all() == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("daily 08:00 Europe/Berlin topics gaza, economy", (Rhythm.DAILY, "08:00", "Europe/Berlin", Topics(("gaza", "economy")))),
        ("weekly monday 9:00", (Rhythm.WEEKLY, "09:00", "UTC", Topics())),
        ("8:00 18:00", (Rhythm.SEVERAL, "08:00 18:00", "UTC", Topics())),
        ("at 8 am and 6 pm in New York", (Rhythm.SEVERAL, "08:00 18:00", "America/New_York", Topics())),
        ("weekdays 7.30 berlin topics not sport", (Rhythm.WEEKDAYS, "07:30", "Europe/Berlin", Topics((), ("sport",)))),
        ("daily", (Rhythm.DAILY, "08:00", "UTC", Topics())),
        ("on", (Rhythm.DAILY, "08:00", "UTC", Topics())),
        ("start please", (Rhythm.DAILY, "08:00", "UTC", Topics())),
        ("OFF", (Rhythm.OFF, "08:00", "UTC", Topics())),
        ("Off.", (Rhythm.OFF, "08:00", "UTC", Topics())),
        ("On!", (Rhythm.DAILY, "08:00", "UTC", Topics())),
        ("at 8 o’clock; time zone: Berlin.", (Rhythm.DAILY, "08:00", "Europe/Berlin", Topics())),
        ("\nweekly\n9:00", (Rhythm.WEEKLY, "09:00", "UTC", Topics())),
        ("Monday to Friday at 08:00, Europe/Berlin", (Rhythm.WEEKDAYS, "08:00", "Europe/Berlin", Topics())),
        ("mon-fri 7:30", (Rhythm.WEEKDAYS, "07:30", "UTC", Topics())),
        ("weekly on mondays", (Rhythm.WEEKLY, "08:00", "UTC", Topics())),
        ("several times a day", (Rhythm.SEVERAL, "08:00 18:00", "UTC", Topics())),
        ("daily topics everything except sport", (Rhythm.DAILY, "08:00", "UTC", Topics((), ("sport",)))),
    ],
)
async def test_a_typed_wish_is_kept_and_shown(bot: Bench, typed: str, expected: tuple[Rhythm, str, str, Topics]) -> None:
    [call] = await bot.feed(message=message(f"/digest {typed}".replace(" \n", "\n")))
    found = kept(bot)
    assert (found.schedule.rhythm, " ".join(f"{at:%H:%M}" for at in found.schedule.times), found.schedule.zone, found.topics) == expected
    assert (call[1]["text"].startswith(f"<i>{digest_messages.SAVED}</i>"), found.since) == (True, NOW)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("bananas 8:00", digest_messages.NOT_UNDERSTOOD.format(text="bananas")),
        ("25:00", digest_messages.NO_SUCH_TIME.format(text="25:00")),
        ("every", digest_messages.NOT_UNDERSTOOD.format(text="every")),
        ("13pm", digest_messages.NO_SUCH_TIME.format(text="13pm")),
        (" ".join(f"{hour}:00" for hour in range(13)), digest_messages.TOO_MANY_TIMES.format(most=12)),
        ("topics " + "a" * 101, digest_messages.WRONG_TOPICS),
        ("x" * 2000, digest_messages.TOO_LONG),
        ("<b>", digest_messages.NOT_UNDERSTOOD.format(text="&lt;b&gt;")),
        ("monday and thursday 8:00", digest_messages.ONE_DAY),
        ("3 times a day", digest_messages.WHICH_TIMES.format(text="3 times")),
        ("8:00 MSK", digest_messages.NOT_UNDERSTOOD.format(text="MSK")),
        ("turn on", digest_messages.NOT_UNDERSTOOD.format(text="turn")),
    ],
)
async def test_what_is_not_understood_is_named_and_changes_nothing(bot: Bench, typed: str, said: str) -> None:
    assert texts(await bot.feed(message=message(f"/digest {typed}"))) == [said]
    assert bot.books.subscriptions.all() == []


async def test_a_question_mark_opens_the_menu(bot: Bench) -> None:
    [call] = await bot.feed(message=message("/digest ?"))
    assert labels(call)[0] == "✓ Off"


async def test_on_leaves_a_rhythm_that_is_set_already(bot: Bench) -> None:
    await bot.feed(message=message("/digest weekly 9:00"))
    await bot.feed(message=message("/digest on"))
    assert kept(bot).schedule == Schedule(rhythm=Rhythm.WEEKLY, times=(time(9),), zone="UTC")


@pytest.mark.parametrize(
    ("wishes", "rhythm", "times"),
    [
        (("weekdays 8:00 18:00", "topics gaza"), Rhythm.WEEKDAYS, "08:00 18:00"),
        (("weekdays 8:00 18:00", "long"), Rhythm.WEEKDAYS, "08:00 18:00"),
        (("monday 8:00 18:00", "friday Europe/Berlin"), Rhythm.WEEKLY, "08:00 18:00"),
        (("8:00 18:00", "weekdays"), Rhythm.WEEKDAYS, "08:00"),
        (("8:00 18:00", "daily"), Rhythm.DAILY, "08:00"),
        (("8:00 18:00", "off"), Rhythm.OFF, "08:00 18:00"),
        (("8:00 18:00", "off", "on"), Rhythm.SEVERAL, "08:00 18:00"),
        (("weekdays 8:00 18:00", "9:00"), Rhythm.WEEKDAYS, "09:00"),
    ],
)
async def test_times_stay_until_others_are_typed_or_a_rhythm_that_has_one(
    bot: Bench, wishes: tuple[str, ...], rhythm: Rhythm, times: str
) -> None:
    for typed in wishes:
        await bot.feed(message=message(f"/digest {typed}"))
    found = kept(bot).schedule
    assert (found.rhythm, " ".join(f"{at:%H:%M}" for at in found.times)) == (rhythm, times)


@pytest.mark.parametrize("typed", ["/digest\ndaily 9:00", "/digest\tdaily\t9:00", "/digest daily\n9:00"])
async def test_a_wish_may_begin_on_a_new_line(bot: Bench, typed: str) -> None:
    await bot.feed(message=message(typed))
    assert kept(bot).schedule == replace(DAILY, times=(time(9),))


async def test_a_card_holds_as_many_topics_as_a_message_does(bot: Bench) -> None:
    await bot.feed(message=message("/digest daily"))
    include, exclude = ([f"{number:02} {'x' * 97}" for number in range(start, start + 20)] for start in (0, 20))
    typed = ",".join([*include, *(f"-{topic}" for topic in exclude)])
    [call] = await bot.feed(message=message(typed, reply_to_message=ours(digest_messages.ASK_TOPICS)))
    assert kept(bot).topics == Topics(tuple(include), tuple(exclude))
    assert units(visible(call[1]["text"])) <= LIMIT


async def test_an_offset_is_shown_as_it_was_typed(bot: Bench) -> None:
    [call] = await bot.feed(message=message("/digest daily UTC+2"))
    assert "Every day at 08:00, UTC+2" in call[1]["text"]
    assert "🌍 UTC+2" in labels(call)


async def test_a_place_that_is_several_is_asked_about_and_the_rest_is_kept(bot: Bench) -> None:
    [call] = await bot.feed(message=message("/digest daily 9:00 san"))
    assert call[1]["text"] == digest_messages.WHICH_ZONE.format(text="san")
    await push(bot, "dg:zone:America/Santiago")
    assert kept(bot).schedule == Schedule(rhythm=Rhythm.DAILY, times=(time(9),), zone="America/Santiago")


async def test_buttons_change_one_message_even_after_a_restart(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        await push(bot, "dg:rhythm:several")
    async with bench(tmp_path, first_update=600) as bot:
        calls = await push(bot, "dg:time:12")
        assert [name for name, _ in calls] == ["answerCallbackQuery", "editMessageText"]
        assert [label for label in labels(calls[1]) if label.startswith("✓")] == ["✓ 8:00", "✓ 12:00", "✓ 18:00"]
        await push(bot, "dg:time:8")
        await push(bot, "dg:length:long")
        await push(bot, "dg:empty:line")
        found = kept(bot)
        assert (found.schedule.times, found.length, found.when_empty) == ((time(12), time(18)), Length.LONG, WhenEmpty.LINE)


async def test_the_day_of_a_weekly_digest_is_chosen_beside_its_hour(bot: Bench) -> None:
    await push(bot, "dg:rhythm:weekly")
    calls = await push(bot, "dg:show:times")
    assert labels(calls[1])[:8] == ["✓ Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "0:00"]
    await push(bot, "dg:day:4")
    assert kept(bot).schedule == replace(DAILY, rhythm=Rhythm.WEEKLY, weekday=4)


@pytest.mark.parametrize("data", ["dg:rhythm:hourly", "dg:time:99", "dg:day:9", "dg:zone:Mars/Olympus", "dg:length:", "dg:show:nowhere"])
async def test_a_forged_button_changes_nothing(bot: Bench, data: str) -> None:
    await push(bot, data)
    assert bot.books.subscriptions.all() == []


async def test_a_button_of_another_version_says_that_it_is_out_of_date(bot: Bench) -> None:
    assert await push(bot, "dg:dance:now") == [answered(digest_messages.EXPIRED, alert=True)]


async def test_what_a_button_carries_is_short_enough(bot: Bench) -> None:
    await push(bot, "dg:rhythm:weekly")
    calls = [call for screen in ("main", "times", "zones", "topics") for call in await push(bot, f"dg:show:{screen}")]
    carried = [
        button["callback_data"]
        for name, parameters in calls
        if name == "editMessageText"
        for row in parameters["reply_markup"]["inline_keyboard"]
        for button in row
    ]
    assert (len(carried) > 50, [data for data in carried if len(data.encode()) > 64]) == (True, [])


async def test_in_a_group_only_administrators_change_anything(bot: Bench) -> None:
    assert texts(await bot.feed(message=message("/digest daily", chat=GROUP)))[0].startswith(f"<i>{digest_messages.TEXT_ONLY_ADMINS[:20]}")
    assert (await push(bot, "dg:rhythm:daily", chat=GROUP))[-1] == answered(digest_messages.ADMINS_ONLY, alert=True)
    assert bot.books.subscriptions.all() == []


async def test_an_administrator_of_a_group_sets_it_up_in_the_topic_where_it_is_switched_on(bot: Bench) -> None:
    bot.network.administrators.add(7)
    await bot.feed(message=message("/digest daily", chat=GROUP | {"is_forum": True}, **IN_TOPIC))
    assert kept(bot, -100).thread_id == 77
    await push(bot, "dg:place:", chat=GROUP | {"is_forum": True}, **IN_TOPIC)
    assert kept(bot, -100).thread_id is None


@pytest.mark.parametrize(
    ("kept_in", "opened_in", "label", "then"),
    [(77, 77, "TO_CHAT", None), (77, None, "TO_CHAT", None), (None, 77, "TO_TOPIC", 77), (78, 77, "TO_TOPIC", 77)],
)
async def test_a_button_says_to_which_place_it_moves_the_digests(
    bot: Bench, kept_in: int | None, opened_in: int | None, label: str, then: int | None
) -> None:
    bot.network.administrators.add(7)
    bot.books.subscriptions.keep(a_subscription(thread_id=kept_in))
    forum = GROUP | {"is_forum": True}
    where = IN_TOPIC if opened_in else {}
    *_, call = await bot.feed(message=message("/digest", chat=forum, **where))
    places = {digest_messages.TO_CHAT, digest_messages.TO_TOPIC}
    assert [shown for shown in labels(call) if shown in places] == [getattr(digest_messages, label)]
    await push(bot, "dg:place:", chat=forum, **where)
    assert kept(bot, -100).thread_id == then


async def test_an_anonymous_administrator_is_one(bot: Bench) -> None:
    await bot.feed(message=message("/digest daily", chat=GROUP, sender=ANONYMOUS, sender_chat=GROUP))
    assert kept(bot, -100).schedule == DAILY


async def test_who_speaks_as_a_channel_is_none(bot: Bench) -> None:
    channel = {"id": -555, "type": "channel", "title": "c"}
    as_channel = {"id": 136817688, "is_bot": False, "first_name": "Channel"}
    await bot.feed(message=message("/digest daily", chat=GROUP, sender=as_channel, sender_chat=channel))
    assert bot.books.subscriptions.all() == []


async def test_telegram_is_asked_once_a_minute_who_administers(bot: Bench) -> None:
    bot.network.administrators.add(7)
    for _ in range(3):
        await push(bot, "dg:show:times", chat=GROUP)
    bot.now += timedelta(minutes=1)
    bot.network.administrators.clear()
    calls = await push(bot, "dg:rhythm:daily", chat=GROUP)
    assert calls[-1] == answered(digest_messages.ADMINS_ONLY, alert=True)
    assert len(bot.network.named("getChatMember")) == 2


async def test_nobody_may_while_telegram_does_not_say(bot: Bench) -> None:
    bot.network.administrators.add(7)
    bot.network.fail("getChatMember", Refusal(400, "Bad Request: user not found"))
    assert (await push(bot, "dg:rhythm:daily", chat=GROUP))[-1] == answered(digest_messages.ADMINS_ONLY, alert=True)
    await push(bot, "dg:rhythm:daily", chat=GROUP)
    assert kept(bot, -100).schedule == DAILY


async def test_a_city_is_asked_for_and_its_answer_read_even_after_a_restart(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        bot.network.administrators.add(7)
        calls = await push(bot, "dg:askzone:", chat=GROUP)
        assert (calls[-1][1]["text"], calls[-1][1]["reply_markup"]) == (
            f'<a href="tg://user?id=7">Ada</a>: {digest_messages.ASK_ZONE}',
            {"force_reply": True, "selective": True},
        )
    async with bench(tmp_path, first_update=600) as bot:
        bot.network.administrators.add(7)
        reply = ours(f"Ada: {digest_messages.ASK_ZONE}", chat=GROUP)
        await bot.feed(message=message("Berlin", chat=GROUP, reply_to_message=reply))
        assert (kept(bot, -100).schedule.zone, bot.oracle.questions) == ("Europe/Berlin", [])


async def test_a_place_that_nobody_knows_is_told(bot: Bench) -> None:
    calls = await bot.feed(message=message("Atlantis City", reply_to_message=ours(digest_messages.ASK_ZONE)))
    assert texts(calls) == [digest_messages.NO_ZONE.format(text="Atlantis City")]


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        ('gaza, "rate cut", not sport', Topics(("gaza", '"rate cut"'), ("sport",))),
        ("news", Topics(("news",))),
        ("headlines", Topics(("headlines",))),
        ("all", Topics()),
        ("!", None),
    ],
)
async def test_topics_are_asked_for_and_read(bot: Bench, typed: str, topics: Topics | None) -> None:
    calls = await bot.feed(message=message(typed, reply_to_message=ours(digest_messages.ASK_TOPICS)))
    assert (kept(bot).topics, True) == (topics, True) if topics else texts(calls) == [digest_messages.WRONG_TOPICS]


async def test_a_member_who_answers_what_an_administrator_was_asked_changes_nothing(bot: Bench) -> None:
    reply = ours(digest_messages.ASK_ZONE, chat=GROUP)
    calls = await bot.feed(message=message("Berlin", chat=GROUP, sender=BEN, reply_to_message=reply))
    assert (texts(calls), bot.books.subscriptions.all()) == ([digest_messages.ADMINS_ONLY], [])


async def test_now_shows_an_administrator_privately_what_would_be_sent(bot: Bench) -> None:
    bot.network.administrators.add(7)
    bot.newsroom.arrive(news(1), at=NOW)
    bot.newsroom.arrive(news(2), at=NOW)
    calls = await bot.feed(message=message("/digest now", chat=GROUP))
    sent = [(parameters["chat_id"], parameters["text"]) for name, parameters in calls if name == "sendMessage"]
    assert (sent[0][0], digest_messages.PREVIEW_HEADING in sent[0][1], "Story 1" in sent[0][1]) == (7, True, True)
    assert sent[1:] == [(-100, digest_messages.PREVIEW_SENT)]
    assert bot.books.deliveries.told(-100) == ()


async def test_now_tells_a_person_to_whom_it_cannot_write(bot: Bench) -> None:
    bot.network.administrators.add(7)
    bot.network.fail("sendMessage", Refusal(403, "Forbidden: bot can't initiate conversation with a user"))
    calls = await bot.feed(message=message("/digest now", chat=GROUP))
    assert texts(calls)[-1] == digest_messages.START_FIRST.format(name="WireBot")


async def test_now_says_so_where_nothing_is_new(bot: Bench) -> None:
    assert texts(await bot.feed(message=message("/digest now"))) == [digest_messages.PREVIEW_EMPTY]


async def test_a_preview_by_button_is_for_its_presser(bot: Bench) -> None:
    bot.network.administrators.add(7)
    calls = await push(bot, "dg:preview:", chat=GROUP)
    assert calls[-2] == answered(digest_messages.PREVIEW_STARTED)
    assert (calls[-1][1]["chat_id"], calls[-1][1]["text"]) == (7, digest_messages.PREVIEW_EMPTY)


async def test_members_copy_a_group_s_digest_and_stop_it(bot: Bench) -> None:
    said = [texts(await bot.feed(message=message(f"/digest copy{off}", chat=GROUP, sender=BEN))) for off in ("", "", " off")]
    here = digest_messages.COPY_HERE.format(group="News")
    on = digest_messages.COPY_ON.format(state=digest_messages.COPY_GROUP_OFF)
    assert said == [[here, on], [digest_messages.COPY_ON_ALREADY], [digest_messages.COPY_OFF]]
    await bot.feed(message=message("/digest copy", chat=GROUP))
    assert bot.books.subscriptions.readers(-100) == [7]
    assert texts(await bot.feed(message=message("/digest")))[0].endswith(digest_messages.copies(1))
    assert texts(await bot.feed(message=message("/digest copy off, please"))) == [digest_messages.COPIES_STOPPED]
    assert bot.books.subscriptions.readers(-100) == []


async def test_nobody_has_more_copies_than_fit(bot: Bench) -> None:
    for number in range(MAX_COPIES):
        bot.books.subscriptions.copy(8, -1000 - number)
    calls = await bot.feed(message=message("/digest copy", chat=GROUP, sender=BEN))
    assert texts(calls) == [digest_messages.COPY_TOO_MANY.format(most=MAX_COPIES)]


async def test_nobody_is_promised_copies_where_the_operator_did_not_approve(tmp_path: Path) -> None:
    async with bench(tmp_path, access=Access(frozenset([-100]))) as bot:
        assert texts(await bot.feed(message=message("/digest copy", chat=GROUP, sender=BEN))) == [digest_messages.COPY_NOT_ALLOWED]


async def test_who_never_started_the_bot_is_told_to_and_copies_nothing(bot: Bench) -> None:
    bot.network.fail("sendMessage", Refusal(403, "Forbidden: bot can't initiate conversation with a user"))
    said = texts(await bot.feed(message=message("/digest copy", chat=GROUP)))
    assert said[-1] == digest_messages.START_FIRST.format(name="WireBot")
    assert bot.books.subscriptions.readers(-100) == []


async def test_test_shows_which_articles_fit_and_why(bot: Bench) -> None:
    bot.newsroom.arrive(news(1), news(2, title="Bridge & tunnel"))
    [html] = texts(await bot.feed(message=message("/digest test bridge", chat=GROUP, sender=BEN)))
    lines = html.splitlines()
    assert lines[0] == "<b>The latest 2 articles, by these topics: bridge</b>"
    assert lines[1:] == [
        '✓ <a href="https://star.example/2">Bridge &amp; tunnel</a> – <i>bridge: in the title</i>',
        '✓ <a href="https://star.example/1">Story 1</a> – <i>bridge: in the first lines</i>',
    ]
    assert texts(await bot.feed(message=message("/digest test"))) == [digest_messages.TEST_EVERYTHING]


async def test_a_chat_that_is_not_allowed_gets_no_digests(tmp_path: Path) -> None:
    async with bench(tmp_path, access=Access(chats=frozenset({99}))) as bot:
        assert await bot.feed(message=message("/digest daily", chat=GROUP)) == []
        assert texts(await bot.feed(message=message("/digest daily"))) == [messages.NOT_ALLOWED.format(chat_id=7)]
        assert await push(bot, "dg:rhythm:daily") == [answered(messages.NOT_ALLOWED.format(chat_id=7), alert=True)]
        assert await push(bot, "dg:rhythm:daily", chat=GROUP) == [answered()]
        assert bot.books.subscriptions.all() == []


async def test_another_bot_s_digest_is_none_of_ours(bot: Bench) -> None:
    assert await bot.feed(message=message("/digest@OtherBot daily", chat=GROUP)) == []


async def test_an_update_that_comes_twice_is_replied_to_once(bot: Bench) -> None:
    assert len(await bot.feed(9, message=message("/digest"))) == 1
    assert await bot.feed(9, message=message("/digest")) == []


async def test_the_card_tells_when_the_next_digest_comes_and_why_none_does(bot: Bench) -> None:
    await bot.feed(message=message("/digest daily 8:00 Auckland"))
    [html] = texts(await bot.feed(message=message("/digest")))
    assert digest_messages.NEXT.format(moment="Sunday, 2 February, 08:00") in html
    bot.books.subscriptions.pause(7, digest_messages.PAUSED_REMOVED)
    [html] = texts(await bot.feed(message=message("/digest")))
    assert digest_messages.IS_PAUSED.format(day="Sunday, 2 February", reason=digest_messages.PAUSED_REMOVED) in html


async def test_digests_pause_where_the_bot_is_put_out_and_go_on_where_it_is_taken_back(bot: Bench) -> None:
    from tests.bot.test_membership import membership

    await bot.feed(message=message("/digest daily", chat=GROUP, sender=ANONYMOUS, sender_chat=GROUP))
    await bot.feed(my_chat_member=membership("member", "kicked"))
    assert kept(bot, -100).pause
    await bot.feed(my_chat_member=membership("kicked", "member"))
    assert kept(bot, -100).pause is None


async def test_settings_follow_a_group_that_becomes_a_supergroup(bot: Bench) -> None:
    small = {"id": -5, "type": "group", "title": "News"}
    await bot.feed(message=message("/digest daily", chat=small, sender=ANONYMOUS, sender_chat=small))
    await bot.feed(message=message(chat=small, migrate_to_chat_id=-1005))
    assert [each.chat_id for each in bot.books.subscriptions.all()] == [-1005]


async def test_settings_follow_although_both_chats_tell_of_the_move_at_once(bot: Bench) -> None:
    small = {"id": -5, "type": "group", "title": "News"}
    await bot.feed(message=message("/digest daily", chat=small, sender=ANONYMOUS, sender_chat=small))
    told_there = bot.feed(message=message(chat=small, migrate_to_chat_id=-1005))
    told_here = bot.feed(message=message(chat={"id": -1005, "type": "supergroup", "title": "News"}, migrate_from_chat_id=-5))
    await asyncio.gather(told_there, told_here)
    assert [each.chat_id for each in bot.books.subscriptions.all()] == [-1005]


async def test_hours_that_are_pressed_at_once_all_count(bot: Bench) -> None:
    await push(bot, "dg:rhythm:several")
    await asyncio.gather(*(push(bot, f"dg:time:{hour}") for hour in (10, 12, 14, 16)))
    assert [at.hour for at in kept(bot).schedule.times] == [8, 10, 12, 14, 16, 18]


async def test_settings_follow_a_group_whose_move_is_noticed_by_an_answer(bot: Bench) -> None:
    small = {"id": -5, "type": "group", "title": "News"}
    await bot.feed(message=message("/digest daily", chat=small, sender=ANONYMOUS, sender_chat=small))
    moved = Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1005})
    bot.network.fail("sendMessage", moved)
    await bot.feed(message=message("/ask when is the meeting?", chat=small))
    assert [each.chat_id for each in bot.books.subscriptions.all()] == [-1005]


def test_the_moment_of_these_tests_is_a_saturday() -> None:
    assert datetime.fromisoformat("2025-02-01T12:00:00+00:00") == NOW


def a_parked_message(bot: Bench) -> int:
    digest = bot.books.deliveries.claim(-100, Slot.parse("2025-02-01T08:00"))
    assert digest
    bot.books.deliveries.fill(digest, [Draft("one")])
    part = bot.books.outbox.next_part(-100)
    assert part
    bot.books.outbox.park(part.id, "timed out")
    return part.id


@pytest.mark.parametrize(("button", "said", "waiting"), [("resend", "SENT_AGAIN", [-100]), ("forget", "FORGOTTEN", [])])
async def test_an_operator_decides_on_what_may_have_arrived(tmp_path: Path, button: str, said: str, waiting: list[int]) -> None:
    async with bench(tmp_path, access=Access(admins=frozenset({7}))) as bot:
        parked = a_parked_message(bot)
        [call] = await bot.feed(message=message("/digest parked"))
        assert "1. Chat -100, digest of 2025-02-01 08:00, message 1: timed out" in call[1]["text"]
        assert labels(call) == ["Send 1 again", "Forget 1"]
        calls = await push(bot, f"dg:{button}:{parked}")
        assert calls[0] == answered(getattr(digest_messages, said))
        assert (calls[1][1]["text"], bot.books.outbox.waiting()) == (digest_messages.PARKED_NONE, waiting)
        assert (await push(bot, f"dg:{button}:{parked}"))[0] == answered(digest_messages.PARKED_GONE)


async def test_nobody_else_sees_or_decides_it(bot: Bench) -> None:
    parked = a_parked_message(bot)
    assert texts(await bot.feed(message=message("/digest parked"))) == [digest_messages.NOT_UNDERSTOOD.format(text="parked")]
    assert await push(bot, f"dg:resend:{parked}") == [answered(digest_messages.EXPIRED, alert=True)]
    assert len(bot.books.outbox.parked()) == 1
