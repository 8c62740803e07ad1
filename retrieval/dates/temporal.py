"""Temporal expressions in an article's words -> dates on the calendar, never with a look at the clock.

Dates that are spelled out, dates that count from the publication, and dates that count from another one in the same sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from re import Match

from corpus.article import Published
from retrieval.dates import absolute, relative
from retrieval.dates.partial_date import PartialDate
from retrieval.dates.saying import Rule, Saying
from retrieval.dates.tense import Tense

LONGEST = 600
"""Characters of a span, and of the words on each side of it, that are looked at."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A date, and where a span speaks of it: by the span's own offsets, cut at its ends."""

    start: int
    end: int
    date: PartialDate


def first_date(
    text: str,
    published: Published | None,
    *,
    before: str = "",
    after: str = "",
    is_time: bool = False,
    is_typed: bool = False,
    otherwise: Tense | None = None,
) -> Mention | None:
    """Return the first date that a span speaks of and that is sure; None where there is none.

    `published` is its article's date, the base of what is relative, and supplies the year that newspapers leave out.
    `before` and `after` are the rest of its sentence: they tell the tense ("will meet on Tuesday") and complete an expression that
    the span cuts ("Tuesday" [of next week]). `is_time` says that the span is known to be a time: a bare number may be a year then.
    `is_typed` says that somebody typed the text in a chat: "may", "march" and "in jan" can be months there; in articles only "May" and
    "March" can.
    `otherwise` is the tense where no verb tells it; None leaves what depends on it unresolved.
    """
    text, before, after = text[:LONGEST], before[-LONGEST:], after[:LONGEST]
    saying = Saying(before + text + after, published, otherwise)
    start, end = len(before), len(before) + len(text)
    expressions = [found for found in _expressions(saying.text, start, end, is_time=is_time, is_typed=is_typed) if found[0].start() < end]
    done = 0
    for index, (match, _) in enumerate(expressions):
        if index < done or not _is_of(match, saying.text, start, end):
            continue
        with_next = index + 1 < len(expressions) and _is_of(expressions[index + 1][0], saying.text, start, end)
        meant, done = _meaning(expressions, index, saying, with_next=with_next)
        if meant:
            last = expressions[done - 1][0]
            return Mention(max(0, match.start() - start), min(last.end(), end) - start, _with_clock(meant, text))
    return None


_Expression = tuple[Match[str], Rule]


_VERB = re.compile(r"\b(?:may|march)\b")
"""Verbs that are months where they have a capital."""


def _expressions(text: str, start: int, end: int, *, is_time: bool, is_typed: bool) -> list[_Expression]:
    """Return the expressions in `text`, in their order: of two that overlap the one that begins first, the longer one then.

    The loose rules apply only within `start:end`, the span; and where that has one end of "May 3 to June 5", it means that end.
    """
    found = [(match, rule) for rule in _RULES for match in rule.pattern.finditer(text) if not _is_half_of(match, start, end)]
    if is_typed:
        found += [(match, rule) for rule in absolute.TYPED_RULES for match in rule.pattern.finditer(text)]
    if is_time:
        found += [(match, rule) for rule in absolute.LOOSE_RULES for match in rule.pattern.finditer(text, start, end)]
    meant = [(match, rule) for match, rule in found if is_typed or not _VERB.search(match[0])]
    kept: list[_Expression] = []
    for match, rule in sorted(meant, key=lambda pair: (pair[0].start(), -pair[0].end())):
        if not kept or match.start() >= kept[-1][0].end():
            kept.append((match, rule))
    return kept


def _is_half_of(match: Match[str], start: int, end: int) -> bool:
    """Whether the span has one end of a stretch of days."""
    is_stretch = "last" in match.re.groupindex or "until" in match.re.groupindex
    return is_stretch and not start <= match.start() < match.end() <= end


_DECISIVE = re.compile(
    rf"\b(?:{absolute.MONTH}|{absolute.WEEKDAY}\b|(?:week|month|year|weekend|decade|century|ago)\b|[12]\d{{3}}\b)", re.IGNORECASE
)


def _is_of(match: Match[str], text: str, start: int, end: int) -> bool:
    """Whether an expression belongs to the span: it lies within, or the span has the word that makes it a date."""
    if start <= match.start() and match.end() <= end:
        return True
    return _DECISIVE.search(text[max(start, match.start()) : min(end, match.end())]) is not None


_BESIDE = re.compile(r"\s+(?:(?:the|its|his|her|their)\s+)?", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|–|—|\b(?:to|through|until|till)\b)\s*(?:the\s+)?", re.IGNORECASE)


