"""Questions as chats have them: lower case, little punctuation, a typing error or two."""

import random
import re
from collections.abc import Callable

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {letter: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _ROWS for at, letter in enumerate(row)}
_SOUNDS = {"a": "e", "e": "ai", "i": "ey", "o": "ua", "u": "o", "y": "i", "c": "k", "k": "c", "s": "z", "z": "s", "f": "v", "v": "f"}
_WORD = re.compile(r"[a-z]{4,}")


def noisy(question: str, rng: random.Random) -> str:
    """Return `question` in lower case without punctuation at its end, apostrophes and commas, with one or two typing errors.

    The errors are in words of four letters or more, one in a word: two letters swapped, one missing, doubled, mistaken for
    its neighbour on the keyboard or for one that sounds alike, or the blank after the word left out.
    """
    text = re.sub(r"[?.!,'’]+", "", question.lower()).strip()
    words = list(_WORD.finditer(text))
    for word in sorted(rng.sample(words, min(len(words), rng.choice((1, 2)))), key=lambda word: -word.start()):
        text = text[: word.start()] + rng.choice(_ERRORS)(word[0], rng) + text[word.end() :]
    return re.sub(r"\0 ?", "", text)


def _swapped(word: str, rng: random.Random) -> str:
    places = [i for i in range(1, len(word) - 1) if word[i] != word[i + 1]]
    if not places:
        return word
    at = rng.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _missing(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[: at + 1] + word[at:]


def _slipped(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + rng.choice(_NEIGHBOURS[word[at]]) + word[at + 1 :]


def _by_ear(word: str, rng: random.Random) -> str:
    places = [i for i in range(1, len(word)) if word[i] in _SOUNDS]
    if not places:
        return _missing(word, rng)
    at = rng.choice(places)
    return word[:at] + rng.choice(_SOUNDS[word[at]]) + word[at + 1 :]


def _unspaced(word: str, _: random.Random) -> str:
    """Return `word` with a mark that takes the blank after it along."""
    return word + "\0"


_ERRORS: list[Callable[[str, random.Random], str]] = [_swapped, _missing, _doubled, _slipped, _by_ear, _unspaced]
