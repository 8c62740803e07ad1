"""Which article a message that is replied to, or a link, refers to."""

import re

from telegram import Message, MessageEntity

_URL = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)


def links_of(message: Message) -> list[str]:
    """Return the web addresses in a message: those in its words, and those behind them."""
    text = message.text or message.caption or ""
    entities = message.parse_entities([MessageEntity.URL]) if message.text else message.parse_caption_entities([MessageEntity.URL])
    written = [words if "://" in words else f"https://{words}" for words in entities.values()]
    hidden = [entity.url for entity in (*message.entities, *message.caption_entities) if entity.url]
    return list(dict.fromkeys([*written, *hidden, *_URL.findall(text)]))
