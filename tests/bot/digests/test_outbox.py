"""Claims, settlements and what is left of a process that died: against two processes on one database."""

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.digests.books import Books
from bot.digests.deliveries import MAKING, Digest, Draft, SkippedDigest
from bot.digests.delivery_tables import PartState
from bot.digests.outbox import INTERRUPTED, SENDING, TOO_LATE, Parked
from bot.digests.schedule import CATCH_UP, Slot
from tests.bot.newsroom import EIGHT, Clock, books_in

SLOT = Slot(EIGHT.date(), time(8))
TWO = [Draft("one", ("a1", "a2")), Draft("two", ("a3",))]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def books(tmp_path: Path, clock: Clock) -> Iterator[Books]:
    engine, books = books_in(tmp_path, clock)
    yield books
    engine.dispose()


@pytest.fixture
def others(tmp_path: Path, clock: Clock, books: Books) -> Iterator[Books]:
    """Return the books as another process has them open."""
    engine, others = books_in(tmp_path, clock)
    yield others
    engine.dispose()


def claimed(books: Books, chat_id: int = -100, slot: Slot = SLOT) -> Digest:
    digest = books.deliveries.claim(chat_id, slot)
    assert digest
    return digest


def put_out(books: Books, chat_id: int = -100) -> None:
    books.deliveries.fill(claimed(books, chat_id), TWO)


def test_of_two_processes_one_makes_a_digest(books: Books, others: Books) -> None:
    assert claimed(books)
    assert others.deliveries.claim(-100, SLOT) is None
    assert others.deliveries.claim(-101, SLOT)
    assert books.deliveries.handled() == {-100: {SLOT}, -101: {SLOT}}


def test_a_digest_whose_process_died_over_the_making_is_made_by_another(books: Books, others: Books, clock: Clock) -> None:
    first = claimed(books)
    clock.now += MAKING
    assert others.deliveries.handled() == {}
    second = others.deliveries.claim(-100, SLOT)
    assert second == first
    others.deliveries.fill(first, TWO)
    books.deliveries.fill(first, [Draft("late", ("a9",))])  # it was not dead, only slow
    assert books.deliveries.told(-100) == ("a3", "a1", "a2")


def test_a_digest_that_is_given_back_can_be_claimed_again(books: Books) -> None:
    books.deliveries.unclaim(claimed(books))
    assert claimed(books)


def test_a_digest_and_its_copies_are_put_out_together_and_once(books: Books, others: Books) -> None:
    digest = claimed(books)
    assert books.deliveries.fill(digest, TWO, readers=[7, 8]) == [-100, 7, 8]
    assert others.deliveries.fill(digest, TWO, readers=[7, 8]) == []
    assert (books.outbox.waiting(), books.deliveries.told(7)) == ([-100, 7, 8], books.deliveries.told(-100))


def test_a_copy_of_a_group_s_digest_is_another_digest_than_one_s_own(books: Books) -> None:
    books.deliveries.fill(claimed(books), TWO, readers=[7])
    assert books.deliveries.handled() == {-100: {SLOT}}
    assert claimed(books, 7)


def test_the_messages_of_a_digest_go_in_order_and_each_to_one_process(books: Books, others: Books) -> None:
    put_out(books)
    first = books.outbox.next_part(-100)
    assert first
    assert (first.html, others.outbox.next_part(-100), books.outbox.next_part(-100)) == ("one", None, None)
    books.outbox.settle(first.id, 501)
    second = others.outbox.next_part(-100)
    assert second
    assert (second.html, books.outbox.next_part(-100)) == ("two", None)
    others.outbox.settle(second.id, 502)
    assert books.outbox.waiting() == []


def test_a_doubtful_message_is_parked_and_the_next_one_follows(books: Books) -> None:
    put_out(books)
    first = books.outbox.next_part(-100)
    assert first
    books.outbox.park(first.id, "timed out")
    assert books.outbox.parked() == [Parked(first.id, -100, SLOT, 1, "timed out", EIGHT)]
    second = books.outbox.next_part(-100)
    assert second
    assert second.html == "two"


