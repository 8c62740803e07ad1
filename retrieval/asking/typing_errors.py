"""How far a typed word is from the word that was meant: edits, weighed by how easily people make them."""

from collections.abc import Iterator
from itertools import accumulate

VOWELS = frozenset("aeiouy")
SOUNDS = tuple(frozenset(group) for group in ("ckq", "sz", "sc", "fv", "vw", "dt", "gj", "bp", "mn"))
"""Letters that are taken for one another when a word is written as it sounds."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
KEYBOARD = {letter: (column + row / 2, row) for row, letters in enumerate(_ROWS) for column, letter in enumerate(letters)}
"""Where the keys are, in widths of a key, each row half a key to the right of the one above."""

DOUBLED = 0.4
"""A letter too many or too few beside its like: "comittee"."""
TRANSPOSED = 0.6
CONFUSED = 0.6
"""A vowel for another vowel, or a letter for one that sounds like it."""
SOFT = 0.7
"""A vowel or an "h" too many or too few."""
SLIPPED = 0.8
"""The key beside the right one; any other letter too many or too few."""
OTHER = 1.2
FIRST = 0.2
"""What an error at the first letter costs more: people seldom make it."""


def cost(typed: str, meant: str) -> float:
    """Return the weighted edit distance of two words in lower case: 0 where they are equal, about 1 per error.

    The weights are guesses that keep the order of how frequent such errors are; the recurrence is the one of the optimal
    string alignment distance.
    """
    dropped, added = _alone(typed), _alone(meant)
    before: list[float] = []
    above = list(accumulate(added, initial=0.0))
    for i, letter in enumerate(typed):
        row = [above[0] + dropped[i]]
        for j, other in enumerate(meant):
            exchanged = 0.0 if letter == other else _CONFUSIONS.get((letter, other), OTHER) + (FIRST if i == j == 0 else 0)
            best = min(above[j] + exchanged, above[j + 1] + dropped[i], row[j] + added[j])
            if i and j and letter == meant[j - 1] != other == typed[i - 1]:
                best = min(best, before[j - 1] + TRANSPOSED)
            row.append(best)
        before, above = above, row
    return above[-1]


def _alone(word: str) -> list[float]:
    """Return for each letter what it costs where only this word has it."""
    costs = [SOFT if letter in VOWELS or letter == "h" else SLIPPED for letter in word]
    costs[0] += FIRST
    return [DOUBLED if word[i] in word[max(0, i - 1) : i] + word[i + 1 : i + 2] else costs[i] for i in range(len(word))]


def _confusions() -> Iterator[tuple[tuple[str, str], float]]:
    for one, (column, row) in KEYBOARD.items():
        for other, (other_column, other_row) in KEYBOARD.items():
            if any({one, other} <= group for group in (VOWELS, *SOUNDS)):
                yield (one, other), CONFUSED
            elif abs(column - other_column) <= 1 and abs(row - other_row) <= 1:
                yield (one, other), SLIPPED


_CONFUSIONS = dict(_confusions())
