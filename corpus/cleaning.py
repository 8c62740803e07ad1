"""Text as it arrives -> text as it is kept: steps from text to text, and `take_apart`, which is all of them in order.

Steps only take characters away. Every line that is left stands, apart from a picture credit at its end and a dateline at the
beginning of the first, as it did in the normalised input.
"""

import re
from dataclasses import dataclass

from corpus.datelines import read_dateline
from corpus.furniture import is_furniture, is_list_heading, is_note, is_prose, without_credit

_MOST_ROUNDS = 3
"""One step may uncover work for another: furniture behind a dateline."""
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# Joiners shape Persian, Indic and emoji sequences; between or beside Latin letters they are litter.
_STRAY_JOINER = re.compile("(?<![^\x00-\u02ff\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02ff\u200c\u200d])")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text, and what was taken from it that tells of the article.

    `place` is that of its dateline, empty where it has none; `notes` are the lines that tell when or how it was changed.
    """

    text: str
    place: str = ""
    notes: tuple[str, ...] = ()


def take_apart(text: str) -> Cleaned:
    """Return `text` without page furniture and invisible characters, with its place and its notes; empty where nothing else was in it.

    Paragraphs stay apart by one blank line. Cleaning a clean text changes nothing.
    """
    text = normalise(text)
    place, notes = "", dict[str, None]()
    for _ in range(_MOST_ROUNDS):
        lines = drop_lists(drop_credits(text))
        notes |= dict.fromkeys(line for line in lines.split("\n") if is_note(line))
        text = drop_furniture(lines).lstrip("\n")
        if dateline := read_dateline(text):
            place = place or dateline.place
            text = text[dateline.end :]
        text = squeeze(text)
    return Cleaned(text, place, tuple(notes))


def normalise(text: str) -> str:
    """Return `text` with "\\n" as its only line break, without invisible characters and without blanks around lines."""
    text = _LINE_BREAKS.sub("\n", text)
    text = _STRAY_JOINER.sub("", _INVISIBLE.sub("", text))
    return squeeze("\n".join(line.strip() for line in text.split("\n")))


def one_line(text: str) -> str:
    """Return `text` normalised and with every run of blanks as one space: the form of titles and names."""
    return " ".join(normalise(text).split())


def squeeze(text: str) -> str:
    """Return `text` with runs of blank lines as one blank line, and none at either end."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def drop_credits(text: str) -> str:
    """Return `text` without the picture credits at the ends of its lines, such as "(AP)"."""
    return "\n".join(without_credit(line) for line in text.split("\n"))


def drop_furniture(text: str) -> str:
    """Return `text` without the lines that belong to the page and not to the article."""
    return "\n".join(line for line in text.split("\n") if not is_furniture(line))


def drop_lists(text: str) -> str:
    """Return `text` without lists of other articles, from their heading to the next sentence of the article, or to the end."""
    kept: list[str] = []
    in_list = False
    for line in text.split("\n"):
        in_list = is_list_heading(line) or (in_list and (is_furniture(line) or not is_prose(line)))
        if not in_list:
            kept.append(line)
    return "\n".join(kept)
