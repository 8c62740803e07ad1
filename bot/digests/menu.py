"""The menu of digests: the card that shows a chat's settings, and the buttons under it. Pure functions.

A button carries what it sets, not which chat: that is the chat of its message. So buttons work after any restart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from typing import Self

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.digests import messages as words
from bot.digests.outbox import Parked
from bot.digests.schedule import MAX_TIMES, Rhythm, Schedule, is_zone, several
from bot.digests.subscriptions import Length, Subscription, WhenEmpty
from bot.markup import escaped, shorten

PREFIX = "dg"
CHOSEN = "✓ "
COMMON_ZONES = (
    *("Europe/London", "Europe/Berlin", "Europe/Kyiv", "Asia/Jerusalem", "Asia/Kolkata", "Asia/Tokyo"),
    *("America/New_York", "America/Chicago", "America/Los_Angeles", "America/Sao_Paulo", "Australia/Sydney", "UTC"),
)
PARKED_SHOWN = 8
PLACE_LIMIT = 20
"""Characters of a place on a button."""
TOPICS_LIMIT = 3000
"""Units of the topics on the card: all of them are more than a message holds."""


class Screen(StrEnum):
    """Which buttons the menu shows."""

    MAIN = "main"
    TIMES = "times"
    ZONES = "zones"
    TOPICS = "topics"
    CLOSED = "closed"


class Act(StrEnum):
    """What a button does."""

    SHOW = "show"
    RHYTHM = "rhythm"
    TIME = "time"
    DAY = "day"
    ZONE = "zone"
    LENGTH = "length"
    EMPTY = "empty"
    PLACE = "place"
    ASK_ZONE = "askzone"
    ASK_TOPICS = "asktopics"
    ALL_TOPICS = "alltopics"
    PREVIEW = "preview"
    RESEND = "resend"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Push:
    """A pressed button of the menu: `value` is what it sets, an empty string where it needs none."""

    act: Act
    value: str = ""

    def encode(self) -> str:
        """Return what the button carries, such as `dg:zone:Europe/Berlin`; `decode` reads it back."""
        return f"{PREFIX}:{self.act}:{self.value}"

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Return the push that a button's data stands for; None where it is none of ours."""
        prefix, _, rest = (data or "").partition(":")
        act, _, value = rest.partition(":")
        return cls(Act(act), value) if prefix == PREFIX and act in set(Act) else None


def pushed(subscription: Subscription, push: Push, now: datetime, thread_id: int | None) -> Subscription:
    """Return the settings after a push; the same ones where it changes none, or makes no sense."""
    match push.act:
        case Act.RHYTHM if push.value in set(Rhythm):
            return subscription.changed(_with_rhythm(subscription.schedule, Rhythm(push.value)), now)
        case Act.TIME if push.value.isdecimal() and int(push.value) < 24:
            return subscription.changed(_with_time(subscription.schedule, time(int(push.value))), now)
        case Act.DAY if push.value in set("0123456"):
            return subscription.changed(replace(subscription.schedule, weekday=int(push.value)), now)
        case Act.ZONE if is_zone(push.value):
            return subscription.changed(replace(subscription.schedule, zone=push.value), now)
        case Act.LENGTH if push.value in set(Length):
            return replace(subscription, length=Length(push.value))
        case Act.EMPTY if push.value in set(WhenEmpty):
            return replace(subscription, when_empty=WhenEmpty(push.value))
        case Act.PLACE:
            return replace(subscription, thread_id=None if subscription.thread_id == thread_id else thread_id)
        case Act.ALL_TOPICS:
            return replace(subscription, topics=type(subscription.topics)())
    return subscription


def _with_rhythm(schedule: Schedule, rhythm: Rhythm) -> Schedule:
    """Several times a day are two where there was one; else the first one stays."""
    if rhythm is not Rhythm.SEVERAL:
        return replace(schedule, rhythm=rhythm, times=schedule.times[:1] if rhythm is not Rhythm.OFF else schedule.times)
    return replace(schedule, rhythm=rhythm, times=several(schedule.times))


