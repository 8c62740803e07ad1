"""Enumerations taken apart: "France, Germany and Poland" into three items, each a slice of it."""

import re

MAX_ITEMS = 12
"""Things that a list holds; what enumerates more is a table."""

MAX_ITEM_WORDS = 12
"""A longer piece is a clause, and what it stands in no enumeration."""

_CONJUNCTION = re.compile(r"[,;]? (?:and|or|as well as) (?:also )?")
_SEPARATOR = re.compile(rf"{_CONJUNCTION.pattern}|[,;] ")
_SEPARATOR_IN_SHORT = re.compile(rf"{_SEPARATOR.pattern}| & ")
"""Beside an "and", "&" is part of a name: "Johnson & Johnson and Pfizer"."""
_OPENING = re.compile(r"(?:both|either|(?:(?:(?! (?:and|or) )[^,;])+,? )?(?:including|such as|namely)) ")
"""What leads to the first item: "both", "20 countries, including"."""
_ET_CETERA = re.compile(r"(?:etc|so on|(?:many |several |some )?(?:others|more))\.?")
"""What stands for items that are not named."""
_ADDITION = re.compile(
    r"(?:\d|the |a |an |who |whose |which |his |her |its |of |now |then |also |formerly |(?:vice )?president |chief |head |chair|director |"
    r"(?:co-)?founder |owner |leader |mayor |professor |(?:Jr|Sr)\.)"
)
"""What says more about the item before it."""
_ONE_NAME = re.compile(r"\b(?:Trinidad and Tobago|Bosnia and Herzegovina|Antigua and Barbuda|Kitts and Nevis|Johnson and Johnson)\b")
_SURNAMES = re.compile(r"^[A-Z][\w'’-]+ and [A-Z][\w'’-]+ [A-Z][\w'’-]+$")


def items_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the (start, end) of the items that `text[start:end]` enumerates, in order; itself alone where it is one thing.

    Two things need "and" or "or" between them, more may do with commas. What says more about an item stays with it: the
    age in "Rufus Tanskey, 34, and Levi Tanskey, 29". A span with two "and" may mean anything, and stays whole.
    """
    whole = [(start, end)]
    opening = _OPENING.match(text[start:end])
    start += opening.end() if opening else 0
    span = text[start:end]
    conjunctions = len(_CONJUNCTION.findall(span))
    pieces = _pieces(span, _SEPARATOR if conjunctions else _SEPARATOR_IN_SHORT)
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
    joined = [(first, last) for first, last in joined if not _ET_CETERA.fullmatch(span[first:last])]
    sizes = [len(span[first:last].split()) for first, last in joined]
    if not 2 <= len(joined) <= MAX_ITEMS or max(sizes) > MAX_ITEM_WORDS:
        return whole
    return [(start + first, start + last) for first, last in joined]


def _pieces(span: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return what lies between the separators, without blanks at the ends and empty pieces."""
    cuts = [0, *(place for match in separator.finditer(span) for place in match.span()), len(span)]
    pieces = list(zip(cuts[::2], cuts[1::2], strict=True))
    stripped = [(first + len(span[first:last]) - len(span[first:last].lstrip()), last) for first, last in pieces]
    return [(first, last) for first, last in stripped if span[first:last].strip(" ,;")]
