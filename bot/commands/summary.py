"""`quotewire summary`: what is new, a topic or an article in a few sentences."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.exits import AsJson, UnknownId, show, speaking
from bot.commands.workplace import Workplace
from bot.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime


Topic = Annotated[str | None, typer.Argument(metavar="[TOPIC]", help="What the stories are to be about; without it, what is new.")]
ArticleId = Annotated[str | None, typer.Option("--article", metavar="ID", help="Summarise this article alone.")]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="WHEN", help="Only articles that came after this: a date, yesterday, “3 days”, a moment."),
]
AsTimeline = Annotated[bool, typer.Option("--timeline", help="Tell what happened when, the earliest first.")]


class SummaryCommands:
    """The commands, a method each."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def summary(
        self, topic: Topic = None, article: ArticleId = None, since: Since = None, timeline: AsTimeline = False, as_json: AsJson = False
    ) -> None:
        """Tell what is new, a topic or one article in quotes.

        With --timeline: what happened when.
        """
        from bot.clock import now
        from bot.moments import moment_of
        from bot.summaries.cards import briefing_card
        from bot.summaries.json_output import briefing_object
        from bot.summaries.lookup import look_up

        with speaking(as_json=as_json):
            _refuse_contradiction(topic, article, since)
            moment = now()
            after = moment_of(since, moment, is_moment=True) if since is not None else None
            if article is not None:
                self._refuse_unknown(article)
            if timeline:
                self._timeline(topic, article, after, as_json=as_json)
                return
            if article is not None:
                self._of_article(article, as_json=as_json)
                return
            with self._place.library(sample=True, slow=True) as library:
                found = look_up(library.summariser, topic=topic, since=after, now=moment)
            show(briefing_object(found, topic=topic) if as_json else briefing_card(found.briefing, heading=found.heading))

    def _refuse_unknown(self, article_id: str) -> None:
        """Raise UnknownId, before models are loaded for nothing, where no article has the id; a new folder gets its articles later."""
        with self._place.backend.open_catalog(self._place.settings()) as catalog:
            if catalog.count() and catalog.get(article_id) is None:
                raise UnknownId(article_id)

    def _of_article(self, article_id: str, *, as_json: bool) -> None:
        from bot.summaries.cards import story_card
        from bot.summaries.json_output import article_summary_object

        with self._place.library(sample=True, slow=True) as library:
            story = library.summariser.article(article_id)
        if story is None:
            raise UnknownId(article_id)
        show(article_summary_object(story) if as_json else story_card(story))

    def _timeline(self, topic: str | None, article_id: str | None, since: "datetime | None", *, as_json: bool) -> None:
        from rich.text import Text

        from bot.clock import now, today
        from bot.summaries.cards import timeline_card
        from bot.summaries.json_output import timeline_object
        from bot.summaries.lookup import events
        from bot.summaries.messages import NO_EVENTS

        with self._place.library(sample=True, slow=True) as library:
            if article_id is not None and library.catalog.get(article_id) is None:
                raise UnknownId(article_id)
            if article_id is not None:
                found = library.summariser.timeline_of([article_id])
            else:
                found = events(library.summariser, topic=topic, since=since, now=now())
        if as_json:
            show(timeline_object(found, topic=topic, today=today()))
        else:
            show(timeline_card(found, title=topic or "", today=today()) if found else Text(NO_EVENTS))


def _refuse_contradiction(topic: str | None, article: str | None, since: str | None) -> None:
    from bot.summaries.messages import NO_SINCE_FOR_ARTICLE, ONE_OF

    if article is not None and topic is not None:
        raise UsageError(ONE_OF)
    if article is not None and since is not None:
        raise UsageError(NO_SINCE_FOR_ARTICLE)
