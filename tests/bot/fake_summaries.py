"""A summariser without models: stories that were given to it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from corpus.article import Article
from retrieval.answer import Citation, Evidence, Extract
from retrieval.dates.partial_date import PartialDate
from retrieval.summaries.briefing import Briefing, StorySummary
from retrieval.summaries.timeline import Event

LATEST = datetime(2025, 2, 1, 8, 30, tzinfo=UTC)


def sentence(article: Article, text: str) -> Evidence:
    """Return evidence that tells `text`, word for word in `article`."""
    start = article.text.index(text)
    told = Extract.of(article, start, start + len(text))
    return Evidence(Citation.of(article), told, told, Extract.of(article, 0, len(article.text)), 1.0)


def story(article: Article, *sentences: str, others: Sequence[Article] = (), is_development: bool = False) -> StorySummary:
    """Return a story that `article` names and tells in `sentences`; `others` tell it too."""
    articles = (article, *others)
    return StorySummary(
        id=articles[-1].id,
        headline=Citation.of(article),
        sentences=tuple(sentence(article, text) for text in sentences),
        articles=tuple(map(Citation.of, articles)),
        sources=len({one.source for one in articles}),
        new=frozenset(one.id for one in articles),
        is_development=is_development,
    )


def event(article: Article, day: str, text: str, words: str) -> Event:
    """Return what an article says in `text` to have happened on `day` (ISO), which it calls `words`."""
    told = sentence(article, text)
    start = told.quote.start + text.index(words)
    year, month, number = map(int, day.split("-"))
    span = Extract.of(article, start, start + len(words))
    return Event(PartialDate(year, month, number), (replace(told, span=span),), 1)


@dataclass
class FakeSummariser:
    """A `bot.protocols.Summarising` over given stories; `asked` notes what was asked for."""

    stories: list[StorySummary] = field(default_factory=list)
    left_out: int = 0
    latest: datetime | None = LATEST
    asked: list[object] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def article(self, article_id: str) -> StorySummary | None:
        self.asked.append(("article", article_id))
        return next((found for found in self.stories if article_id in {citation.id for citation in found.articles}), None)

    def story(self, article_ids: Collection[str]) -> StorySummary | None:
        self.asked.append(("story", sorted(article_ids)))
        return next((found for found in self.stories if {citation.id for citation in found.articles} & set(article_ids)), None)

    def topic(self, topic: str, *, since: datetime | None = None) -> Briefing:
        self.asked.append(("topic", topic, since))
        about = [found for found in self.stories if topic.casefold() in found.headline.title.casefold()]
        return Briefing(tuple(about), self.left_out)

    def since(self, moment: datetime, *, told: Collection[str] = ()) -> Briefing:
        self.asked.append(("since", moment))
        come = self.latest is not None and self.latest > moment
        return Briefing(tuple(self.stories) if come else (), self.left_out if come else 0)

    def timeline(self, topic: str) -> list[Event]:
        self.asked.append(("timeline", topic))
        return self.events if topic != "volcano" else []

    def timeline_of(self, article_ids: Sequence[str]) -> list[Event]:
        self.asked.append(("timeline_of", list(article_ids)))
        return self.events

    def known_at(self, url: str) -> str | None:
        return next((citation.id for found in self.stories for citation in found.articles if citation.url == url), None)

    def newest(self) -> datetime | None:
        return self.latest
