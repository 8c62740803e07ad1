"""What the Bot API talks about: users, chats, messages, updates, calls and faults, with the fields that matter to a bot."""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

Payload = dict[str, object]
Parameters = Mapping[str, str]

_ENTITY = re.compile(r"(?<!\S)(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]+)?)|(?<!\w)(?P<mention>@[A-Za-z0-9_]{4,32})")


def utf16_units(text: str) -> int:
    """Return how long Telegram counts `text` to be."""
    return len(text.encode("utf-16-le")) // 2


def entities_of(text: str) -> list[Payload]:
    """Return the commands and mentions that Telegram marks in what a person writes; offsets are UTF-16 units."""
    return [
        {"type": found.lastgroup, "offset": utf16_units(text[: found.start()]), "length": utf16_units(found.group())}
        for found in _ENTITY.finditer(text)
    ]


@dataclass(frozen=True, slots=True)
class User:
    """A person, or another bot."""

    id: int
    first_name: str = "Ada"
    username: str | None = None
    is_bot: bool = False

    def payload(self) -> Payload:
        """Return the Bot API's User."""
        named: Payload = {"username": self.username} if self.username else {}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name, "language_code": "en", **named}


BOT = User(5_000_001, "Quotewire", "quotewire_test_bot", is_bot=True)
ADA = User(71, "Ada", "ada_l")
BEN = User(72, "Ben & <Co>")


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat (its id is the person's), a group or a supergroup; a forum has topics."""

    id: int
    type: str = "supergroup"
    title: str = "Newsroom"
    is_forum: bool = False

    @classmethod
    def with_person(cls, user: User) -> Self:
        """Return the private chat with `user`."""
        return cls(user.id, "private", user.first_name)

    def payload(self) -> Payload:
        """Return the Bot API's Chat."""
        if self.type == "private":
            return {"id": self.id, "type": self.type, "first_name": self.title}
        forum: Payload = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, "type": self.type, "title": self.title, **forum}


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button; `data` is empty for a link."""

    text: str
    data: str


PHOTO: Payload = {"file_id": "photo", "file_unique_id": "photo", "width": 1000, "height": 1000}
"""How Telegram describes a picture that was sent; nothing reads more of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that stands in a chat. `text` is what people read; `html` is what the bot sent to make it so.

    `photo` is the file of a picture, under which the text is the caption; it is empty for other messages.
    `thread_id` is Telegram's message_thread_id: a topic's id where `in_topic`, else the first message of a chain of replies.
    """

    chat: Chat
    id: int
    sender: User
    text: str
    date: int
    html: str = ""
    entities: tuple[Payload, ...] = ()
    markup: str = ""
    thread_id: int | None = None
    in_topic: bool = False
    reply_to: Self | None = None
    photo: bytes = b""

    @property
    def buttons(self) -> list[Button]:
        """The inline buttons, row by row; empty where there are none."""
        rows = json.loads(self.markup)["inline_keyboard"] if self.markup else []
        return [Button(button["text"], button.get("callback_data", "")) for row in rows for button in row]

    def marked(self, kind: str) -> list[str]:
        """Return the stretches of the text that are formatted as `kind`; empty where none are."""
        units = self.text.encode("utf-16-le")
        spans = [(entity["offset"], entity["length"]) for entity in self.entities if entity["type"] == kind]
        return [
            units[2 * start : 2 * (start + length)].decode("utf-16-le")
            for start, length in spans
            if isinstance(start, int) and isinstance(length, int)
        ]

    @property
    def replied_id(self) -> int | None:
        """The id of the message that this one answers."""
        return self.reply_to.id if self.reply_to else None

    def payload(self) -> Payload:
        """Return the Bot API's Message."""
        message: Payload = {
            "message_id": self.id,
            "from": self.sender.payload(),
            "chat": self.chat.payload(),
            "date": self.date,
        }
        text, entities = ("caption", "caption_entities") if self.photo else ("text", "entities")
        optional: Payload = {
            text: self.text,
            entities: list(self.entities),
            "photo": [PHOTO] if self.photo else [],
            "message_thread_id": self.thread_id,
            "is_topic_message": self.in_topic,
            "reply_markup": json.loads(self.markup) if self.markup else None,
            "reply_to_message": self._replied(),
        }
        return message | {name: value for name, value in optional.items() if value}

    def _replied(self) -> Payload | None:
        """Return the message before, without what that one replied to; in a topic, the topic's first message stands in."""
        if self.reply_to:
            return {name: value for name, value in self.reply_to.payload().items() if name != "reply_to_message"}
        if not self.in_topic:
            return None
        return {
            "message_id": self.thread_id,
            "from": ADA.payload(),
            "chat": self.chat.payload(),
            "date": self.date,
            "message_thread_id": self.thread_id,
            "is_topic_message": True,
            "forum_topic_created": {"name": "Ceasefire", "icon_color": 7322096},
        }


@dataclass(frozen=True, slots=True)
class Call:
    """A request of the bot: the `message` that it made or changed, or the `refusal` that it got (empty where it was done).

    `moment` is when it was dealt with, in seconds of the monotonic clock.
    """

    method: str
    parameters: Parameters = field(default_factory=dict)
    message: Message | None = None
    refusal: str = ""
    moment: float = field(default_factory=time.monotonic, compare=False)


class Fault:
    """Something that goes wrong with one request."""


@dataclass(frozen=True, slots=True)
class Refusal(Fault):
    """An answer that says no."""

    status: int
    description: str
    retry_after: int | None = None
    migrate_to: int | None = None


def too_many_requests(retry_after: int) -> Refusal:
    """Return the flood limit's answer; `retry_after` is in seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after)


FORBIDDEN = Refusal(403, "Forbidden: bot was blocked by the user")
UNAUTHORIZED = Refusal(401, "Unauthorized")
CONFLICT = Refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")


@dataclass(frozen=True, slots=True)
class Foreign(Fault):
    """An answer that somebody else gives in place of the Bot API: a proxy, say."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class ConnectionReset(Fault):
    """The connection breaks before anything is done."""


@dataclass(frozen=True, slots=True)
class AnswerLost(Fault):
    """What was asked is done, but the connection breaks before the answer."""


@dataclass(frozen=True, slots=True)
class LateAnswer(Fault):
    """What was asked is done at once, but the answer takes its time."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Swallowed(Fault):
    """Nothing is done, and no answer comes for so long; then the connection breaks."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Delay(Fault):
    """The answer takes its time."""

    seconds: float
