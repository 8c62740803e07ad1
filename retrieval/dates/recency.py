"""Which time's articles a question prefers: "latest", "today", "in January", "since Monday"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from corpus.article import Precision, Published
from retrieval.dates.partial_date import PartialDate
from retrieval.dates.relative import COUNT, number
from retrieval.dates.temporal import Mention, first_date
from retrieval.dates.tense import Tense

PERIOD_WORTH = 0.5
"""How much more (as a share) an article counts that was published in the time asked for. A date in a question may be the event's
rather than the report's, so this lifts an article past others of like relevance, and never hides them."""

NEWNESS_WORTH = 0.5
"""How much more the newest of several articles counts than the oldest, where the question wants what is new."""

COMPARABLE = 0.7
"""An article competes by its date with the best one where its score is at least this share of the best."""

REPORTED_WITHIN = timedelta(days=1)
"""An event is in the news on its day and on the next."""


@dataclass(frozen=True, slots=True)
class TimePreference:
    """What a question says about when its articles should have been published.

    `since` and `until` bound the time asked for, both included, None where it is open; `month` is a month of any year.
    `newest` prefers newer articles to older ones.
    """

    since: date | None = None
    until: date | None = None
    month: int | None = None
    newest: bool = False

    @classmethod
    def of(cls, question: str, today: date | None = None) -> "TimePreference":
        """Return what `question` prefers, asked on `today`; what counts from today is passed over where `today` is None.

        Who asks for "now" or "this week" in an old collection wants the newest that is there, so these always prefer newer articles.
        """
        span = _SPAN.search(question)
        newest = _NEWEST.search(question) is not None or (span is not None and span["unit"] != "year")
        asked = _span_before(today, span) if today and span and not span["vague"] else _in_a_time(question, today)
        if asked is None:
            return cls(newest=newest)
        words, time = asked
        if time.first is None or time.last is None:
            return cls(month=None if words else time.month, newest=newest)
        match words.casefold():
            case "since":
                return cls(since=time.first, newest=newest)
            case "after":
                return cls(since=time.last, newest=newest)
            case "before":
                return cls(until=time.first, newest=newest)
            case "until" | "till" | "by":
                return cls(until=time.last, newest=newest)
        return cls(time.first, time.last, newest=newest)

    def __bool__(self) -> bool:
        """Whether there is any preference."""
        return self != TimePreference()

    @property
    def is_of_a_time(self) -> bool:
        """Whether it prefers the articles of some time, rather than newer ones or none."""
        return self.since is not None or self.until is not None or self.month is not None

    def weighed(self, scores: Sequence[float], published: Sequence[Published | None]) -> list[float]:
        """Return the positive `scores` of some articles, raised for those that were published when the question prefers.

        Articles without a date are not raised. Without a preference, the scores come back as they are.
        """
        newness = self._newness(scores, published) if self.newest else [0.0] * len(scores)
        return [
            score * (1 + PERIOD_WORTH * self._is_in_time(when) + NEWNESS_WORTH * new)
            for score, when, new in zip(scores, published, newness, strict=True)
        ]

    def _is_in_time(self, published: Published | None) -> bool:
        if published is None or not self.is_of_a_time:
            return False
        first, last = _days(published)
        if self.month is not None:
            return published.precision is not Precision.YEAR and first.month == self.month
        return (self.since is None or last >= self.since) and (self.until is None or first <= _later(self.until))

    def _newness(self, scores: Sequence[float], published: Sequence[Published | None]) -> list[float]:
        """Return 1 for the newest and 0 for the oldest of the comparable articles, the others by their place between; 0 for the rest."""
        enough = COMPARABLE * max(scores, default=0)
        days = [_days(when)[0] if when and score >= enough else None for score, when in zip(scores, published, strict=True)]
        order = sorted({day for day in days if day})
        places = {day: place / (len(order) - 1) if len(order) > 1 else 0.0 for place, day in enumerate(order)}
        return [places[day] if day else 0.0 for day in days]


_NEWEST = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|recent(?:ly)?|current(?:ly)?|now(?!-)|nowadays|at (?:the moment|present)|presently|these days|"
    r"lately|so far|what(?:['’]?s| is) (?:new|happening|going on)|(?-i:today|tonight|yesterday)s?|"
    r"this (?:week|weekend|month|year|morning|evening|spring|summer|autumn|fall|winter))\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"\b(?:(?:last|past)\s+(?:{COUNT}|(?P<vague>few|several|couple\s+of))\s+|past\s+|last\s+(?=hour))"
    r"(?P<unit>hour|day|week|month|year)s?\b(?!\s+of\b)",
    re.IGNORECASE,
)
"""A time that ends when it is asked for: "the last 3 days", "the past week", "the last few weeks"; "last week" is one of the calendar."""
_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 31, "year": 366}

_PRESENT = re.compile(r"\W*(?:(?:when|where|(?:at )?what time)(?:['’]?s| is| are| does| do)|is|are|does|do|can)\b", re.IGNORECASE)
"""How a question begins that asks for what is to come, unless a verb says otherwise: "when is the match on Saturday?"."""

_LEAD = r"\b(since|after|before|until|till|by)\s+(?:the\s+)?"


def _span_before(today: date, span: re.Match[str]) -> tuple[str, PartialDate]:
    days = ceil(number(span["count"] or "one") * _DAYS[span["unit"].casefold()])
    return "", PartialDate.between(today - timedelta(days=min(days, (today - date.min).days)), today)


def _in_a_time(question: str, today: date | None) -> tuple[str, PartialDate] | None:
    """Return the first time that the question names and the word in front that bounds it ("since"), or an empty string."""
    undated = first_date(question, None, is_typed=True)
    otherwise = Tense.FUTURE if _PRESENT.match(question) else Tense.PAST
    counted = first_date(question, Published.on(today), is_typed=True, otherwise=otherwise) if today else None
    # "In January" is January of any year, as old as the articles may be; "since January" is the last one.
    is_exact = counted and (_lead(question, counted) or "year" in question[counted.start : counted.end].casefold())
    mention = undated if undated and not is_exact else counted
    if mention is None:
        return None
    words, time = _lead(question, mention), mention.date
    looks_back = words.casefold() in {"since", "after"} and undated is not None and undated.date.year is None
    return (words, _last(today, time)) if today and words and (looks_back or time.year is None) else (words, time)


def _last(today: date, time: PartialDate) -> PartialDate:
    """Return the last of a month or a day whose year nobody named that had begun by `today`."""
    has_begun = (time.month or 1, time.day or 1) <= (today.month, today.day)
    return PartialDate(today.year - (not has_begun), time.month, 28 if (time.month, time.day) == (2, 29) else time.day)


def _lead(question: str, mention: Mention) -> str:
    """Return the word that bounds the time, in front of it or at its beginning; an empty string where there is none."""
    lead = re.search(_LEAD + "$", question[: mention.start], re.IGNORECASE) or re.match(_LEAD, question[mention.start :], re.IGNORECASE)
    return lead[1] if lead else ""


def _days(published: Published) -> tuple[date, date]:
    """Return the first and the last day on which it may have been published."""
    day = published.moment.date()
    match published.precision:
        case Precision.YEAR:
            return date(day.year, 1, 1), date(day.year, 12, 31)
        case Precision.MONTH:
            return day.replace(day=1), PartialDate(day.year, day.month).last or day
    return day, day


def _later(day: date) -> date:
    return day + REPORTED_WITHIN if day < date.max else day
