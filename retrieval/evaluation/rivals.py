"""Other extractive summarisers, to compare ours with: the beginning of the article, and LexRank, TextRank and LSA of the package sumy.

sumy's own tokenizer downloads data; it gets our sentence splitter, and words, stemmer and stop words for English as it recommends.
"""

import re
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from retrieval.errors import ModelUnusable

Ranking = Callable[[Sequence[str]], list[int]]
"""Ranks the sentences of an article: their places, the best first."""

LEAD = "lead"
_NAMES = {"lexrank": "lex_rank:LexRankSummarizer", "textrank": "text_rank:TextRankSummarizer", "lsa": "lsa:LsaSummarizer"}
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

MISSING = "The summarisers to compare with are not installed; install them with: pip install 'quotewire[evaluation]'"


class _Words:
    """What sumy asks of a tokenizer, for sentences that are there already."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Return the words of a sentence."""
        return tuple(_WORD.findall(sentence))


def rivals() -> dict[str, Ranking]:
    """Return the rankings by name. Raises ModelUnusable where sumy is not installed."""
    try:
        return {LEAD: lambda sentences: list(range(len(sentences)))} | {name: _sumy(place) for name, place in _NAMES.items()}
    except ImportError as error:
        raise ModelUnusable(MISSING) from error


def _sumy(place: str) -> Ranking:
    from importlib import import_module

    from sumy.nlp.stemmers import Stemmer
    from sumy.utils import get_stop_words

    module, _, name = place.partition(":")
    summariser = getattr(import_module(f"sumy.summarizers.{module}"), name)(Stemmer("english"))
    summariser.stop_words = get_stop_words("english")
    return lambda sentences: _ranked(summariser, sentences)


def _ranked(summariser: Any, sentences: Sequence[str]) -> list[int]:
    """Return the places of `sentences` as a summariser of sumy ranks them; those that it leaves out come last."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    words, found = _Words(), list[int]()

    def note(infos: Sequence[Any]) -> Sequence[Any]:
        found.extend(info.order for info in infos)
        return infos

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of articles with fewer words than sentences, say
        summariser(ObjectDocumentModel([Paragraph([Sentence(text, words) for text in sentences])]), note)
    return [*found, *(place for place in range(len(sentences)) if place not in found)]
