"""Two rankings made one, by their scores."""

from collections.abc import Sequence

from retrieval.passage import PassageKey
from retrieval.protocols import Match

MEANING_SHARE = 0.2
"""What the nearness of meaning counts beside the words: `python -m benchmarks.retrieval` compares it with other fusions."""


def fuse(near: Sequence[Match], worded: Sequence[Match], *, meaning: float = MEANING_SHARE) -> list[tuple[PassageKey, float]]:
    """Return every passage of both rankings with its fused score, 0 to 1, best first; ties keep the order of the rankings.

    The score is a convex combination (Bruch, Gai and Ingber, ACM TOIS 42, 2023): `meaning` times the cosine, on a scale from
    the least one in `near` (0) to the best (1), plus 1 - `meaning` times the keyword score, as a share of the best in `worded`.
    A passage that one of the rankings has not found gets 0 from it. Keyword scores are positive.
    """
    lowest = min((match.score for match in near), default=0.0)
    nearness = {match.key: match.score - lowest for match in near}
    wording = {match.key: match.score for match in worded}
    nearest, best_worded = (max(scores.values(), default=0.0) or 1.0 for scores in (nearness, wording))
    fused = {
        key: meaning * nearness.get(key, 0.0) / nearest + (1 - meaning) * wording.get(key, 0.0) / best_worded
        for key in dict.fromkeys([*nearness, *wording])
    }
    return sorted(fused.items(), key=lambda pair: -pair[1])
