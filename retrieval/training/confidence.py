"""Fits the calibration: `quotewire train confidence [SQUAD_FILE...] [--news QUESTIONS FOLDER] [--paraphrases GROUPS FOLDER]`.

Every question is asked in the open: the articles are cut, indexed and searched as the product does it. Of SQuAD-format files
half of the paragraphs are left out of the index, so that the questions on them cannot be answered; articles of other such files
(`--beside`) make the index as large as those in use. Chat-like questions on news (JSON lines, as `quotewire eval answers` reads
them) are asked over the articles of a folder; where the folder has none of the articles that answer, they cannot be answered
either. So are paraphrases (JSON lines of `wordings` and `answers`). A logistic regression over `retrieval.confidence.Features`
learns which answers are right, as `retrieval.evaluation.text_scores.is_right` says it.
"""

import argparse
import json
import logging
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.loading import load
from retrieval.confidence import BUNDLED, Features, features_of
from retrieval.embedding import SentenceEmbedder
from retrieval.evaluation.answer_scores import MalformedQuestions, read_gold_questions
from retrieval.evaluation.fresh_index import fresh_index
from retrieval.evaluation.squad import MalformedSquad, SquadArticle, read_squad
from retrieval.evaluation.text_scores import is_right
from retrieval.finding import answers_in, passages_for
from retrieval.keywords import Fts5Index
from retrieval.protocols import Embedder, Reader
from retrieval.question import Question
from retrieval.reading import SpanReader
from retrieval.search import HybridSearch

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its gold answers; none where the articles at hand do not answer it."""

    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a question's best answer, whether it was right, and whether it could be."""

    features: Features
    right: bool
    answerable: bool


def halved(entries: Iterable[SquadArticle], rng: random.Random) -> tuple[list[Article], list[Asked]]:
    """Return the articles with about half of their paragraphs, and all the questions; those on the other half have no answers.

    Of an article of one paragraph, chance leaves it or nothing.
    """
    articles, questions = [], []
    for entry in entries:
        kept = [paragraph for paragraph in entry.paragraphs if rng.random() < 0.5]
        if kept:
            text = "\n\n".join(paragraph.text for paragraph in kept)
            articles.append(Article(address=entry.article.address, title=entry.article.title, text=text))
        for paragraph in entry.paragraphs:
            questions += [Asked(question.text, question.answers if paragraph in kept else ()) for question in paragraph.questions]
    return articles, questions


def on_news(path: Path, articles: Iterable[Article]) -> list[Asked]:
    """Return the questions of a file; without answers where none of the articles that answer is among `articles`.

    Raises OSError, MalformedQuestions.
    """
    names = {name for article in articles for name in (article.id, PurePath(article.file or "").stem)}
    questions = read_gold_questions(path)
    return [Asked(gold.text, gold.answers if not gold.articles or names.intersection(gold.articles) else ()) for gold in questions]


def on_paraphrases(path: Path) -> list[Asked]:
    """Return every wording of the groups of a file, with the answers of its group. Raises OSError, MalformedQuestions."""
    try:
        groups = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [Asked(wording, tuple(group["answers"])) for group in groups for wording in group["wordings"]]
    except (ValueError, KeyError, TypeError) as error:
        raise MalformedQuestions(f"{path} has a line that is no group of wordings and answers.") from error


def examples(
    questions: Iterable[Asked], search: HybridSearch, keywords: Fts5Index, reader: Reader, embedder: Embedder
) -> Iterator[Example]:
    """Ask each question; yield what the calibration learns from its best answer, where there is any."""
    for asked in questions:
        question = Question.parse(asked.text)
        hits = passages_for(question, search, keywords)
        groups = answers_in(question, hits, reader.read(question.wording, [hit.passage for hit in hits]), embedder)
        if not groups:
            continue
        best = groups[0].best
        quote = best.hit.passage.article.text[best.quote_start : best.quote_end]
        right = is_right(best.text, quote, asked.answers, wants_sentence=question.kind.wants_sentence)
        yield Example(features_of(groups, 0, question.kind), right, answerable=bool(asked.answers))


