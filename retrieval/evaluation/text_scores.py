"""How the text of an answer is scored against gold answers: as SQuAD's official script does it (Rajpurkar et al. 2016, 2018)."""

import re
import string
from collections import Counter
from collections.abc import Collection, Iterable

RIGHT_F1 = 0.5
"""Token F1 with a gold answer from which on an answer counts as right."""

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalize_answer(text: str) -> str:
    """Return `text` in lower case without ASCII punctuation, articles and extra blanks."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def f1(answer: str, gold: str) -> float:
    """Return the token F1 of two answers, 0 to 1; two empty ones give 1."""
    mine, theirs = normalize_answer(answer).split(), normalize_answer(gold).split()
    if not mine or not theirs:
        return float(mine == theirs)
    common = sum((Counter(mine) & Counter(theirs)).values())
    return 2 * common / (len(mine) + len(theirs))


def best_f1(answer: str, golds: Iterable[str]) -> float:
    """Return the best F1 against any of the gold answers; 0 where there are none."""
    return max((f1(answer, gold) for gold in golds), default=0.0)


def exact_match(answer: str, golds: Iterable[str]) -> bool:
    """Return whether the answer equals a gold answer, normalised; False where there are none."""
    return normalize_answer(answer) in {normalize_answer(gold) for gold in golds}


def contains_answer(quote: str, golds: Iterable[str]) -> bool:
    """Return whether the words of a gold answer stand in `quote` one after the other, normalised; empty ones never do."""
    words = f" {normalize_answer(quote)} "
    return any(f" {wanted} " in words for gold in golds if (wanted := normalize_answer(gold)))


def is_right(span: str, quote: str, golds: Collection[str], *, wants_sentence: bool) -> bool:
    """Return whether an answer is right: the token F1 of `span` with a gold answer is at least RIGHT_F1, or the question wants a
    whole sentence (why, how, yes or no) and `quote` has the words of a gold answer. Never without gold answers.
    """
    return best_f1(span, golds) >= RIGHT_F1 or (wants_sentence and contains_answer(quote, golds))
