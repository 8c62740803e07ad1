"""A question as people type it, and what kind of answer it wants."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

MAX_LENGTH = 1000
"""Characters; a longer text is a document, not a question."""


class QuestionTooLong(ValueError):
    """The question has more than `MAX_LENGTH` characters."""


class Kind(StrEnum):
    """What a question asks for. The first group wants a few words, the second whole sentences."""

    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    HOW_MANY = "how_many"
    HOW_MUCH = "how_much"
    HOW_LONG = "how_long"
    WHAT = "what"

    WHY = "why"
    HOW = "how"
    YES_NO = "yes_no"

    @property
    def wants_sentence(self) -> bool:
        """Whether the answer is a whole sentence rather than a few words."""
        return self in {Kind.WHY, Kind.HOW, Kind.YES_NO}
