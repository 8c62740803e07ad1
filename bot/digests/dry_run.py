"""What `quotewire digest --dry-run` prints: for people, and as JSON."""

from collections.abc import Sequence
from datetime import datetime

from rich.text import Text

from bot import messages
from bot.cards import QUIET
from bot.digests import messages as digest_messages
from bot.digests.previews import Preview
from bot.json_output import Json, citation_object
from bot.printable import one_line
from retrieval.answer import Evidence
from retrieval.summaries.briefing import StorySummary

NO_CHATS = "No chat that the bot may speak in has set up a digest yet; in a chat with the running bot, /digest does."
SILENT = "nothing new, so nothing is sent"


def previews_object(previews: Sequence[Preview], at: datetime) -> dict[str, Json]:
    """Return the object of `digest --dry-run`."""
    chats: list[Json] = [_chat(preview) for preview in previews]
    return {"at": at.isoformat(timespec="seconds"), "chats": chats}


def _chat(preview: Preview) -> dict[str, Json]:
    subscription = preview.subscription
    pause, stories = subscription.pause, [_story(story) for story in preview.briefing.stories]
    return {
        "chat_id": subscription.chat_id,
        "due": preview.slot is not None,
        "slot": str(preview.slot) if preview.slot else None,
        "next": preview.next.isoformat(timespec="minutes") if preview.next else None,
        "paused": pause.reason if pause else None,
        "rhythm": subscription.schedule.rhythm.value,
        "zone": subscription.schedule.zone,
        "topics": str(subscription.topics),
        "messages": len(preview.drafts),
        "stories": [*stories],
        "left_out": preview.briefing.left_out,
    }


def _story(story: StorySummary) -> dict[str, Json]:
    sentences: list[Json] = [
        {"text": each.quote.text, "start": each.quote.start, "end": each.quote.end, "article": citation_object(each.citation)}
        for each in story.sentences
    ]
    return {
        "headline": citation_object(story.headline),
        "sentences": sentences,
        "sources": story.sources,
        "articles": [citation.id for citation in story.articles],
        "development": story.is_development,
    }


def previews_text(previews: Sequence[Preview]) -> Text:
    """Return a paragraph for each chat: when its digest comes, and what it would say."""
    if not previews:
        return Text(NO_CHATS)
    return Text("\n\n").join([Text("\n").join(_lines(preview)) for preview in previews])


def _lines(preview: Preview) -> list[Text]:
    subscription = preview.subscription
    stories = [line for story in preview.briefing.stories for line in _told(story)]
    return [Text(f"Chat {subscription.chat_id}: {_state(preview)}", style="bold"), *stories]


def _state(preview: Preview) -> str:
    pause = preview.subscription.pause
    if pause is not None:
        since = pause.since.astimezone(preview.subscription.schedule.clock)
        return f"paused since {digest_messages.weekday_and_day(since.date())}: {pause.reason}"
    if preview.next is None:
        return "off"
    if preview.slot is None:
        zone = digest_messages.zone_name(preview.subscription.schedule.zone)
        return f"nothing is due; next: {digest_messages.moment(preview.next)} ({zone})"
    said = messages.counted(len(preview.drafts), "message")
    return f"the digest of {preview.slot.day} {preview.slot.at:%H:%M} is due, {said if preview.drafts else SILENT}"


def _told(story: StorySummary) -> list[Text]:
    label = f"{digest_messages.DEVELOPMENT} " if story.is_development else ""
    counted = digest_messages.told_by(story.sources, len(story.articles))
    head = Text(f"  {label}{one_line(story.headline.title)}").append(f" ({counted})", style=QUIET)
    return [head, *(_sentence(each) for each in story.sentences)]


def _sentence(evidence: Evidence) -> Text:
    source = one_line(evidence.citation.source or messages.UNKNOWN_SOURCE)
    return Text(f"    “{one_line(evidence.quote.text)}” ").append(f"({source})", style=QUIET)
