"""Fits the calibration: `python -m retrieval.training confidence --news QUESTIONS --articles FOLDER SQUAD_FILE...`.

Open-corpus simulation on encyclopaedia articles: the paragraphs of SQuAD-format files are cut, indexed and searched as the
product does it, and each question is asked twice: as things are, and with the passages of its own paragraph taken out of
what was found. Unanswerable questions written by people (SQuAD 2.0) are asked once. Chat-like questions on news articles,
some of them unanswerable, weigh as much as all of these. An answer counts as right when its token F1 with a gold answer is
at least one half. A logistic regression over `retrieval.confidence.Features` learns to tell right from wrong.
"""

import argparse
import gzip
import json
import logging
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.catalog import Catalog
from corpus.database import open_database
from corpus.loading import load
from retrieval.answering import READ_PASSAGES
from retrieval.chunking import Chunker
from retrieval.confidence import BUNDLED, Features, features_of
from retrieval.embedding import SentenceEmbedder
from retrieval.evaluation import best_f1
from retrieval.finding import answers_in
from retrieval.indexing import Indexer
from retrieval.keywords import Fts5Index
from retrieval.protocols import Embedder, Reader, Reading
from retrieval.question import Question
from retrieval.reading import SpanReader
from retrieval.search import Hit, HybridSearch
from retrieval.store import ChromaStore, open_chroma

SPARE_PASSAGES = 4
"""Passages read beyond what the product reads, so that enough are left when the paragraph's own are taken out."""

RIGHT_F1 = 0.5
"""Token F1 with a gold answer from which on an answer counts as right."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a SQuAD file with the characters of its paragraph in its article; no answers: unanswerable."""

    text: str
    answers: tuple[str, ...]
    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a shown answer, whether it was right, and whether it could be."""

    features: Features
    right: bool
    answerable: bool


def read_squad(path: Path) -> tuple[list[Article], list[Asked]]:
    """Return the articles of a SQuAD file (gzip or not), paragraphs joined by blank lines, and their questions."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        data = json.load(file)["data"]
    articles, questions = [], []
    for entry in data:
        text = "\n\n".join(paragraph["context"] for paragraph in entry["paragraphs"])
        article = Article(address=f"squad:{path.name}:{entry['title']}", title=entry["title"].replace("_", " "), text=text)
        articles.append(article)
        start = 0
        for paragraph in entry["paragraphs"]:
            end = start + len(paragraph["context"])
            questions += [
                Asked(qa["question"], tuple(answer["text"] for answer in qa["answers"]), article.id, start, end) for qa in paragraph["qas"]
            ]
            start = end + 2
    return articles, questions


def examples(
    questions: Iterable[Asked], search: HybridSearch, keywords: Fts5Index, reader: Reader, embedder: Embedder
) -> Iterator[Example]:
    """Ask each question, and again without its own paragraph where that is known; yield what the calibration learns from."""
    for asked in questions:
        question = Question.parse(asked.text)
        hits = search.search(question.wording, READ_PASSAGES + SPARE_PASSAGES)
        read = list(zip(hits, reader.read(question.wording, [hit.passage for hit in hits]), strict=True))
        yield from _example(question, asked.answers, read[:READ_PASSAGES], keywords, embedder)
        if asked.answers and asked.end:
            elsewhere = [(hit, reading) for hit, reading in read if not _overlaps(hit, asked)]
            yield from _example(question, (), elsewhere[:READ_PASSAGES], keywords, embedder)


def _overlaps(hit: Hit, asked: Asked) -> bool:
    passage = hit.passage
    return passage.article.id == asked.article_id and passage.start < asked.end and asked.start < passage.end


def _example(
    question: Question, answers: Sequence[str], read: Sequence[tuple[Hit, Reading]], keywords: Fts5Index, embedder: Embedder
) -> Iterator[Example]:
    groups = answers_in(question, [hit for hit, _ in read], [reading for _, reading in read], embedder)
    if not groups:
        return
    best = groups[0].best
    features = features_of(groups[0], keywords.coverage(question.subject, [best.hit.passage])[0])
    right = best_f1(best.text, answers) >= RIGHT_F1 or (question.kind.wants_sentence and any(answer in best.text for answer in answers))
    yield Example(features, right, answerable=bool(answers))


