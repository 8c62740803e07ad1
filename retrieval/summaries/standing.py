"""Sentences that stand alone: whole, and without a word that points at something which they do not name."""

import re

from retrieval.names import names_in
from retrieval.readable import needs_what_stands_before, without_quotations

MIN_WORDS, MAX_WORDS = 6, 60
"""Shorter sentences tell nothing, and longer ones are lists and tables."""

_NOUNS = (
    "statement move decision announcement pair duo firm company group deal report study researchers plan attack incident crash victims "
    "suspect authors agency court judge jury bill law measure event meeting talks ruling vote proposal agreement couple team victim "
    "survey figure figures news result results changes same latter former trio move bank club side film show programme program"
).replace(" ", "|")
_QUALIFIED = r"(?! (?:of|by|from|that|which|who|between|in|at|on|for|to)\b)"
_UNNAMED = re.compile(
    rf"^(?:(?:but|and|yet|so|instead|however|also),? )?the (?:\w+ )?(?:{_NOUNS})\b{_QUALIFIED}",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"^(?:according to (?:him|her|them|it)|in (?:addition|response|turn|return|other)|as a result|at the same time|for (?:example|"
    r"instance))\b",
    re.IGNORECASE,
)
_GENDERED = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)


def is_whole(text: str) -> bool:
    """Return whether `text` is a sentence that tells something: not a heading, a question, a list or half of a quotation."""
    ends = text[-1:] in ".!”\"’'" and text[:1] not in "(-–—•"
    paired = text.count("“") == text.count("”") and text.count('"') % 2 == 0
    return ends and paired and "?" not in text and MIN_WORDS <= len(text.split()) <= MAX_WORDS


def stands_alone(text: str) -> bool:
    """Return whether a sentence can be read without the one before it: "he", "the firm" and the like have their noun in it."""
    return not (needs_what_stands_before(text) or _UNNAMED.match(text) or _LINKED.match(text) or _has_loose_pronoun(text))


def leans_loosely(text: str) -> bool:
    """Return whether a sentence that does not stand alone can be read some sentences later: "But the firm ...", never "He ..."."""
    return not (_PRONOUN_FIRST.match(text) or _has_loose_pronoun(text) or needs_what_stands_before(_CONNECTIVE.sub("", text)))


_CONNECTIVE = re.compile(r"^(?:but|and|yet|so|however|also|instead|meanwhile|still|nevertheless|moreover),? ", re.IGNORECASE)
_PRONOUN_FIRST = re.compile(
    r"^[“\"]?(?:(?:but|and|so|yet) )?(?:he|she|it|they|his|hers?|its|theirs?|them|this|that|these|those|such|both|n?either)\b",
    re.IGNORECASE,
)


def _has_loose_pronoun(text: str) -> bool:
    """Whether somebody is only "he" or "she" in a sentence."""
    told = without_quotations(text)
    pronoun = _GENDERED.search(told)
    return pronoun is not None and not names_in(told[: pronoun.start()]) and not _is_named_soon(told[pronoun.end() :])


def _is_named_soon(after: str) -> bool:
    """Whether a name follows in the same part of the sentence: "In his speech, Mr Prewitt said"."""
    return re.match(r"[^.;:]{0,40}?,? [A-Z][\w’'-]{2,}", after) is not None
