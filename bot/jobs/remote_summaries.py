"""Summaries that a running bot makes for another process."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from bot.protocols import Summarising
from retrieval.summaries.briefing import Briefing, StorySummary
from retrieval.summaries.timeline import Event

briefing_json: TypeAdapter[Briefing] = TypeAdapter(Briefing)
story_json: TypeAdapter[StorySummary | None] = TypeAdapter(StorySummary | None)
events_json: TypeAdapter[list[Event]] = TypeAdapter(list[Event])
id_json: TypeAdapter[str | None] = TypeAdapter(str | None)
moment_json: TypeAdapter[datetime | None] = TypeAdapter(datetime | None)


class RemoteSummariser:
    """A `Summarising` over `call`, which hands the name of a method and its arguments to the bot and returns what `summarised` does."""

    def __init__(self, call: Callable[[Mapping[str, Any]], str]) -> None:
        self._call = call

    def article(self, article_id: str) -> StorySummary | None:
        """Return what one article says; None where no article has the id."""
        return story_json.validate_json(self._call({"method": "article", "id": article_id}))

    def story(self, article_ids: Collection[str]) -> StorySummary | None:
        """Return the longer summary of the story that these articles tell; None where none of them is there any more."""
        return story_json.validate_json(self._call({"method": "story", "ids": list(article_ids)}))

    def topic(self, topic: str, *, since: datetime | None = None) -> Briefing:
        """Return the stories about `topic`, of the articles first seen after `since` where that is given."""
        return briefing_json.validate_json(self._call({"method": "topic", "topic": topic, "since": since.isoformat() if since else None}))

    def since(self, moment: datetime, *, told: Collection[str] = ()) -> Briefing:
        """Return the stories of the articles first seen after `moment`, without what the articles `told` tell."""
        return briefing_json.validate_json(self._call({"method": "since", "moment": moment.isoformat(), "told": list(told)}))

    def timeline(self, topic: str) -> list[Event]:
        """Return the dated events that the articles tell about `topic`, the earliest first."""
        return events_json.validate_json(self._call({"method": "timeline", "topic": topic}))

    def timeline_of(self, article_ids: Sequence[str]) -> list[Event]:
        """Return the dated events that these articles tell, the earliest first."""
        return events_json.validate_json(self._call({"method": "timeline_of", "ids": list(article_ids)}))

    def known_at(self, url: str) -> str | None:
        """Return the id of the article at a web address; None where there is none."""
        return id_json.validate_json(self._call({"method": "known_at", "url": url}))

    def newest(self) -> datetime | None:
        """Return when an article last came for the first time; None where there is none."""
        return moment_json.validate_json(self._call({"method": "newest"}))


def summarised(summariser: Summarising, wanted: Mapping[str, Any]) -> str:
    """Return what `summariser` returns for a call of RemoteSummariser, as JSON."""
    match wanted["method"]:
        case "article":
            return story_json.dump_json(summariser.article(wanted["id"])).decode()
        case "story":
            return story_json.dump_json(summariser.story(wanted["ids"])).decode()
        case "topic":
            since = datetime.fromisoformat(wanted["since"]) if wanted["since"] else None
            return briefing_json.dump_json(summariser.topic(wanted["topic"], since=since)).decode()
        case "since":
            moment = datetime.fromisoformat(wanted["moment"])
            return briefing_json.dump_json(summariser.since(moment, told=wanted["told"])).decode()
        case "timeline":
            return events_json.dump_json(summariser.timeline(wanted["topic"])).decode()
        case "timeline_of":
            return events_json.dump_json(summariser.timeline_of(wanted["ids"])).decode()
        case "known_at":
            return id_json.dump_json(summariser.known_at(wanted["url"])).decode()
        case _:
            return moment_json.dump_json(summariser.newest()).decode()
