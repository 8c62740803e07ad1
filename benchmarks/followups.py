"""How well follow-ups are told from questions that stand on their own, and whether they are answered rightly.

`python -m benchmarks.followups` reads the labelled pairs of tests/data/follow_ups.jsonl over the sample articles. It prints, for both
halves, precision and recall of the carrying over, and the share of questions that end rightly, with the question before and without.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from benchmarks.scoring import Decisions
from bot.assembly import open_library
from bot.cli import let_idle_threads_sleep
from bot.commands.terminal import make_console, progress_bar
from bot.library import SAMPLE
from bot.settings import read_settings
from corpus.article import Article
from corpus.files import read_file
from retrieval.answer import Answer, Evidence, NoAnswer, Variant
from retrieval.asking.followup import Context, ask_in_context, in_full
from retrieval.chunking import Chunker
from retrieval.evaluation.text_scores import is_right
from retrieval.question import kind_of
from retrieval.readable import readable

PAIRS = Path(__file__).parents[1] / "tests" / "data" / "follow_ups.jsonl"
HALVES = ("dev", "test")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question, the words that answered it, and the stem of the article's file that they stand in."""

    question: str
    answer: str
    article: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A question after another. `answers` are acceptable ones (empty: it has none; None: not judged), each in one of `articles`."""

    id: str
    earlier: Earlier
    question: str
    follow_up: bool
    answers: list[str] | None
    articles: list[str]

    @property
    def half(self) -> str:
        """ "dev", which the rules were made on, or "test"."""
        return self.id.split("-")[1]


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """Return the labelled pairs."""
    given = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Pair(**{**each, "earlier": Earlier(**each["earlier"])}) for each in given]


@cache
def article(stem: str) -> Article:
    """Return an article of the sample."""
    return read_file(SAMPLE / f"{stem}.md")


def given_before(earlier: Earlier) -> Answer:
    """Return the answer that was given to the earlier question, with its sentence and its passage."""
    source = article(earlier.article)
    start = source.text.index(earlier.answer)
    end = start + len(earlier.answer)
    passage = next(piece for piece in Chunker().cut(source) if piece.start <= start and end <= piece.end)
    quote = readable(source.text, start, end)
    evidence = Evidence.of(source, span=(start, end), quote=quote, passage=(passage.start, passage.end), confidence=0.9)
    return Answer(earlier.question, kind_of(earlier.question), Variant(earlier.answer, (evidence,), 1), 0.9)


def meant(pair: Pair) -> str | None:
    """Return the pair's question in full, as it is understood; None where it is taken to stand on its own."""
    context = Context.of(given_before(pair.earlier))
    return in_full(pair.question, context) if context else None


def decided(pairs: Sequence[Pair]) -> Decisions:
    """Return how often the questions of `pairs` are rightly carried over, wrongly, and missed."""
    taken = [(meant(pair) is not None, pair.follow_up) for pair in pairs]
    return Decisions(taken.count((True, True)), taken.count((True, False)), taken.count((False, True)))


def ends_rightly(pair: Pair, result: Answer | NoAnswer) -> bool:
    """Whether the result answers the pair's question, or says rightly that it has no answer."""
    if isinstance(result, NoAnswer) or not pair.answers:
        return isinstance(result, NoAnswer) and not pair.answers
    shown = [result.variant.best, *result.items]
    return any(is_right(each.span.text, each.quote.text, pair.answers, wants_sentence=result.kind.wants_sentence) for each in shown)


def judged(pairs: Sequence[Pair], ask: Callable[[Pair], Answer | NoAnswer]) -> Iterator[tuple[Pair, Answer | NoAnswer, bool]]:
    """Yield each judged pair with its result, and whether that is right."""
    for pair in pairs:
        if pair.answers is not None:
            result = ask(pair)
            yield pair, result, ends_rightly(pair, result)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    let_idle_threads_sleep()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.followups", description=__doc__)
    parser.add_argument("--alone", action="store_true", help="answer the questions without what was asked before, too")
    parser.add_argument("--wrong", action="store_true", help="list what went wrong")
    given = parser.parse_args(arguments)
    pairs = read_pairs()
    table = Table("", "pairs", "precision", "recall", "follow-ups right", "without context", "stand-alone right")
    with TemporaryDirectory() as folder, progress_bar(make_console(sys.stderr)) as report:
        settings = read_settings(data_dir=Path(folder))
        with open_library(settings, writing=False, sample=True, progress=report) as library:
            for half in HALVES:
                chosen = [pair for pair in pairs if pair.half == half]
                follow_ups, others = ([pair for pair in chosen if pair.follow_up is wanted] for wanted in (True, False))
                counts = decided(chosen)
                runs = [
                    list(judged(part, lambda pair: ask_in_context(library.answerer, pair.question, given_before(pair.earlier)).result))
                    for part in (follow_ups, others)
                ]
                alone = list(judged(follow_ups, lambda pair: library.answerer.ask(pair.question).result)) if given.alone else []
                shares = [f"{sum(right for *_, right in run)}/{len(run)}" if run else "-" for run in (runs[0], alone, runs[1])]
                table.add_row(half, str(len(chosen)), f"{counts.precision:.3f}", f"{counts.recall:.3f}", *shares)
                if given.wrong:
                    for pair, result, right in (each for run in runs for each in run):
                        if not right:
                            said = result.variant.best.span.text if isinstance(result, Answer) else "-"
                            sys.stdout.write(f"{pair.id}: {pair.question!r} as {result.understood_as!r}: {said!r}\n")
    make_console(sys.stdout).print(table)


if __name__ == "__main__":
    main()
