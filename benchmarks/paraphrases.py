"""Whether one question gets one answer, however it is worded: `python -m benchmarks.paraphrases`.

The groups of tests/data/paraphrases.jsonl are asked over the sample articles, as people type them: each is one question in three or four
wordings, some of which the articles do not answer. A group is consistent where all its wordings get the same answer, or none.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bot.settings import Settings
from corpus.article import Article
from corpus.loading import load
from retrieval.answer import Answer, NoAnswer
from retrieval.answering import Answerer
from retrieval.asking.spelling import Speller
from retrieval.confidence import Calibration
from retrieval.embedding import SentenceEmbedder
from retrieval.evaluation.fresh_index import fresh_index
from retrieval.evaluation.text_scores import is_right
from retrieval.reading import SpanReader
from retrieval.values import same, value_of

ROOT = Path(__file__).parents[1]
PARAPHRASES = ROOT / "tests" / "data" / "paraphrases.jsonl"
SAMPLE = ROOT / "corpus" / "articles"


@dataclass(frozen=True, slots=True)
class Group:
    """One question in several wordings; every acceptable answer, none where the articles do not answer it."""

    id: str
    wordings: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a group: for each wording the answer that was given, None for a refusal, and whether that was right."""

    group: Group
    given: tuple[str | None, ...]
    right: tuple[bool, ...]

    @property
    def consistent(self) -> bool:
        """Whether all wordings get one answer, or none of them any."""
        first, *others = self.given
        return all(_says_the_same(first, other) for other in others)


def _says_the_same(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    return same(value_of(one, None), value_of(other, None))


def read_groups(path: Path = PARAPHRASES) -> list[Group]:
    """Return the groups of a JSON lines file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Group(row["id"], tuple(row["wordings"]), tuple(row["answers"])) for row in rows]


def ask_group(group: Group, ask: Callable[[str], Answer | NoAnswer]) -> Outcome:
    """Ask every wording of a group."""
    results = [ask(wording) for wording in group.wordings]
    given = tuple(result.variant.best.span.text if isinstance(result, Answer) else None for result in results)
    return Outcome(group, given, tuple(_is_right(group, result) for result in results))


def _is_right(group: Group, result: Answer | NoAnswer) -> bool:
    """Whether a wording is answered right; a refusal is right where there is no answer."""
    if isinstance(result, NoAnswer):
        return not group.answers
    best = result.variant.best
    return is_right(best.span.text, best.quote.text, group.answers, wants_sentence=result.kind.wants_sentence)


def report(outcomes: Sequence[Outcome]) -> str:
    """Return the figures, of at least one group, as people read them."""
    lines = []
    for name, chosen in (
        ("answered by the articles", [outcome for outcome in outcomes if outcome.group.answers]),
        ("not answered by them", [outcome for outcome in outcomes if not outcome.group.answers]),
    ):
        if chosen:
            right = [right for outcome in chosen for right in outcome.right]
            refused = [given is None for outcome in chosen for given in outcome.given]
            lines.append(
                f"{name}: {len(chosen)} groups, {len(right)} wordings; right {fmean(right):.3f}, refused {fmean(refused):.3f}, "
                f"consistent groups {fmean(outcome.consistent for outcome in chosen):.3f}, "
                f"right in every wording {fmean(all(outcome.right) for outcome in chosen):.3f}"
            )
    return "\n".join(lines)


def faults(outcomes: Iterable[Outcome]) -> str:
    """Return the wordings that go wrong, a line each."""
    return "\n".join(
        f"{outcome.group.id}: {wording}\n    {answer or '(refused)'}"
        for outcome in outcomes
        for wording, answer, right in zip(outcome.group.wordings, outcome.given, outcome.right, strict=True)
        if not right
    )


def main(arguments: Sequence[str]) -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, default=PARAPHRASES, help="the groups (default: those over the sample articles)")
    parser.add_argument("--articles", type=Path, default=SAMPLE, help="what they are asked of (default: the sample articles)")
    parser.add_argument("--wrong", action="store_true", help="also list the wordings that go wrong")
    given = parser.parse_args(arguments)
    embedder = SentenceEmbedder()
    articles = [item for item in load([str(given.articles)]) if isinstance(item, Article)]
    with tempfile.TemporaryDirectory() as folder:
        search, keywords = fresh_index(articles, embedder, Path(folder))
        answerer = Answerer(
            search=search,
            keywords=keywords,
            embedder=embedder,
            reader=SpanReader(),
            calibration=Calibration.load(),
            speller=Speller(keywords),
            min_confidence=Settings.model_fields["min_confidence"].default,
        )
        outcomes = [ask_group(group, lambda text: answerer.ask(text).result) for group in read_groups(given.file)]
    print(report(outcomes))
    if given.wrong:
        print(faults(outcomes))


if __name__ == "__main__":
    main(sys.argv[1:])
