"""Moments as people write them: "yesterday", "Monday", "this week", "three days", "March 12", "2025-03-12", "2025-03-12T08:00"."""

import re
from datetime import MINYEAR, UTC, date, datetime, time, timedelta

from bot.errors import UsageError
from corpus.article import Published
from retrieval.dates.partial_date import WEEKDAYS
from retrieval.dates.relative import NUMBERS
from retrieval.dates.temporal import first_date
from retrieval.dates.tense import Tense

BEGINNING, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
NOT_A_MOMENT = "{} is no moment in the past; write a date such as 2025-03-12, “yesterday”, “3 days” or 2025-03-12T08:00."

_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
_DAYS = {"today": 0, "this morning": 0, "yesterday": 1}
_SPAN = re.compile(
    rf"(?:(?:the )?(?:last|past) )?(?P<count>\d{{1,4}}|{'|'.join(NUMBERS)})? ?(?P<unit>{'|'.join(_UNITS)})s?(?: ago)?", re.IGNORECASE
)
_SINCE = re.compile(r"^since\b\s*", re.IGNORECASE)
_BEFORE_DATE = re.compile(r"(?:since\b\s*)?(?:(?:on|the)\s+)?", re.IGNORECASE)


def moment_of(written: str, now: datetime, *, is_moment: bool = False) -> datetime:
    """Return the moment that `written` names, after a "since" or without one, seen from `now`, whose zone it is in.

    A day, a month or a stretch of days begins at midnight. "October 7" and "may" need their "since", as they could be a
    topic, too, unless `is_moment` says that it can be nothing else.
    What lies before the calendar begins in UTC, in which moments are kept, is its BEGINNING.
    Raises UsageError where it names none, or one after `now`.
    """
    text = " ".join(written.split())
    named = _SINCE.sub("", text)
    dated = f"since {named}" if is_moment else text
    found = _day(named.lower(), now) or _span(named.lower(), now) or _exact(named, now) or _date(dated, now)
    kept = found and _in_the_calendar(found)
    if kept is None or kept.astimezone(UTC) > now:
        raise UsageError(NOT_A_MOMENT.format(repr(named or text)))
    return kept


def _in_the_calendar(moment: datetime) -> datetime:
    """Return `moment`, or the nearest one that there is in UTC, too."""
    try:
        moment.astimezone(UTC)
    except (OverflowError, ValueError):  # which of them depends on the zone
        return BEGINNING if moment.year == MINYEAR else END
    return moment


def _day(text: str, now: datetime) -> datetime | None:
    days = _days_back(text, now.date())
    return None if days is None else datetime.combine(now.date() - timedelta(days=days), time(), now.tzinfo)


def _days_back(text: str, today: date) -> int | None:
    """Return how many days ago the day was that `text` names, or the first one of this week, month or year; None for no such words."""
    weekday = text.removeprefix("last ")
    if weekday in WEEKDAYS:
        return (today.weekday() - WEEKDAYS.index(weekday)) % 7 or 7
    begun = {
        "this week": today - timedelta(days=today.weekday()),
        "this month": today.replace(day=1),
        "this year": today.replace(month=1, day=1),
    }
    return (today - begun[text]).days if text in begun else _DAYS.get(text)


def _span(text: str, now: datetime) -> datetime | None:
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    count = NUMBERS.get(match["count"] or "one") or int(match["count"])
    try:
        return (now.astimezone(UTC) - count * _UNITS[match["unit"]]).astimezone(now.tzinfo)
    except (OverflowError, ValueError):
        return BEGINNING


def _exact(text: str, now: datetime) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)


def _date(text: str, now: datetime) -> datetime | None:
    """Return when the date began that is all of `text`: "since 12 March"; without its "since", only what counts from today."""
    mention = first_date(text, Published.on(now.date()), is_typed=True, otherwise=Tense.PAST)
    if mention is None or mention.date.first is None or mention.end < len(text) or not _BEFORE_DATE.fullmatch(text[: mention.start]):
        return None
    if not _SINCE.match(text) and first_date(text, None, is_typed=True):
        return None  # "October 7" may be a topic
    return datetime.combine(mention.date.first, time(), now.tzinfo)
