"""The best of several headlines: the most central one that is plainly worded."""

import re
from collections.abc import Sequence

from corpus.article import Article
from retrieval.mentions import mentioned_share
from retrieval.summaries.leads import lead

COMPARED = 12
"""Articles whose headlines are compared; more are not more central."""

FEWEST_WORDS, MOST_WORDS = 4, 18
"""A headline has; fewer are a label, more a sentence."""

LONGEST_ABBREVIATION = 4
"""Letters in capitals that are no shouting ("NATO"); two longer words are."""

PENALTY = 0.5
"""What a headline loses for each way in which it does not say plainly what happened; it can gain 1 by being central."""

_TEASING = re.compile(
    r"\?|!|\.\.\.|…|\byou\b|\byour\b|\b(?:here|this|that)(?:['’]s| is) (?:why|how|what)\b|^(?:why|how|what|watch|opinion|analysis|live|"
    r"photos?|video|in pictures|fact check|explained|interview)\b|\bthings? (?:to|you)\b|\bshock(?:ed|ing)?\b|\bunbelievable\b",
    re.IGNORECASE,
)


def best_headline(articles: Sequence[Article]) -> Article:
    """Return the article whose title names best what all of them tell; of equals the first.

    It has most of the words in common with how the others begin, and neither teases nor shouts.
    """
    compared = articles[:COMPARED]
    return max(compared, key=lambda article: _centrality(article, compared) - PENALTY * _faults(article.title))


def _centrality(article: Article, among: Sequence[Article]) -> float:
    others = [lead(other) for other in among if other.id != article.id]
    return sum(mentioned_share(article.title, other) for other in others) / len(others) if others else 1.0


def _faults(title: str) -> int:
    words = title.split()
    shouting = sum(word.isupper() and len(word) > LONGEST_ABBREVIATION for word in words) > 1
    return bool(_TEASING.search(title)) + shouting + (not FEWEST_WORDS <= len(words) <= MOST_WORDS)
