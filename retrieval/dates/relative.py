"""Dates that count from the day of writing: "tomorrow", "Tuesday of next week", "earlier this month", "three days ago"."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from re import Match

from retrieval.dates.absolute import MONTH, WEEKDAY, day_number, month_number
from retrieval.dates.partial_date import WEEKDAYS, PartialDate
from retrieval.dates.saying import Rule, Saying
from retrieval.dates.tense import Tense

_WEEK = timedelta(days=7)
_SHIFTS = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}
_NEAR_DAYS = {
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "tomorrow": 1,
}
_NEAR = "|".join(_NEAR_DAYS).replace(" ", r"\s+")
NUMBERS = dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)) | {"a": 1, "an": 1}
COUNT = rf"(?<![\d,.-])(?<!half )(?P<count>\d{{1,4}}|{'|'.join(NUMBERS)})"
"""A whole number that stands by itself: not the end of "10,000", "2.5", "twenty-two" or "half a"."""
UNIT = r"(?P<unit>day|week|fortnight|month|year|decade)s?"


def _near_day(match: Match[str], saying: Saying) -> PartialDate | None:
    return _shifted_day(saying.day, _NEAR_DAYS[" ".join(match["near"].casefold().split())])


def _shifted_day(day: date | None, days: int) -> PartialDate | None:
    return PartialDate.on(day + timedelta(days=days)) if day else None


def _weekday_of_week(match: Match[str], saying: Saying) -> PartialDate | None:
    """Resolve "Tuesday of next week"."""
    if saying.day is None:
        return None
    monday = saying.day - timedelta(days=saying.day.weekday())
    return PartialDate.on(monday + _SHIFTS[match["shift"].casefold()] * _WEEK + timedelta(days=_weekday(match)))


def _weekday(match: Match[str]) -> int:
    return WEEKDAYS.index(match["weekday"].casefold())


def _shifted_weekday(match: Match[str], saying: Saying) -> PartialDate | None:
    """Resolve "last Tuesday", "this Tuesday" and "next Tuesday".

    "Next Friday" said on a Monday may mean two days, and resolves to none; said on a Saturday it means one. So does "last".
    """
    if saying.day is None:
        return None
    today, number = saying.day.weekday(), _weekday(match)
    match " ".join(match["shift"].casefold().split()):
        case "this":
            return PartialDate.on(saying.day + timedelta(days=number - today))
        case "this past" | "past":
            return PartialDate.on(_on_or_before(saying.day - timedelta(days=1), number))
        case "this coming" | "coming":
            return PartialDate.on(_on_or_after(saying.day + timedelta(days=1), number))
        case "next" if number <= today:
            return PartialDate.on(_on_or_after(saying.day + timedelta(days=1), number))
        case "last" if number >= today:
            return PartialDate.on(_on_or_before(saying.day - timedelta(days=1), number))
    return None


def _on_or_before(day: date, weekday: int) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _on_or_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _bare_weekday(match: Match[str], saying: Saying) -> PartialDate | None:
    """Resolve "on Tuesday" as news reports mean it: the one nearest to the publication in the direction of the verb, or that very day."""
    if saying.day is None:
        return None
    number = _weekday(match)
    if number == saying.day.weekday():
        return PartialDate.on(saying.day)
    match saying.tense(match):
        case Tense.PAST:
            return PartialDate.on(_on_or_before(saying.day, number))
        case Tense.FUTURE:
            return PartialDate.on(_on_or_after(saying.day, number))
    return None


def _weekend(match: Match[str], saying: Saying) -> PartialDate | None:
    """Resolve "this weekend", "last weekend", and "the weekend" by its verb; "next weekend" may mean two."""
    if saying.day is None:
        return None
    saturday = saying.day - timedelta(days=saying.day.weekday()) + timedelta(days=5)
    match (match["shift"] or "").casefold(), saying.tense(match):
        case ("this", _) | ("", Tense.FUTURE):
            shift = 0
        case ("", Tense.PAST) if saying.day >= saturday:
            shift = 0
        case ("last" | "past", _) | ("", Tense.PAST):
            shift = -1
        case _:
            return None
    saturday += shift * _WEEK
    return PartialDate.between(saturday, saturday + timedelta(days=1))


def _period(match: Match[str], saying: Saying) -> PartialDate | None:
    """Resolve "next week", "last month", "this year"; "earlier this month" ends, and "later this month" begins, with the publication."""
    shift = _SHIFTS[match["shift"].casefold()]
    whole = _whole(match["unit"].casefold(), shift, saying)
    part = (match["part"] or "").casefold()
    if whole is None or shift != 0 or part not in {"earlier", "later"} or saying.day is None or whole.first is None or whole.last is None:
        return whole
    return PartialDate.between(whole.first, saying.day) if part == "earlier" else PartialDate.between(saying.day, whole.last)


def _whole(unit: str, shift: int, saying: Saying) -> PartialDate | None:
    match unit:
        case "week":
            return PartialDate.week_of(saying.day + shift * _WEEK) if saying.day else None
        case "month":
            return _month_of(saying.month, shift) if saying.month else None
        case "year":
            return PartialDate(saying.year + shift) if saying.year else None
        case "decade":
            return _decade_of(saying.year, shift) if saying.year else None
    return None


def _month_of(day: date, shift: int) -> PartialDate:
    months = day.year * 12 + day.month - 1 + shift
    return PartialDate(months // 12, months % 12 + 1)


def _decade_of(year: int, shift: int) -> PartialDate:
    first = year - year % 10 + 10 * shift
    return PartialDate.between(date(first, 1, 1), date(first + 9, 12, 31))


def _shifted_month(match: Match[str], saying: Saying) -> PartialDate | None:
    """Resolve "last December", "this May", "next June" where only one can be meant."""
    if saying.month is None:
        return None
    month = month_number(match["month"])
    day = day_number(match["day"]) if match["day"] else None
    match match["shift"].casefold():
        case "this":
            return PartialDate(saying.month.year, month, day)
        case "last" if month >= saying.month.month:
            return PartialDate(saying.month.year - 1, month, day)
        case "next" if month <= saying.month.month:
            return PartialDate(saying.month.year + 1, month, day)
    return None


def _day_of_month(match: Match[str], saying: Saying) -> PartialDate | None:
    """Resolve "the 16th of next month"."""
    if saying.month is None:
        return None
    month = _month_of(saying.month, _SHIFTS[match["shift"].casefold()])
    return PartialDate(month.year, month.month, int(match["day"]))


def _distance(match: Match[str], saying: Saying) -> PartialDate | None:
    """Resolve "three days ago", "two weeks from now" and, with a verb in the future, "in two weeks"; as exact as their unit."""
    if saying.day is None:
        return None
    words = match.groupdict()
    if words.get("ahead") and saying.text[: match.start()].strip() and saying.tense(match) is not Tense.FUTURE:
        return None  # "the first in two weeks", "had not been paid in two weeks"
    return shifted(saying.day, match["count"], match["unit"], forward=words.get("back") is None)


def number(count: str) -> int:
    """Return the number that COUNT matches."""
    return NUMBERS.get(count.casefold()) or int(count)


def shifted(day: date, count: str, unit: str, *, forward: bool) -> PartialDate | None:
    """Return the day, week, month or year that is `count` times `unit` away from `day`; None beyond the calendar.

    >>> str(shifted(date(2025, 1, 31), "a", "month", forward=True))
    '2025-02'
    """
    times = number(count)
    match unit.casefold():
        case "fortnight":
            times, unit = 2 * times, "week"
        case "decade":
            times, unit = 10 * times, "year"
    there = _moved(day, f"in {times} {unit}s" if forward else f"{times} {unit}s ago")
    match unit.casefold():
        case _ if there is None:
            return None
        case "day":
            return PartialDate.on(there)
        case "week":
            return PartialDate.week_of(there)
        case "month":
            return PartialDate(there.year, there.month)
    return PartialDate(there.year)


@lru_cache(maxsize=1024)
def _moved(day: date, phrase: str) -> date | None:
    import dateparser

    moment = dateparser.parse(
        phrase,
        languages=["en"],
        settings={"PARSERS": ["relative-time"], "RELATIVE_BASE": datetime(day.year, day.month, day.day)},  # noqa: DTZ001 - dateparser wants it naive
    )
    return moment.date() if moment else None


def _unknown(match: Match[str], saying: Saying) -> None:
    """Resolve nothing: the words may mean many days, or a time that is not of the calendar."""


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NO_DAY = r"(?!\s+(?:times|mirror|express|telegraph|mail|herald|post)\b)"
_NAMED = r"(?:every|each|any|most|black|good|ash|super|cyber|holy|easter|palm|bloody|maundy|shrove|giving)"

RULES = (
    Rule(
        _rule(rf"(?<!USA )(?<!Russia )(?<!India )\b(?P<near>{_NEAR})s?\b"),
        _near_day,
    ),
    Rule(_rule(rf"\b(?P<weekday>{WEEKDAY}),?\s+(?:(?:of|the)\s+)?(?P<shift>last|this|next)\s+week\b"), _weekday_of_week),
    Rule(_rule(rf"\b(?P<shift>last|this|next)\s+week(?:['’]s)?,?\s+(?:on\s+)?(?P<weekday>{WEEKDAY})\b"), _weekday_of_week),
    Rule(
        _rule(rf"\b(?P<shift>this\s+past|this\s+coming|last|past|this|next|coming)\s+(?P<weekday>{WEEKDAY})\b{_NO_DAY}"), _shifted_weekday
    ),
    Rule(_rule(rf"\b{_NAMED}\s+{WEEKDAY}\b"), _unknown),
    Rule(_rule(rf"\b(?P<weekday>{WEEKDAY})\b{_NO_DAY}"), _bare_weekday),
    Rule(_rule(rf"\b(?:(?:more|less|fewer)\s+than|over|under|at\s+least|up\s+to)\s+{COUNT}\s+{UNIT}\s+ago\b"), _unknown),
    Rule(_rule(rf"\b{COUNT}\s+{UNIT}\s+(?P<back>ago)\b"), _distance),
    Rule(_rule(rf"\b{COUNT}\s+{UNIT}\s+from\s+(?:now|today)\b"), _distance),
    Rule(_rule(rf"\b(?P<ahead>in)\s+{COUNT}\s+{UNIT}(?:['’])?(?:\s+time)?\b"), _distance),
    Rule(_rule(r"\b(?:the\s+)?(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)\s+(?:day\s+)?of\s+(?P<shift>last|this|next)\s+month\b"), _day_of_month),
    Rule(
        _rule(
            r"\b(?:(?P<part>earlier|later|early|late|mid|(?:the\s+)?(?:beginning|start|middle|end)\s+of)[\s-]+)?"
            r"(?P<shift>last|this|next)\s+(?P<unit>week|month|year|decade)\b"
        ),
        _period,
    ),
    Rule(_rule(r"\b(?:(?:early|late|later|earlier)\s+)?(?:(?P<shift>last|past|this|next)|the)\s+weekend\b"), _weekend),
    Rule(
        _rule(
            rf"\b(?:(?:early|late|mid)[\s-]+)?(?P<shift>last|this|next)\s+(?P<month>{MONTH})(?:\s+(?P<day>\d{{1,2}}(?:st|nd|rd|th)?)\b)?"
        ),
        _shifted_month,
    ),
    Rule(_rule(r"\b(?:several|many|few|some|couple of)\s+(?:day|week|month|year|decade)s\s+(?:ago|from now)\b"), _unknown),
)
"""Expressions that count from the publication."""
