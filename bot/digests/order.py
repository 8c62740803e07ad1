"""`/digest daily 08:00 Europe/Berlin topics gaza, economy`: typed wishes, read leniently, or one sentence about what was not understood."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.digests import messages as digest_messages
from bot.digests.schedule import MAX_TIMES, Rhythm, Schedule, several
from bot.digests.subscriptions import Length, Subscription, WhenEmpty
from bot.digests.zones import find_zones
from retrieval.summaries.topics import Topics

MAX_LENGTH = 1500
_RHYTHMS = {
    **dict.fromkeys(("off", "none", "never", "stop"), Rhythm.OFF),
    **dict.fromkeys(("daily", "everyday", "day"), Rhythm.DAILY),
    **dict.fromkeys(("weekdays", "weekday", "workdays"), Rhythm.WEEKDAYS),
    **dict.fromkeys(("weekly", "week"), Rhythm.WEEKLY),
    **dict.fromkeys(("several", "often"), Rhythm.SEVERAL),
}
_DAYS = {name: number for number, day in enumerate(digest_messages.DAYS) for name in (day.lower(), f"{day.lower()}s", day[:3].lower())}
_EMPTY = {"skip": WhenEmpty.SKIP, "quiet": WhenEmpty.SKIP, "silent": WhenEmpty.SKIP, "line": WhenEmpty.LINE}
_ON = frozenset("on start yes subscribe".split())
"""Words that alone mean: send digests, as they were set or else daily."""
_FILLING = _ON | frozenset("every each at on in and the a o'clock time zone timezone digest please oclock times to , per".split())
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})?)?\s*([ap]m)?", re.IGNORECASE)
_TOPICS = re.compile(r"(?:^|\s)(?:topics?|about|on topics?)\b[:\s]*", re.IGNORECASE)
_NO_TOPICS = frozenset(("none", "off", "*"))
_MONDAY_TO_FRIDAY = re.compile(r"\bmon(?:day)?s?\s*(?:to|through|thru|till|until|[-–—])\s*fri(?:day)?s?\b", re.IGNORECASE)
_HOW_OFTEN = re.compile(r"\b\d+ ?(?:times|x)\b", re.IGNORECASE)


class NotUnderstood(ValueError):
    """Something typed makes no sense; the message is one sentence for the person."""


class Ambiguous(ValueError):
    """A place that several time zones have; `zones` are they, and `order` is what else was asked for."""

    def __init__(self, text: str, zones: list[str], order: "Order") -> None:
        super().__init__(digest_messages.WHICH_ZONE.format(text=text))
        self.zones = zones
        self.order = order


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants changed; None for what stays.

    `here` says whether to speak in the topic where it was typed; `on`, that digests are to come, as they were set or else daily.
    """

    rhythm: Rhythm | None = None
    times: tuple[time, ...] | None = None
    weekday: int | None = None
    zone: str | None = None
    topics: Topics | None = None
    when_empty: WhenEmpty | None = None
    length: Length | None = None
    here: bool | None = None
    on: bool = False

    def applied(self, subscription: Subscription, now: datetime, thread_id: int | None) -> Subscription:
        """Return the settings after the change; the schedule is in force from `now` on where it is another one."""
        before = subscription.schedule
        rhythm = self._rhythm(before)
        keeps_times = rhythm in {before.rhythm, Rhythm.SEVERAL, Rhythm.OFF}
        times = before.times if keeps_times else before.times[:1]
        schedule = replace(
            before,
            rhythm=rhythm,
            times=self.times or (several(times) if self.rhythm is Rhythm.SEVERAL else times),
            weekday=before.weekday if self.weekday is None else self.weekday,
            zone=self.zone or before.zone,
        )
        changed = subscription.changed(schedule, now)
        return replace(
            changed,
            topics=changed.topics if self.topics is None else self.topics,
            when_empty=self.when_empty or changed.when_empty,
            length=self.length or changed.length,
            thread_id=changed.thread_id if self.here is None else (thread_id if self.here else None),
        )

    def _rhythm(self, before: Schedule) -> Rhythm:
        """Return the rhythm that is meant: a day means weekly, several times mean several, one time alone means daily at least."""
        times = before.times if self.on else self.times or ()
        each_day = Rhythm.SEVERAL if len(times) > 1 else Rhythm.DAILY
        if self.rhythm is not None:
            return each_day if self.rhythm is Rhythm.DAILY else self.rhythm
        if self.weekday is not None:
            return Rhythm.WEEKLY
        if before.rhythm is Rhythm.OFF:
            return each_day if times else Rhythm.OFF
        has_own_days = before.rhythm in {Rhythm.WEEKDAYS, Rhythm.WEEKLY}
        return before.rhythm if self.times is None or has_own_days else each_day


