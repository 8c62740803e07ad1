"""Questions as they were meant: misspelt words brought to the spelling of the articles.

A noisy channel (Kernighan, Church and Gale, 1990): of the words near to an unknown one, the best has the highest probability
of being meant (it is a word of the articles, else of general English) times that of being typed like this. A word that the
articles have, in the singular or the plural, or that is English or a well-known name, is never changed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

from retrieval.asking.typing_errors import cost
from retrieval.content_words import STOP_WORDS
from retrieval.keywords import Fts5Index
from retrieval.lexicon import MAX_WORD_LENGTH, Lexicon, english, fold, is_known

MIN_WORD_LENGTH = 4
"""Letters; shorter words have too many neighbours."""

MAX_LOOKUPS = 24
"""Unknown words of a question that are looked up; each takes some milliseconds in 100,000 words."""

CORPUS_WEIGHT = 0.9
"""How probable it is that a question's word is one that the articles use."""

ERROR_WEIGHT = 6.0
"""How much less probable a word gets (natural logarithm) with each point of `cost`."""

MISSING_BLANK = 0.6
"""The cost of two words written as one."""

UNSEEN = 0.5
"""How often a phrase that the articles do not have is taken to be used."""

_LIMITS = ((5, 1, 0.85), (6, 1, 1.05), (7, 2, 1.05), (9, 2, 1.25), (MAX_WORD_LENGTH + 1, 3, 1.65))
"""In words shorter than so many letters: how many edits are looked at, and the most that a correction may cost."""

_CONTRACTIONS = {
    contraction.replace("'", ""): contraction
    for contraction in "what's who's where's when's how's why's that's there's isn't aren't wasn't weren't don't doesn't didn't hasn't "
    "haven't hadn't can't couldn't won't wouldn't shouldn't they're you're they've you've".split()
} | {"wats": "what's", "wuts": "what's"}
_SLIPS = {"teh": "the", "hte": "the", "adn": "and", "nad": "and", "ahs": "has", "wsa": "was"}
"""Words shorter than MIN_WORD_LENGTH that are meant whenever they are typed like this and no article has them so."""
_QUESTION_WORDS = {
    "what": 0.43,
    "how": 0.093,
    "who": 0.093,
    "when": 0.062,
    "which": 0.047,
    "where": 0.038,
    "why": 0.014,
    "whose": 0.002,
    "whom": 0.0003,
}
"""The share of questions that begin with each (counted in the training questions of SQuAD 1.1)."""

_MEASURES = {"many": 0.5, "much": 0.2, "long": 0.1, "old": 0.05, "far": 0.03, "often": 0.03, "large": 0.03, "big": 0.03, "high": 0.03}
"""What follows "how" in a question, with a guess of how often."""

_EXPECTED_LETTERS = range(3, 7)
"""Letters of what may be a misspelt question word or measure: those have up to five, and one may be doubled."""

_EXPECTED_LIMIT, _EXPECTED_LIMIT_KNOWN = 1.05, 0.75
"""What a word may cost at most as a question word or measure where one is expected; the second limit is for one that is a word
itself: nobody asks "whet", or "how manny"."""

_ENGLISH_LIMIT = 0.85
_SAFE_SHARES = ((7, 1e-4), (9, 1e-5), (MAX_WORD_LENGTH + 1, 1e-6))
"""An English word that the articles do not have is meant where it costs at most this much, and is used this much if it has fewer
letters than that: a name that nobody knows is near to some rare word."""

_PARTICLES = frozenset("down in off on out over under up with".split())
"""Words that two words are never joined with: "over time" is not "overtime"."""

