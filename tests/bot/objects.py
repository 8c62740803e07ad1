"""Answers and updates for the tests of this folder."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from corpus.article import Published
from retrieval.answer import Answer, Citation, Evidence, Extract, Near, NoAnswer, Silence, Variant
from retrieval.question import Kind

NOW = datetime(2025, 2, 1, 12, 0, tzinfo=UTC)
TEXT = "Talks go on. The meeting is on 4 February at the White House. Both sides confirmed it."
HARBOUR = Citation("a1", "Leaders to meet", "Harbour Post", "https://harbour.example/1?a=1&b=2", Published.parse("2025-01-29"), "one.md")
LOWLAND = replace(HARBOUR, id="a2", title="Visit planned", source="Lowland Courier", url="https://lowland.example/2")

Json = dict[str, Any]


def extract(text: str, part: str) -> Extract:
    start = text.index(part)
    return Extract(start, start + len(part), part)


def evidence(span: str, citation: Citation = HARBOUR, text: str = TEXT, quote: str | None = None) -> Evidence:
    """Return evidence for `span` in `text`, whose whole is the passage; by default `quote` is TEXT's second sentence."""
    shown = quote if quote is not None else "The meeting is on 4 February at the White House."
    return Evidence(citation, extract(text, span), extract(text, shown), Extract(0, len(text), text), 0.9)


def variant(span: str, citation: Citation = HARBOUR, sources: int = 1) -> Variant:
    return Variant(span, (evidence(span, citation),), sources)


ANSWER = Answer("when is the meeting?", Kind.WHEN, variant("4 February", sources=2), 0.9)
CONTESTED = replace(ANSWER, disagreements=(variant("February", LOWLAND),), alternatives=(variant("White House"),))
NOTHING = NoAnswer("what is the capital of peru?", Kind.WHAT, Silence.NOT_FOUND, (Near(LOWLAND, extract(TEXT, "Talks go on.")),))

ADA = {"id": 7, "is_bot": False, "first_name": "Ada"}
WIRE = {"id": 42, "is_bot": True, "first_name": "Wire", "username": "WireBot"}
OTHER_BOT = {"id": 77, "is_bot": True, "first_name": "Other", "username": "OtherBot"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL = {"id": -5, "type": "channel", "title": "Ada's channel"}
AS_CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ada"}
GROUP = {"id": -100, "type": "supergroup", "title": "News"}


def message(text: str | None = None, *, chat: Json = PRIVATE, sender: Json = ADA, sent: datetime = NOW, **more: object) -> Json:
    """Return a message as Telegram sends it; a leading /command is marked as one, other entities are given."""
    written: Json = {} if text is None else {"text": text}
    if text is not None and text.startswith("/"):
        written["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    return {"message_id": 10, "date": int(sent.timestamp()), "chat": chat, "from": sender, **written, **more}


def mention(text: str, name: str, **more: Json) -> Json:
    """Return a group's message in which `name` is marked as a mention."""
    offset = len(text[: text.index(name)].encode("utf-16-le")) // 2
    return message(text, chat=GROUP, entities=[{"type": "mention", "offset": offset, "length": len(name)}]) | more


def press(data: str, *, message_id: int = 1001, chat: Json = PRIVATE, sender: Json = ADA) -> Json:
    """Return a press on a button under a message of the bot's."""
    shown = {"message_id": message_id, "date": int(NOW.timestamp()), "chat": chat, "from": WIRE, "text": "…"}
    return {"id": "p1", "from": sender, "chat_instance": "1", "message": shown, "data": data}
