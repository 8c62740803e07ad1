"""How well the product tells answers that agree, are compatible, contradict each other or are unrelated.

`python -m benchmarks.agreement` reads the labelled pairs of tests/data/answer_pairs.jsonl with the bundled models and prints, for both
halves, the confusion matrix and the precision and recall of "different" (the disagreement flag) and "same".
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.article import Article, Published
from corpus.files import read_file
from corpus.pages import read_page
from retrieval.aggregation import Candidate, candidates_of
from retrieval.agreement import Comparison, Relation
from retrieval.chunking import Chunker
from retrieval.embedding import SentenceEmbedder
from retrieval.protocols import Embedder, Reader, Reading, Span
from retrieval.question import Question
from retrieval.reading import SpanReader
from retrieval.search import Hit

ROOT = Path(__file__).parents[1]
PAIRS = ROOT / "tests" / "data" / "answer_pairs.jsonl"
SAMPLE = ROOT / "corpus" / "articles"
SHARED = ROOT.parent / "shared"
NEWS = SHARED / "data" / "news"

HALVES = ("dev", "held-out")
UNREAD = -8.0
"""The score (log-odds) of an answer that is not among those that the reader proposes."""

Key = str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """An answer: the `occurrence`-th `text` in an article.

    `article` is the stem of a sample article's file, the name of a shared article's file, the id of a news article, or an invented
    article's title, source, published and text.
    """

    article: Key
    text: str
    occurrence: int = 1


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


def find_article(key: Key) -> Article:
    """Return the article that a side names, as the product reads it. Raises KeyError where there is none."""
    return _find(key if isinstance(key, str) else json.dumps(key))


@cache
def _find(key: str) -> Article:
    if key.startswith("{"):
        return _invented(json.loads(key))
    if key.startswith("html/"):
        row = _pages()[key]
        with gzip.open(NEWS / row["file"]) as file:
            return read_page(file.read(), address_hint=row["url"] or key, file=None)
    if "/" in key:
        return _news()[key]
    return read_file(SHARED / "articles" / key if key.endswith(".txt") else SAMPLE / f"{key}.md")


def _invented(row: dict[str, str]) -> Article:
    address = f"invented:{row['source']}:{row['title']}"
    return Article(address=address, title=row["title"], text=row["text"], source=row["source"], published=Published.parse(row["published"]))


@cache
def _pages() -> dict[str, dict[str, str]]:
    rows = map(json.loads, (NEWS / "pages.jsonl").read_text(encoding="utf-8").splitlines())
    return {row["id"]: row for row in rows}


@cache
def _news() -> dict[str, Article]:
    return {row["id"]: _news_article(row) for name in ("bbc", "wikinews") for row in _rows(NEWS / f"{name}.jsonl.gz")}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _news_article(row: dict[str, str]) -> Article:
    return Article(
        address=row.get("url", row["id"]),
        title=row["title"],
        text=row["text"],
        source="BBC" if row["id"].startswith("bbc/") else "Wikinews",
        published=Published.parse(row["date"]) if "date" in row else None,
    )


def find_span(side: Side) -> tuple[Article, int, int]:
    """Return a side's article, and where in it the answer stands. Raises ValueError where it does not."""
    article = find_article(side.article)
    start = -1
    for _ in range(side.occurrence):
        start = article.text.index(side.text, start + 1)
    return article, start, start + len(side.text)


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
