"""The real bot's digests when Telegram is unkind: every message arrives once at most, and what is doubtful is told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time

import pytest
from sqlalchemy import Engine

from bot.digests import messages as digest_messages
from bot.digests.books import Books
from bot.digests.schedule import Rhythm, Schedule
from bot.digests.subscriptions import Subscription
from corpus.database import open_database
from tests.e2e.serving import Copy, await_polling
from tests.running import Command, Quotewire
from tests.telegram import ADA, BOT, AnswerLost, BotApi, Chat, LateAnswer, Message, Swallowed, too_many_requests

pytestmark = pytest.mark.e2e

PLAIN, LOST, TIMED_OUT, FLOODED, THROWN_OUT, OLD, NEW, FORUM, KILLED_BEFORE, KILLED_AFTER = (Chat(-number) for number in range(2001, 2011))
TOPIC = 7


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Newsdesk:
    """A data folder with digests, and the Bot API that its bots serve."""

    quotewire: Quotewire
    api: BotApi
    engine: Engine
    books: Books

    def start(self) -> Command:
        return self.quotewire.start("run", TELEGRAM_BOT_TOKEN=self.api.token, TELEGRAM_BASE_URL=self.api.url, ADMIN_IDS=str(ADA.id))

    def subscribe(self, chat: Chat, *, thread_id: int | None = None, ago: timedelta = timedelta(minutes=2)) -> None:
        """Let a chat's digest have been due a moment ago."""
        with self.api.world.changed:
            self.api.world.chats[chat.id] = chat
        due = now() - ago
        schedule = Schedule(rhythm=Rhythm.DAILY, times=(clock_time(due.hour, due.minute),), zone="UTC")
        since = due - timedelta(hours=1)
        self.books.subscriptions.keep(Subscription(chat_id=chat.id, schedule=schedule, since=since, thread_id=thread_id))

    def digests(self, chat: Chat) -> list[Message]:
        """Return the messages of digests that stand in a chat."""
        return [message for message in self.api.messages(chat) if "News of" in message.text]

    def await_digest(self, chat: Chat) -> Message:
        return self.api.wait_for(lambda: self.digests(chat), seconds=180)[0]

    def took_back(self, chat: Chat) -> None:
        """Let a group add the bot again."""
        with self.api.world.changed:
            self.api.world.barred.discard(chat.id)
        user = BOT.payload()
        change = {
            "chat": chat.payload(),
            "from": ADA.payload(),
            "date": int(now().timestamp()),
            "old_chat_member": {"user": user, "status": "kicked", "until_date": 0},
            "new_chat_member": {"user": user, "status": "member"},
        }
        self.api.raw({"my_chat_member": change})


@dataclass(frozen=True, slots=True)
class Outcome:
    """The newsdesk after everything, what the second bot said at its start, and what it told its operator."""

    desk: Newsdesk
    started: str
    status: Message
    listed: Message


@pytest.fixture(scope="module")
def outcome(copy: Copy) -> Iterator[Outcome]:
    quotewire = copy()
    engine = open_database(f"sqlite:///{quotewire.data_dir / 'quotewire.db'}")
    with BotApi() as api:
        desk = Newsdesk(quotewire, api, engine, Books.of(engine, now))
        _serve_with_faults(desk)
        polls = api.polls
        with desk.start() as bot:
            await_polling(api, bot, after=polls)
            started = bot.wait_for(lambda output: "may have arrived before the last stop" in output)
            status = api.reply(api.private_message("/status"))
            listed = api.reply(api.private_message("/digest parked"))
            api.settled(api.press(_button(listed, KILLED_BEFORE), listed))
            desk.took_back(THROWN_OUT)
            api.wait_for(lambda: _resumed(desk))
            desk.subscribe(THROWN_OUT, ago=timedelta(0))
            for chat in (KILLED_BEFORE, THROWN_OUT):
                desk.await_digest(chat)
            bot.terminate()
            assert bot.finish(seconds=60).code == 0
        yield Outcome(desk, started, status, listed)
    engine.dispose()