def _with_time(schedule: Schedule, at: time) -> Schedule:
    """The only time is replaced; of several, one is added or taken away, down to the last."""
    if schedule.rhythm is not Rhythm.SEVERAL:
        return replace(schedule, times=(at,))
    hours = {before.hour for before in schedule.times}
    if at.hour in hours:
        times = tuple(before for before in schedule.times if before.hour != at.hour)
    else:
        times = tuple(sorted({*schedule.times, at}))
    return replace(schedule, times=times) if 1 <= len(times) <= MAX_TIMES else schedule


def card(subscription: Subscription, *, upcoming: datetime | None, note: str = "", copies: int = 0) -> str:
    """Return the settings as one readable card; `note` is a line above them, `copies` how many groups' digests come here, too."""
    schedule, lines = subscription.schedule, list[str]()
    if schedule.rhythm is Rhythm.OFF:
        lines.append(words.IS_OFF)
    else:
        lines.append(words.when(schedule.rhythm.value, schedule.weekday, [f"{at:%H:%M}" for at in schedule.times], schedule.zone))
        lines.append(words.ABOUT.format(topics=shorten(str(subscription.topics), TOPICS_LIMIT) or words.EVERYTHING))
        lines.append(words.LENGTHS[subscription.length.value])
        lines.append(words.EMPTIES[subscription.when_empty.value])
        if not subscription.private:
            lines.append(words.PLACE_TOPIC if subscription.thread_id else words.PLACE_CHAT)
        if subscription.pause:
            since = subscription.pause.since.astimezone(schedule.clock)
            lines.append(words.IS_PAUSED.format(reason=subscription.pause.reason, day=words.weekday_and_day(since.date())))
        elif upcoming:
            lines.append(words.NEXT.format(moment=words.moment(upcoming)))
    if copies:
        lines.append(words.copies(copies))
    head = f"<i>{escaped(note)}</i>\n\n" if note else ""
    body = "\n".join(escaped(line) for line in lines)
    return f"{head}<b>{words.CARD_TITLE}</b>\n{body}"


def keyboard(subscription: Subscription, screen: Screen, thread_id: int | None) -> InlineKeyboardMarkup | None:
    """Return the buttons of a screen; `thread_id` is the forum topic that the menu stands in. None for the closed menu."""
    match screen:
        case Screen.MAIN:
            return InlineKeyboardMarkup(_main(subscription, thread_id))
        case Screen.TIMES:
            return InlineKeyboardMarkup([*_times(subscription.schedule), [_back()]])
        case Screen.ZONES:
            rows = [[_zone(zone, subscription.schedule.zone) for zone in COMMON_ZONES[i : i + 3]] for i in range(0, len(COMMON_ZONES), 3)]
            return InlineKeyboardMarkup([*rows, [_button(words.OTHER_PLACE, Push(Act.ASK_ZONE))], [_back()]])
        case Screen.TOPICS:
            everything = _button(words.ALL_TOPICS, Push(Act.ALL_TOPICS), chosen=subscription.topics.everything)
            return InlineKeyboardMarkup([[_button(words.TYPE_TOPICS, Push(Act.ASK_TOPICS))], [everything], [_back()]])
        case Screen.CLOSED:
            return None


def parked_card(parked: Sequence[Parked]) -> str:
    """Return the list of messages that may have arrived."""
    if not parked:
        return escaped(words.PARKED_NONE)
    lines = [
        words.PARKED_LINE.format(number=number, chat_id=each.chat_id, slot=_spoken(each), part=each.number, note=each.note)
        for number, each in enumerate(parked[:PARKED_SHOWN], 1)
    ]
    rest = [words.PARKED_MORE.format(count=len(parked) - PARKED_SHOWN)] if len(parked) > PARKED_SHOWN else []
    return escaped("\n".join([words.PARKED_HEADING, *lines, *rest]))


