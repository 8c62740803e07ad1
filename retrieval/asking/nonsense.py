"""Whether a text is made of no words at all, such as "asdf qwer"."""

import re
from collections.abc import Set

from retrieval.lexicon import is_known


def is_nonsense(text: str, unknown: Set[str]) -> bool:
    """Return whether no word of `text` is in the articles or in general English; `unknown` are those that no article has.

    A single known word is enough: the others may be names. Numbers are known.
    """
    words = set(re.findall(r"\w+", text.casefold()))
    return bool(words) and words <= unknown and not any(word.isdecimal() or is_known(word) for word in words)
