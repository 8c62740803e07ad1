"""What typing errors cost, and what correcting them saves: `python -m benchmarks.spelling SQUAD_FILE`.

The paragraphs of a SQuAD-format file are indexed. A sample of its questions is asked as it is, then in lower case with typing
errors (`benchmarks.noise`), without and with the correction. The best answer counts, however unsure (F1), and, behind it, the
same where an answer below the product's threshold counts as none. On all of the file's questions, as they are, it counts how
many are changed; --changed prints them, so that a person can tell how many of these had an error.
"""

import argparse
import logging
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.collection import index_words
from benchmarks.noise import noisy
from bot.settings import Settings
from corpus.article import Article
from retrieval.answer import Answer, NoAnswer
from retrieval.answering import Answerer
from retrieval.asking.spelling import Speller, is_same_wording
from retrieval.confidence import Calibration
from retrieval.embedding import SentenceEmbedder
from retrieval.evaluation.fresh_index import fresh_index
from retrieval.evaluation.squad import SquadQuestion, read_squad
from retrieval.evaluation.text_scores import best_f1
from retrieval.reading import SpanReader

THRESHOLD: float = Settings.model_fields["min_confidence"].default
"""Below it the product gives no answer."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over the questions, 0 to 100: F1 of the best answer, and with answers below the threshold left out."""

    f1: float
    f1_shown: float


class Examiner:
    """Asks questions over an index and scores the answers; the same words are asked once."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._known: dict[str, Answer | NoAnswer] = {}

    def scores(self, asked: Sequence[tuple[str, tuple[str, ...]]]) -> Scores:
        """Ask each (question, gold answers) and return how well it went."""
        found = [self._score(text, golds) for text, golds in asked]
        return Scores(*(100 * sum(column) / len(found) for column in zip(*found, strict=True)))

    def _score(self, text: str, golds: tuple[str, ...]) -> tuple[float, float]:
        if text not in self._known:
            self._known[text] = self._answerer.ask(text).result
            if len(self._known) % 50 == 0:
                logger.info("%d questions", len(self._known))
        result = self._known[text]
        if not isinstance(result, Answer):
            return 0.0, 0.0
        f1 = best_f1(result.variant.best.span.text, golds)
        return f1, f1 if result.confidence >= THRESHOLD else 0.0


def compare(articles: Sequence[Article], drawn: Sequence[SquadQuestion], rng: random.Random, folder: Path) -> dict[str, Scores]:
    """Return the scores of the questions as they are, with errors, and with errors that are corrected."""
    answerer, speller = _parts(articles, folder)
    examiner = Examiner(answerer)
    clean = [(asked.text, asked.answers) for asked in drawn]
    typed = [(noisy(text, rng), golds) for text, golds in clean]
    corrected = [(speller.correct(text), golds) for text, golds in typed]
    restored = sum(is_same_wording(text, asked.text) for (text, _), asked in zip(corrected, drawn, strict=True))
    logger.info("%d of %d questions with errors are restored to the letter", restored, len(drawn))
    return {
        "as they are": examiner.scores(clean),
        "as they are, corrected": examiner.scores([(speller.correct(text), golds) for text, golds in clean]),
        "with errors": examiner.scores(typed),
        "with errors, corrected": examiner.scores(corrected),
    }


def _parts(articles: Sequence[Article], folder: Path) -> tuple[Answerer, Speller]:
    """Index `articles`; return what answers from them without correcting, however unsure, and what corrects."""
    embedder = SentenceEmbedder()
    search, keywords = fresh_index(articles, embedder, folder)
    answerer = Answerer(
        search=search, keywords=keywords, embedder=embedder, reader=SpanReader(), calibration=Calibration.load(), min_confidence=0
    )
    return answerer, Speller(keywords)


def changes(questions: Sequence[SquadQuestion], articles: Sequence[Article], folder: Path) -> list[tuple[str, str]]:
    """Return the questions whose words are changed although nobody put errors into them, each with what became of it."""
    speller = Speller(index_words(articles, folder))
    corrected = ((asked.text, speller.correct(asked.text)) for asked in questions)
    return [(typed, meant) for typed, meant in corrected if not is_same_wording(typed, meant)]


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="SQuAD-format file, .json or .json.gz")
    parser.add_argument("--questions", type=int, default=400, help="how many are drawn")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--changed", action="store_true", help="only print which questions are changed as they are")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    entries = read_squad(given.file)
    articles = [entry.article for entry in entries]
    questions = [question for entry in entries for paragraph in entry.paragraphs for question in paragraph.questions]
    rng = random.Random(given.seed)  # noqa: S311 - a sample, no secret
    with tempfile.TemporaryDirectory() as folder:
        changed = changes(questions, articles, Path(folder))
        for typed, meant in changed if given.changed else []:
            sys.stdout.write(f"{typed}\n  {meant}\n")
        sys.stdout.write(f"{len(changed)} of {len(questions)} questions are changed as they are\n")
        if not given.changed:
            drawn = rng.sample(questions, min(given.questions, len(questions)))
            for name, score in compare(articles, drawn, rng, Path(folder)).items():
                sys.stdout.write(f"{name:<24} F1 {score.f1:5.1f}   shown {score.f1_shown:5.1f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
