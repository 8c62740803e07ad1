"""How well the product tells answers that agree, are compatible, contradict each other or are unrelated.

`python -m benchmarks.agreement` reads the labelled pairs of tests/data/answer_pairs.jsonl with the bundled models and prints, for both
halves, the confusion matrix and the precision and recall of "different" (the disagreement flag) and "same".
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.labelled import HALVES, Side, find_span
from retrieval.aggregation import Candidate, candidates_of
from retrieval.agreement import Comparison, Relation
from retrieval.chunking import Chunker
from retrieval.embedding import SentenceEmbedder
from retrieval.protocols import Embedder, Reader, Reading, Span
from retrieval.question import Question
from retrieval.reading import SpanReader
from retrieval.search import Hit

PAIRS = Path(__file__).parents[1] / "tests" / "data" / "answer_pairs.jsonl"

UNREAD = -8.0
"""The score (log-odds) of an answer that is not among those that the reader proposes."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles' answers to a question, and what people say that they are to each other."""

    id: str
    split: str
    question: str
    one: Side
    other: Side
    label: Relation


@dataclass(frozen=True, slots=True)
class Read:
    """A pair as the product sees it; `leading` says that either answer is the reader's best in its passage."""

    pair: Pair
    question: Question
    one: Candidate
    other: Candidate
    leading: bool


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """Return the labelled pairs of a JSON lines file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Pair(row["id"], row["split"], row["question"], Side(**row["one"]), Side(**row["other"]), Relation(row["label"])) for row in rows
    ]


def read_all(pairs: Iterable[Pair], reader: Reader) -> Iterator[Read]:
    """Yield each pair whose answers stand within a sentence, with the reader's opinion of them."""
    for pair in pairs:
        question = Question.parse(pair.question)
        one, other = (_candidate(question, side, reader) for side in (pair.one, pair.other))
        if one and other:
            yield Read(pair, question, one[0], other[0], one[1] and other[1])


def _candidate(question: Question, side: Side, reader: Reader) -> tuple[Candidate, bool] | None:
    """Return the answer as a candidate, and whether the reader proposes it before all others in its passage."""
    article, start, end = find_span(side)
    passage = next(passage for passage in Chunker().cut(article) if passage.start <= start and end <= passage.end)
    proposed = reader.read(question.text, [passage])[0].spans
    score = max((span.score for span in proposed if span.start < end and start < span.end), default=UNREAD)
    found = candidates_of(question, [Hit(passage, 1, 1.0, None)], [Reading(passage, (Span(start, end, score),))])
    return (found[0], all(span.score <= score for span in proposed)) if found else None


def relations(read: Iterable[Read], embedder: Embedder) -> Iterator[Relation]:
    """Yield what the product takes each pair to be: only the best answers of two articles are shown as a contradiction."""
    for item in read:
        relation = Comparison(item.question, embedder).relation(item.one, item.other)
        yield Relation.UNRELATED if relation is Relation.DIFFERENT and not item.leading else relation


def report(pairs: Sequence[Pair], found: Sequence[Relation]) -> str:
    """Return the confusion matrix (rows: labels) and precision and recall of "different" and "same"."""
    counts = Counter((pair.label, relation) for pair, relation in zip(pairs, found, strict=True))
    lines = [f"{'':12}" + "".join(f"{relation:>12}" for relation in Relation)]
    lines += [f"{label:12}" + "".join(f"{counts[label, relation]:12}" for relation in Relation) for label in Relation]
    for flag in (Relation.DIFFERENT, Relation.SAME):
        flagged, labelled = (sum(counts[pair] for pair in counts if pair[i] is flag) for i in (1, 0))
        right = counts[flag, flag]
        lines.append(
            f"{flag}: precision {right / max(1, flagged):.2f} ({right} of {flagged}), recall {right / max(1, labelled):.2f} of {labelled}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Print the report of both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="also list the pairs of the development half that are taken wrongly")
    given = parser.parse_args(arguments)
    embedder = SentenceEmbedder()
    read = list(read_all(read_pairs(), SpanReader()))
    found = list(relations(read, embedder))
    for half in HALVES:
        chosen = [(item.pair, relation) for item, relation in zip(read, found, strict=True) if item.pair.split == half]
        print(f"{half}, {len(chosen)} pairs\n{report([pair for pair, _ in chosen], [relation for _, relation in chosen])}\n")
    if given.errors:
        for item, relation in zip(read, found, strict=True):
            if item.pair.split == HALVES[0] and item.pair.label is not relation:
                print(f"{item.pair.id} {item.pair.label} taken for {relation}: {item.question.text} {item.one.text} | {item.other.text}")


if __name__ == "__main__":
    main(sys.argv[1:])