def fit(sets: Sequence[Sequence[Example]], answerable_share: float) -> dict[str, object]:
    """Return the calibration file's content: weights by feature, intercept, and what it was fitted on.

    All sets weigh the same, whatever their number, and in each `answerable_share` of the weight could be answered.
    """
    from sklearn.linear_model import LogisticRegression

    learned = [example for found in sets for example in found]
    names = list(asdict(learned[0].features))
    rows = np.asarray([[asdict(example.features)[name] for name in names] for example in learned])
    right = np.asarray([example.right for example in learned])
    importance = np.concatenate([_importance(found, answerable_share, len(learned) / len(sets)) for found in sets])
    model = LogisticRegression(C=100, max_iter=5000).fit(rows, right, sample_weight=importance)
    return {
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, model.coef_[0], strict=True)},
        "intercept": round(float(model.intercept_[0]), 4),
        "examples": [len(found) for found in sets],
    }


def _importance(examples: Sequence[Example], answerable_share: float, total: float) -> NDArray[np.float64]:
    """Return a weight for each of the examples; they add up to `total`, those of answerable ones to their share of it."""
    answerable = np.asarray([example.answerable for example in examples])
    share = np.where(answerable, answerable_share / max(answerable.mean(), 1e-9), (1 - answerable_share) / max(1 - answerable.mean(), 1e-9))
    return np.asarray(share * total / len(examples))


def main(arguments: Sequence[str]) -> None:
    """Fit and write the parameters. Raises SystemExit for wrong usage and files that are of no use."""
    parser = argparse.ArgumentParser(
        prog="quotewire train confidence", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, help="SQuAD-format files, .json or .json.gz")
    parser.add_argument(
        "--news", nargs=2, type=Path, action="append", default=[], metavar=("QUESTIONS", "FOLDER"), help="and the articles; may be repeated"
    )
    parser.add_argument("--paraphrases", nargs=2, type=Path, action="append", default=[], metavar=("GROUPS", "FOLDER"), help="the same")
    parser.add_argument(
        "--beside",
        type=Path,
        action="append",
        default=[],
        help="SQuAD-format file of articles to index, too; may be repeated",
    )
    parser.add_argument("--only", action="append", default=[], help="title of an article to use; of files that have any such, no other is")
    parser.add_argument("--out", type=Path, default=BUNDLED)
    parser.add_argument("--questions", type=int, default=1500, help="questions drawn from each SQuAD-format file")
    parser.add_argument("--answerable", type=float, default=0.75, help="share of questions, in use, that the articles answer")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--examples", type=Path, help="also write the examples here, one JSON object a line")
    given = parser.parse_args(arguments)
    if not (given.files or given.news or given.paraphrases):
        parser.error("give a SQuAD-format file, --news or --paraphrases")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    rng = random.Random(given.seed)  # noqa: S311 - a draw, no secret
    try:
        beside = [entry.article for path in given.beside for entry in read_squad(path)]
        sets = [
            *(_on_squad(path, given.only, beside, given.questions, rng) for path in given.files),
            *(_on_news(*news) for news in given.news),
            *(_asked(_articles(folder), on_paraphrases(path)) for path, folder in given.paraphrases),
        ]
    except (OSError, MalformedSquad, MalformedQuestions) as error:
        parser.exit(1, f"{error}\n")
    if given.examples:
        lines = [json.dumps({"set": place} | asdict(example)) for place, found in enumerate(sets) for example in found]
        given.examples.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    given.out.write_text(json.dumps(fit(sets, given.answerable), indent=2) + "\n", encoding="utf-8")


def _on_squad(path: Path, only: Sequence[str], beside: Sequence[Article], count: int, rng: random.Random) -> list[Example]:
    entries = read_squad(path)
    chosen = [entry for entry in entries if entry.article.title in only] or entries
    articles, questions = halved(chosen, rng)
    return _asked([*articles, *beside], rng.sample(questions, min(count, len(questions))))


def _on_news(path: Path, folder: Path) -> list[Example]:
    articles = _articles(folder)
    return _asked(articles, on_news(path, articles))


def _articles(folder: Path) -> list[Article]:
    return [item for item in load([folder]) if isinstance(item, Article)]


def _asked(articles: Sequence[Article], questions: Sequence[Asked]) -> list[Example]:
    """Ask `questions` over an index of `articles`."""
    with tempfile.TemporaryDirectory() as folder:
        embedder = SentenceEmbedder()
        search, keywords = fresh_index(articles, embedder, Path(folder))
        return list(examples(_reported(questions), search, keywords, SpanReader(), embedder))


def _reported(questions: Sequence[Asked]) -> Iterator[Asked]:
    for done, asked in enumerate(questions):
        if done % 100 == 0:
            logger.info("%d of %d questions", done, len(questions))
        yield asked


if __name__ == "__main__":
    main(sys.argv[1:])