def _serve_with_faults(desk: Newsdesk) -> None:
    """Run a bot through every fault, and kill it while it sends two digests: one arrives, the other does not."""
    api, world = desk.api, desk.api.world
    for chat in (PLAIN, LOST, TIMED_OUT, FLOODED, THROWN_OUT, OLD, replace(FORUM, is_forum=True)):
        desk.subscribe(chat, thread_id=TOPIC if chat.id == FORUM.id else None)
    with world.changed:
        world.barred.add(THROWN_OUT.id)
        world.moved[OLD.id] = NEW.id
        world.chats[NEW.id] = NEW
        world.topics.add((FORUM.id, TOPIC))
        world.closed_topics.add((FORUM.id, TOPIC))
    api.fail_next("sendMessage", AnswerLost(), chat=LOST)
    api.fail_next("sendMessage", LateAnswer(12), chat=TIMED_OUT)
    api.fail_next("sendMessage", too_many_requests(1), chat=FLOODED)
    with desk.start() as bot:
        await_polling(api, bot)
        for chat in (PLAIN, LOST, TIMED_OUT, NEW, replace(FORUM, is_forum=True), FLOODED):
            desk.await_digest(chat)
        api.fail_next("sendMessage", Swallowed(9), chat=KILLED_BEFORE)
        api.fail_next("sendMessage", LateAnswer(9), chat=KILLED_AFTER)
        desk.subscribe(KILLED_BEFORE)
        desk.subscribe(KILLED_AFTER)
        desk.await_digest(KILLED_AFTER)
        api.wait_for(lambda: api.calls("sendMessage", chat_id=str(KILLED_BEFORE.id)))
        bot.kill()


def _button(listed: Message, chat: Chat) -> str:
    """Return the data of the button that sends a chat's message again."""
    [line] = [line for line in listed.text.splitlines() if f"Chat {chat.id}," in line]
    label = digest_messages.SEND_AGAIN.format(number=line.partition(".")[0])
    return next(button.data for button in listed.buttons if button.text == label)


def _resumed(desk: Newsdesk) -> bool:
    subscription = desk.books.subscriptions.find(THROWN_OUT.id)
    return subscription is not None and subscription.pause is None


def test_a_digest_comes_with_quotes_and_their_sources(outcome: Outcome) -> None:
    [message] = outcome.desk.digests(PLAIN)
    assert (len(message.marked("blockquote")) > 1, len(message.marked("text_link")) > 1) == (True, True)


@pytest.mark.parametrize(
    "chat",
    [PLAIN, LOST, TIMED_OUT, FLOODED, THROWN_OUT, NEW, replace(FORUM, is_forum=True), KILLED_BEFORE, KILLED_AFTER],
    ids=[
        "plain",
        "answer lost",
        "timeout",
        "flood limit",
        "thrown out and back",
        "migrated",
        "topic closed",
        "killed before",
        "killed after",
    ],
)
def test_whatever_happens_each_chat_has_its_digest_once(outcome: Outcome, chat: Chat) -> None:
    assert len(outcome.desk.digests(chat)) == 1


def test_the_topic_that_is_closed_is_left_with_one_notice(outcome: Outcome) -> None:
    [message] = outcome.desk.digests(replace(FORUM, is_forum=True))
    assert (message.thread_id, message.text.startswith(digest_messages.TOPIC_GONE)) == (None, True)


def test_the_settings_of_a_group_that_moved_are_kept_under_its_new_id(outcome: Outcome) -> None:
    assert (outcome.desk.books.subscriptions.find(OLD.id), bool(outcome.desk.books.subscriptions.find(NEW.id))) == (None, True)


def test_what_may_have_arrived_is_told_at_the_start_and_listed(outcome: Outcome) -> None:
    assert "2 messages of digests may have arrived before the last stop" in outcome.started
    assert digest_messages.STATUS_PARKED.format(count=4) in outcome.status.text
    assert [chat.id for chat in (LOST, TIMED_OUT, KILLED_BEFORE, KILLED_AFTER) if f"Chat {chat.id}," not in outcome.listed.text] == []


def test_what_was_sent_again_by_hand_is_not_parked_any_more(outcome: Outcome) -> None:
    assert sorted(parked.chat_id for parked in outcome.desk.books.outbox.parked()) == sorted([LOST.id, TIMED_OUT.id, KILLED_AFTER.id])
