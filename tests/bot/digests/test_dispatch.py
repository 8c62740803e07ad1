"""Digests made and sent over a recorded network, with everything that Telegram can say."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from telegram.ext import ExtBot

from bot.digests import messages as digest_messages
from bot.digests.books import Books
from bot.digests.deliveries import MAKING, Draft
from bot.digests.dispatch import COURTESY, GLANCE, Dispatcher
from bot.digests.editor import Editor
from bot.digests.posting import MUTE_WAIT, NOT_CONNECTED_WAIT, Poster
from bot.digests.schedule import Slot
from bot.digests.subscriptions import Subscriptions, WhenEmpty
from bot.handlers.access import Access
from bot.pacing import Pacer
from bot.worker import Worker
from corpus.errors import DatabaseUnusable
from retrieval.summaries.topics import Topics
from tests.bot.newsroom import EIGHT, Clock, FakeNewsroom, a_subscription, books_in, news
from tests.recording import Call, Failure, RecordingRequest, Refusal, Unanswered, Unconnected

SLOT = Slot.parse("2025-02-01T08:00")
GONE = Refusal(403, "Forbidden: bot was kicked from the supergroup chat")
DAY = timedelta(days=1)


@dataclass
class Desk:
    """The running digests and the levers on them."""

    digests: Dispatcher
    poster: Poster
    books: Books
    newsroom: FakeNewsroom
    network: RecordingRequest
    clock: Clock

    async def tick(self) -> list[Call]:
        """Let the digests look once; return what they asked of Telegram."""
        before = len(self.network.calls)
        await self.digests.tick()
        return self.network.calls[before:]

    async def texts(self) -> list[str]:
        """Return the first lines of the messages sent in one look."""
        return [parameters["text"].splitlines()[0] for _, parameters in await self.tick()]


@asynccontextmanager
async def desk(folder: Path, clock: Clock, newsroom: FakeNewsroom, access: Access = Access()) -> AsyncIterator[Desk]:  # noqa: B008
    """Run digests over a data folder; a second one there is another process on the same database."""
    engine, books = books_in(folder, clock)
    network, worker = RecordingRequest(), Worker()

    async def sleep(seconds: float) -> None:
        clock.now += timedelta(seconds=seconds)

    pacer = Pacer(max_retries=3, clock=lambda: clock.now.timestamp(), sleep=sleep)
    async with ExtBot("1:a", request=network, get_updates_request=network, rate_limiter=pacer) as bot:
        poster = Poster(bot)
        digests = Dispatcher(books=books, editor=Editor(newsroom), worker=worker, poster=poster, access=access, clock=clock, sleep=sleep)
        network.calls.clear()
        yield Desk(digests, poster, books, newsroom, network, clock)
    await worker.close(1)
    engine.dispose()


@pytest.fixture
async def at_eight(tmp_path: Path) -> AsyncIterator[Desk]:
    """The digests at the moment when one of a group is due, with one new article."""
    async with desk(tmp_path, Clock(), FakeNewsroom()) as running:
        running.newsroom.arrive(news(1))
        running.books.subscriptions.keep(a_subscription())
        yield running


def put_out(books: Books, *htmls: str, chat_id: int = -100) -> None:
    """Put messages out as if they had been made."""
    digest = books.deliveries.claim(chat_id, SLOT)
    assert digest
    books.deliveries.fill(digest, [Draft(html, (f"a{number}",)) for number, html in enumerate(htmls)])


async def test_a_digest_comes_at_its_time_and_once(at_eight: Desk) -> None:
    at_eight.clock.now -= timedelta(seconds=1)
    assert await at_eight.tick() == []
    at_eight.clock.now += timedelta(seconds=1)
    [(method, parameters)] = await at_eight.tick()
    assert (method, parameters["chat_id"], parameters["link_preview_options"]) == ("sendMessage", -100, {"is_disabled": True})
    assert "Story 1" in parameters["text"]
    assert await at_eight.tick() == []


async def test_two_processes_on_one_database_send_a_digest_once(tmp_path: Path) -> None:
    clock, newsroom = Clock(), FakeNewsroom()
    newsroom.arrive(news(1))
    async with desk(tmp_path, clock, newsroom) as one, desk(tmp_path, clock, newsroom) as other:
        for chat in range(-110, -100):
            one.books.subscriptions.keep(a_subscription(chat))
        await asyncio.gather(one.digests.tick(), other.digests.tick())
        chats = [parameters["chat_id"] for desk in (one, other) for _, parameters in desk.network.calls]
    assert sorted(chats) == list(range(-110, -100))


async def test_chats_that_want_and_know_the_same_share_one_briefing(at_eight: Desk) -> None:
    for chat in range(-120, -100):
        at_eight.books.subscriptions.keep(a_subscription(chat))
    at_eight.books.subscriptions.keep(a_subscription(-99, topics=Topics(("story",))))
    at_eight.books.subscriptions.keep(a_subscription(-98, topics=Topics(("football",))))
    assert len(await at_eight.tick()) == 22
    assert at_eight.newsroom.briefings == 1


async def test_what_was_told_is_not_told_again_and_without_news_there_is_silence(at_eight: Desk) -> None:
    assert len(await at_eight.tick()) == 1
    at_eight.clock.now += DAY
    assert await at_eight.tick() == []
    [skipped] = at_eight.books.deliveries.skipped_since(EIGHT)
    assert skipped.reason == digest_messages.SKIPPED_NOTHING_NEW


async def test_a_story_goes_on_as_a_development(at_eight: Desk) -> None:
    await at_eight.tick()
    at_eight.newsroom.arrive(replace(news(1), address="https://star.example/again"), at=EIGHT + timedelta(hours=3))
    at_eight.clock.now += DAY
    [(_, parameters)] = await at_eight.tick()
    assert digest_messages.DEVELOPMENT in parameters["text"]


async def test_a_chat_that_wants_a_line_gets_one_on_a_day_without_news(at_eight: Desk) -> None:
    at_eight.books.subscriptions.keep(a_subscription(when_empty=WhenEmpty.LINE, topics=Topics(("football",))))
    assert await at_eight.texts() == ["Nothing new in my articles on Saturday, 1 February."]


async def test_a_paused_and_a_disallowed_chat_get_nothing(tmp_path: Path) -> None:
    newsroom = FakeNewsroom()
    newsroom.arrive(news(1))
    async with desk(tmp_path, Clock(), newsroom, Access(chats=frozenset({-100}))) as running:
        for chat in (-100, -101):
            running.books.subscriptions.keep(a_subscription(chat))
        running.books.subscriptions.pause(-100, "removed")
        assert await running.tick() == []


async def test_what_waits_for_a_chat_that_is_allowed_no_longer_is_given_up_and_told_when_it_is_again(tmp_path: Path) -> None:
    clock, newsroom = Clock(EIGHT + timedelta(hours=1)), FakeNewsroom()
    newsroom.arrive(news(1), at=clock.now)
    async with desk(tmp_path, clock, newsroom) as running:
        running.books.subscriptions.keep(a_subscription())
        running.network.fail("sendMessage", Unconnected)
        assert len(await running.tick()) == 1
    clock.now += NOT_CONNECTED_WAIT
    async with desk(tmp_path, clock, newsroom, Access(chats=frozenset({7}))) as narrowed:
        assert (await narrowed.tick(), narrowed.books.outbox.waiting()) == ([], [])
    clock.now = EIGHT + DAY
    async with desk(tmp_path, clock, newsroom) as widened:
        [(_, parameters)] = await widened.tick()
    assert "Story 1" in parameters["text"]


async def test_who_copies_a_group_s_digest_gets_it_too(at_eight: Desk) -> None:
    at_eight.books.subscriptions.copy(7, -100)
    assert sorted(parameters["chat_id"] for _, parameters in await at_eight.tick()) == [-100, 7]


class LostOnce(Subscriptions):
    """Subscriptions in a database that fails when it is first asked who has a digest copied."""

    failed = False

    def readers(self, chat_id: int) -> Sequence[int]:
        if not self.failed:
            self.failed = True
            raise DatabaseUnusable("The database failed.")
        return super().readers(chat_id)


async def test_where_a_digest_s_copies_cannot_be_put_out_all_of_it_is_made_again(tmp_path: Path) -> None:
    async with desk(tmp_path, Clock(), FakeNewsroom()) as running:
        running.newsroom.arrive(news(1))
        running.books.subscriptions.keep(a_subscription())
        running.books.subscriptions.copy(7, -100)
        engine, books = books_in(tmp_path, running.clock)
        failing = replace(books, subscriptions=LostOnce(engine, running.clock))
        worker = Worker()
        digests = Dispatcher(
            books=failing, editor=Editor(running.newsroom), worker=worker, poster=running.poster, access=Access(), clock=running.clock
        )
        with pytest.RaisesGroup(DatabaseUnusable):
            await digests.tick()
        running.clock.now += MAKING
        await digests.tick()
        assert sorted(parameters["chat_id"] for _, parameters in running.network.named("sendMessage")) == [-100, 7]
        await worker.close(1)
        engine.dispose()


async def test_the_messages_of_a_digest_come_in_order(at_eight: Desk) -> None:
    put_out(at_eight.books, "one", "two", "three")
    assert await at_eight.texts() == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("failure", "note"), [(Unanswered, "timed out"), (Refusal(502, "Bad Gateway"), "after it was sent")], ids=["timeout", "bad gateway"]
)
async def test_a_doubtful_message_is_parked_never_repeated_and_the_next_one_follows(at_eight: Desk, failure: Failure, note: str) -> None:
    put_out(at_eight.books, "one", "two")
    at_eight.network.fail("sendMessage", failure)
    assert await at_eight.texts() == ["one", "two"]
    [parked] = at_eight.books.outbox.parked()
    assert (parked.number, note in parked.note) == (1, True)
    at_eight.clock.now += timedelta(hours=1)
    assert await at_eight.tick() == []


async def test_a_parked_message_goes_where_an_administrator_says_so(at_eight: Desk) -> None:
    put_out(at_eight.books, "one")
    at_eight.network.fail("sendMessage", Unanswered)
    await at_eight.tick()
    at_eight.books.outbox.resend(at_eight.books.outbox.parked()[0].id)
    assert await at_eight.texts() == ["one"]


async def test_a_message_that_got_no_connection_goes_later(at_eight: Desk) -> None:
    put_out(at_eight.books, "one", "two")
    at_eight.network.fail("sendMessage", Unconnected)
    assert await at_eight.texts() == ["one"]
    assert await at_eight.tick() == []
    at_eight.clock.now += NOT_CONNECTED_WAIT
    assert await at_eight.texts() == ["one", "two"]


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")  # PTB warns itself about RetryAfter
async def test_nobody_is_sent_anything_while_telegram_asks_to_wait(at_eight: Desk) -> None:
    put_out(at_eight.books, "one")
    at_eight.network.fail("sendMessage", Refusal(429, "Too Many Requests: retry after 60", {"retry_after": 60}))
    assert await at_eight.texts() == ["one"]
    put_out(at_eight.books, "other", chat_id=-200)
    at_eight.clock.now += timedelta(seconds=30)
    assert await at_eight.tick() == []
    at_eight.clock.now += timedelta(seconds=40)
    assert sorted(await at_eight.texts()) == ["one", "other"]


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")  # PTB warns itself about RetryAfter
async def test_a_long_wait_in_one_chat_holds_up_the_others_for_a_minute_at_most(at_eight: Desk) -> None:
    put_out(at_eight.books, "one")
    at_eight.network.fail("sendMessage", Refusal(429, "Too Many Requests: retry after 3600", {"retry_after": 3600}))
    assert await at_eight.texts() == ["one"]
    put_out(at_eight.books, "other", chat_id=-200)
    at_eight.clock.now += timedelta(seconds=61)
    assert await at_eight.texts() == ["other"]
    at_eight.clock.now += timedelta(hours=1)
    assert await at_eight.texts() == ["one"]


async def test_a_chat_that_threw_the_bot_out_is_paused_and_told_nothing_more(at_eight: Desk) -> None:
    put_out(at_eight.books, "one", "two")
    at_eight.network.fail("sendMessage", GONE)
    assert await at_eight.texts() == ["one"]
    paused = at_eight.books.subscriptions.find(-100)
    assert paused
    assert paused.pause
    assert paused.pause.reason == digest_messages.PAUSED_REMOVED
    at_eight.clock.now += DAY
    assert await at_eight.tick() == []


@pytest.mark.parametrize("description", ["not enough rights to send text messages to the chat", "CHAT_WRITE_FORBIDDEN"])
async def test_a_group_that_lets_nobody_write_at_night_gets_its_digest_in_the_morning(at_eight: Desk, description: str) -> None:
    put_out(at_eight.books, "one", "two")
    at_eight.network.fail("sendMessage", Refusal(400, f"Bad Request: {description}"))
    assert await at_eight.texts() == ["one"]
    at_eight.clock.now += MUTE_WAIT
    assert await at_eight.texts() == ["one", "two"]
    subscription = at_eight.books.subscriptions.find(-100)
    assert subscription
    assert subscription.pause is None


async def test_a_chat_that_takes_the_bot_back_gets_its_next_digest(at_eight: Desk) -> None:
    at_eight.network.fail("sendMessage", GONE)
    await at_eight.tick()
    at_eight.clock.now += timedelta(hours=2)
    at_eight.books.subscriptions.resume(-100)
    assert await at_eight.tick() == []
    at_eight.clock.now = EIGHT + DAY
    at_eight.newsroom.arrive(news(2), at=EIGHT + timedelta(hours=5))
    [(_, parameters)] = await at_eight.tick()
    assert "Story 2" in parameters["text"]


async def test_a_group_that_became_a_supergroup_is_followed(at_eight: Desk) -> None:
    put_out(at_eight.books, "one", "two")
    moved = Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1005})
    at_eight.network.fail("sendMessage", moved)
    assert [(call[1]["chat_id"], call[1]["text"]) for call in await at_eight.tick()] == [(-100, "one"), (-1005, "one"), (-1005, "two")]
    assert at_eight.books.subscriptions.find(-1005) == a_subscription(-1005)


@pytest.mark.parametrize("description", ["Bad Request: message thread not found", "Bad Request: TOPIC_CLOSED"])
async def test_a_topic_that_is_gone_is_left_with_one_notice(at_eight: Desk, description: str) -> None:
    at_eight.books.subscriptions.keep(a_subscription(thread_id=7))
    put_out(at_eight.books, "one", "two")
    at_eight.network.fail("sendMessage", Refusal(400, description))
    calls = [(call[1].get("message_thread_id"), call[1]["text"]) for call in await at_eight.tick()]
    assert calls == [(7, "one"), (None, f"<i>{digest_messages.TOPIC_GONE}</i>\n\none"), (None, "two")]


async def test_markup_that_telegram_cannot_read_is_taken_out_once(at_eight: Desk) -> None:
    put_out(at_eight.books, "<b>one</b> &amp; only")
    at_eight.network.fail("sendMessage", Refusal(400, "Bad Request: can't parse entities: unsupported"))
    assert await at_eight.texts() == ["<b>one</b> &amp; only", "one & only"]
    assert await at_eight.tick() == []


async def test_a_message_that_telegram_refuses_is_dropped_and_the_next_one_follows(at_eight: Desk) -> None:
    put_out(at_eight.books, "one", "two")
    at_eight.network.fail("sendMessage", Refusal(400, "Bad Request: something new"))
    assert await at_eight.texts() == ["one", "two"]
    assert (await at_eight.tick(), at_eight.books.outbox.parked()) == ([], [])


async def test_what_was_being_sent_when_the_process_ended_is_parked_at_the_next_start(tmp_path: Path) -> None:
    clock, newsroom = Clock(), FakeNewsroom()
    async with desk(tmp_path, clock, newsroom) as dead:
        put_out(dead.books, "one", "two")
        assert dead.books.outbox.next_part(-100)
    async with desk(tmp_path, clock, newsroom) as alive:
        running = asyncio.create_task(alive.digests.run())
        await alive.network.until("sendMessage")
        running.cancel()
        await asyncio.wait({running})
        await alive.digests.close(1)
        assert [call[1]["text"] for call in alive.network.calls] == ["two"]
        assert [parked.number for parked in alive.books.outbox.parked()] == [1]


async def test_a_digest_waits_while_previews_fill_the_queue(at_eight: Desk) -> None:
    full = Worker(waiting=0)
    blocked = asyncio.Event()
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(full.submit(lambda: asyncio.run_coroutine_threadsafe(blocked.wait(), loop).result()))
    await asyncio.sleep(0)

    async def sleep(_: float) -> None:
        blocked.set()
        await task

    digests = Dispatcher(
        books=at_eight.books,
        editor=Editor(at_eight.newsroom),
        worker=full,
        poster=at_eight.poster,
        access=Access(),
        clock=at_eight.clock,
        sleep=sleep,
    )
    await digests.tick()
    assert len(at_eight.network.named("sendMessage")) == 1
    await full.close(1)


async def looked(running: Desk, is_asked: Callable[[], bool]) -> list[float]:
    """Let digests that know of questions look once; return how long they waited for them, step by step."""
    waits = list[float]()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        running.clock.now += timedelta(seconds=seconds)

    digests = Dispatcher(
        books=running.books,
        editor=Editor(running.newsroom),
        worker=Worker(),
        poster=running.poster,
        access=Access(),
        clock=running.clock,
        is_asked=is_asked,
        sleep=sleep,
    )
    await digests.tick()
    await digests.close(1)
    return waits


async def test_digests_wait_while_a_question_is_at_hand(at_eight: Desk) -> None:
    questions = iter([True, True, False])
    assert await looked(at_eight, lambda: next(questions, False)) == [GLANCE, GLANCE]
    assert len(at_eight.network.named("sendMessage")) == 1


async def test_digests_do_not_wait_for_ever_where_questions_never_end(at_eight: Desk) -> None:
    at_eight.books.subscriptions.keep(a_subscription(-101))
    assert sum(await looked(at_eight, lambda: True)) == pytest.approx(COURTESY.total_seconds(), abs=2 * GLANCE)
    assert len(at_eight.network.named("sendMessage")) == 2


async def test_a_hundred_groups_get_theirs_once_each_from_one_briefing(at_eight: Desk) -> None:
    groups = range(-200, -100)
    for chat in groups:
        at_eight.books.subscriptions.keep(a_subscription(chat))
    calls = await at_eight.tick()
    assert sorted(parameters["chat_id"] for _, parameters in calls) == [*groups, -100]
    assert (at_eight.newsroom.briefings, at_eight.books.outbox.waiting()) == (1, [])
