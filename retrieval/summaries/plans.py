"""When something is to happen, as the articles of a story tell it, and whether two of them can both be right.

Only what is certain counts, for a false alarm is worse than a miss: one kind of happening, one noun that it happens to, with nothing beside
it that tells two events apart (another place, round or phase), and both dates still to come when the later article appeared. What is told
of the past is left out: the same words about two days tell mostly of two events. `python -m benchmarks.differing` measures it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.article import Article
from retrieval.dates.absolute import MONTH
from retrieval.dates.dated import dates_in
from retrieval.dates.partial_date import PartialDate
from retrieval.dates.temporal import Mention
from retrieval.sentences import sentences
from retrieval.summaries.happenings import happening, may_have_one
from retrieval.summaries.planned import Planned
from retrieval.summaries.standing import is_whole

SEARCHED_LENGTH = 20_000
"""Characters of an article in which plans are looked for."""

LONGEST = timedelta(days=31)
"""A stretch that is longer, such as a year, is no date to disagree about."""

FARTHEST = timedelta(days=180)
"""Dates further apart than this are those of two events, such as this year's and the next year's."""

ARTICLES_APART = timedelta(days=60)

NEIGHBOURING = 12
"""Characters between two dates that go together ("on Monday and Tuesday"), and before a date that say "late in"."""

_VAGUE = re.compile(r"\b(?:early|late|mid|(?:middle|beginning|start|end) of)\b", re.IGNORECASE)
_POINTING_BACK = re.compile(r"\b(?:that|this|these|those|there|such)\b", re.IGNORECASE)
_SPELLED_OUT = re.compile(rf"\b{MONTH}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an article says is to happen on a date, by the offsets of its sentence: with the one before, where it points back there.

    `span` are the date's words, `others` is every date of the sentence. `is_exact` tells that the date has its month written out, without
    "early" or "end of": a weekday alone may be another day in another time zone.
    """

    article: Article
    start: int
    end: int
    span: tuple[int, int]
    date: PartialDate
    others: tuple[PartialDate, ...]
    is_exact: bool
    planned: Planned

    def contradicts(self, other: "Plan") -> bool:
        """Whether both articles tell of one event, and only one of them can be right."""
        return self._excludes(other) and self._is_of_one_event_with(other)

    def agrees_with(self, other: "Plan") -> bool:
        """Whether both articles tell of one event, and both can be right."""
        return self.date.fits(other.date) and self._is_of_one_event_with(other)

    def _is_of_one_event_with(self, other: "Plan") -> bool:
        return self.article.id != other.article.id and self._is_ahead_with(other) and self.planned.is_the_same_as(other.planned)

    def _excludes(self, other: "Plan") -> bool:
        """Whether the dates have no day in common, and neither vague words, a time zone nor a sentence that has both explain it."""
        if not self.date.contradicts(other.date) or any(one.fits(two) for one, two in _crossed(self, other)):
            return False
        return (self.is_exact and other.is_exact) or _gap(self.date, other.date) > 1

    def _is_ahead_with(self, other: "Plan") -> bool:
        """Whether both dates were still to come when both articles appeared, as far as that is known, and all are near each other."""
        appeared = [day for day in (_day(self.article), _day(other.article)) if day]
        dates = [plan.date.first for plan in (self, other) if plan.date.first]
        if len(appeared) == 2 and abs(appeared[0] - appeared[1]) > ARTICLES_APART:
            return False
        return all(day <= first for day in appeared for first in dates) and (len(dates) < 2 or abs(dates[0] - dates[1]) <= FARTHEST)


def plans(article: Article) -> Iterator[Plan]:
    """Yield what the whole sentences of an article say is to happen on a date."""
    before = 0, 0
    for start, end in sentences(article.text[:SEARCHED_LENGTH]):
        text = article.text[start:end]
        if is_whole(text) and may_have_one(text):
            yield from _of_sentence(article, start, text, before)
        before = start, end


def _of_sentence(article: Article, start: int, text: str, borders: tuple[int, int]) -> Iterator[Plan]:
    """Yield the plans in the sentence `text`; `borders` are those of the one before it."""
    mentions, before = dates_in(text, article.published), article.text[slice(*borders)]
    for place, mention in enumerate(mentions):
        found = happening(text[: mention.start]) if _is_alone(mentions, place) and _is_near_enough(mention.date) else None
        if found:
            yield Plan(
                article=article,
                start=borders[0] if before and _POINTING_BACK.search(found.said) else start,
                end=start + len(text),
                span=(start + mention.start, start + mention.end),
                date=mention.date,
                others=tuple(each.date for each in mentions),
                is_exact=_is_exact(text[max(0, mention.start - NEIGHBOURING) : mention.end]),
                planned=Planned.of(found, before=before, around=f"{article.title} {before} {text}"),
            )


def _is_alone(mentions: Sequence[Mention], place: int) -> bool:
    """Whether no other date stands so near that both go together."""
    borders = zip(mentions[max(0, place - 1) : place + 1], mentions[max(0, place - 1) + 1 : place + 2], strict=False)
    return all(later.start - earlier.end > NEIGHBOURING for earlier, later in borders)


def _is_near_enough(known: PartialDate) -> bool:
    if known.first is None or known.last is None:
        return known.month is not None
    return known.last - known.first <= LONGEST


def _is_exact(written: str) -> bool:
    return _SPELLED_OUT.search(written) is not None and not _VAGUE.search(written)


def _day(article: Article) -> date | None:
    return article.published.day if article.published else None


def _crossed(one: Plan, other: Plan) -> Iterator[tuple[PartialDate, PartialDate]]:
    """Yield the date of each with the dates of the other one's sentence."""
    yield from ((one.date, date) for date in other.others)
    yield from ((other.date, date) for date in one.others)


def _gap(one: PartialDate, other: PartialDate) -> int:
    """Return how many days lie between two dates that have none in common; 0 where a year is not known."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return 0
    return max((other.first - one.last).days, (one.first - other.last).days)
