"""The articles as digests need them: over the catalog and the summariser."""

from collections.abc import Collection, Sequence
from datetime import datetime

from corpus.arrivals import arrived_since
from corpus.article import Article
from corpus.catalog import Catalog
from retrieval.protocols import Embedder
from retrieval.summaries.briefing import Briefing
from retrieval.summaries.summarising import Summariser


class LibraryNewsroom:
    """A `bot.digests.editor.Newsroom` over the library's parts."""

    def __init__(self, *, catalog: Catalog, summariser: Summariser, embedder: Embedder) -> None:
        self._catalog = catalog
        self._summariser = summariser
        self.embedder = embedder

    def latest(self, limit: int) -> Sequence[Article]:
        """Return at most so many articles, the newest published first."""
        return self._catalog.newest(limit)

    def arrived_since(self, moment: datetime) -> Sequence[str]:
        """Return the ids of the articles that came after `moment`, the newest published first."""
        return arrived_since(self._catalog, moment)

    def articles(self, article_ids: Sequence[str]) -> Sequence[Article]:
        """Return those of these articles that there are, in their order."""
        known = self._catalog.get_many(article_ids)
        return [known[article_id] for article_id in article_ids if article_id in known]

    def of(self, article_ids: Sequence[str], *, told: Collection[str], stories: int, sentences: int) -> Briefing:
        """Return the stories of these articles, to readers who were told of those with the ids `told`; none without anything new."""
        return self._summariser.of(article_ids, told=told, stories=stories, sentences=sentences)
