"""Which words of a phrase a text mentions, in any inflection."""

import re

from retrieval.content_words import content_words

SHARED_START = 4
"""Letters that two inflections of a word have in common at least ("close", "closure"); shorter words must be equal."""

LONGEST_ENDING = 4
"""Letters that an ending has at most. Some unrelated words pass ("trump", "trumpet"): a guess for counting, not for searching."""


def mentioned_share(phrase: str, text: str) -> float:
    """Return which share of the content words of `phrase` is mentioned in `text`: 0 to 1, and 0 for an empty phrase."""
    wanted = content_words(phrase)
    there = words_of(text)
    return sum(any(same_word(word, other) for other in there) for word in wanted) / len(wanted) if wanted else 0.0


def words_of(text: str) -> set[str]:
    """Return the distinct words of `text` in lower case."""
    return set(re.findall(r"\w+", text.lower()))


def same_word(one: str, other: str) -> bool:
    """Return whether two words in lower case are probably inflections of one word: equal up to a short ending."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    common = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return common >= SHARED_START and common >= len(shorter) - 1 and len(longer) - common <= LONGEST_ENDING - (len(shorter) - common)
