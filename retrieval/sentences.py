"""Where the sentences of a text begin and end."""

from collections.abc import Iterator

from sentencex import get_sentence_boundaries

LONGEST = 12_000
"""Characters that are split at once: the splitter's time grows with their square where quotation marks open and never close."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence of an English `text`, without the blanks around it; none in a blank text."""
    return [border for start, end in _stretches(text) for border in _borders(text, start, end)]


def sentences_within(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the (start, end) in `text` of each sentence of `text[start:end]`, as if nothing stood around that."""
    return [(start + first, start + last) for first, last in sentences(text[start:end])]


def around(borders: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Return the start of the first and the end of the last of the sentences `borders` that `start:end` touches.

    Where it touches none, returns `start:end` itself.
    """
    touched = [border for border in borders if border[0] < end and start < border[1]]
    return (min(touched[0][0], start), max(touched[-1][1], end)) if touched else (start, end)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of what `text` is split in: all of it, or stretches that end with a paragraph, else a line or a word."""
    start = 0
    while len(text) - start > LONGEST:
        ends = (text.rfind(mark, start + 1, start + LONGEST) for mark in ("\n\n", "\n", " "))
        end = next((place for place in ends if place > 0), start + LONGEST)
        yield start, end
        start = end
    yield start, len(text)


def _borders(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for boundary in get_sentence_boundaries("en", text[start:end]):
        first, last = start + boundary["start_index"], start + boundary["end_index"]
        piece = text[first:last]
        if piece.strip():
            yield first + len(piece) - len(piece.lstrip()), first + len(piece.rstrip())
