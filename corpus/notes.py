"""What an article says about its own changes: when it was last changed, and the corrections and notes that tell how."""

from collections.abc import Iterable

from corpus.article import Published, if_later
from corpus.cleaning import one_line
from corpus.dating import changed_on
from corpus.furniture import is_stamp
from corpus.headers import shorten

LONGEST = 2_000
"""Characters of all the notes of one article."""


def note_of(lines: Iterable[str]) -> str:
    """Return the notes in `lines`, a line each and each once; what only tells a date that `updated_of` reads is none."""
    told = dict.fromkeys(one_line(line) for line in lines if not (is_stamp(line) and changed_on(line)))
    return shorten("\n".join(line for line in told if line), LONGEST)


def updated_of(stated: Published | None, lines: Iterable[str], published: Published | None) -> Published | None:
    """Return when an article was last changed: as `stated` elsewhere, else as a note in `lines` says.

    None where neither says so, or no more than when it was `published`.
    """
    found = (changed_on(line) for line in lines)
    return if_later(stated or next((moment for moment in found if moment), None), published)