def fit(encyclopaedia: Sequence[Example], news: Sequence[Example], answerable_share: float) -> dict[str, object]:
    """Return the calibration file's content: weights by feature, intercept, and what it was fitted on.

    Both kinds of examples weigh the same, whatever their number, and in each `answerable_share` of the weight could be answered.
    """
    from sklearn.linear_model import LogisticRegression

    learned = [*encyclopaedia, *news]
    names = list(asdict(learned[0].features))
    rows = np.asarray([[asdict(example.features)[name] for name in names] for example in learned])
    right = np.asarray([example.right for example in learned])
    importance = np.concatenate([_importance(part, answerable_share, len(learned) / 2) for part in (encyclopaedia, news)])
    model = LogisticRegression(C=100, max_iter=5000).fit(rows, right, sample_weight=importance)
    return {
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, model.coef_[0], strict=True)},
        "intercept": round(float(model.intercept_[0]), 4),
        "examples": {"encyclopaedia": len(encyclopaedia), "news": len(news)},
    }


def _importance(examples: Sequence[Example], answerable_share: float, total: float) -> NDArray[np.float64]:
    """Return a weight for each of the examples; they add up to `total`, those of answerable ones to their share of it."""
    answerable = np.asarray([example.answerable for example in examples])
    share = np.where(answerable, answerable_share / answerable.mean(), (1 - answerable_share) / (1 - answerable.mean()))
    return np.asarray(share * total / len(examples))


def read_questions(path: Path) -> list[Asked]:
    """Return the questions of a JSON lines file with "question" and "answers"; where they are answered is not said."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Asked(row["question"], tuple(row["answers"]), "", 0, 0) for row in rows]


def main(arguments: Sequence[str]) -> None:
    """Fit and write the parameters."""
    parser = argparse.ArgumentParser(prog="train confidence", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="SQuAD-format files, .json or .json.gz")
    parser.add_argument("--news", type=Path, required=True, help="JSON lines: questions on --articles, with their answers")
    parser.add_argument("--articles", type=Path, required=True, help="the folder of those articles")
    parser.add_argument("--out", type=Path, default=BUNDLED)
    parser.add_argument("--questions", type=int, default=1500, help="questions drawn from each file")
    parser.add_argument("--answerable", type=float, default=0.75, help="share of questions, in use, that the articles answer")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--examples", type=Path, help="also write the examples here, one JSON object a line")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    read = [read_squad(path) for path in given.files]
    rng = random.Random(given.seed)  # noqa: S311 - a sample, no secret
    drawn = [asked for _, questions in read for asked in rng.sample(questions, min(given.questions, len(questions)))]
    sample = [item for item in load([given.articles]) if isinstance(item, Article)]
    encyclopaedia = _asked([article for articles, _ in read for article in articles], drawn)
    news = _asked(sample, read_questions(given.news))
    if given.examples:
        given.examples.write_text("".join(json.dumps(asdict(example)) + "\n" for example in [*encyclopaedia, *news]), encoding="utf-8")
    given.out.write_text(json.dumps(fit(encyclopaedia, news, given.answerable), indent=2) + "\n", encoding="utf-8")


def _asked(articles: Sequence[Article], questions: Sequence[Asked]) -> list[Example]:
    """Ask `questions` over an index of `articles`."""
    with tempfile.TemporaryDirectory() as folder:
        embedder = SentenceEmbedder()
        search, keywords = _index(articles, embedder, Path(folder))
        return list(examples(_reported(questions), search, keywords, SpanReader(), embedder))


def _reported(questions: Sequence[Asked]) -> Iterator[Asked]:
    for done, asked in enumerate(questions):
        if done % 200 == 0:
            logger.info("%d of %d questions", done, len(questions))
        yield asked


def _index(articles: Sequence[Article], embedder: Embedder, folder: Path) -> tuple[HybridSearch, Fts5Index]:
    catalog = Catalog(open_database(f"sqlite:///{folder / 'catalog.db'}"))
    vectors = ChromaStore(open_chroma(folder / "chroma"), "passages")
    keywords = Fts5Index(catalog)
    indexer = Indexer(
        catalog=catalog, chunker=Chunker(), embedder=embedder, vectors=vectors, keywords=keywords, clock=lambda: datetime.now(UTC)
    )
    logger.info("indexed %d articles", len(list(indexer.add(articles))))
    return HybridSearch(catalog=catalog, embedder=embedder, vectors=vectors, keywords=keywords), keywords


if __name__ == "__main__":
    main(sys.argv[1:])
