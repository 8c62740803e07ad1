"""Enumerations taken apart: "France, Germany and Poland" into three items, each a slice of it."""

import re

MAX_ITEMS = 12
"""Things that a list holds; what enumerates more is a table."""

MAX_ITEM_WORDS = 12
"""A longer piece is a clause, and what it stands in no enumeration."""

_SEPARATOR = re.compile(r",? (?:and|or|as well as|&) (?:also )?|[,;] ")
_CONJUNCTION = re.compile(r",? (?:and|or|as well as) ")
_ADDITION = re.compile(r"(?:\d|the |a |an |who |whose |which |his |her |its |of |now |then |also |formerly )")
_ONE_NAME = re.compile(r"\b(?:Trinidad and Tobago|Bosnia and Herzegovina|Antigua and Barbuda|Kitts and Nevis|Johnson and Johnson)\b")
_SURNAMES = re.compile(r"^[A-Z][\w'’-]+ and [A-Z][\w'’-]+ [A-Z][\w'’-]+$")


def items_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the (start, end) of the items that `text[start:end]` enumerates, in order; itself alone where it is one thing.

    Two things need "and" or "or" between them, more may do with commas. What says more about an item stays with it: the
    age in "Rufus Tanskey, 34, and Levi Tanskey, 29". A span with two "and" may mean anything, and stays whole.
    """
    whole = [(start, end)]
    span = text[start:end]
    conjunctions = len(_CONJUNCTION.findall(span))
    pieces = _pieces(span)
    if conjunctions > 1 or (conjunctions == 0 and len(pieces) < 3) or _SURNAMES.match(span) or _ONE_NAME.search(span):
        return whole
    named = sum(span[first : first + 1].isupper() for first, _ in pieces)
    joined: list[tuple[int, int]] = []
    for first, last in pieces:
        piece = span[first:last]
        adds = joined and (piece[:1].isdigit() or (named >= 2 and _ADDITION.match(piece)))
        if adds and not _CONJUNCTION.search(span[joined[-1][1] : first]):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    sizes = [len(span[first:last].split()) for first, last in joined]
    if not 2 <= len(joined) <= MAX_ITEMS or max(sizes) > MAX_ITEM_WORDS:
        return whole
    return [(start + first, start + last) for first, last in joined]


def _pieces(span: str) -> list[tuple[int, int]]:
    """Return what lies between the separators, without blanks at the ends and empty pieces."""
    cuts = [0, *(place for match in _SEPARATOR.finditer(span) for place in match.span()), len(span)]
    pieces = list(zip(cuts[::2], cuts[1::2], strict=True))
    stripped = [(first + len(span[first:last]) - len(span[first:last].lstrip()), last) for first, last in pieces]
    return [(first, last) for first, last in stripped if span[first:last].strip(" ,;")]
