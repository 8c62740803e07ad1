"""Sentences that can be read alone: with the sentence before where they start with "He said", with the rest of a quotation."""

import re

from retrieval.sentences import sentences_within

MAX_SENTENCES = 3
"""Sentences that a quotation from an article has at most."""

MAX_LENGTH = 900
"""Characters; a sentence that makes a quotation longer than this is not added."""

REACH = 1200
"""Characters before and after a stretch in which its neighbours are looked for."""

_POINTING = (
    "he she it they his her hers its their them this that these those such both neither either another others but and so or then yet "
    "still thus therefore however nevertheless nonetheless instead also besides meanwhile moreover otherwise there here later afterwards"
).split()
_POINTING_PHRASES = [
    *("until then", "since then", "in that", "in this", "at that", "one of them", "some of them", "two of the"),
    *("the two", "the pair", "the former", "the latter", "the man", "the woman", "the move", "the decision", "the statement"),
]
_DANGLING = re.compile(rf"(?:{'|'.join([*_POINTING, *_POINTING_PHRASES])})\b(?! who\b)", re.IGNORECASE)
_OPENING, _CLOSING = "“", "”"
_QUOTED = re.compile(r"^[^“”]*”|“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_PRONOUN_SAYS = re.compile(
    r"\b(?:he|she|they|it) (?:\w+ )?[a-z]+(?:s|ed|aid|old|rote)\b|\b(?:said|added|asked|wrote|replied) (?:he|she|they)\b", re.IGNORECASE
)
_NAMED = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+")


def borders_near(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the (start, end) of the sentences of `text` around and within `start:end`, in order.

    Only REACH characters to both sides are looked at, from the beginning of a line where there is one.
    """
    first = text.rfind("\n", max(0, start - 2 * REACH), max(0, start - REACH)) + 1 or max(0, start - REACH)
    stop = text.find("\n", end + REACH, end + 2 * REACH)
    last = stop if stop >= 0 else min(len(text), end + REACH)
    return sentences_within(text, first, last)


def without_quotations(sentence: str) -> str:
    """Return `sentence` with blanks for what stands in quotation marks; the length stays the same."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), sentence)


def needs_what_stands_before(sentence: str) -> bool:
    """Return whether a sentence starts with a word that points back, or quotes somebody whom it does not name."""
    told = without_quotations(sentence)
    if not re.search(r"\w", told):
        return True
    if sentence[:1] in {_OPENING, '"'}:
        return _PRONOUN_SAYS.search(told) is not None and _NAMED.search(told) is None
    return _DANGLING.match(sentence) is not None


def readable(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of one to MAX_SENTENCES whole sentences of `text` around `start:end` that can be read alone.

    The sentences before are taken along where the first one points back to them, and those after while a quotation is open.
    It is the best that there is: at the beginning of an article "He" has nothing before it.
    """
    borders = borders_near(text, start, end)
    touched = [i for i, border in enumerate(borders) if border[0] < end and start < border[1]]
    if not touched:
        return start, end
    first, last = touched[0], touched[-1]
    while last - first + 1 < MAX_SENTENCES:
        said = text[borders[first][0] : borders[last][1]]
        if said.count(_OPENING) > said.count(_CLOSING) and last + 1 < len(borders):
            grown = first, last + 1
        elif first > 0 and (said.count(_CLOSING) > said.count(_OPENING) or needs_what_stands_before(text[slice(*borders[first])])):
            grown = first - 1, last
        else:
            break
        if borders[grown[1]][1] - borders[grown[0]][0] > MAX_LENGTH:
            break
        first, last = grown
    return min(start, borders[first][0]), max(end, borders[last][1])
