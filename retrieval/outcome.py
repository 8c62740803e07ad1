"""What became of a source that was to be taken in."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one source."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Indexed:
    """What became of one source. `article_id` is None for what was skipped; for a duplicate it is the article that was there.

    `reason` says in one sentence why a source was skipped or what it duplicates; it is empty otherwise.
    """

    outcome: Outcome
    source: str
    article_id: str | None = None
    title: str = ""
    passages: int = 0
    reason: str = ""
