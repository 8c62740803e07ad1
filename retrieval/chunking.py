"""Articles cut into passages along their sentences."""

import re
from dataclasses import dataclass

from corpus.article import Article
from retrieval.passage import Passage
from retrieval.sentences import sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunker:
    """Cuts articles into passages of about `words` words; neighbours share `overlap` sentences.

    A sentence longer than `words` is cut between words. The defaults keep a passage with its title
    below the 256 word pieces that the bundled embedding model reads.
    """

    words: int = 120
    overlap: int = 1

    def __post_init__(self) -> None:
        if self.words < 1:
            raise ValueError(f"words must be at least 1, got {self.words}")
        if self.overlap < 0:
            raise ValueError(f"overlap must be at least 0, got {self.overlap}")

    def cut(self, article: Article) -> list[Passage]:
        """Return the passages of `article` in the order of its text; together they hold every word of it."""
        pieces = [piece for sentence in sentences(article.text) for piece in self._pieces(article.text, *sentence)]
        sizes = [_count_words(article.text[start:end]) for start, end in pieces]
        passages = []
        first = 0
        while first < len(pieces):
            last, total = first, sizes[first]
            while last + 1 < len(pieces) and total + sizes[last + 1] <= self.words:
                last += 1
                total += sizes[last]
            passages.append(Passage(article, pieces[first][0], pieces[last][1]))
            if last + 1 == len(pieces):
                break
            first = self._next(first, last, sizes)
        return passages

    def _next(self, first: int, last: int, sizes: list[int]) -> int:
        """Return where the passage after `first..last` starts: `overlap` sentences back, if that leaves room for a new one."""
        start = max(first + 1, last + 1 - self.overlap)
        while start <= last and sum(sizes[start : last + 2]) > self.words:
            start += 1
        return start

    def _pieces(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Return the sentence `start:end`, in several pieces where it is too long."""
        words = [(start + match.start(), start + match.end()) for match in _WORD.finditer(text[start:end])]
        groups = [words[i : i + self.words] for i in range(0, len(words), self.words)]
        return [(group[0][0], group[-1][1]) for group in groups]


# A "word" without blanks has no natural end: an encoded picture, say. Cut it too, or one passage could hold a megabyte.
_WORD = re.compile(r"\S{1,200}")


def _count_words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))
