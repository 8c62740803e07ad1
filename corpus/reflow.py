"""Lines as they stand on the pages of a document -> paragraphs as they were written, so that quotes read well."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

EDGE_LINES = 3
"""Lines at the top and at the bottom of a page that may be running heads."""
LONGEST_TITLE = 300
"""Characters."""

_TITLE_LINES = 12
_WIDE_GAP = 1.4  # of the usual distance of lines, from which on a paragraph ends
_OTHER_SIZE = 1.08
_TITLE_SIZE = 1.15
_INDENT = 5.0  # points
_SHORT = 0.75  # of the width of the full lines around it, below which a line may be a paragraph's last
_AROUND = 6  # lines
_COLUMN = 30  # points, within which the lines of one column begin
_USUAL = 0.15  # of all distances of lines
_PAGE_NUMBER = re.compile(r"(?:page|p\.)?\W*(?:\d{1,4}|[ivxlc]{1,6})\W*(?:(?:of|/)\W*\d{1,4})?\W*", re.IGNORECASE)
_NUMBERED = re.compile(r"^\d{1,4}\b|\b\d{1,4}(?:(?:/| of )\d{1,4})?$")
_PRINTED = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d{2}\b.*|https?://\S+ \d{1,3}/\d{1,3}")  # by a browser: when, and from where
_LEADERS = re.compile(r"(?:\.\s?){6}")  # of a table of contents
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_BULLET = re.compile(r"[•▪‣◦●■–—*-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s")
_BROKEN = re.compile(r"(?P<start>[^\W\d_]+)(?P<hyphen>[-\u00ad\u2010])$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
# Before a hyphen at a line's end these are words of their own far more often than the beginnings of longer ones.
_FIRST_PARTS = frozenset(
    "all anti cross ex far four full half high ill left long low mid multi non off one part post pre right second self short six so "
    "ten then third three two vice well year".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, the place where it begins, in points from the page's lower left corner, and the size of its letters."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Flow:
    """A document's paragraphs, and its title where one stands out by its size; empty where none does."""

    title: str
    paragraphs: tuple[str, ...]


def reflow(pages: Sequence[Sequence[Line]]) -> Flow:
    """Return the paragraphs that `pages` show, without running heads and page numbers; words that lines cut are whole again."""
    kept = [[line for line in page if _is_text(line.text)] for page in _without_running_heads(pages)]
    lines = [(number, line) for number, page in enumerate(kept) for line in page]
    if not lines:
        return Flow("", ())
    setting = _Setting.of(kept)
    words = Counter(word.lower() for _, line in lines for word in _WORD.findall(line.text.translate(_LIGATURES)))
    blocks = [_Block(_joined([line.text for line in block], words), block[0].size) for block in _blocks(lines, setting)]
    title = _title(blocks, setting)
    return Flow(title.text if title else "", tuple(block.text for block in blocks if block is not title))


def _is_text(line: str) -> bool:
    return bool(line.strip()) and not _LEADERS.search(line)


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    size: float


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the document is set: the size of most letters, and the distance of lines within a paragraph."""

    size: float
    leading: float

    @classmethod
    def of(cls, pages: Sequence[Sequence[Line]]) -> "_Setting":
        """Return the setting of `pages`."""
        letters: Counter[float] = Counter()
        for line in chain.from_iterable(pages):
            letters[round(line.size, 1)] += len(line.text)
        size = letters.most_common(1)[0][0]
        gaps = Counter(
            round(before.y - line.y)
            for page in pages
            for before, line in pairwise(page)
            if 0.8 * size < before.y - line.y < 4 * size and _same_size(line.size, size)
        )
        usual = [gap for gap, times in gaps.items() if times >= _USUAL * gaps.total()]
        return cls(size, float(min(usual, default=1.2 * size)))


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return `pages` without the lines at their edges that are page numbers, stand at the edges of many pages, or are a browser's."""
    edges = [_edges(page) for page in pages]
    seen = Counter(key for edge in edges for key in {_key(line) for line in edge})
    often = 2 if len(pages) < 4 else 3

    def runs(line: Line) -> bool:
        text, times = line.text.strip(), seen[_key(line)]
        is_numbered = _PAGE_NUMBER.fullmatch(text) or (times > 1 and _NUMBERED.search(text))
        return bool(times >= often or is_numbered or _PRINTED.fullmatch(text))

    return [[line for line in page if line not in edge or not runs(line)] for page, edge in zip(pages, edges, strict=True)]


