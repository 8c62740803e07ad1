"""When a chat's digest is due: pure functions of the moment, the chat's schedule and the digests that it has had.

A digest belongs to a slot: a day and a time of the chat's own clock. A slot is dealt with once, whatever the machine's clock
does, and a change of time zone does not bring it back. It comes about at the first moment at which the wall clock of the zone
reads its time or later: a time that the clock skips in spring comes right after the gap, and one that comes twice in autumn the
first time. A slot counts for a chat that subscribed at that very moment, not for one that did so a second later.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

CATCH_UP = timedelta(hours=12)
"""A digest that the bot was not there to send is sent afterwards if it is at most this late; only the latest one is."""
MAX_TIMES = 12
_DAY = timedelta(days=1)
_LOOK_BACK = 2
"""Days before today whose slots can lie less than CATCH_UP back; two, as clocks have skipped a whole day (Samoa 2011)."""
_LOOK_AHEAD = 10


class Rhythm(StrEnum):
    """On which days a digest comes; SEVERAL is every day, at several times."""

    OFF = "off"
    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A day and a time of a chat's clock, for which one digest comes."""

    day: date
    at: time

    def __str__(self) -> str:
        """Return the slot as the database keeps it, such as `2025-03-30T08:00`; `parse` reads it back."""
        return f"{self.day.isoformat()}T{self.at:%H:%M}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the slot that `str` wrote. Raises ValueError for anything else."""
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - a local time without its zone is what a slot is
        return cls(moment.date(), moment.time())


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a chat wants its digests; `weekday` (0 is Monday) matters to the WEEKLY rhythm only. Times are in order, once each."""

    rhythm: Rhythm = Rhythm.OFF
    times: tuple[time, ...] = (time(8),)
    weekday: int = 0
    zone: str = "UTC"

    def __post_init__(self) -> None:
        """Raise ValueError for times, a weekday or a zone that there are not."""
        if not 1 <= len(self.times) <= MAX_TIMES:
            raise ValueError(f"times must be 1 to {MAX_TIMES}, got {len(self.times)}")
        if list(self.times) != sorted(set(self.times)):
            raise ValueError(f"times must be in order and differ, got {self.times}")
        if any(at != time(at.hour, at.minute) for at in self.times):
            raise ValueError(f"times must be whole minutes without a zone, got {self.times}")
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"weekday must be 0 to 6, got {self.weekday}")
        if not is_zone(self.zone):
            raise ValueError(f"zone must be an IANA time zone, got {self.zone!r}")

    @property
    def clock(self) -> ZoneInfo:
        """The clock of the zone."""
        return ZoneInfo(self.zone)

    def has(self, day: date) -> bool:
        """Return whether digests come on `day`."""
        match self.rhythm:
            case Rhythm.OFF:
                return False
            case Rhythm.WEEKDAYS:
                return day.weekday() < 5
            case Rhythm.WEEKLY:
                return day.weekday() == self.weekday
            case _:
                return True

    def slots(self, first: date, last: date) -> Iterator[Slot]:
        """Yield the slots from the day `first` to the day `last`, in order."""
        day = first
        while day <= last:
            if self.has(day):
                yield from (Slot(day, at) for at in self.times)
            day += _DAY


def several(times: tuple[time, ...]) -> tuple[time, ...]:
    """Return `times`; where there is only one, another one ten hours away, too."""
    return times if len(times) > 1 else tuple(sorted({*times, time((times[0].hour + 10) % 24)}))


def is_zone(name: str) -> bool:
    """Return whether `name` is an IANA time zone that this machine knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder, such as Europe
        return False
    return True


def moment_of(slot: Slot, clock: ZoneInfo) -> datetime:
    """Return the first moment (UTC) at which `clock` reads the slot's time or later."""
    wall = datetime.combine(slot.day, slot.at)
    moment = wall.replace(tzinfo=clock).astimezone(UTC)
    if moment.astimezone(clock).replace(tzinfo=None) == wall:
        return moment
    # The clock skips this time: `fold` tells how far, and the jump lies in between.
    before, after = wall.replace(tzinfo=clock, fold=1).astimezone(UTC), moment
    offset = after.astimezone(clock).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(clock).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)


def due(now: datetime, schedule: Schedule, since: datetime, handled: Collection[Slot]) -> Slot | None:
    """Return the slot whose digest is to be sent `now`; None where there is none.

    `since` is when the schedule came into force; `handled` are the slots whose digest was sent, skipped or begun.
    After a time away only the latest slot is caught up, and only within CATCH_UP.
    """
    passed = _passed(now, schedule, since)
    return passed[-1] if passed and passed[-1] not in handled else None


def missed(now: datetime, schedule: Schedule, since: datetime, handled: Collection[Slot]) -> list[Slot]:
    """Return the slots within CATCH_UP whose digest never came, because the bot was away; the one that is due is not among them."""
    return [slot for slot in _passed(now, schedule, since)[:-1] if slot not in handled]


def upcoming(now: datetime, schedule: Schedule, since: datetime, handled: Collection[Slot]) -> datetime | None:
    """Return when the next digest comes, on the clock of the zone; None where none does. One that is due comes now."""
    if due(now, schedule, since, handled):
        return now.astimezone(schedule.clock)
    today = now.astimezone(schedule.clock).date()
    for slot in schedule.slots(today - _DAY, today + _LOOK_AHEAD * _DAY):
        moment = moment_of(slot, schedule.clock)
        if moment > now and moment >= since and slot not in handled:
            return moment.astimezone(schedule.clock)
    return None


def _passed(now: datetime, schedule: Schedule, since: datetime) -> list[Slot]:
    """Return the slots, in order, that have come within CATCH_UP and not before `since`."""
    today = now.astimezone(schedule.clock).date()
    return [
        slot
        for slot in schedule.slots(today - _LOOK_BACK * _DAY, today)
        if max(since, now - CATCH_UP) <= moment_of(slot, schedule.clock) <= now
    ]
