"""Several rankings made one."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)

RRF_K = 10
"""How fast a rank's worth falls. Cormack et al. (2009) take 60 for long rankings; ours are short, and on the
SQuAD development paragraphs recall at 1 and 3 was best near 10."""


def reciprocal_rank_fusion(rankings: Iterable[Sequence[Item]], *, k: int = RRF_K) -> list[tuple[Item, float]]:
    """Return every item of the rankings with its fused score, best first: the sum of 1 / (k + rank), ranks from 1.

    Ties keep the order of the first ranking. An empty input gives an empty list. (Cormack, Clarke and Büttcher, SIGIR 2009.)
    """
    scores: dict[Item, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(dict.fromkeys(ranking), start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (k + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])