def read_order(text: str) -> Order:
    """Return what `text` asks for. Raises NotUnderstood naming the words at fault, and Ambiguous."""
    if len(text) > MAX_LENGTH:
        raise NotUnderstood(digest_messages.TOO_LONG)
    before, topics = _split_topics(text)
    typed = [word for part in re.split(r"[\s,]+", _simplified(before)) if (word := bare(part))]
    words = [word for word in typed if word.casefold() not in _FILLING]
    found: dict[str, object] = {}
    times: list[time] = []
    rest: list[str] = []
    for word in words:
        known = _known(word.casefold())
        if known:
            _note(found, *known)
        elif (at := _time(word)) is not None:
            times.append(at)
        else:
            rest.append(word)
    if times:
        found["times"] = _in_order(times)
    if topics is not None:
        found["topics"] = read_topics(topics)
    if not found and not rest:
        if _ON.isdisjoint(word.casefold() for word in typed):
            raise NotUnderstood(digest_messages.NOT_UNDERSTOOD.format(text=text[:60]))
        found["on"] = True
    order = Order(**found)  # type: ignore[arg-type]
    return _with_zone(order, " ".join(rest)) if rest else order


def bare(word: str) -> str:
    """Return a word without the punctuation that may follow it: "off" for "off!", an empty string for "?"."""
    return word.rstrip(",.:;!?")


def read_topics(text: str) -> Topics:
    """Return the topics that a person lists; "all" means everything, and so do none. Raises NotUnderstood."""
    if text.strip().casefold() in _NO_TOPICS:
        return Topics()
    try:
        return Topics.parse(text)
    except ValueError as error:
        raise NotUnderstood(digest_messages.WRONG_TOPICS) from error


def _split_topics(text: str) -> tuple[str, str | None]:
    found = _TOPICS.search(text)
    return (text, None) if found is None else (text[: found.start()], text[found.end() :])


def _simplified(text: str) -> str:
    """Return `text` with "8 am" and "Monday to Friday" as one word, and o’clock as it is known here.

    Raises NotUnderstood for "3 times a day", which are no hour.
    """
    often = _HOW_OFTEN.search(text)
    if often:
        raise NotUnderstood(digest_messages.WHICH_TIMES.format(text=often[0]))
    joined = re.sub(r"(\d)\s+([ap])\.?m\b\.?", r"\1\2m", text, flags=re.IGNORECASE)
    return _MONDAY_TO_FRIDAY.sub(" weekdays ", joined).replace("’", "'")


def _note(found: dict[str, object], key: str, value: object) -> None:
    """Add a wish to those that were found. "Several a day" is no daily digest. Raises NotUnderstood for a second day of the week."""
    if key == "weekday" and found.get(key, value) != value:
        raise NotUnderstood(digest_messages.ONE_DAY)
    if (found.get(key), value) != (Rhythm.SEVERAL, Rhythm.DAILY):
        found[key] = value


def _known(word: str) -> tuple[str, object] | None:
    """Return which wish a word alone is, and what it is set to."""
    if word in _RHYTHMS:
        return "rhythm", _RHYTHMS[word]
    if word in _DAYS:
        return "weekday", _DAYS[word]
    if word in _EMPTY:
        return "when_empty", _EMPTY[word]
    if word in set(Length):
        return "length", Length(word)
    return ("here", word == "here") if word in {"here", "chat"} else None


def _time(word: str) -> time | None:
    found = _TIME.fullmatch(word)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise NotUnderstood(digest_messages.NO_SUCH_TIME.format(text=word))
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    if hour > 23 or minute > 59:
        raise NotUnderstood(digest_messages.NO_SUCH_TIME.format(text=word))
    return time(hour, minute)


def _in_order(times: list[time]) -> tuple[time, ...]:
    ordered = tuple(sorted(set(times)))
    if len(ordered) > MAX_TIMES:
        raise NotUnderstood(digest_messages.TOO_MANY_TIMES.format(most=MAX_TIMES))
    return ordered


def _with_zone(order: Order, text: str) -> Order:
    zones = find_zones(text)
    if not zones:
        raise NotUnderstood(digest_messages.NOT_UNDERSTOOD.format(text=text[:60]))
    if len(zones) > 1:
        raise Ambiguous(text[:60], zones, order)
    return replace(order, zone=zones[0])
