"""The words of general English."""

from functools import cache


def is_english(word: str) -> bool:
    """Return whether `word` (in lower case) is a rightly spelt English word: it is on the list of the package pyspellchecker."""
    return word in _words()


@cache
def _words() -> frozenset[str]:
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.dictionary)
