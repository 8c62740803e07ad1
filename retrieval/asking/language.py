"""Whether a question is in a language that the reader does not read."""

import re
from functools import cache
from typing import TYPE_CHECKING

from retrieval.content_words import STOP_WORDS

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES = ("en", "cs", "da", "de", "es", "fi", "fr", "hu", "id", "it", "nl", "pl", "pt", "ro", "sv", "tr", "vi")
"""The languages in Latin letters that are told from one another: with all that the classifier knows, short texts get lost."""

LATIN_SHARE = 0.5
"""Below this share of Latin letters a question is not English, however short."""

CERTAINTY, MIN_WORDS = 0.8, 3
"""A question without a single English function word is foreign if the classifier is this sure and has this many words to go by.

Short topics ("netanyahu trump gaza") are names, which tell nothing about the language.
"""


def is_foreign(text: str) -> bool:
    """Return whether `text` is certainly not English; in doubt, it is taken as English."""
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return False
    if sum(character < "\u0250" for character in letters) / len(letters) < LATIN_SHARE:
        return True
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if len(words) < MIN_WORDS or any(word in STOP_WORDS for word in words if word not in _ALSO_FOREIGN):
        return False
    language, certainty = _identifier().classify(text.casefold())
    return bool(language != "en" and certainty >= CERTAINTY)


def asks_in_another_language(text: str) -> bool:
    """Return whether `text` is certainly not English and asks with a word of another language: its other words may be names."""
    return any(word in _ASKING_ELSEWHERE for word in re.findall(r"[^\W\d_]+", text.casefold())) and is_foreign(text)


_ASKING_ELSEWHERE = frozenset(
    "wie wer wen wem wann warum wieso wohin woher welche welcher welches wieviel qui quand où pourquoi combien quel quelle quels quelles "
    "quién quiénes qué cuándo dónde cuánto cuánta cuántos cuántas quien cuando donde cuanto perché quanto quanti quale quali dove "
    "quem quando onde quantos quantas wat waar wanneer hoeveel waarom hoe kto kiedy gdzie dlaczego ile vem när hur varför hvem hvornår "
    "hvor hvorfor hvad cine când unde kdo kdy proč mikor miért kuka milloin missä miksi kim nerede neden siapa kapan mengapa".split()
)
"""Words that other languages ask with and that English does not have."""


_ALSO_FOREIGN = frozenset("a an as at be by come do for has he her his i in is it me no on our so son to was we us".split())
"""English function words that other languages have too, or that are names of things."""


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