def _meaning(expressions: Sequence[_Expression], index: int, saying: Saying, *, with_next: bool) -> tuple[PartialDate | None, int]:
    """Return what the expression at `index` means, None where that is not sure, and the index of the first one that it left over."""
    match, rule = expressions[index]
    following = expressions[index + 1] if index + 1 < len(expressions) else None
    gap = saying.text[match.end() : following[0].start()] if following else ""
    if rule in _OFFSET_RULES:
        if following and _BESIDE.fullmatch(gap):
            return _shifted(match, _resolved(*following, saying)), index + 2
        return _shifted(match, _told_before(expressions[:index], match, saying)), index + 1
    found = _resolved(match, rule, saying)
    if found and following and with_next and _TO.fullmatch(gap):
        return _stretch(found, _resolved(*following, saying)), index + 2
    return found, index + 1


def _resolved(match: Match[str], rule: Rule, saying: Saying) -> PartialDate | None:
    try:
        return rule.resolve(match, saying)
    except (ValueError, OverflowError):  # 30 February, or beyond the calendar
        return None


_BACKWARDS = frozenset({"before", "ahead of", "prior to", "earlier", "previous", "preceding"})
_LEADING_ON = frozenset({"before", "after", "ahead of", "prior to", "following", "from"})


def _direction(match: Match[str]) -> str:
    return " ".join(match["direction"].casefold().split())


def _told_before(earlier: Sequence[_Expression], match: Match[str], saying: Saying) -> PartialDate | None:
    """Return what "the next day" and "three days later" count from: the only date that the sentence named before.

    "A day before" counts from it only where nothing follows that it could count from.
    """
    leads_on = _direction(match) in _LEADING_ON and re.match(r"\s+\w", saying.text[match.end() :])
    return _resolved(*earlier[0], saying) if len(earlier) == 1 and not leads_on else None


def _shifted(match: Match[str], anchor: PartialDate | None) -> PartialDate | None:
    if anchor is None or anchor.first is None or not anchor.is_day:
        return None
    words = match.groupdict()
    count = words.get("count") or ("one" if match["article"] else None)
    if count is None:  # "days before the vote"
        return None
    try:
        return relative.shifted(anchor.first, count, words["unit"], forward=_direction(match) not in _BACKWARDS)
    except (ValueError, OverflowError):
        return None


def _stretch(one: PartialDate, other: PartialDate | None) -> PartialDate | None:
    if other is None or one.first is None or other.last is None or other.last < one.first:
        return None
    return PartialDate.between(one.first, other.last)


def _unsure(match: Match[str], saying: Saying) -> None:
    """Resolve nothing by itself: it counts from another date."""


_OFFSET_RULES = (
    Rule(
        re.compile(
            rf"\b(?:{relative.COUNT}\s+|(?:several|some|many|few)\s+|(?P<article>the)\s+)?{relative.UNIT}\s+"
            r"(?P<direction>before|after(?:wards?)?|ahead\s+of|prior\s+to|following|from|later|earlier)\b",
            re.IGNORECASE,
        ),
        _unsure,
    ),
    Rule(re.compile(r"\b(?P<article>the)\s+(?P<direction>next|following|previous|preceding)\s+(?P<unit>day)\b", re.IGNORECASE), _unsure),
)
_RULES = (*absolute.RULES, *relative.RULES, *_OFFSET_RULES)

_CLOCK = re.compile(
    r"(?:\b|(?<=\dT))(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b|"
    r"(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b(?!:\d\d:)|(?P<noon>noon)\b)",
    re.IGNORECASE,
)


def _with_clock(found: PartialDate, text: str) -> PartialDate:
    """Return `found` with the time of day that `text` tells, where it tells one and `found` is a day; "6-7 p.m." are two."""
    clocks = list(_CLOCK.finditer(text))
    is_told = len(clocks) == 1 and not _FROM_CLOCK.search(text[: clocks[0].start()])
    return replace(found, clock=_clock(clocks[0])) if is_told and found.day and not found.until else found


_FROM_CLOCK = re.compile(r"(?<!\d)\d{1,2}(?:[:.]\d\d)?\s*(?:[-–—]|to|and|until|till)\s*$", re.IGNORECASE)


def _clock(match: Match[str]) -> time:
    if match["noon"]:
        return time(12)
    if match["hour24"]:
        return time(int(match["hour24"]), int(match["minute24"]))
    return time(int(match["hour"]) % 12 + (12 if match["half"].casefold() == "p" else 0), int(match["minute"] or 0))
