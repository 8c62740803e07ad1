"""Words with how often each is used, and the ones that are spelt nearly like another."""

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.reading import BUNDLED

MAX_WORDS = 300_000
"""Words that a lexicon keeps, the most frequent ones: about 60 MB."""

MAX_WORD_LENGTH = 24
"""Characters; longer words are not kept, and nothing is near them."""

NEIGHBOURS = 10
"""Words that `Lexicon.near` returns at most."""


def fold(word: str) -> str:
    """Return `word` without case and diacritics, as the keyword index sees it: "Zelenský" becomes "zelensky"."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


class Lexicon:
    """The words of `counts` (folded), each with how often it is used; only those made of letters and not too long."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        words = [word for word in counts if word.isalpha() and len(word) <= MAX_WORD_LENGTH]
        words = sorted(words, key=lambda word: (-counts[word], word))[:MAX_WORDS]
        self._counts = {word: counts[word] for word in words}
        self._total = sum(self._counts.values())
        self._words = np.asarray(words, dtype=object)
        self._lengths = np.asarray([len(word) for word in words], dtype=np.int64)
        self._letters = _letters(words)

    def __contains__(self, word: str) -> bool:
        """Whether `word` is one of them."""
        return word in self._counts

    def share(self, word: str) -> float:
        """Return which part of all uses of words is `word`: 0 to 1, and 0 for an unknown one."""
        return self.share_of(self._counts.get(word, 0))

    def share_of(self, count: float) -> float:
        """Return which part of all uses of words `count` uses are; without any words, `count`."""
        return count / max(self._total, 1)

    def near(self, word: str, distance: int) -> list[str]:
        """Return at most NEIGHBOURS words within `distance` edits of `word`, the nearest first, among those the most used.

        An edit adds, drops or exchanges a letter, or swaps two neighbours (optimal string alignment distance).
        """
        if len(word) > MAX_WORD_LENGTH:
            return []
        # An edit changes at most two of the letters that a word is made of, so few words need to be compared.
        unlike = np.bitwise_count(self._letters ^ _letters([word])[0])
        possible = np.flatnonzero((unlike <= 2 * distance) & (np.abs(self._lengths - len(word)) <= distance))
        found = process.extract(word, self._words[possible].tolist(), scorer=OSA.distance, score_cutoff=distance, limit=NEIGHBOURS)
        return [neighbour for neighbour, _, _ in found]


def _letters(words: list[str]) -> NDArray[np.uint32]:
    """Return for each word the set of its letters as bits; letters may share a bit."""
    codes = np.asarray(words, dtype=f"U{MAX_WORD_LENGTH}").view(np.uint32).reshape(len(words), MAX_WORD_LENGTH)
    bits = np.where(codes > 0, np.uint32(1) << (codes % np.uint32(32)), np.uint32(0))
    return np.asarray(np.bitwise_or.reduce(bits, axis=1), dtype=np.uint32)


@cache
def english() -> Lexicon:
    """Return 82,000 rightly spelt words of American and British English, by their use in books.

    It is the list that the package symspellpy ships: Google's book n-grams, as far as the word lists of SCOWL have them.
    """
    lines = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig").splitlines()
    return Lexicon({word: int(count) for word, count in map(str.split, lines)})


def word_pieces() -> dict[str, int]:
    """Return the vocabulary of the bundled reader, words and parts of words, each with its row among the word vectors."""
    pieces: dict[str, int] = json.loads(Path(BUNDLED, "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return pieces


@cache
def _well_known() -> frozenset[str]:
    """Return the words, many of them names, that are whole pieces in the vocabulary of the bundled reader."""
    return frozenset(piece for piece in word_pieces() if piece.isalpha())


def is_known(word: str) -> bool:
    """Whether a folded word is English, or a name that is well known."""
    return word in english() or word in _well_known()
