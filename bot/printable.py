"""Foreign text that a terminal can show: pure, safe whatever an article says."""

import unicodedata

UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode categories that can move the cursor, recolour the screen, turn the reading direction, or cannot be encoded."""
KEPT = {"\n", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060"}
"""Of those, what words of many languages need; the marks among them turn nothing but themselves."""


def printable(text: str) -> str:
    """Return `text` with a replacement for each character that could command a terminal; the length stays the same."""
    return "".join(_safe(character) for character in text)


def _safe(character: str) -> str:
    if character == "\t":
        return " "
    return character if character in KEPT or unicodedata.category(character) not in UNSAFE else "\ufffd"


def one_line(text: str) -> str:
    """Return `text` printable and with spaces for line breaks; the length stays the same."""
    return printable(text).replace("\n", " ")
