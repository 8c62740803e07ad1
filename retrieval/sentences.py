"""Where the sentences of a text begin and end."""

from sentencex import get_sentence_boundaries


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence of an English `text`, without the blanks around it; none in a blank text."""
    found = []
    for boundary in get_sentence_boundaries("en", text):
        piece = text[boundary["start_index"] : boundary["end_index"]]
        start = boundary["start_index"] + len(piece) - len(piece.lstrip())
        end = boundary["start_index"] + len(piece.rstrip())
        if start < end:
            found.append((start, end))
    return found


def around(borders: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Return the start of the first and the end of the last of the sentences `borders` that `start:end` touches.

    Where it touches none, returns `start:end` itself.
    """
    touched = [border for border in borders if border[0] < end and start < border[1]]
    return (min(touched[0][0], start), max(touched[-1][1], end)) if touched else (start, end)
