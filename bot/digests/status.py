"""How digests are doing, for the operator: what is due, what was not sent and why, and what may have arrived."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.digests import messages as digest_messages
from bot.digests.books import Books
from bot.digests.deliveries import SkippedDigest
from bot.digests.delivery_tables import PartState
from bot.digests.outbox import Parked
from bot.digests.schedule import Rhythm, Slot, due, missed, upcoming
from bot.digests.subscriptions import Subscription
from bot.handlers.access import Access

RECENT = timedelta(days=1)
EVERYONE = Access()


@dataclass(frozen=True, slots=True)
class DigestOverview:
    """The digests at a moment. `due` and `missed` name (chat, slot); `sent`, `skipped` and `lost` are of the last day.

    `next` is when the next digest of any chat comes; None where no chat wants any.
    """

    chats: int
    next: datetime | None
    due: tuple[tuple[int, Slot], ...]
    missed: tuple[tuple[int, Slot], ...]
    skipped: tuple[SkippedDigest, ...]
    paused: tuple[Subscription, ...]
    waiting: int
    sent: int
    lost: int
    parked: tuple[Parked, ...]


def overview(books: Books, now: datetime, *, access: Access = EVERYONE) -> DigestOverview:
    """Return how digests are doing at the moment `now`, in the chats that the bot may speak in. Blocks on the disk."""
    handled = books.deliveries.handled()
    allowed = [each for each in books.subscriptions.all() if access.allows(each.chat_id)]
    wanted = [each for each in allowed if each.schedule.rhythm is not Rhythm.OFF]
    active = [each for each in wanted if each.pause is None]
    plans = [(each.chat_id, each.schedule, each.since, handled.get(each.chat_id, set[Slot]())) for each in active]
    due_now = [(chat_id, due(now, schedule, since, had)) for chat_id, schedule, since, had in plans]
    coming = [moment for _, schedule, since, had in plans if (moment := upcoming(now, schedule, since, had))]
    return DigestOverview(
        chats=len(wanted),
        next=min(coming, default=None),
        due=tuple((chat_id, slot) for chat_id, slot in due_now if slot),
        missed=tuple((chat_id, slot) for chat_id, schedule, since, had in plans for slot in missed(now, schedule, since, had)),
        skipped=tuple(books.deliveries.skipped_since(now - RECENT)),
        paused=tuple(each for each in wanted if each.pause),
        waiting=books.outbox.count(PartState.WAITING),
        sent=books.outbox.count(PartState.SENT, now - RECENT),
        lost=books.outbox.count(PartState.DROPPED, now - RECENT),
        parked=tuple(books.outbox.parked()),
    )


def lines(found: DigestOverview) -> list[str]:
    """Return the overview in a few plain lines, those that are about nothing left out."""
    reasons = Counter(skipped.reason for skipped in found.skipped)
    pauses = Counter(each.pause.reason for each in found.paused if each.pause)
    return [
        digest_messages.status_chats(found.chats, found.next),
        digest_messages.STATUS_DAY.format(sent=found.sent, skipped=_counted(reasons) or "0"),
        *([digest_messages.STATUS_DUE.format(due=len(found.due), waiting=found.waiting)] if found.due or found.waiting else []),
        *([digest_messages.STATUS_MISSED.format(count=len(found.missed))] if found.missed else []),
        *([digest_messages.STATUS_PAUSED.format(pauses=_counted(pauses))] if pauses else []),
        *([digest_messages.STATUS_LOST.format(count=found.lost)] if found.lost else []),
        *([digest_messages.STATUS_PARKED.format(count=len(found.parked))] if found.parked else []),
    ]


def _counted(reasons: Counter[str]) -> str:
    return ", ".join(f"{count} ({reason})" for reason, count in reasons.most_common())
