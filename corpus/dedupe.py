"""Copies of one report: the same words, syndicated or lightly edited, at whatever address.

Texts are compared by their shingles: all runs of a few words. A text's bands, made of the MinHash of its shingles, are what an
index needs to find the texts that may share many of them; those are then compared shingle by shingle.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from urllib.parse import urlsplit

from corpus.article import Article
from corpus.page_facts import letters

SHINGLE_WORDS = 4
"""Words of a shingle. `python -m benchmarks.copies` measures what this and the numbers below make of real news."""
BANDS, BAND_ROWS = 48, 2
"""Of two texts that have a tenth of all their shingles in common, 38 in 100 share a band; with a fifth 86, with a third 99.6."""
LONGEST_COMPARED = 100_000
"""Characters of a text that are looked at: a book costs no more than a long report."""
SHARED = 0.4
"""Copies have this share of the shorter one's shingles in common."""
SHARED_BESIDE_QUOTATIONS = 0.2
"""Copies have this share in common outside of quotation marks, too: whoever quotes the same statement does not copy."""
SAME_FACTS = 0.65
"""Of the places that both texts word alike around a number or a name, copies have this share with the same number or name: notes
made from one template (the weather, the markets) do not."""
FEWEST_SHINGLES = 12
"""Fewer prove nothing: a shorter text is a copy only of a text with exactly its words."""
FEWEST_FACTS = 6
"""Fewer places with a number or a name prove nothing: they are about two numbers."""

_WORD = re.compile(r"[^\W_]+(?:[.,:/-][0-9]+)*")
_APOSTROPHE = re.compile("['’‘`]")
_QUOTATION = re.compile(r"(?<!\S)[“„«\"](?=\S)[^“”„«»\"]+(?<=\S)[”»\"](?!\w)")
_OPEN_QUOTATION = re.compile(r"^[ \t]*“[^”\n]*$", re.MULTILINE)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october "
    "november december today yesterday tomorrow".split()
)


class TextPrint:
    """What a text is compared by; each part is made when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text[:LONGEST_COMPARED]

    @cached_property
    def shingles(self) -> frozenset[str]:
        """All runs of SHINGLE_WORDS words, folded."""
        return frozenset(_runs([word.casefold() for word in self._words]))

    @cached_property
    def narration(self) -> frozenset[str]:
        """The shingles of what stands outside of quotation marks."""
        told = _OPEN_QUOTATION.sub(" ", _QUOTATION.sub(" ", self._text))
        return frozenset(_runs([word.casefold() for word in _words(told)]))

    @cached_property
    def numbers(self) -> Mapping[str, frozenset[str]]:
        """The shingles with a number or a day in them, by what they are without it."""
        return self._by_mask(_is_number)

    @cached_property
    def names(self) -> Mapping[str, frozenset[str]]:
        """The shingles with a capitalised word in them, by what they are without it."""
        return self._by_mask(_is_name)

    @cached_property
    def _words(self) -> list[str]:
        return _words(self._text)

    def _by_mask(self, is_fact: Callable[[str], bool]) -> Mapping[str, frozenset[str]]:
        marked = ["#" if is_fact(word) else word.casefold() for word in self._words]
        found: dict[str, set[str]] = {}
        for mask, run in zip(_runs(marked), _runs([word.casefold() for word in self._words]), strict=True):
            if 0 < mask.count("#") <= SHINGLE_WORDS / 2:
                found.setdefault(mask, set()).add(run)
        return {mask: frozenset(kept) for mask, kept in found.items()}


def bands_of(text: str) -> list[int]:
    """Return BANDS numbers of 64 bits with sign; texts that share many shingles share at least one. A very short text has none."""
    from datasketch import MinHash

    found = TextPrint(text).shingles
    if len(found) < FEWEST_SHINGLES:
        return []
    sketch = MinHash(num_perm=BANDS * BAND_ROWS, seed=1)
    sketch.update_batch([shingle.encode("utf-8", "replace") for shingle in found])
    rows = sketch.hashvalues.reshape(BANDS, BAND_ROWS)
    return [_folded(number, row.tobytes()) for number, row in enumerate(rows)]


def _folded(number: int, row: bytes) -> int:
    digest = blake2b(bytes([number]) + row, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def are_copies(one: TextPrint, other: TextPrint) -> bool:
    """Return whether one text is the other, lightly edited: in whichever order they are given."""
    if min(len(one.shingles), len(other.shingles)) < FEWEST_SHINGLES:
        return False
    if _share(one.shingles, other.shingles) < SHARED:
        return False
    return _tell_alike(one, other) and _have_same_facts(one.numbers, other.numbers) and _have_same_facts(one.names, other.names)


def _tell_alike(one: TextPrint, other: TextPrint) -> bool:
    """Whether texts share words outside of quotation marks, too; true where hardly anything stands there."""
    if min(len(one.narration), len(other.narration)) < FEWEST_SHINGLES:
        return True
    return _share(one.narration, other.narration) >= SHARED_BESIDE_QUOTATIONS


def same_outlet(one: Article, other: Article) -> bool:
    """Return whether two articles have one publisher, by its name or its host; an unknown publisher may be any."""
    hosts = [urlsplit(article.url).hostname if article.url else None for article in (one, other)]
    if all(hosts) and hosts[0] == hosts[1]:
        return True
    names = [letters(article.source) for article in (one, other)]
    if all(names):
        return names[0] == names[1]
    return not all(hosts)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other))


def _have_same_facts(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> bool:
    common = one.keys() & other.keys()
    same = sum(bool(one[mask] & other[mask]) for mask in common)
    return len(common) < FEWEST_FACTS or same >= SAME_FACTS * len(common)


def _words(text: str) -> list[str]:
    """Return the words as they are written, but for apostrophes and the forms that compatibility characters have."""
    return _WORD.findall(_APOSTROPHE.sub("", unicodedata.normalize("NFKC", text)))


def _runs(words: Sequence[str]) -> list[str]:
    return [" ".join(words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1)]


def _is_number(word: str) -> bool:
    return any(character.isdigit() for character in word) or word.casefold() in _CALENDAR


def _is_name(word: str) -> bool:
    return word[0].isupper() and not _is_number(word)