def test_a_parked_message_goes_again_once_where_a_person_says_so(books: Books) -> None:
    put_out(books)
    part = books.outbox.next_part(-100)
    assert part
    books.outbox.park(part.id, "timed out")
    assert [books.outbox.resend(part.id), books.outbox.resend(part.id)] == [True, False]
    assert (books.outbox.next_part(-100), books.outbox.parked()) == (part, [])


def test_what_a_dead_process_was_sending_is_parked_and_what_waited_is_sent(books: Books, others: Books, clock: Clock) -> None:
    put_out(books)
    part = books.outbox.next_part(-100)
    assert part
    assert others.outbox.park_interrupted() == 0
    clock.now += SENDING
    assert others.outbox.park_interrupted() == 1
    assert [parked.note for parked in others.outbox.parked()] == [INTERRUPTED]
    second = others.outbox.next_part(-100)
    assert second
    assert second.html == "two"


def test_a_process_that_was_taken_for_dead_settles_all_the_same(books: Books, others: Books) -> None:
    put_out(books)
    part = books.outbox.next_part(-100)
    assert part
    others.outbox.park_interrupted(older_than=timedelta(0))
    books.outbox.settle(part.id, 501)
    assert others.outbox.parked() == []


def test_what_certainly_did_not_arrive_waits_and_goes_again(books: Books, clock: Clock) -> None:
    put_out(books)
    part = books.outbox.next_part(-100)
    assert part
    books.outbox.put_back(part.id, timedelta(seconds=30), "no connection")
    assert books.outbox.next_part(-100) is None
    clock.now += timedelta(seconds=30)
    assert books.outbox.next_part(-100) == part


def test_what_could_not_be_sent_for_too_long_is_given_up(books: Books, clock: Clock) -> None:
    put_out(books)
    part = books.outbox.next_part(-100)
    assert part
    clock.now += CATCH_UP
    books.outbox.put_back(part.id, timedelta(seconds=30), "no connection")
    assert (books.outbox.count(PartState.DROPPED, EIGHT), books.deliveries.told(-100)) == (1, ("a3",))


def test_what_a_person_had_sent_again_waits_from_then_on_and_is_parked_anew(books: Books, clock: Clock) -> None:
    put_out(books)
    part = books.outbox.next_part(-100)
    assert part
    books.outbox.park(part.id, "timed out")
    clock.now += timedelta(days=1)
    books.outbox.resend(part.id)
    assert books.outbox.next_part(-100) == part
    books.outbox.put_back(part.id, timedelta(seconds=30), "no connection")
    clock.now += timedelta(seconds=30)
    assert books.outbox.next_part(-100) == part
    clock.now += CATCH_UP
    books.outbox.put_back(part.id, timedelta(seconds=30), "no connection")
    assert [parked.note for parked in books.outbox.parked()] == [f"{TOO_LATE} (no connection)"]
    assert books.deliveries.told(-100) == ("a3", "a1", "a2")


def test_a_chat_that_does_not_let_the_bot_speak_was_told_nothing(books: Books) -> None:
    put_out(books)
    books.outbox.drop_waiting(-100, "removed")
    assert (books.outbox.waiting(), books.deliveries.told(-100), books.deliveries.last_told(-100)) == ([], (), None)


def test_what_a_chat_was_told_and_when_is_known(books: Books, clock: Clock) -> None:
    put_out(books)
    clock.now += timedelta(days=1)
    books.deliveries.skip(claimed(books, slot=Slot(clock.now.date(), time(8))), "nothing new")
    assert (books.deliveries.told(-100), books.deliveries.last_told(-100)) == (("a3", "a1", "a2"), EIGHT)
    assert books.deliveries.skipped_since(EIGHT) == [SkippedDigest(-100, Slot(clock.now.date(), time(8)), "nothing new")]


def test_a_line_that_says_nothing_is_new_tells_of_no_article(books: Books) -> None:
    books.deliveries.fill(claimed(books), [Draft("nothing new")])
    assert (books.deliveries.told(-100), books.deliveries.last_told(-100)) == ((), None)


def test_what_is_long_past_is_forgotten(books: Books, clock: Clock) -> None:
    put_out(books)
    clock.now += timedelta(days=60)
    books.deliveries.purge()
    assert (books.deliveries.told(-100), books.outbox.waiting()) == ((), [])
