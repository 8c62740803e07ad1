"""Whether the reader knows that a passage does not answer: `python -m benchmarks.wrong_passages`.

The articles of a SQuAD-format file are cut as the product does it, and their words indexed. Each question that is drawn is read twice: on
a passage that holds its answer, and on the best one of the same article that shares words with it and holds none of its
answers. The threshold is the one that keeps a share of the right answers; what counts is the share of the wrong passages that
it recognises as such.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from benchmarks.collection import SQUAD, index_words
from retrieval.chunking import Chunker
from retrieval.evaluation.squad import SquadArticle, SquadQuestion, read_squad
from retrieval.evaluation.text_scores import RIGHT_F1, best_f1, contains_answer
from retrieval.passage import Passage
from retrieval.protocols import KeywordIndex, PairReader, Reading
from retrieval.reading import SpanReader

KEPT = 0.95
"""Which share of the right answers the threshold keeps."""

LOOKED_AT = 20
"""Passages with words of the question among which a wrong one is looked for."""

NEVER = -1000.0
"""The score (log-odds) of a passage in which the reader proposes nothing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with a passage that answers and one that does not."""

    question: SquadQuestion
    right: Passage
    wrong: Passage


@dataclass(frozen=True, slots=True)
class Recognised:
    """How many pairs were read, the share that is answered right, the threshold (log-odds), and the share of wrong passages below it."""

    pairs: int
    found: float
    threshold: float
    share: float

    @property
    def error(self) -> float:
        """The standard error of `share`: another draw of as many questions comes out within twice this, 19 times of 20."""
        return sqrt(self.share * (1 - self.share) / self.pairs)


def pairs_of(entries: Sequence[SquadArticle], keywords: KeywordIndex, rng: random.Random, count: int) -> Iterator[Pair]:
    """Yield `count` pairs of questions drawn by chance, or all; a question without either passage is passed over.

    The wrong passage is of the same article and holds none of the gold answers' words.
    """
    asked = [
        (entry.article, paragraph.start, question)
        for entry in entries
        for paragraph in entry.paragraphs
        for question in paragraph.questions
    ]
    rng.shuffle(asked)
    passages = {entry.article.id: Chunker().cut(entry.article) for entry in entries}
    found = 0
    for article, offset, question in asked:
        right = _holding(passages[article.id], offset, question)
        wrong = _wrong(passages[article.id], keywords, question)
        if right and wrong and found < count:
            found += 1
            yield Pair(question, right, wrong)
        if found == count:
            return


def _holding(passages: Sequence[Passage], offset: int, question: SquadQuestion) -> Passage | None:
    """Return the first passage that has a gold answer where its paragraph, at `offset` of the article, has it."""
    places = [(offset + gold.start, offset + gold.end) for gold in question.golds if gold.start >= 0]
    return next((passage for passage in passages for start, end in places if passage.start <= start and end <= passage.end), None)


def _wrong(passages: Sequence[Passage], keywords: KeywordIndex, question: SquadQuestion) -> Passage | None:
    known = {passage.key: passage for passage in passages}
    found = [known[match.key] for match in keywords.search(question.text, LOOKED_AT) if match.key in known]
    return next((passage for passage in found if not contains_answer(passage.text, question.answers)), None)


def recognised(pairs: Sequence[Pair], reader: PairReader) -> Recognised:
    """Return how many wrong passages the threshold recognises that keeps a share of the right answers; for at least one pair."""
    rights = reader.read_pairs([(pair.question.text, pair.right) for pair in pairs])
    wrongs = reader.read_pairs([(pair.question.text, pair.wrong) for pair in pairs])
    scores = sorted(_best(reading) for pair, reading in zip(pairs, rights, strict=True) if _is_right(pair, reading))
    threshold = scores[int((1 - KEPT) * len(scores) + 1e-9)] if scores else NEVER
    return Recognised(
        pairs=len(pairs),
        found=len(scores) / len(pairs),
        threshold=threshold,
        share=sum(_best(reading) < threshold for reading in wrongs) / len(pairs),
    )


def _best(reading: Reading) -> float:
    return reading.spans[0].score if reading.spans else NEVER


def _is_right(pair: Pair, reading: Reading) -> bool:
    article = pair.right.article
    return bool(reading.spans) and best_f1(article.text[reading.spans[0].start : reading.spans[0].end], pair.question.answers) >= RIGHT_F1


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=SQUAD, help="SQuAD-format file, .json or .json.gz")
    parser.add_argument("--questions", type=int, default=400, help="how many are drawn (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    entries = read_squad(given.file)
    rng = random.Random(given.seed)  # noqa: S311 - a sample, no secret
    with tempfile.TemporaryDirectory() as folder:
        keywords = index_words((entry.article for entry in entries), Path(folder))
        pairs = list(pairs_of(entries, keywords, rng, given.questions))
    result = recognised(pairs, SpanReader())
    print(
        f"{result.pairs} questions; answered right on the right passage {result.found:.3f}; at the threshold {result.threshold:.2f} that "
        f"keeps {KEPT:.0%} of these, {result.share:.3f} of the wrong passages are recognised (standard error {result.error:.3f})"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
