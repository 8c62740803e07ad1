"""Which article a message that is replied to, or a link, refers to."""

import re

from telegram import Message, MessageEntity

from bot.handlers.addressing import without
from corpus.addresses import is_web_address

_URL = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
_AFTER = ".,;:!?)"
"""What ends a sentence or a bracket after an address that Telegram has not marked, as in words that are shown as code."""


def links_of(message: Message) -> list[str]:
    """Return the web addresses in a message: those in its words, and those behind them."""
    marked, rest = _parted(message)
    written = [web_address(words) for words in marked]
    hidden = [entity.url for entity in (*message.entities, *message.caption_entities) if entity.url]
    found = [*written, *hidden, *(words.rstrip(_AFTER) for words in _URL.findall(rest))]
    return list(dict.fromkeys(link for link in found if is_web_address(link)))


def is_links_alone(message: Message) -> bool:
    """Return whether no words stand between and around the web addresses in a message."""
    _, rest = _parted(message)
    return not re.search(r"\w", _URL.sub(" ", rest))


def web_address(words: str) -> str:
    """Return an address, which people write without its scheme, too, with one."""
    return words if "://" in words else f"https://{words}"


def _parted(message: Message) -> tuple[list[str], str]:
    """Return the addresses that Telegram has marked in a message's words, in their order, and the words without them."""
    parse = message.parse_entities if message.text else message.parse_caption_entities
    marked = parse([MessageEntity.URL])
    return list(marked.values()), without(message.text or message.caption or "", marked)
