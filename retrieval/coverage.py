"""How much of what a question is about a passage has: by its words, and by words that mean nearly the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from retrieval.lexicon import english, fold
from retrieval.nearness import nearness
from retrieval.passage import Passage

PASSAGE_WORDS = 110
"""Words of a usual passage: what is once in so many words of English is in a third of the passages that are not known yet."""

PRIOR_PASSAGES = 100
"""Passages of general English that count beside the articles' own when a word's rarity is estimated.

In two articles on one meeting every passage has "meet", and none has "going"; it is not less about the meeting for that.
"""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question, folded; `frequency` is the number of passages of all articles that have it or what it stands for.

    `found` says of each of some passages whether it has it.
    """

    word: str
    frequency: int
    found: tuple[bool, ...]


def shares(terms: Sequence[Term], passages: Sequence[Passage], size: int) -> list[float]:
    """Return for each of `passages` which share of the `terms` it covers: 0 to 1, and 0 for no terms. `size` passages are there in all.

    A term weighs as much as it is rare. One that a passage lacks counts in part where it has a word of nearly the same meaning.
    """
    weights = [rarity(term.word, term.frequency, size) for term in terms]
    total = sum(weights) or 1.0
    return [_covered(terms, weights, place, passage) / total for place, passage in enumerate(passages)]


def _covered(terms: Sequence[Term], weights: Sequence[float], place: int, passage: Passage) -> float:
    missing = [term for term in terms if not term.found[place]]
    words = _common_words(passage.titled) if missing else set()
    return sum(
        weight * (1.0 if term.found[place] else nearness(fold(term.word), words)) for term, weight in zip(terms, weights, strict=True)
    )


def _common_words(text: str) -> set[str]:
    """Return the words of `text` that it writes in small letters: names are near to other names, and never mean the same."""
    return {fold(word) for word in re.findall(r"\w+", text) if word.islower()}


def rarity(word: str, frequency: int, size: int) -> float:
    """Return the information (in nats) that a passage has `word`, which `frequency` of `size` passages have."""
    in_english = 1 - (1 - english().share(word)) ** PASSAGE_WORDS
    return -log((frequency + PRIOR_PASSAGES * in_english + 0.5) / (size + PRIOR_PASSAGES + 1))