def _edges(page: Sequence[Line]) -> set[Line]:
    by_height = sorted((line for line in page if line.text.strip()), key=lambda line: line.y)
    return {*by_height[:EDGE_LINES], *by_height[-EDGE_LINES:]}


def _key(line: Line) -> tuple[str, int]:
    """Return what is the same in a running head on all pages, and not in the title that it repeats: the number is not, the size is."""
    return _NUMBERED.sub("#", " ".join(line.text.casefold().split())), round(line.size)


def _blocks(lines: Sequence[tuple[int, Line]], setting: _Setting) -> Iterator[list[Line]]:
    block: list[Line] = []
    last_page = 0
    for number, (page, line) in enumerate(lines):
        around = lines[max(0, number - _AROUND) : number + _AROUND]
        width = max(len(other.text.strip()) for _, other in around if abs(other.x - line.x) < _COLUMN)
        if block and _begins(line, block, setting, same_page=page == last_page, width=width):
            yield block
            block = []
        block.append(line)
        last_page = page
    yield block


def _begins(line: Line, block: Sequence[Line], setting: _Setting, *, same_page: bool, width: int) -> bool:
    """Return whether a paragraph begins with `line`, which follows the lines of `block`; full lines have `width` characters here."""
    before = block[-1]
    gap = before.y - line.y
    if same_page and abs(gap) < 0.4 * before.size:
        return False  # a piece of the same line
    if not _same_size(line.size, before.size) or _BULLET.match(line.text.strip()):
        return True
    ended = _SENTENCE_END.search(before.text.strip()) is not None
    if not same_page or gap <= 0:  # the next page or column
        return ended
    if gap > _WIDE_GAP * setting.leading * max(1.0, line.size / setting.size):
        return True
    if len(block) > 1 and _BULLET.match(block[0].text.strip()) and line.x <= block[0].x < before.x:
        return True  # back from a list
    if ended and line.x > min(other.x for other in block[-2:]) + _INDENT:
        return True
    return _same_size(line.size, setting.size) and _had_room(before.text.strip(), line.text.strip(), width)


def _had_room(before: str, line: str, width: int) -> bool:
    """Return whether `line` was begun although its first word had room in the line before, and it may begin something."""
    first, _, _ = line.partition(" ")
    return not first[0].islower() and len(before) + 1 + len(first) < _SHORT * width


def _same_size(one: float, other: float) -> bool:
    return max(one, other) <= _OTHER_SIZE * min(one, other)


def _title(blocks: Sequence[_Block], setting: _Setting) -> _Block | None:
    """Return the block near the top that is set largest, where it is set larger than the text."""
    largest = max(blocks[:_TITLE_LINES], key=lambda block: block.size)
    is_title = largest.size >= _TITLE_SIZE * setting.size and len(largest.text.split()) >= 2 and len(largest.text) <= LONGEST_TITLE
    return largest if is_title else None


def _joined(lines: Sequence[str], words: Counter[str]) -> str:
    text = ""
    for line in lines:
        line = " ".join(line.translate(_LIGATURES).split())
        text = _with_next(text, line, words) if text else line
    return text


def _with_next(text: str, line: str, words: Counter[str]) -> str:
    """Return `text` with the next line; a word that the line's end cut in two is one again."""
    broken = _BROKEN.search(text)
    rest = _WORD.match(line)
    if broken is None or rest is None:
        return text + line if text.endswith(("-", "\u2010", "/", "—")) else f"{text} {line}"
    if broken["hyphen"] == "\u00ad":
        return text[:-1] + line
    return (text[:-1] if _is_one_word(broken["start"], rest[0], words) else text) + line


def _is_one_word(start: str, rest: str, words: Counter[str]) -> bool:
    """Return whether the hyphen between `start` and `rest` is there for the line's end alone, as far as other lines tell."""
    if not (rest[0].islower() or (start.isupper() and rest.isupper())):
        return False
    joined, hyphened = words[f"{start}{rest}".lower()], words[f"{start}-{rest}".lower()]
    return joined > hyphened if joined or hyphened else start.lower() not in _FIRST_PARTS