def _spoken(parked: Parked) -> str:
    """Return the slot of a parked message as people write it."""
    return f"{parked.slot.day} {parked.slot.at:%H:%M}"


def parked_keyboard(parked: Sequence[Parked]) -> InlineKeyboardMarkup | None:
    """Return buttons to send each of the messages listed again, or to leave it be; None for none."""
    rows = [
        [
            _button(words.SEND_AGAIN.format(number=number), Push(Act.RESEND, str(each.id))),
            _button(words.FORGET.format(number=number), Push(Act.FORGET, str(each.id))),
        ]
        for number, each in enumerate(parked[:PARKED_SHOWN], 1)
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def zone_choice(zones: list[str]) -> InlineKeyboardMarkup:
    """Return a button for each of several zones that a place may mean."""
    return InlineKeyboardMarkup([[_button(words.zone_name(zone), Push(Act.ZONE, zone))] for zone in zones])


def _main(subscription: Subscription, thread_id: int | None) -> list[list[InlineKeyboardButton]]:
    schedule = subscription.schedule
    rhythms = [_button(words.RHYTHMS[each.value], Push(Act.RHYTHM, each), chosen=schedule.rhythm is each) for each in Rhythm]
    rows = [rhythms[:3], rhythms[3:]]
    if schedule.rhythm is Rhythm.OFF:
        return [*rows, [_button(words.CLOSE, Push(Act.SHOW, Screen.CLOSED))]]
    times = ", ".join(f"{at:%H:%M}" for at in schedule.times[:3]) + ("…" if len(schedule.times) > 3 else "")
    place = words.zone_name(schedule.zone).rpartition("/")[2][:PLACE_LIMIT]
    rows.append([_show(f"🕗 {times}", Screen.TIMES), _show(f"🌍 {place}", Screen.ZONES), _show(words.TOPICS_BUTTON, Screen.TOPICS)])
    rows.append([_button(words.LENGTH_BUTTONS[each.value], Push(Act.LENGTH, each), chosen=subscription.length is each) for each in Length])
    rows.append(
        [_button(words.EMPTY_BUTTONS[each.value], Push(Act.EMPTY, each), chosen=subscription.when_empty is each) for each in WhenEmpty]
    )
    if thread_id is not None or subscription.thread_id is not None:
        to_topic = thread_id is not None and subscription.thread_id != thread_id
        rows.append([_button(words.TO_TOPIC if to_topic else words.TO_CHAT, Push(Act.PLACE))])
    return [*rows, [_button(words.PREVIEW_BUTTON, Push(Act.PREVIEW)), _show(words.CLOSE, Screen.CLOSED)]]


def _times(schedule: Schedule) -> list[list[InlineKeyboardButton]]:
    days = [_button(day[:2], Push(Act.DAY, str(number)), chosen=schedule.weekday == number) for number, day in enumerate(words.DAYS)]
    hours = {at.hour for at in schedule.times}
    buttons = [_button(f"{hour}:00", Push(Act.TIME, str(hour)), chosen=hour in hours) for hour in range(24)]
    rows = [buttons[i : i + 6] for i in range(0, 24, 6)]
    return [days, *rows] if schedule.rhythm is Rhythm.WEEKLY else rows


def _zone(zone: str, chosen: str) -> InlineKeyboardButton:
    return _button(zone.rpartition("/")[2].replace("_", " "), Push(Act.ZONE, zone), chosen=zone == chosen)


def _back() -> InlineKeyboardButton:
    return _show(words.BACK, Screen.MAIN)


def _show(label: str, screen: Screen) -> InlineKeyboardButton:
    return _button(label, Push(Act.SHOW, screen))


def _button(label: str, push: Push, *, chosen: bool = False) -> InlineKeyboardButton:
    return InlineKeyboardButton(f"{CHOSEN}{label}" if chosen else label, callback_data=push.encode())
