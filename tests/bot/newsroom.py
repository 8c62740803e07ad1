"""A newsroom without models, and the parts around digests, for the tests of this folder."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from pathlib import Path

from sqlalchemy import Engine

from bot.digests.books import Books
from bot.digests.schedule import Rhythm, Schedule
from bot.digests.subscriptions import Subscription
from corpus.article import Article
from retrieval.answer import Citation, Evidence, Extract
from retrieval.summaries.briefing import Briefing, StorySummary
from tests.builders import an_article
from tests.databases import open_migrated
from tests.fakes import WordEmbedder

EIGHT = datetime(2025, 2, 1, 8, 0, tzinfo=UTC)
"""The moment at which `a_subscription` is due."""


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = EIGHT) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def a_subscription(chat_id: int = -100, **changes: object) -> Subscription:
    """Return a chat's wish for a digest at 8:00 UTC every day."""
    schedule = Schedule(rhythm=Rhythm.DAILY, times=(time(8),), zone="UTC")
    subscription = Subscription(chat_id=chat_id, schedule=schedule, since=datetime(2025, 1, 1, tzinfo=UTC))
    return replace(subscription, **changes)  # type: ignore[arg-type]


def news(number: int, **changes: object) -> Article:
    """Return one of many articles, each a story of its own."""
    return an_article(**{"address": f"https://star.example/{number}", "title": f"Story {number}"} | changes)


def evidence_of(article: Article) -> Evidence:
    """Return the first sentence of `article` as its evidence."""
    first = Extract.of(article, 0, article.text.index(".") + 1)
    return Evidence(Citation.of(article), first, first, first, 1.0)


@dataclass
class FakeNewsroom:
    """A Newsroom in which each article is a story; one whose title is known already is a development."""

    kept: list[tuple[datetime, Article]] = field(default_factory=list)
    briefings: int = 0
    embedder: WordEmbedder = field(default_factory=WordEmbedder)

    def arrive(self, *articles: Article, at: datetime = EIGHT) -> None:
        """Let articles come in."""
        self.kept += [(at, article) for article in articles]

    def arrived_since(self, moment: datetime) -> Sequence[str]:
        return [article.id for at, article in self.kept if at > moment]

    def articles(self, article_ids: Sequence[str]) -> Sequence[Article]:
        by_id = {article.id: article for _, article in self.kept}
        return [by_id[article_id] for article_id in article_ids if article_id in by_id]

    def latest(self, limit: int) -> Sequence[Article]:
        return [article for _, article in reversed(self.kept)][:limit]

    def of(self, article_ids: Sequence[str], *, told: Collection[str], stories: int, sentences: int) -> Briefing:
        self.briefings += 1
        titles = {article.title for article in self.articles(list(told))}
        found = [self._story(article, is_development=article.title in titles) for article in self.articles(article_ids)]
        return Briefing(tuple(found[:stories]), max(0, len(found) - stories))

    @staticmethod
    def _story(article: Article, *, is_development: bool) -> StorySummary:
        cited = Citation.of(article)
        return StorySummary(article.id, cited, (evidence_of(article),), (cited,), 1, frozenset([article.id]), (), is_development)


def books_in(folder: Path, clock: Clock) -> tuple[Engine, Books]:
    """Return the books of a data folder, and the engine to dispose of."""
    engine = open_migrated(folder / "state.db")
    return engine, Books.of(engine, clock)
