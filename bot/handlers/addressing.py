"""Whether a message is meant for the bot, and what it says to it."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from telegram import Message, MessageEntity, User
from telegram.constants import ChatID, ChatType

from bot.messages import COMMANDS

KNOWN = {"start", *COMMANDS}
ASK = "ask"
GAPS = " ,:;-\n"
"""What may stand between the bot's name, or /ask, and the question."""


@dataclass(frozen=True, slots=True)
class Words:
    """A question for the bot; `text` is empty where somebody only called it."""

    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command other than /ask, such as `help`; not necessarily a known one."""

    name: str


@dataclass(frozen=True, slots=True)
class Wordless:
    """A picture, a sticker, a voice: something that the bot cannot read."""


Heard = Words | Command | Wordless


def understand(message: Message, me: User) -> Heard | None:
    """Return what `message` says to the bot `me`; None where it is not addressed, or not from a person."""
    if not _is_from_a_person(message):
        return None
    private = message.chat.type == ChatType.PRIVATE
    text = message.text or message.caption
    if text is None:
        return Wordless() if private and message.effective_attachment else None
    command = next((entity for entity in _entities(message) if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0), None)
    if command is not None:
        return _command(message, text, text[1 : command.length], me)
    mentions = _mentions(message, me)
    if private or mentions or _replied_to(message, me):
        return _asked(message, text, me)
    return None


def without_address(text: str) -> str:
    """Return what is said in `text` however it calls the bot: without /ask and mentions."""
    return _ADDRESS.sub(" ", text)


_ASK = r"^/ask(?:@\w+)?\b"
_ADDRESS = re.compile(rf"{_ASK}|@\w+")


def argument_of(message: Message) -> str:
    """Return what was typed after the command, on its line or below; an empty string for nothing."""
    return "".join((message.text or message.caption or "").split(maxsplit=1)[1:]).strip()


def listed(text: str) -> list[str]:
    """Return the words of a list, which may have commas between them; those inside of web addresses stay."""
    words = [word.strip(",;") for word in text.split()]
    return [part for word in words for part in ([word] if "://" in word else word.split(",")) if part]


def _is_from_a_person(message: Message) -> bool:
    """Anonymous administrators, and people who speak as a channel of theirs, come as bots of Telegram's.

    Channel posts copied into their discussion group come as a user.
    """
    sender = message.from_user
    if sender is None or message.via_bot or message.is_automatic_forward:
        return False
    speaker = message.sender_chat
    anonymous = sender.id == ChatID.ANONYMOUS_ADMIN and speaker is not None and speaker.id == message.chat.id
    as_channel = sender.id == ChatID.FAKE_CHANNEL and speaker is not None and speaker.type == ChatType.CHANNEL
    return anonymous or as_channel or not sender.is_bot


def _entities(message: Message) -> Collection[MessageEntity]:
    return message.entities if message.text else message.caption_entities


def _command(message: Message, text: str, written: str, me: User) -> Heard | None:
    """Return what the command `written` (`ask` or `ask@somebot`), with which `text` begins, asks for; None for another bot's."""
    name, _, addressee = written.lower().partition("@")
    if addressee and addressee != (me.username or "").lower():
        return None
    if name == ASK:
        return _asked(message, text, me)
    if name in KNOWN or addressee or message.chat.type == ChatType.PRIVATE:
        return Command(name)
    return None  # an unknown one in a group is probably for another bot


def _asked(message: Message, text: str, me: User) -> Words:
    """Return the question in `text`, or the one that it replies to."""
    asked = re.sub(_ASK, "", without(text, _mentions(message, me)), flags=re.IGNORECASE).lstrip(GAPS)
    return Words(asked or _quoted(message, me))


def _mentions(message: Message, me: User) -> list[MessageEntity]:
    """Return the places where `message` names the bot."""
    name = f"@{me.username}".lower()
    parse = message.parse_entity if message.text else message.parse_caption_entity
    return [
        entity
        for entity in _entities(message)
        if (entity.type == MessageEntity.MENTION and parse(entity).lower() == name)
        or (entity.type == MessageEntity.TEXT_MENTION and entity.user == me)
    ]


def without(text: str, entities: Collection[MessageEntity]) -> str:
    """Return `text` without `entities`, whose offsets count UTF-16 units, and without the gaps that they leave."""
    if not entities:
        return text.strip()
    raw = text.encode("utf-16-le")
    for entity in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        raw = raw[: 2 * entity.offset] + raw[2 * (entity.offset + entity.length) :]
    return re.sub(r" {2,}", " ", raw.decode("utf-16-le", "ignore")).lstrip(GAPS).rstrip()


def _replied_to(message: Message, me: User) -> bool:
    """In a forum, every message "replies" to the one that opened its topic; that one has no words."""
    reply = message.reply_to_message
    return reply is not None and reply.from_user == me and bool(reply.text or reply.caption)


def _quoted(message: Message, me: User) -> str:
    """Return the words of the person whom `message` replies to, those alone that it marks; an empty string where there are none."""
    reply = message.reply_to_message
    if reply is None or reply.from_user == me:
        return ""
    marked = message.quote.text if message.quote and message.quote.is_manual else ""
    return (marked or reply.text or reply.caption or "").strip()
