from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.digests.books import Books
from bot.digests.deliveries import Draft
from bot.digests.schedule import Rhythm, Schedule, Slot
from bot.digests.subscriptions import Length, Pause, Subscription, WhenEmpty
from bot.state import Kept, State
from bot.summaries.shown import Shown, ShownSummaries
from retrieval.summaries.briefing import Briefing
from retrieval.summaries.topics import Topics
from tests.bot.newsroom import EIGHT, Clock, a_subscription, books_in
from tests.bot.objects import ANSWER

FULL = Subscription(
    chat_id=-100,
    schedule=Schedule(rhythm=Rhythm.SEVERAL, times=(time(7, 5), time(18)), weekday=3, zone="America/New_York"),
    since=EIGHT,
    thread_id=7,
    topics=Topics(("gaza", '"rate cut"', "space exploration and astronomy"), ("football",)),
    when_empty=WhenEmpty.LINE,
    length=Length.LONG,
    pause=Pause("removed", EIGHT),
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def books(tmp_path: Path, clock: Clock) -> Iterator[Books]:
    engine, books = books_in(tmp_path, clock)
    yield books
    engine.dispose()


def test_settings_come_back_whole_after_a_restart(tmp_path: Path, clock: Clock, books: Books) -> None:
    books.subscriptions.keep(a_subscription())
    books.subscriptions.keep(FULL)
    engine, again = books_in(tmp_path, clock)
    assert (again.subscriptions.find(-100), again.subscriptions.all()) == (FULL, [FULL])
    engine.dispose()


def test_a_chat_that_never_said_anything_has_none(books: Books) -> None:
    assert books.subscriptions.find(-100) is None


def test_a_pause_keeps_its_first_reason_and_ends_once(books: Books, clock: Clock) -> None:
    books.subscriptions.keep(a_subscription())
    books.subscriptions.pause(-100, "removed")
    books.subscriptions.pause(-100, "muted")
    paused = books.subscriptions.find(-100)
    assert paused
    assert paused.pause == Pause("removed", EIGHT)
    clock.now += timedelta(days=2)
    assert [books.subscriptions.resume(-100), books.subscriptions.resume(-100)] == [True, False]
    assert books.subscriptions.find(-100) == a_subscription(since=clock.now)


def test_another_schedule_is_in_force_from_now_on_and_ends_a_pause() -> None:
    paused = a_subscription(pause=Pause("removed", EIGHT))
    assert paused.changed(paused.schedule, EIGHT) == a_subscription(since=EIGHT)
    assert a_subscription().changed(paused.schedule, EIGHT) == a_subscription()
    later = Schedule(rhythm=Rhythm.DAILY, times=(time(9),), zone="UTC")
    assert a_subscription().changed(later, EIGHT) == a_subscription(schedule=later, since=EIGHT)


def test_only_the_topic_that_is_gone_is_left(books: Books) -> None:
    books.subscriptions.keep(a_subscription(thread_id=7))
    books.subscriptions.leave_topic(-100, 8)
    assert books.subscriptions.find(-100) == a_subscription(thread_id=7)
    books.subscriptions.leave_topic(-100, 7)
    assert books.subscriptions.find(-100) == a_subscription()


def test_a_person_copies_a_group_once_and_no_more_than_so_many(books: Books) -> None:
    assert [books.subscriptions.copy(7, chat) for chat in (-1, -1, *range(-21, -1))] == [True, False, *[True] * 19, False]
    assert books.subscriptions.stop_copies(7, -21) == 1
    assert (books.subscriptions.readers(-21), books.subscriptions.readers(-1), len(books.subscriptions.copied_by(7))) == ([], [7], 19)


def test_a_group_that_moves_takes_everything_along_and_moving_twice_changes_nothing(tmp_path: Path, books: Books, clock: Clock) -> None:
    slot = Slot(EIGHT.date(), time(8))
    engine, _ = books_in(tmp_path, clock)
    state = State(engine, clock)
    state.keep(Kept("k1", -5, ANSWER))
    state.vote("k1", 7, good=True)
    summaries = ShownSummaries(engine, clock)
    summaries.keep(Shown("s1", -5, "", Briefing(())))
    summaries.note_look(-5, 0, EIGHT)
    books.subscriptions.keep(replace(FULL, chat_id=-5))
    books.subscriptions.copy(7, -5)
    digest = books.deliveries.claim(-5, slot)
    assert digest
    books.deliveries.fill(digest, [Draft("news", ("a1",))], readers=[7])
    for _ in range(2):
        books.moves.move(-5, -1005)
    assert books.subscriptions.all() == [replace(FULL, chat_id=-1005, thread_id=None)]
    assert (books.subscriptions.readers(-1005), books.subscriptions.readers(-5)) == ([7], [])
    assert (books.deliveries.handled(), books.deliveries.told(-1005)) == ({-1005: {slot}}, ("a1",))
    assert books.outbox.waiting() == [-1005, 7]
    moved = state.find("k1")
    assert (moved.chat_id if moved else None, state.tally("k1").good) == (-1005, 1)
    assert (summaries.find("s1"), summaries.last_look(-1005, 0)) == (Shown("s1", -1005, "", Briefing(())), EIGHT)
    engine.dispose()


def test_a_message_of_the_new_group_is_not_taken_for_an_old_one_of_the_same_number(tmp_path: Path, books: Books, clock: Clock) -> None:
    engine, _ = books_in(tmp_path, clock)
    state, summaries = State(engine, clock), ShownSummaries(engine, clock)
    state.keep(Kept("k1", -5, ANSWER, message_id=12))
    summaries.keep(Shown("s1", -5, "", Briefing(())))
    summaries.note_message("s1", 13)
    books.moves.move(-5, -1005)
    assert (state.shown_in(-1005, 12), summaries.shown_in(-1005, 13)) == (None, None)
    engine.dispose()
