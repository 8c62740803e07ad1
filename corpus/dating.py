"""Dates as news pages write them -> `Published`; only complete dates, in English, without a look at the clock."""

import re
from datetime import UTC, datetime, timezone
from zoneinfo import ZoneInfo

from corpus.article import Precision, Published

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NUMERIC = r"\d{4}-\d{2}-\d{2}"
DATE = rf"{_WEEKDAY}(?:{_DAY}(?: of)? {_MONTH},? \d{{4}}|{_MONTH} {_DAY},? \d{{4}}|{_NUMERIC})"
"""A complete date as a regular expression without groups; to be matched ignoring case."""
_TIME = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?(?:[a-z]{2,5}|[+-]\d{2}:?\d{2}))?"
_WRITTEN = re.compile(rf"(?P<date>{DATE})(?:(?:,? at |, | [-–|/] |t| )(?P<time>{_TIME}))?", re.IGNORECASE)
CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?(?:(?-i:[A-Z]{2,5})|[+-]\d{2}:?\d{2}|Z)\b)?"  # a zone, and no word
"""A time of day, with its zone, as a regular expression without groups; to be matched ignoring case."""
_CLOCK_BEFORE = rf"(?:{CLOCK},? (?:on )?)?"
_DATE_LINE = re.compile(
    r"(?:(?:first )?(?:published|posted)|(?:publication )?date)?(?: (?:on|at))?\s?:?\s?"
    rf"{_CLOCK_BEFORE}(?P<when>{_WRITTEN.pattern})"
    r"(?:\s?[|,;·–-]?\s?(?:last )?(?:updated?|modified)\b.{0,60})?",
    re.IGNORECASE,
)
_PLACES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "IST": "Asia/Kolkata",
}
"""Zones that dateparser does not know, has in winter all the year round, or takes for one that English news hardly write of."""
_PLACE_TIME = re.compile(rf"(?<![a-z])(?:{'|'.join(_PLACES)})$", re.IGNORECASE)
_YEARS = range(1600, 9999)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST, _LONGEST_NOTE = 120, 1_000  # characters of a date, and of a note that has one


def parse_published(text: str) -> Published | None:
    """Return the moment that `text` is, in ISO 8601 or as written in English; None where it is not a complete date, or a placeholder.

    A time without an offset is taken as UTC, as is a time whose zone is unknown.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    published = _parse_iso(text) or _parse_written(text)
    return published if published and not is_placeholder(published) else None


def is_placeholder(published: Published) -> bool:
    """Return whether it is what programs write where they know no date: the year 1 or 9999, or the moment at which Unix time begins."""
    return published.moment.year not in _YEARS or (published.precision is Precision.MINUTE and published.moment == _EPOCH)


def as_known(published: Published | None) -> Published | None:
    """Return `published` as a day where its time is midnight sharp: what systems write that only know the day."""
    if published is None or published.precision is not Precision.MINUTE:
        return published
    moment = published.moment
    return Published.on(moment.date()) if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else published


def _parse_iso(text: str) -> Published | None:
    try:
        return Published.parse(text)
    except ValueError:
        return None


def _parse_written(text: str) -> Published | None:
    written = _WRITTEN.fullmatch(" ".join(text.split()))
    if written is None:
        return None
    moment = _read(written[0])
    if moment is None:
        day = _read(written["date"])
        return Published.on(day.date()) if day else None
    return Published(moment, Precision.MINUTE) if written["time"] else Published.on(moment.date())


def _read(text: str) -> datetime | None:
    import dateparser

    zone = _PLACE_TIME.search(text)
    # With a fixed base the answer never depends on today; strict parsing refuses incomplete dates.
    moment = dateparser.parse(
        text[: zone.start()] if zone else text,
        languages=["en"],
        settings={"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "RELATIVE_BASE": datetime(2000, 1, 1)},  # noqa: DTZ001 - dateparser wants it naive
    )
    if moment is None:
        return None
    offset = moment.replace(tzinfo=ZoneInfo(_PLACES[zone[0].upper()])).utcoffset() if zone else moment.utcoffset()
    return moment.replace(tzinfo=timezone(offset) if offset else UTC)


def date_line(line: str) -> Published | None:
    """Return the moment of a line that says nothing but when the article was published; None for any other line."""
    match = _DATE_LINE.fullmatch(line) if len(line) <= _LONGEST else None
    return parse_published(match["when"]) if match else None


_WITHIN = re.compile(rf"\b{_CLOCK_BEFORE}(?P<when>{DATE}(?:(?:,? at |, | [-–|/] | ){CLOCK})?)(?!\w)", re.IGNORECASE)


def around_date(line: str) -> tuple[str, str, str] | None:
    """Return what stands before the complete date in `line`, the date, with its time, and what stands after it; None without one."""
    match = _WITHIN.search(line) if len(line) <= _LONGEST else None
    return (line[: match.start()], match["when"], line[match.end() :]) if match else None


_CHANGED = re.compile(
    r"(?:^\W{0,3}(?:last )?(?:updated?|modified|revised)|"
    r"\b(?:this|the) (?:article|story|report|post|page|piece|headline|caption) (?:was|has been) (?:\w{4,6} )?"
    r"(?:corrected|amended|updated|edited|changed|revised)|"
    r"^\W{0,3}[a-z’' ]{4,40}\()"
    rf"(?: (?:at|on))?\s?:?\s?{_CLOCK_BEFORE}(?P<when>{DATE}(?:(?:,? at |, | [-–|] |t| ){CLOCK})?)",
    re.IGNORECASE,
)


def changed_on(note: str) -> Published | None:
    """Return when a note says that its article was changed: "Updated 5 Feb 2025", "Correction (Feb. 3, 2025): ...".

    None where it does not say, or not completely.
    """
    found = _CHANGED.search(note[:_LONGEST_NOTE])
    return parse_published(found["when"]) if found else None


def update_in(line: str) -> Published | None:
    """Return the update that a line tells beside its date: "29 Jan 2025 | Updated 30 Jan 2025"; None for any other line."""
    match = _DATE_LINE.fullmatch(line) if len(line) <= _LONGEST else None
    return changed_on(line[match.end("when") :].lstrip(" |,;·–-")) if match else None


_PLACE = r"(?:[A-Z][\w.'’-]*(?: (?:of|de|la|al))?[ ,]{1,2}){0,6}"
_DATELINE = re.compile(rf"^{_PLACE}\(?(?P<when>(?i:{DATE}))\)?,?(?: ?\([\w ./]{{1,30}}\))? ?[-–—:] ?\S")


def dateline(line: str) -> Published | None:
    """Return the day in the dateline that `line` begins with: "WASHINGTON, Jan. 28, 2025 (AP) — ..."; None without one."""
    match = _DATELINE.match(line[:200])
    return parse_published(match["when"]) if match else None
