"""The words of general English."""

from functools import cache
from importlib.resources import files


def is_english(word: str) -> bool:
    """Return whether `word` (in lower case) is one of 82,000 rightly spelt American and British words.

    It is the list that the package symspellpy ships: Google's book n-grams, as far as the word lists of SCOWL have them.
    """
    return word in _words()


@cache
def _words() -> frozenset[str]:
    lines = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig").splitlines()
    return frozenset(line.split()[0] for line in lines)
