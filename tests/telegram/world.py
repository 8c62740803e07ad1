"""The chats and their messages, and the updates that wait for the bot."""

from dataclasses import dataclass, field
from threading import Condition

from tests.telegram.objects import Chat, Message, Payload


@dataclass(slots=True)
class Pending:
    """An update that the bot has not confirmed. An `again` one comes although its id is old."""

    payload: Payload
    again: bool = False

    @property
    def id(self) -> int:
        """The update's id."""
        number = self.payload["update_id"]
        assert isinstance(number, int)
        return number


@dataclass(slots=True)
class World:
    """Chats, messages and updates, shared by people and the bot; `changed` guards and announces all of it."""

    privacy: bool = True
    inline: bool = False
    changed: Condition = field(default_factory=Condition)
    closing: bool = False
    chats: dict[int, Chat] = field(default_factory=dict)
    messages: dict[tuple[int, int], Message] = field(default_factory=dict)
    topics: set[tuple[int, int]] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    closed_topics: set[tuple[int, int]] = field(default_factory=set)
    barred: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    administrators: set[tuple[int, int]] = field(default_factory=set)
    queries: set[str] = field(default_factory=set)
    pending: list[Pending] = field(default_factory=list)
    allowed_updates: tuple[str, ...] = ()
    commands: dict[str, list[Payload]] = field(default_factory=dict)
    webhook: str = ""
    polls: int = 0
    polling: bool = False
    last_message_id: int = 100

    def next_message_id(self) -> int:
        """Return a message id that no message has."""
        self.last_message_id += 1
        return self.last_message_id

    def keep(self, message: Message) -> Message:
        """Remember a new or changed message, and return it."""
        self.messages[message.chat.id, message.id] = message
        return message
