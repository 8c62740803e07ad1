from datetime import timedelta
from pathlib import Path

from bot.digests import messages as digest_messages
from bot.digests.deliveries import Draft
from bot.digests.schedule import Schedule, Slot
from bot.digests.status import lines, overview
from bot.digests.subscriptions import Pause
from bot.handlers.access import Access
from tests.bot.newsroom import EIGHT, Clock, a_subscription, books_in


def test_the_overview_tells_what_is_due_what_was_not_sent_and_why(tmp_path: Path) -> None:
    clock = Clock()
    engine, books = books_in(tmp_path, clock)
    for chat_id in (-100, -101, -102, -555):
        books.subscriptions.keep(a_subscription(chat_id))
    books.subscriptions.keep(a_subscription(-103, pause=Pause("removed", EIGHT)))
    books.subscriptions.keep(a_subscription(-104, schedule=Schedule()))
    slot = Slot.parse("2025-02-01T08:00")
    sent, skipped = (books.deliveries.claim(chat_id, slot) for chat_id in (-100, -101))
    assert sent
    assert skipped
    books.deliveries.fill(sent, [Draft("one"), Draft("two"), Draft("three")])
    books.deliveries.skip(skipped, "nothing new")
    arrived = books.outbox.next_part(-100)
    assert arrived
    books.outbox.settle(arrived.id, 1)
    doubtful = books.outbox.next_part(-100)
    assert doubtful
    books.outbox.park(doubtful.id, "timed out")
    found = overview(books, EIGHT + timedelta(minutes=1), access=Access(frozenset(range(-104, -99))))
    assert (found.chats, found.due, found.missed, found.waiting, found.sent, found.lost) == (4, ((-102, slot),), (), 1, 1, 0)
    assert ([each.reason for each in found.skipped], [each.note for each in found.parked]) == (["nothing new"], ["timed out"])
    assert lines(found) == [
        "4 chats with digests, next: Saturday, 1 February, 08:01 UTC",
        "Last day: 1 messages sent; digests skipped: 1 (nothing new)",
        "Due now: 1; messages waiting: 1",
        "Paused chats: 1 (removed)",
        digest_messages.STATUS_PARKED.format(count=1),
    ]
    engine.dispose()


def test_without_digests_the_overview_is_short(tmp_path: Path) -> None:
    engine, books = books_in(tmp_path, Clock())
    assert lines(overview(books, EIGHT)) == ["0 chats with digests", "Last day: 0 messages sent; digests skipped: 0"]
    engine.dispose()
