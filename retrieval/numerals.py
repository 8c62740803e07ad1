"""Small numbers in their several spellings: "phase two" is "the second phase", and "3 teams" are "three teams"."""

import re
from collections.abc import Collection

_CARDINALS = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_SHORT_ORDINALS = "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th".split()
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii".split()

_CARDINAL = {spelling: place for place, word in enumerate(_CARDINALS) for spelling in (word, str(place + 1))}
_ORDINAL = {spelling: place for spellings in (_ORDINALS, _SHORT_ORDINALS) for place, spelling in enumerate(spellings)}
_NAMED = _CARDINAL | {numeral: place for place, numeral in enumerate(_ROMAN) if len(numeral) > 1}
"""How a number is written behind what it counts: "phase 2", "World War II"."""


def numeral_forms(query: str, words: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return for the numbers of `query` up to twelve the phrases that say the same; all folded.

    `words` are those of the query that mean something: only beside one of these is a number a name ("phase two"). "2" and "two" say
    the same everywhere.
    """
    said = re.findall(r"\w+", query.casefold())
    found: dict[str, tuple[str, ...]] = {}
    for before, word, after in zip(["", *said], said, [*said[1:], ""], strict=False):
        if word in _NAMED and before in words and not before.isdecimal():
            phrases = _phrases(_NAMED[word], before)
        elif word in _ORDINAL and after in words:
            phrases = _phrases(_ORDINAL[word], after)
        else:
            phrases = ()
        if word in _CARDINAL:
            place = _CARDINAL[word]
            phrases = (*phrases, _CARDINALS[place], str(place + 1))
        if phrases:
            found[word] = (*found.get(word, ()), *phrases)
    return {word: tuple(phrase for phrase in dict.fromkeys(phrases) if phrase != word) for word, phrases in found.items()}


def _phrases(place: int, noun: str) -> tuple[str, ...]:
    """Return how the thing is called that is number `place` (from 0) of its kind."""
    behind = [names[place] for names in (_CARDINALS, _ROMAN)] + [str(place + 1)]
    before = [names[place] for names in (_ORDINALS, _SHORT_ORDINALS)]
    return (*(f"{noun} {number}" for number in behind), *(f"{number} {noun}" for number in before))
