"""What a chat's digest says: the articles that are new to it, by its topics, as stories."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.digests.schedule import Rhythm
from bot.digests.subscriptions import Length, Subscription
from corpus.article import Article
from retrieval.summaries.briefing import Briefing
from retrieval.summaries.topics import Filter, Match, Remembering, TextEmbedder, Topics

FIRST_REACH = {Rhythm.WEEKLY: timedelta(days=7), Rhythm.WEEKDAYS: timedelta(days=3)}
"""How far the first digest of a chat looks back, else a day; later ones tell what has come since the one before."""
MAX_REACH = timedelta(days=14)
MAX_ARTICLES = 300
"""New articles about its topics that a digest is made from, the newest of them."""
MAX_KNOWN = 500
"""Articles of earlier digests whose stories can go on."""
SHARED = 16
"""Briefings that are kept for the next chat with the same wishes."""
STORIES = {Length.SHORT: 3, Length.NORMAL: 6, Length.LONG: 12}
SENTENCES = {Length.SHORT: 1, Length.NORMAL: 2, Length.LONG: 3}


class Newsroom(Protocol):
    """The articles, and what it takes to tell them as stories. All of it blocks, and may use the models."""

    def latest(self, limit: int) -> Sequence[Article]:
        """Return at most so many articles, the newest published first."""

    def arrived_since(self, moment: datetime) -> Sequence[str]:
        """Return the ids of the articles that came after `moment`, the newest published first."""

    def articles(self, article_ids: Sequence[str]) -> Sequence[Article]:
        """Return those of these articles that there are, in their order."""

    def of(self, article_ids: Sequence[str], *, told: Collection[str], stories: int, sentences: int) -> Briefing:
        """Return the stories of these articles, to readers who were told of those with the ids `told`; none without anything new."""

    @property
    def embedder(self) -> TextEmbedder:
        """What tells how near in meaning two texts are."""


@dataclass(frozen=True, slots=True)
class History:
    """What a chat has had: the ids of the articles that it was told of, the latest first, and when it last had news; None for never."""

    told: tuple[str, ...] = ()
    last: datetime | None = None


class Editor:
    """Makes briefings, one for all chats that want and know the same. Not for use by two threads at once."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._embedder = Remembering(newsroom.embedder)
        self._made: OrderedDict[tuple[object, ...], Briefing] = OrderedDict()

    def brief(self, subscription: Subscription, history: History, now: datetime) -> Briefing:
        """Return what is new to a chat at the moment `now`; no stories where nothing is."""
        fresh = self._fitting(subscription.topics, self._new(subscription, history, now))[:MAX_ARTICLES]
        if not fresh:
            return Briefing(())
        known = frozenset(history.told[:MAX_KNOWN])
        key = (subscription.length, tuple(article.revision for article in fresh), known)
        if key not in self._made:
            ids, length = [article.id for article in fresh], subscription.length
            self._made[key] = self._newsroom.of(ids, told=known, stories=STORIES[length], sentences=SENTENCES[length])
        self._made.move_to_end(key)
        while len(self._made) > SHARED:
            self._made.popitem(last=False)
        return self._made[key]

    def latest(self, limit: int) -> Sequence[Article]:
        """Return the newest articles."""
        return self._newsroom.latest(limit)

    def test(self, topics: Topics, articles: Sequence[Article]) -> list[Match | None]:
        """Return for each article why it fits; None where it does not."""
        return Filter(topics, self._embedder).matches(articles)

    def _new(self, subscription: Subscription, history: History, now: datetime) -> Sequence[Article]:
        since = history.last or now - FIRST_REACH.get(subscription.schedule.rhythm, timedelta(days=1))
        told = frozenset(history.told)
        arrived = self._newsroom.arrived_since(max(since, now - MAX_REACH))
        new = [article_id for article_id in arrived if article_id not in told]
        return self._newsroom.articles(new[:MAX_ARTICLES] if subscription.topics.everything else new)

    def _fitting(self, topics: Topics, articles: Sequence[Article]) -> list[Article]:
        if topics.everything:
            return list(articles)
        return [article for article, match in zip(articles, self.test(topics, articles), strict=True) if match]
