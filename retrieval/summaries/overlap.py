"""Sentences compared by the words that they share, inflections alike and small words left out."""

import re
from collections.abc import Sequence

import numpy as np

from retrieval.content_words import STOP_WORDS
from retrieval.protocols import Vectors

_WORD = re.compile(r"[^\W_]+")
_PLURAL = re.compile(r"(?<=\w{4})(?<!s)s$")


def telling_words(text: str) -> list[str]:
    """Return the words of `text` in their order, in lower case and without a plural's ending, small words left out."""
    return [without_plural(word) for word in _WORD.findall(text.casefold()) if word not in STOP_WORDS]


def without_plural(word: str) -> str:
    """Return a word in lower case without the "s" of a plural; short ones, and those in "ss", as they are."""
    return _PLURAL.sub("", word)


def word_vectors(texts: Sequence[str]) -> Vectors:
    """Return one row of length 1 per text, such that the product of two says how many of their words are common: 0 to 1.

    A text without words has a row of length 0.
    """
    words = [set(telling_words(text)) for text in texts]
    columns = {word: column for column, word in enumerate(sorted(set().union(*words)))}
    rows = np.zeros((len(texts), max(1, len(columns))), dtype=np.float32)
    for row, found in zip(rows, words, strict=True):
        row[[columns[word] for word in found]] = 1 / max(1.0, len(found) ** 0.5)
    return rows
