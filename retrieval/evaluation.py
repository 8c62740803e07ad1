"""How answers are scored against gold answers."""

import re
import string
from collections import Counter
from collections.abc import Iterable

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation + "‘’“”–—…")


def normalize_answer(text: str) -> str:
    """Return `text` in lower case without punctuation, articles and extra blanks, as SQuAD's official script does it."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def f1(answer: str, gold: str) -> float:
    """Return the token F1 of two answers, 0 to 1 (Rajpurkar et al. 2016); two empty ones give 1."""
    mine, theirs = normalize_answer(answer).split(), normalize_answer(gold).split()
    if not mine or not theirs:
        return float(mine == theirs)
    common = sum((Counter(mine) & Counter(theirs)).values())
    return 2 * common / (len(mine) + len(theirs))


def best_f1(answer: str, golds: Iterable[str]) -> float:
    """Return the best F1 against any of the gold answers; 0 where there are none."""
    return max((f1(answer, gold) for gold in golds), default=0.0)
