"""The front door of summaries: an article, a topic or what is new, told as stories with verbatim sentences."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from corpus.addresses import canonical_url
from corpus.arrivals import arrived_since, article_at, newest_arrival
from corpus.article import Article, moment_of
from corpus.catalog import Catalog
from corpus.copies import Copies
from retrieval.answer import Citation, Evidence
from retrieval.asking.spelling import Speller
from retrieval.keywords import Fts5Index
from retrieval.passage import PassageKey
from retrieval.protocols import Embedder, VectorStore
from retrieval.readable import borders_near
from retrieval.search import Hit, HybridSearch
from retrieval.summaries.briefing import Briefing, StorySummary
from retrieval.summaries.condensing import Length, Saying, condense, in_reading_order, told_by
from retrieval.summaries.differing import differences
from retrieval.summaries.leads import Leads
from retrieval.summaries.stories import Story, stories_among, story_of
from retrieval.summaries.ties import Rarity, Telling, rarity_in
from retrieval.summaries.timeline import Event, timeline
from retrieval.summaries.topical import Sentence, about_topic, summarise

STORIES, SENTENCES = 6, 3
"""Stories of a briefing and sentences of each, where nothing else is asked for."""

ARTICLE_SENTENCES = 5
"""Sentences of a longer summary: of one article, or of a story."""

NEAR_PASSAGES = 30
"""Passages near to a story among which further articles on it are looked for."""

TOPIC_PASSAGES = 40


class Summariser:
    """Tells articles in a few of their own sentences. Every method reads the catalog as it is at that moment."""

    def __init__(
        self,
        *,
        catalog: Catalog,
        search: HybridSearch,
        keywords: Fts5Index,
        vectors: VectorStore,
        embedder: Embedder,
        speller: Speller | None = None,
    ) -> None:
        self._catalog = catalog
        self._copies = Copies(catalog)
        self._search = search
        self._keywords = keywords
        self._vectors = vectors
        self._embedder = embedder
        self._speller = speller
        self._leads = Leads(catalog=catalog, vectors=vectors, embedder=embedder)
        self._rarity: tuple[str, Rarity] | None = None

    def article(self, article_id: str, *, sentences: int = ARTICLE_SENTENCES) -> StorySummary | None:
        """Return what one article says in at most `sentences` of its sentences; None where no article has the id."""
        article = self._catalog.get(article_id)
        return self._told(self._story_of([article]), [article], [], sentences) if article else None

    def story(self, article_ids: Collection[str], *, sentences: int = ARTICLE_SENTENCES) -> StorySummary | None:
        """Return the longer summary of the story that these articles tell; None where none of them is there any more."""
        articles = list(self._catalog.get_many(list(article_ids)).values())
        return self._told(self._story_of(articles), articles, [], sentences) if articles else None

    def timeline(self, topic: str) -> list[Event]:
        """Return the dated events that the articles tell about `topic`, the earliest first; none where they do not mention it."""
        meant = self._meant(topic)
        articles = _articles_of(self._about(meant, None))
        return timeline(articles, self._embedder, self._originals(articles), topic=meant)

    def timeline_of(self, article_ids: Sequence[str]) -> list[Event]:
        """Return the dated events that these articles tell, the earliest first. Ids that no article has are passed over."""
        known = self._catalog.get_many(list(article_ids))
        articles = [known[article_id] for article_id in dict.fromkeys(article_ids) if article_id in known]
        return timeline(articles, self._embedder, self._originals(articles))

    def known_at(self, url: str) -> str | None:
        """Return the id of the article at a web address, however it is written; None where there is none."""
        try:
            return article_at(self._catalog, canonical_url(url))
        except ValueError:
            return None

    def newest(self) -> datetime | None:
        """Return when an article last came for the first time; None where there is none."""
        return newest_arrival(self._catalog)

    def topic(self, topic: str, *, since: datetime | None = None, stories: int = STORIES, sentences: int = SENTENCES) -> Briefing:
        """Return the stories that the articles tell about `topic`, the most relevant first; none where they do not mention it.

        The sentences are those about the topic; with `since`, of the articles that were first seen after it.
        """
        meant = self._meant(topic)
        about = self._about(meant, since)
        rank = {hit.passage.article.id: hit.rank for hit in reversed(about)}
        passages = [hit.passage for hit in about]
        found = self._stories(_articles_of(about))
        found.sort(key=lambda story: min(rank[article.id] for article in story.articles))
        told, left_out = list[StorySummary](), len(found)
        for grown in islice(self._grown_each_once(found), stories):
            story, whole, left_out = grown
            own = [passage for passage in passages if passage.article in story.articles]
            chosen = summarise(meant, own, self._embedder, sentences)
            told.append(_summary(whole, chosen, whole.articles) if chosen else self._told(whole, whole.articles, [], sentences))
        return Briefing(tuple(told), left_out)

    def _meant(self, topic: str) -> str:
        """Return the topic in the spelling of the articles."""
        return self._speller.correct(topic) if self._speller else topic

    def _about(self, topic: str, since: datetime | None) -> list[Hit]:
        """Return the passages about `topic`, best first; none where no article has its words."""
        recent = set(arrived_since(self._catalog, since)) if since else None
        hits = [] if recent == set() else self._search.search(topic, TOPIC_PASSAGES, among=recent)
        return about_topic(hits, self._keywords.coverage(topic, [hit.passage for hit in hits]))

    def since(self, moment: datetime, *, told: Collection[str] = (), stories: int = STORIES, sentences: int = SENTENCES) -> Briefing:
        """Return the stories of the articles that were first seen after `moment`, the most told ones first.

        `told` are the ids of articles that the readers were told of: they are left out, and of their stories only what is new is told;
        one that goes on without a new sentence is passed over.
        """
        return self.of(arrived_since(self._catalog, moment), told=told, stories=stories, sentences=sentences)

    def of(self, article_ids: Sequence[str], *, told: Collection[str] = (), stories: int = STORIES, sentences: int = SENTENCES) -> Briefing:
        """Return the stories of these articles, as `since` does. Ids that no article has are passed over."""
        known = self._catalog.get_many(list(article_ids))
        originals = self._copies.originals([*article_ids, *told])
        reported = {originals.get(article_id, article_id) for article_id in told}
        new = [known[one] for one in dict.fromkeys(article_ids) if one in known and originals.get(one, one) not in reported]
        found = sorted(
            self._stories(new), key=lambda story: (story.sources, moment_of(story.articles[0].published), story.id), reverse=True
        )
        waiting, summaries, left_out = self._grown_each_once(found), list[StorySummary](), len(found)
        while len(summaries) < stories and (grown := next(waiting, None)):
            story, whole, left_out = grown
            copied = self._originals(whole.articles)
            before = [article for article in whole.articles if copied.get(article.id, article.id) in reported]
            summary = self._told(whole, story.articles, before, sentences)
            if summary.sentences or not before:
                summaries.append(summary)
        return Briefing(tuple(summaries), left_out)

    def _told(self, story: Story, new: Sequence[Article], before: Sequence[Article], limit: int) -> StorySummary:
        """Return the summary of a story, its sentences from the articles `new` and beyond what those `before` tell."""
        first = [story.headline] if story.headline in new else []
        read = [*first, *(article for article in new if article not in first)]
        chosen = in_reading_order(condense(read, self._embedder, Length(limit), told=told_by(before)))
        return _summary(story, chosen, new, is_development=bool(before))

    def _stories(self, articles: Sequence[Article]) -> list[Story]:
        return stories_among(self._tellings(articles), self._originals(articles))

    def _originals(self, articles: Sequence[Article]) -> dict[str, str]:
        return self._copies.originals([article.id for article in articles])

    def _grown_each_once(self, found: Sequence[Story]) -> Iterator[tuple[Story, Story, int]]:
        """Yield each of the stories, what it is with the other articles of the catalog, and how many follow.

        Some that nothing tied to one another turn out to be one story with articles between them: it comes once, with all that is theirs.
        """
        waiting = list(found)
        while waiting:
            story = waiting.pop(0)
            whole = self._grown(story)
            same = [other for other in waiting if not _ids(whole).isdisjoint(_ids(other))]
            if same:
                waiting = [other for other in waiting if other not in same]
                story = self._story_of([article for one in (story, *same) for article in one.articles])
                whole = self._story_of([*whole.articles, *story.articles])
            yield story, whole, len(waiting)

    def _grown(self, story: Story) -> Story:
        """Return the story with the other articles of the catalog that tell it."""
        keys: list[PassageKey] = []
        for vector in self._leads.of(story.articles[:3]):
            keys += [match.key for match in self._vectors.nearest(vector, NEAR_PASSAGES)]
        others = self._catalog.get_many(list({key.article_id for key in keys} - _ids(story)))
        found = stories_among(self._tellings([*story.articles, *others.values()]))
        own = [article for other in found if not _ids(story).isdisjoint(_ids(other)) for article in other.articles]
        return self._story_of(own)

    def _story_of(self, articles: Sequence[Article]) -> Story:
        return story_of(articles, self._originals(articles))

    def _tellings(self, articles: Sequence[Article]) -> list[Telling]:
        rarity = self._rarities()
        return [Telling(article, vector, rarity) for article, vector in zip(articles, self._leads.of(articles), strict=True)]

    def _rarities(self) -> Rarity:
        """Return how rare names are in the articles as they are now."""
        version = self._keywords.version()
        if self._rarity is None or self._rarity[0] != version:
            self._rarity = (version, rarity_in(self._keywords.vocabulary(), self._catalog.passage_count()))
        return self._rarity[1]


def _articles_of(hits: Iterable[Hit]) -> list[Article]:
    """Return the articles of `hits`, each once, in the order of the first hit of each."""
    return list({hit.passage.article.id: hit.passage.article for hit in hits}.values())


def _ids(story: Story) -> set[str]:
    return {article.id for article in story.articles}


def _summary(story: Story, chosen: Iterable[Saying | Sentence], new: Sequence[Article], *, is_development: bool = False) -> StorySummary:
    """Return the summary of a story in the `chosen` sentences; `new` are the articles that it tells of."""
    return StorySummary(
        id=story.id,
        headline=Citation.of(story.headline),
        sentences=tuple(map(_evidence, chosen)),
        articles=tuple(map(Citation.of, story.articles)),
        sources=story.sources,
        new=frozenset(article.id for article in new),
        differing=differences(story.articles),
        is_development=is_development,
    )


def _evidence(chosen: Saying | Sentence) -> Evidence:
    """Return a sentence as evidence, inside its paragraph."""
    article, told = chosen.article, (chosen.start, chosen.end)
    around = borders_near(article.text, *told)
    beside = [border for border in around if border[0] <= chosen.end + 300 and border[1] >= chosen.start - 300]
    passage = min(chosen.start, *(border[0] for border in beside)), max(chosen.end, *(border[1] for border in beside))
    return Evidence.of(article, span=told, quote=told, passage=passage, confidence=1.0)
