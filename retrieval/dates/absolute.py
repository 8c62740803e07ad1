"""Dates that are spelled out, with or without their year: "Feb. 16", "4 February 2025", "May 3-5", "the 1990s"."""

import re
from datetime import date, timedelta
from re import Match

from retrieval.dates.partial_date import MONTHS, WEEKDAYS, PartialDate
from retrieval.dates.saying import Rule, Saying

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_ON_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+(?:the\s+)?)?"
_WEEK_OF = rf"\bweek\s+(?:of|beginning|starting|commencing)\s+(?:on\s+)?{_ON_WEEKDAY}"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"[12]\d{3}"
NOT_BC = r"(?!\s*(?:BCE?\b|B\.C))"
_NO_AMOUNT = r"(?!:\d|\.\d|,\d{3}\b|\s?%)"
"""After a day: "March 12,000" and "May 20%" name none."""
_TO = r"(?:\s?[-–—]\s?|\s+(?:to|and|until|till|through|or)\s+)"
_WITH_YEAR = rf"(?:(?:,?\s+|-)(?P<year>{YEAR})\b{NOT_BC}|,?\s+(?P<shift>last|this|next)\s+year\b)?"
_NO_MORE = r"(?!,?\s+(?:of\s+)?(?:\d|(?:last|this|next)\s+year\b))"
_PART = r"(?:(?:early|late|mid|beginning of|start of|end of|middle of)[\s-](?:in\s+)?)?"
_NAMES = ("april", "may", "june", "august")
_CAPITALISED = "|".join(month.capitalize() for month in MONTHS)
_NAMELESS = "|".join(month.capitalize() for month in MONTHS if month not in _NAMES)


def month_number(name: str) -> int:
    """Return 1 to 12 for the name of a month, short or in full."""
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name.casefold()[:3]))


def day_number(written: str) -> int:
    """Return the number in "16th" or "16"."""
    return int(re.sub(r"\D", "", written))


_SHIFTS = {"last": -1, "this": 0, "next": 1}


def _year(match: Match[str], saying: Saying, month: int, day: int | None) -> int | None:
    """Return the year that the match names, else the one that newspapers leave out."""
    parts = match.groupdict()
    if parts.get("year"):
        return int(parts["year"])
    if parts.get("shift"):
        return saying.year + _SHIFTS[parts["shift"].casefold()] if saying.year else None
    return saying.nearest_year(match, month, day)


def _on_day(match: Match[str], saying: Saying) -> PartialDate:
    month, day = month_number(match["month"]), day_number(match["day"])
    return PartialDate(_year(match, saying, month, day), month, day)


def _week_from(match: Match[str], saying: Saying) -> PartialDate | None:
    first = _on_day(match, saying).first
    return PartialDate.between(first, first + timedelta(days=6)) if first else None


def _in_month(match: Match[str], saying: Saying) -> PartialDate:
    month = month_number(match["month"])
    return PartialDate(_year(match, saying, month, None), month)


def _days(match: Match[str], saying: Saying) -> PartialDate | None:
    """Resolve a first and a last day, in one month or (`until`) two."""
    month, first, last = month_number(match["month"]), day_number(match["day"]), day_number(match["last"])
    later = month_number(match["until"]) if match.groupdict().get("until") else month
    year = _year(match, saying, later, last)
    if year is None:
        return None
    return PartialDate.between(date(year - (later < month), month, first), date(year, later, last))


def _months(match: Match[str], saying: Saying) -> PartialDate | None:
    first, last = month_number(match["month"]), month_number(match["until"])
    year = _year(match, saying, last, None)
    if year is None:
        return None
    end = PartialDate(year, last).last
    return PartialDate.between(date(year - (last < first), first, 1), end) if end else None


def _iso(match: Match[str], saying: Saying) -> PartialDate:
    return PartialDate(int(match["year"]), int(match["month"]), int(match["day"]))


