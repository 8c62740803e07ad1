"""Which words mean nearly the same ("start", "begin"), by the word vectors at the bottom of the bundled reader.

They are looked up, not computed: no model runs. They know words, not contexts, and take "open" and "closed" for near. So they are
good for telling whether a passage is about what is asked, never for telling whether it says yes or no.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.dates.partial_date import MONTHS, WEEKDAYS
from retrieval.lexicon import english, word_pieces
from retrieval.reading import BUNDLED

UNRELATED, SYNONYMOUS = 0.3, 0.6
"""Cosines of word vectors: of 60 words of a passage, one in twenty times the nearest to an unrelated word is nearer than the one;
"begin" and "start" have 0.54, "cost" and "price" 0.54, "purchase" and "bought" 0.64."""

_CALENDAR = frozenset((*MONTHS, *WEEKDAYS))
"""Words that are near to one another and never mean the same."""


def nearness(word: str, others: Iterable[str]) -> float:
    """Return how near the nearest of `others` is to `word` in meaning, all folded: from 0 (unrelated) to 1 (a synonym).

    Only common words are compared: names, numbers and days mean themselves.
    """
    rows, vectors = _vectors()
    known = [rows[other] for other in others if other in rows]
    if word not in rows or not known:
        return 0.0
    cosine = float((vectors[known].astype(np.float32) @ vectors[rows[word]].astype(np.float32)).max())
    return min(1.0, max(0.0, (cosine - UNRELATED) / (SYNONYMOUS - UNRELATED)))


@cache
def _vectors() -> tuple[dict[str, int], NDArray[np.float16]]:
    """Return the row of each English word that is a whole piece of the reader's vocabulary, and the vectors (rows, dimensions)."""
    from safetensors import safe_open

    pieces = word_pieces()
    words = [word for word in pieces if len(word) > 1 and word in english() and word not in _CALENDAR]
    with safe_open(Path(BUNDLED, "model.safetensors"), framework="numpy") as weights:
        every = weights.get_tensor("bert.embeddings.word_embeddings.weight")
    vectors = every[[pieces[word] for word in words]].astype(np.float32)
    vectors -= vectors.mean(axis=0)  # what all words share says nothing
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return {word: row for row, word in enumerate(words)}, vectors.astype(np.float16)
