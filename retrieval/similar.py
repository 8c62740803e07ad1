"""Texts grouped by their meaning."""

from collections.abc import Sequence

import numpy as np

from retrieval.protocols import Embedder

SIMILAR = 0.6
"""Texts at least this near (cosine) to the middle of a group belong to it."""


def grouped(texts: Sequence[str], embedder: Embedder) -> list[list[int]]:
    """Return the places of `texts` in groups that mean nearly the same, the largest group first, each in the order of `texts`.

    A text joins the nearest group so far, measured at its middle; none is in two groups.
    """
    if not texts:
        return []
    groups: list[list[int]] = []
    sums = np.zeros((0, 0), dtype=np.float32)
    for place, vector in enumerate(embedder.embed(texts)):
        nearness = sums @ vector / np.maximum(np.linalg.norm(sums, axis=1), 1e-9) if groups else np.zeros(0)
        best = int(nearness.argmax()) if groups else -1
        if groups and nearness[best] >= SIMILAR:
            groups[best].append(place)
            sums[best] += vector
        else:
            groups.append([place])
            sums = np.vstack([sums, vector]) if len(groups) > 1 else vector[np.newaxis].copy()
    return sorted(groups, key=lambda group: (-len(group), group[0]))