def _numeric(match: Match[str], saying: Saying) -> PartialDate | None:
    """Resolve 14/02/2025 and 2/14/2025; 2/4/2025 is February to some and April to others."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if one <= 12 and two <= 12 and one != two:
        return None
    month, day = (one, two) if two > 12 else (two, one)
    return PartialDate(year, month, day)


def _one_year(match: Match[str], saying: Saying) -> PartialDate:
    return PartialDate(int(match["year"]))


def _years(match: Match[str], saying: Saying) -> PartialDate | None:
    first, last = match["year"], match["last"]
    last = first[: 4 - len(last)] + last
    return PartialDate.between(date(int(first), 1, 1), date(int(last), 12, 31))


_FIRST_OF_1900S = 30
"""From "the '30s" on, a short decade is of the twentieth century; "the '20s" are those of this one."""


def _decade(match: Match[str], saying: Saying) -> PartialDate:
    short = match["short"]
    first = int(match["decade"] or 0) if short is None else (1900 if int(short) >= _FIRST_OF_1900S else 2000) + int(short)
    return PartialDate.between(date(first, 1, 1), date(first + 9, 12, 31))


_CENTURIES = dict(
    zip("fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first".split(), range(15, 22), strict=True),
)


def _century(match: Match[str], saying: Saying) -> PartialDate:
    written = match["century"].casefold()
    number = _CENTURIES[written] if written in _CENTURIES else day_number(written)
    return PartialDate.between(date(100 * number - 99, 1, 1), date(100 * number, 12, 31))


_FEASTS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
}


def _feast(match: Match[str], saying: Saying) -> PartialDate:
    month, day = _FEASTS[match["feast"].casefold().replace("’", "'")]
    return PartialDate(_year(match, saying, month, day), month, day)


def _unknown(match: Match[str], saying: Saying) -> None:
    """Resolve nothing: the words look like a date and are none."""


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


RULES = (
    Rule(_rule(rf"\b(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?!\d)"), _iso),
    Rule(_rule(rf"{_WEEK_OF}(?P<month>{MONTH})\s+(?P<day>{_DAY})\b{_NO_AMOUNT}{_WITH_YEAR}"), _week_from),
    Rule(_rule(rf"{_WEEK_OF}(?P<day>{_DAY})\s+(?P<month>{MONTH}){_WITH_YEAR}"), _week_from),
    Rule(_rule(rf"\b{_ON_WEEKDAY}(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{_DAY})\b{_NO_AMOUNT}{_WITH_YEAR}"), _on_day),
    Rule(_rule(rf"\b{_ON_WEEKDAY}(?P<day>{_DAY})[\s-]+(?:of\s+)?(?P<month>{MONTH}){_WITH_YEAR}"), _on_day),
    Rule(_rule(r"(?<![\d./-])(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>[12]\d{3})(?![\d/-])"), _numeric),
    Rule(_rule(rf"\b(?P<feast>{'|'.join(_FEASTS)}){_WITH_YEAR}".replace("'", "['’]")), _feast),
    Rule(_rule(rf"\b(?P<month>{MONTH})\s+(?P<day>{_DAY}){_TO}(?P<last>{_DAY})\b{_NO_AMOUNT}{_WITH_YEAR}"), _days),
    Rule(_rule(rf"\b(?P<day>{_DAY}){_TO}(?P<last>{_DAY})\s+(?:of\s+)?(?P<month>{MONTH}){_WITH_YEAR}"), _days),
    Rule(_rule(rf"\b(?P<month>{MONTH})\s+(?P<day>{_DAY}){_TO}(?P<until>{MONTH})\s+(?P<last>{_DAY})\b{_NO_AMOUNT}{_WITH_YEAR}"), _days),
    Rule(_rule(rf"\b(?P<day>{_DAY})\s+(?P<month>{MONTH}){_TO}(?P<last>{_DAY})\s+(?P<until>{MONTH}){_WITH_YEAR}"), _days),
    Rule(_rule(rf"\b(?P<month>{MONTH}){_TO}(?P<until>{MONTH}){_WITH_YEAR}"), _months),
    Rule(
        _rule(rf"\b{_PART}(?P<month>{MONTH})(?:,?\s+(?:of\s+)?(?P<year>{YEAR})\b{NOT_BC}|\s+(?:of\s+)?(?P<shift>last|this|next)\s+year\b)"),
        _in_month,
    ),
    Rule(
        _rule(
            rf"\b(?:early|late|mid|beginning of|start of|end of|in|since|during|until|till)[\s-]+(?P<month>{'|'.join(MONTHS)})\b{_NO_MORE}"
        ),
        _in_month,
    ),
    Rule(re.compile(rf"\b(?:[Bb]y|[Ff]rom|[Oo]f|[Bb]efore|[Aa]fter) (?P<month>{_NAMELESS})\b{_NO_MORE}"), _in_month),
    Rule(re.compile(rf"(?<![\w,.] )(?<!\w)(?P<month>{_NAMELESS})\b(?! [a-z]){_NO_MORE}"), _in_month),
    Rule(
        _rule(rf"(?<![$€£\d,.])\b(?P<year>{YEAR})\s?(?:-|–|—|to|until|through|and)\s?(?P<last>{YEAR}|\d\d)(?![\d,.-]\d|\d|-){NOT_BC}"),
        _years,
    ),
    Rule(_rule(r"\b(?:the\s+)?(?:(?:early|late|mid)[\s-])?(?:(?P<decade>[12]\d\d0)|['’](?P<short>\d0))['’]?s\b"), _decade),
    Rule(_rule(rf"\b(?:the\s+)?(?P<century>{'|'.join(_CENTURIES)}|[1-9]\d?(?:st|nd|rd|th))[\s-]century\b{NOT_BC}"), _century),
    Rule(re.compile(r"\b(?:AD|A\.D\.)\s?(?P<year>\d{1,4})\b"), _one_year),
    Rule(re.compile(r"\b(?P<year>\d{1,4})\s?(?:A\.D\.|AD\b|CE\b)"), _one_year),
    Rule(_rule(r"\b\d{1,4}\s?(?:BCE?\b|B\.C)"), _unknown),
    Rule(
        _rule(
            r"\b(?:in|since|during|early|late|mid|until|year|spring|summer|autumn|fall|winter|"
            r"(?:spring|summer|autumn|fall|winter|half|quarter|start|beginning|end|middle) of)"
            rf"[\s-](?P<year>1[5-9]\d\d|20\d\d)\b(?![,.:-]\d|[\s-]?%){NOT_BC}"
        ),
        _one_year,
    ),
)
"""Expressions that are dates anywhere."""

LOOSE_RULES = (
    Rule(_rule(rf"(?<![$€£\d,.])\b(?P<year>1\d{{3}}|20\d\d)\b(?![,.:]\d|[\s-]?%){NOT_BC}"), _one_year),
    Rule(re.compile(rf"\b(?P<month>{_CAPITALISED})\b{_NO_MORE}"), _in_month),
)
"""Numbers and names that are years and months where a time is asked for, and may be something else elsewhere."""

_LEADS = "|".join(rf"(?<=\b{lead}\s)" for lead in "in since during until till by from before after".split())
TYPED_RULES = (Rule(_rule(rf"(?:{_LEADS})(?!mar\b)(?P<month>{MONTH}){_NO_MORE}"), _in_month),)
"""Months as people type them in a chat: short, and without a capital."""
