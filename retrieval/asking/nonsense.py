"""Whether a text is made of no words at all, such as "asdf qwer", or of none that name anything, such as "and then?"."""

import re
from collections.abc import Set

from retrieval.content_words import STOP_WORDS
from retrieval.lexicon import is_known


def is_nonsense(text: str, unknown: Set[str]) -> bool:
    """Return whether no word of `text` is in the articles or in general English; `unknown` are those that no article has.

    A single known word is enough: the others may be names. Numbers are known.
    """
    words = set(re.findall(r"\w+", text.casefold()))
    return bool(words) and words <= unknown and not any(word.isdecimal() or is_known(word) for word in words)


def names_something(text: str) -> bool:
    """Return whether a word of `text` says what it is about: not in "and where?" or "what did he do?", but in "what is the WHO?"."""
    words = re.findall(r"[\w']+", text)
    is_loud = text.isupper() and len(words) > 1
    names = (word for place, word in enumerate(words) if word[:1].isupper() and (place > 0 or word[1:].isupper()) and word != "I")
    return any(word.casefold().split("'")[0] not in STOP_WORDS for word in words) or (not is_loud and any(names))
