"""How well the product tells answers that agree, are compatible, contradict each other or are unrelated.

`python -m benchmarks.agreement` reads the labelled pairs of tests/data/answer_pairs.jsonl with the bundled models and prints, for both
halves, the confusion matrix and the precision and recall of "different" (the disagreement flag) and "same".
`--fit` first learns the parameters of `retrieval.agreement.Judgement` from the development half and writes them.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Published
from corpus.files import read_file
from corpus.pages import read_page
from retrieval.aggregation import Candidate, candidates_of
from retrieval.agreement import BUNDLED, Comparison, Judgement, Relation, Ties
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
WANTED_PRECISION = 0.9
"""Of the disagreement flag, on the half that the parameters are learnt from."""

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
    """A pair as the product sees it."""

    pair: Pair
    question: Question
    one: Candidate
    other: Candidate


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
        sides = [_candidate(question, side, reader) for side in (pair.one, pair.other)]
        if sides[0] and sides[1]:
            yield Read(pair, question, sides[0], sides[1])


def _candidate(question: Question, side: Side, reader: Reader) -> Candidate | None:
    article, start, end = find_span(side)
    passage = next(passage for passage in Chunker().cut(article) if passage.start <= start and end <= passage.end)
    proposed = reader.read(question.text, [passage])[0].spans
    score = max((span.score for span in proposed if span.start < end and start < span.end), default=UNREAD)
    found = candidates_of(question, [Hit(passage, 1, 1.0, None, None)], [Reading(passage, (Span(start, end, score),))])
    return found[0] if found else None


def relations(read: Sequence[Read], embedder: Embedder, judgement: Judgement) -> Iterator[Relation]:
    """Yield what the product takes each pair to be."""
    for item in read:
        yield Comparison(item.question, embedder, judgement).relation(item.one, item.other)


def fit(read: Sequence[Read], embedder: Embedder) -> dict[str, object]:
    """Return the parameters file's content, learnt from the pairs that may contradict.

    `contradicts` is the lowest threshold at which the flag is as precise as wanted on events that were left out of the learning.
    """
    untaught = Judgement(dict.fromkeys((field.name for field in fields(Ties)), 0.0), 0.0, 0.0)
    compared = [(item, Comparison(item.question, embedder, untaught)) for item in read]
    learned = [(item, comparison) for item, comparison in compared if comparison.may_contradict(item.one, item.other)]
    rows = [asdict(comparison.ties(item.one, item.other)) for item, comparison in learned]
    values = np.asarray([list(row.values()) for row in rows])
    right = np.asarray([item.pair.label is Relation.DIFFERENT for item, _ in learned])
    events = np.asarray(_events([item.pair for item, _ in learned]))
    unseen = np.empty(len(learned))
    for event in set(events.tolist()):
        unseen[events == event] = _probabilities(_learn(values[events != event], right[events != event]), values[events == event])
    weights, intercept = _learn(values, right)
    return {
        "weights": {name: round(float(weight), 4) for name, weight in zip(rows[0], weights, strict=True)},
        "intercept": round(float(intercept), 4),
        "contradicts": round(_threshold(unseen, right), 2),
        "pairs": len(learned),
    }


def _events(pairs: Sequence[Pair]) -> list[int]:
    """Return a number for each pair: equal for pairs that are linked by common articles."""
    event_of: dict[str, int] = {}
    for i, pair in enumerate(pairs):
        keys = [json.dumps(side.article) for side in (pair.one, pair.other)]
        joined = {event_of[key] for key in keys if key in event_of}
        event_of = {key: i if event in joined else event for key, event in event_of.items()} | dict.fromkeys(keys, i)
    return [event_of[json.dumps(pair.one.article)] for pair in pairs]


def _learn(values: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    """Return the weights and the intercept of a logistic regression, regularised as if all features were spread alike."""
    from sklearn.linear_model import LogisticRegression

    spread = values.std(axis=0)
    model = LogisticRegression(C=1.0, max_iter=5000).fit(values / spread, right)
    return model.coef_[0] / spread, float(model.intercept_[0])


def _probabilities(learnt: tuple[NDArray[np.float64], float], values: NDArray[np.float64]) -> NDArray[np.float64]:
    weights, intercept = learnt
    return np.asarray(1 / (1 + np.exp(-(values @ weights + intercept))))


def _threshold(probabilities: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the lowest threshold whose precision is as wanted; 1 where there is none."""
    order = np.argsort(-probabilities)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    precise = np.flatnonzero(precision >= WANTED_PRECISION)
    return float(probabilities[order[precise[-1]]]) if len(precise) else 1.0


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
    """Print the report of both halves; learn the parameters first with `--fit`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="learn the parameters and write them")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="where --fit writes the parameters")
    parser.add_argument("--errors", action="store_true", help="also list the pairs of the development half that are taken wrongly")
    given = parser.parse_args(arguments)
    embedder = SentenceEmbedder()
    read = list(read_all(read_pairs(), SpanReader()))
    if given.fit:
        parameters = fit([item for item in read if item.pair.split == HALVES[0]], embedder)
        given.out.write_text(json.dumps(parameters, indent=2) + "\n", encoding="utf-8")
    judgement = Judgement.load(given.out)
    found = list(relations(read, embedder, judgement))
    for half in HALVES:
        chosen = [(item.pair, relation) for item, relation in zip(read, found, strict=True) if item.pair.split == half]
        print(f"{half}, {len(chosen)} pairs\n{report([pair for pair, _ in chosen], [relation for _, relation in chosen])}\n")
    if given.errors:
        for item, relation in zip(read, found, strict=True):
            if item.pair.split == HALVES[0] and item.pair.label is not relation:
                print(f"{item.pair.id} {item.pair.label} taken for {relation}: {item.question.text} {item.one.text} | {item.other.text}")


if __name__ == "__main__":
    main(sys.argv[1:])