_WORD = re.compile(r"\w+(?:'\w+)?")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What may have been meant: the words, the cost of typing them like this, and how probable they are."""

    text: str
    cost: float
    probability: float

    @property
    def score(self) -> float:
        return log(self.probability) - ERROR_WEIGHT * self.cost


class Speller:
    """Corrects questions by the words of the articles behind `keywords`, as they are at that moment."""

    def __init__(self, keywords: Fts5Index) -> None:
        self._keywords = keywords
        self._version: str | None = None
        self._corpus = Lexicon({})

    def load(self) -> None:
        """Read the words now rather than at the first question."""
        self._refresh()
        english()

    def correct(self, text: str) -> str:
        """Return `text` as it was probably meant; unchanged where nothing in it is misspelt, or nothing is near enough."""
        self._refresh()
        words, shouted = list(_WORD.finditer(text)), text.isupper()
        found: dict[str, str] = {}
        pieces, end, i = [], 0, 0
        while i < len(words):
            word = words[i]
            following = words[i + 1] if i + 1 < len(words) and text[word.end() : words[i + 1].start()] == " " else None
            if following and self._is_one_word(word[0], following[0]):
                pieces += [text[end : word.end()], following[0]]
                end, i = following.end(), i + 2
                continue
            expected = _QUESTION_WORDS if i == 0 else _MEASURES if fold(words[i - 1][0]) == "how" else {}
            if expected:
                found[word[0]] = self._expected(word[0], expected, shouted=shouted) or self._spelt(word[0], shouted=shouted)
            elif word[0] not in found and len(found) < MAX_LOOKUPS:
                found[word[0]] = self._spelt(word[0], shouted=shouted)
            pieces += [text[end : word.start()], found.get(word[0], word[0])]
            end, i = word.end(), i + 1
        return "".join([*pieces, text[end:]])

    def _refresh(self) -> None:
        version = self._keywords.version()
        if version != self._version:
            self._corpus, self._version = Lexicon(self._keywords.vocabulary()), version

    def _expected(self, word: str, expected: Mapping[str, float], *, shouted: bool) -> str | None:
        """Return the one of the `expected` words that `word` was meant to be; None where it is right, or not near enough."""
        folded = fold(word)
        if (
            len(folded) not in _EXPECTED_LETTERS
            or (word.isupper() and not shouted)
            or any(folded in right for right in (expected, self._corpus, STOP_WORDS, _CONTRACTIONS))
        ):
            return None
        best = max(
            (_Candidate(other, cost(folded, other), share) for other, share in expected.items()), key=lambda candidate: candidate.score
        )
        limit = _EXPECTED_LIMIT_KNOWN if is_known(folded) else _EXPECTED_LIMIT
        return _in_case_of(word, best.text) if best.cost <= limit else None

    def _spelt(self, word: str, *, shouted: bool) -> str:
        """Return what `word` should be; itself where it is right, unknown, or has capitals inside ("NATO", "DSMs")."""
        base, apostrophe, ending = word.partition("'")
        folded = fold(base)
        if apostrophe and ending.casefold() != "s":
            return word
        meant = _CONTRACTIONS.get(folded) or (None if folded in self._corpus else _SLIPS.get(folded))
        is_short_form = base[1:] != base[1:].lower() and not shouted
        if meant is None and MIN_WORD_LENGTH <= len(folded) <= MAX_WORD_LENGTH and folded.isalpha() and not is_short_form:
            meant = self._meant(folded, is_name=base[0].isupper() and not shouted)
        return _in_case_of(base, meant) + apostrophe + ending if meant else word

    def _meant(self, word: str, *, is_name: bool) -> str | None:
        """Return what an alphabetic word was meant to be; None where it is right, or nothing is near enough."""
        if self._has_form_of(word) or word in STOP_WORDS:
            return None
        # A known word may still be written as two in the articles, "ceasefire" as "cease-fire".
        near = [] if is_known(word) else list(self._near(word, is_name=is_name))
        apart = self._apart(word, unseen=not is_name and not is_known(word))
        best = max([*near, *apart], key=lambda candidate: candidate.score, default=None)
        return best.text if best else None

    def _has_form_of(self, word: str) -> bool:
        """Whether the articles have this word, in the singular or the plural."""
        singular = word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
        return any(form in self._corpus for form in (word, singular, f"{word}s"))

    def _near(self, word: str, *, is_name: bool) -> Iterator[_Candidate]:
        distance, limit = next((distance, limit) for length, distance, limit in _LIMITS if len(word) < length)
        near = {*self._corpus.near(word, distance), *(() if is_name else english().near(word, distance))}
        for candidate in (self._candidate(word, neighbour) for neighbour in sorted(near)):
            if candidate.cost <= limit and (candidate.text in self._corpus or _is_safe(candidate)):
                yield candidate

    def _candidate(self, word: str, meant: str) -> _Candidate:
        probability = CORPUS_WEIGHT * self._corpus.share(meant) + (1 - CORPUS_WEIGHT) * english().share(meant)
        return _Candidate(meant, cost(word, meant), probability)

    def _apart(self, word: str, *, unseen: bool) -> Iterator[_Candidate]:
        """Yield the two words that `word` may be without its blank: a phrase of the articles or, with `unseen`, any two of their words."""
        for at in range(2, len(word) - 1):
            parts = word[:at], word[at:]
            if not all(part in STOP_WORDS or (len(part) >= 3 and self._has_form_of(part)) for part in parts):
                continue
            phrase = " ".join(parts)
            count = self._keywords.phrase_count(phrase)
            if count or (unseen and (any(part in STOP_WORDS for part in parts) or min(map(len, parts)) >= MIN_WORD_LENGTH)):
                yield _Candidate(phrase, MISSING_BLANK, CORPUS_WEIGHT * self._corpus.share_of(max(count, UNSEEN)))

    def _is_one_word(self, first: str, second: str) -> bool:
        """Whether the articles write these two as one word, and never as two: "cease fire" where they have "ceasefire"."""
        parts = (fold(first), fold(second))
        if any(len(part) < 3 or part in STOP_WORDS or part in _PARTICLES for part in parts):
            return False
        return "".join(parts) in self._corpus and not self._keywords.phrase_count(" ".join(parts))


def _is_safe(candidate: _Candidate) -> bool:
    """Whether an English word that the articles do not have is hardly a name's accidental neighbour."""
    share = english().share(candidate.text)
    needed = next(needed for length, needed in _SAFE_SHARES if len(candidate.text) < length)
    return candidate.cost <= _ENGLISH_LIMIT and share >= needed


def is_same_wording(one: str, other: str) -> bool:
    """Whether two texts have the same letters and digits: they differ in blanks, apostrophes, punctuation and case at most."""
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _in_case_of(typed: str, meant: str) -> str:
    if len(typed) > 1 and typed.isupper():
        return meant.upper()
    return meant[0].upper() + meant[1:] if typed[0].isupper() else meant
