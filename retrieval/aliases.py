"""Short forms and what they stand for, as articles explain them: "the Israel Defense Forces (IDF)"."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from retrieval.lexicon import english, fold

UNIVERSAL = {
    "eu": "european union",
    "pm": "prime minister",
    "uk": "united kingdom",
    "un": "united nations",
    "us": "united states",
}
"""Short forms that articles use without explaining them. All words folded."""

MAX_SHORT_LENGTH = 8
"""Letters of an unknown word that may be a short form; longer ones are misspelt words or names."""

MAX_DOTTED_LENGTH = 4
"""Letters of a short form that may be written with dots: "U.S.S.R."."""

MAX_LONG_WORDS = 6
"""Words of a long form."""

MAX_TEXTS = 100
"""Passages in which an explanation is looked for."""

MAX_LOOKUPS = 24
"""Short forms, and as many possible long ones, of a question that are looked up."""

Texts = Callable[[Iterable[str], int], list[str]]
"""Returns at most so many texts that have all of these phrases."""

_PARENTHESIS = re.compile(r"\(([^()\n]{2,80})\)")
_SHORT = re.compile(r"[A-Z][A-Za-z.&-]{0,8}[A-Z]s?\.?")
_IN_CAPITALS = re.compile(r"\b(?:[A-Z]\.){2,6}|\b[A-Z]{2,6}\b")
_SMALL_WORDS = frozenset("a an and for in of on the to".split())


def expansions(query: str, words: Collection[str], texts: Texts) -> dict[str, tuple[str, ...]]:
    """Return for words of `query` the phrases that say the same in `texts`; a word without any is left out.

    `words` are those of the query that mean something, folded. A short form stands for its long one ("idf"); every word of a
    long form for the short one. A short form that is also a word ("WHO") counts where it is in capitals.
    """
    found: dict[str, tuple[str, ...]] = {}
    for short in list(_short_forms(query, words))[:MAX_LOOKUPS]:
        if long := _long_form_of(short, texts):
            found[short] = (*_spaced(short), long)
    for short, run in list(_long_forms(query, words))[:MAX_LOOKUPS]:
        if _is_explained(short, " ".join(run), texts):
            found |= {word: (*found.get(word, ()), short, *_spaced(short)) for word in run if word not in _SMALL_WORDS}
    return found


def _short_forms(query: str, words: Collection[str]) -> Iterator[str]:
    """Yield what may be a short form, without repetition."""
    capitals = [] if query.isupper() else [key(found) for found in _IN_CAPITALS.findall(query)]
    unknown = [
        word for word in words if word.isalpha() and 2 <= len(word) <= MAX_SHORT_LENGTH and (word in UNIVERSAL or word not in english())
    ]
    yield from dict.fromkeys([*capitals, *unknown])


def _long_forms(query: str, words: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield (initials, words) for each run of words of `query` that mean something; small words in it have no initial."""
    asked = plain(query).split()
    for start in range(len(asked)):
        for end in range(start + 2, min(start + MAX_LONG_WORDS, len(asked)) + 1):
            run = asked[start:end]
            bare = [word for word in run if word not in _SMALL_WORDS]
            if len(bare) > 1 and run[0] in bare and run[-1] in bare and all(word in words for word in bare):
                yield "".join(word[0] for word in bare), run


def _long_form_of(short: str, texts: Texts) -> str | None:
    """Return what `short` stands for most often; None where nothing explains it."""
    if short in UNIVERSAL:
        return UNIVERSAL[short]
    found = Counter(long for text in texts([short], MAX_TEXTS) for long in _explained(short, text))
    return found.most_common(1)[0][0] if found else None


def _is_explained(short: str, long: str, texts: Texts) -> bool:
    if short in UNIVERSAL:
        return UNIVERSAL[short] == long
    return any(long in _explained(short, text) for text in texts([short, long], MAX_TEXTS))


def _explained(short: str, text: str) -> Iterator[str]:
    """Yield the long forms that `text` explains `short` with."""
    folded = key(text)
    if f"({short}" in folded or f"{short} (" in folded:  # most texts explain nothing, and this is fast
        yield from (long for explained, long in definitions(text) if explained == short)


def _spaced(short: str) -> tuple[str, ...]:
    """Return the short form as it is found where it is written with dots: "u s"; nothing where it is too long for that."""
    return (" ".join(short),) if len(short) <= MAX_DOTTED_LENGTH else ()


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield each (short form, long form) that `text` explains, both folded, with single blanks and without punctuation.

    An explanation is a long form before a short one in brackets, or the other way round. The letters of the short form stand
    in that order in the long form, the first one at its beginning: the algorithm of Schwartz and Hearst (2003), kept to
    short forms with two capitals or more.
    """
    for found in _PARENTHESIS.finditer(text):
        before, inside = text[max(0, found.start() - 100) : found.start()].rstrip(), found[1].strip()
        if _SHORT.fullmatch(inside):
            short, long = inside, _long_form(before, inside)
        else:
            word = before.split()[-1] if before else ""
            short, long = word, inside if _SHORT.fullmatch(word) and _long_form(inside, word) == inside else ""
        if long:
            yield key(short), plain(long)


def _long_form(before: str, short: str) -> str:
    """Return the end of `before` that `short` abbreviates; an empty string where there is none."""
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    words = list(re.finditer(r"\S+", before))[-min(len(letters) + 5, 2 * len(letters), MAX_LONG_WORDS) :]
    if not words:
        return ""
    first, at = words[0].start(), len(before)
    beginnings = {word.start() for word in words if word[0].casefold() not in _SMALL_WORDS}
    for i, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= first and (before[at].casefold() != letter or (i == 0 and at not in beginnings)):
            at -= 1
        if at < first:
            return ""
    long = before[at:]
    return long if " " in long and short.casefold() not in long.casefold().split() else ""


def key(short: str) -> str:
    """Return a short form as it is compared: folded, without dots: "us" for "U.S."."""
    return fold(short).replace(".", "")


def plain(text: str) -> str:
    """Return the words of `text`, folded, with single blanks and without punctuation."""
    return " ".join(re.findall(r"\w+", fold(text)))
