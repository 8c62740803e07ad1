"""Dated events: sentences with a date that is sure, the earliest first, those of several articles on one event together."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.article import Article
from retrieval.answer import Evidence
from retrieval.dates.dated import dates_in
from retrieval.dates.partial_date import PartialDate
from retrieval.dates.temporal import Mention
from retrieval.mentions import mentioned_share
from retrieval.protocols import Embedder, Vectors
from retrieval.sentences import sentences
from retrieval.summaries.standing import is_whole, stands_alone

MAX_EVENTS, MAX_ARTICLES = 12, 12
"""Events that are told at most, and articles in which they are looked for."""
MAX_COMPARED = 60
"""Dated sentences that are compared with one another; each costs the embedding model milliseconds."""

SEARCHED_LENGTH = 20_000
"""Characters of an article in which dates are looked for."""

SAME_EVENT = 0.55
"""Sentences on one date tell of one event from this cosine on."""

LONGEST = dt.timedelta(days=31)
"""A stretch that is longer, such as a year, is no event but its background."""

_SAYING = re.compile(
    r"\b(?:said|says|told [\w’' ]{1,30}|wrote|added|reported|according to [\w’' .]{1,40}|in an? (?:statement|interview|report)[\w ]{0,20})"
    r"(?:,| late| early)?(?: on| in)?(?: the)? *$",
    re.IGNORECASE,
)
"""What stands before the day on which somebody only spoke of an event."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a `date`, as the articles tell it: the best evidence first, one for each article, its span the date's words.

    `sources` counts independent sources.
    """

    date: PartialDate
    evidence: tuple[Evidence, ...]
    sources: int

    def is_ahead(self, today: dt.date) -> bool:
        """Whether it had not begun on `today`."""
        return self.date.first is not None and self.date.first > today


@dataclass(frozen=True, slots=True)
class _Dated:
    """A sentence with one of its dates."""

    article: Article
    start: int
    end: int
    mention: Mention
    place: int

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]

    @property
    def first(self) -> dt.date:
        return self.mention.date.first or dt.date.min


def timeline(
    articles: Sequence[Article], embedder: Embedder, originals: Mapping[str, str], *, topic: str = "", limit: int = MAX_EVENTS
) -> list[Event]:
    """Return at most `limit` events of `articles`, the earliest first; with a `topic`, those of sentences or articles that mention it.

    Where there are more, those that most sources tell and that come early in their articles. `originals` tells for the id of a copy whose
    copy it is.
    """
    found = sorted((dated for article in articles[:MAX_ARTICLES] for dated in _dated(article, topic)), key=lambda dated: dated.place)
    if not found:
        return []
    kept = found[:MAX_COMPARED]
    groups = _merged(kept, embedder.embed([dated.text for dated in kept]))
    events = [_event(group, originals) for group in groups]
    best = sorted(range(len(events)), key=lambda place: (-events[place].sources, groups[place][0].place, groups[place][0].first))[:limit]
    return sorted((events[place] for place in best), key=lambda event: (event.date.first or dt.date.min, event.date.last or dt.date.max))


def _dated(article: Article, topic: str) -> Iterator[_Dated]:
    """Yield the sentences of an article that can be read alone, once for each date that something happens on."""
    about = not topic or mentioned_share(topic, article.title) > 0
    for place, (start, end) in enumerate(sentences(article.text[:SEARCHED_LENGTH])):
        text = article.text[start:end]
        if not is_whole(text) or not stands_alone(text) or not (about or mentioned_share(topic, text) > 0):
            continue
        mentions = (mention for mention in dates_in(text, article.published) if _is_of_event(text, mention))
        yield from (_Dated(article, start, end, mention, place) for mention in mentions)


def _is_of_event(text: str, mention: Mention) -> bool:
    """Whether something happens on a date, rather than being said on it or lasting for long."""
    first, last = mention.date.first, mention.date.last
    return first is not None and last is not None and last - first <= LONGEST and not _SAYING.search(text[: mention.start])


def _merged(found: Sequence[_Dated], vectors: Vectors) -> list[list[_Dated]]:
    """Return the sentences in groups of one event, in the order of the first of each."""
    groups: list[list[int]] = []
    for place, dated in enumerate(found):
        home = next((group for group in groups if _tell_one_event(found[group[0]], dated, float(vectors[group[0]] @ vectors[place]))), None)
        if home is None:
            groups.append([place])
        else:
            home.append(place)
    return [[found[place] for place in group] for group in groups]


def _tell_one_event(one: _Dated, other: _Dated, cosine: float) -> bool:
    return one.mention.date.fits(other.mention.date) and cosine >= SAME_EVENT


def _event(group: Sequence[_Dated], originals: Mapping[str, str]) -> Event:
    """Return the event of a group, dated by its most precise sentence, with one sentence for each article."""
    precise = sorted(group, key=lambda dated: (not dated.mention.date.is_day, dated.place))
    each = {dated.article.id: dated for dated in reversed(precise)}
    shown = [dated for dated in precise if each[dated.article.id] is dated]
    reports = {originals.get(dated.article.id, dated.article.id): dated.article for dated in shown}
    sources = len({article.voice for article in reports.values()})
    return Event(precise[0].mention.date, tuple(map(_evidence, shown)), sources)


def _evidence(dated: _Dated) -> Evidence:
    quote = dated.start, dated.end
    span = dated.start + dated.mention.start, dated.start + dated.mention.end
    return Evidence.of(dated.article, span=span, quote=quote, passage=quote, confidence=1.0)
