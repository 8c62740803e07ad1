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
    """What a question asks for: a few words, or (the last three) whole sentences."""

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


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its spelling folded: one line, single blanks, straight apostrophes."""

    text: str
    kind: Kind

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what somebody typed. The text may come out empty. Raises QuestionTooLong."""
        if len(text) > MAX_LENGTH:
            raise QuestionTooLong(f"a question may have {MAX_LENGTH} characters, got {len(text)}")
        folded = " ".join(text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').split())
        return cls(folded, kind_of(folded))


_AUXILIARY = "|".join(
    "is are am was were do does did has have had can could will would shall should may might must isn't aren't wasn't weren't don't "
    "doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't".split()
)
_TIMES = "date|day|month|year|time|century|decade|weekday"
_PLACES = "place|city|town|country|location|venue|building|village|state|street"
_PERSONS = "person|people|man|woman|minister|leader|official|politician"
_PATTERNS = [
    (Kind.HOW_MANY, r"\bhow many\b|\bwhat (?:is |was )?the number of\b|\bwhat (?:percentage|percent|share|proportion)\b"),
    (Kind.HOW_LONG, r"\bhow long\b|\bwhat (?:is |was )?the (?:length|duration)\b"),
    (Kind.HOW_MUCH, r"\bhow (?:much|old|big|large|high|tall|deep|far|fast|heavy|wide)\b|\bwhat (?:price|cost|amount)\b"),
    (Kind.WHY, r"\bwhy\b|\bhow come\b|\bwhat for\b|\bfor what reason\b|\bwhat (?:is|was|were|are) the reasons?\b"),
    (Kind.WHEN, rf"\bwhen(?:'s)?\b|\b(?:what|which) (?:exact |calendar )?(?:{_TIMES})\b|\bhow (?:soon|recently|often)\b"),
    (Kind.WHERE, rf"\bwhere(?:'s)?\b|\b(?:what|which) (?:{_PLACES})\b"),
    (Kind.WHO, rf"\bwho(?:'s|m|se)?\b|\b(?:what|which) (?:{_PERSONS})\b"),
    (Kind.HOW, r"\bwhat (?:happened|happens|will happen|went wrong)\b|\bhow\b"),
    (Kind.WHAT, r"\b(?:what|which)\b"),
]
_ASKS_YES_OR_NO = re.compile(rf"^(?:and |so |but )?(?:{_AUXILIARY})\b", re.IGNORECASE)


def kind_of(text: str) -> Kind:
    """Return what `text` asks for: its first question word decides; WHAT where it has none, as in a bare topic.

    A question that opens with a verb asks for yes or no, whatever words follow ("is it known when he left?").
    """
    if _ASKS_YES_OR_NO.match(text):
        return Kind.YES_NO
    found = [(match.start(), kind) for kind, pattern in _PATTERNS if (match := re.search(pattern, text, re.IGNORECASE))]
    return min(found, key=lambda pair: pair[0], default=(0, Kind.WHAT))[1]
