"""What a document holds, as it crosses from the process that reads it to the one that asked."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

MOST_PAGES = 500
"""Of one PDF."""
LONGEST_TEXT = 2_000_000
"""Characters of one document."""
MEMORY_BYTES = 1_500_000_000
"""For one document, with the program that reads it."""
OUTPUT_BYTES = 20_000_000
"""What may be written, in all."""


class Refusal(StrEnum):
    """Why a document gives no article, though it is one."""

    ENCRYPTED = "encrypted"
    MANY_PAGES = "many pages"
    LONG = "long"
    PICTURES = "pictures"
    EMPTY = "empty"
    SWOLLEN = "swollen"
    OTHER_KIND = "other kind"
    NO_MEMORY = "no memory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """A document's words: paragraphs with one blank line between them.

    `title` stands in the document, and not in `text`; `stated_title` and `author` are what its properties say, which may be
    leftovers of a template. Unknown fields are empty.
    """

    text: str
    title: str = ""
    stated_title: str = ""
    author: str = ""


class Refused(Exception):
    """The document gives no article, for the reason `refusal`."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def to_json(found: Extracted | Refusal) -> str:
    """Return `found` as one line of text; `from_json` reads it back."""
    return json.dumps({"refusal": found.value} if isinstance(found, Refusal) else asdict(found))


def from_json(text: str) -> Extracted | Refusal:
    """Return what `to_json` wrote. Raises ValueError for any other text."""
    try:
        fields = json.loads(text)
        return Refusal(fields["refusal"]) if "refusal" in fields else Extracted(**fields)
    except (TypeError, KeyError) as error:
        raise ValueError("not the words of a document") from error
