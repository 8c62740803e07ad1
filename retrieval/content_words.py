"""The words of a text that say what it is about."""

import re

STOP_WORDS = frozenset(
    "a about after an and any are as at be been before being but by can could did do does during for from had has have he her his how i if "
    "in into is it its just me my of on or our out please s shall she should so some t tell than that the their them then there these they "
    "this those to until up us was we were what when where which while who whom whose why will with would you your".split()
)
"""Words that say nothing about a question's subject."""


def content_words(query: str) -> list[str]:
    """Return the distinct words of `query` in lower case, without stop words; all of them where only stop words are there."""
    lowered = query.lower()  # as FTS5 does, which keeps "strauß"
    words = list(dict.fromkeys(re.findall(r"\w+", lowered)))
    about = list(dict.fromkeys(re.findall(r"\w+", _MEASURES.sub(" ", _CONTRACTED.sub(" ", lowered)))))
    return [word for word in about if word not in STOP_WORDS] or words


_CONTRACTED = re.compile(r"\b\w+n['’]t\b|(?<=\w)['’](?:re|ve|ll|d|m|s)\b")
"""Auxiliaries and endings that would be taken apart into words that nobody says: "isn't" into "isn" and "t"."""

_MEASURES = re.compile(r"\bhow (?:many|much|long(?: ago)?|old|often|far|big|large|high|tall|deep|fast|soon)\b")
"""What a question measures: articles answer "how long" without the word "long"."""
