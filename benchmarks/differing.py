"""How certain the dates and numbers are that a summary marks as told differently by the articles of a story.

    python -m benchmarks.differing [--errors]

It reads the labelled pairs of tests/data/differing_dates.jsonl: a date in each of two articles, "different" where both tell of one event
and cannot both be right, else "not". It prints precision and recall of the mark for both halves; then everything that is marked in the
stories of tests/data/stories.jsonl, each with its label where the set has it, to be judged by a reader. The rules were made on the first
half, and on the sample; --errors lists what is taken wrongly.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.labelled import HALVES, Side, find_article, find_span
from benchmarks.stories import read_labels
from corpus.article import Article
from retrieval.answer import Variant
from retrieval.summaries.briefing import Difference
from retrieval.summaries.differing import differences

PAIRS = Path(__file__).parents[1] / "tests" / "data" / "differing_dates.jsonl"


@dataclass(frozen=True, slots=True)
class Pair:
    """Dates in two articles, and whether people say that these contradict each other."""

    id: str
    split: str
    one: Side
    other: Side
    is_different: bool

    @property
    def articles(self) -> tuple[Article, Article]:
        """Both articles."""
        return find_article(self.one.article), find_article(self.other.article)

    def is_in(self, difference: Difference) -> bool:
        """Whether a difference shows the two dates as two versions."""
        one, other = (_version(difference, side) for side in (self.one, self.other))
        return one is not None and other is not None and one != other


def _version(difference: Difference, side: Side) -> int | None:
    """Return which version of a difference a side's date belongs to; None where it has no part in it."""
    article, start, end = find_span(side)
    return next((place for place, version in enumerate(difference.versions) if _tells(version, article, start, end)), None)


def _tells(version: Variant, article: Article, start: int, end: int) -> bool:
    spans = (evidence.span for evidence in version.evidence if evidence.citation.id == article.id)
    return any(span.start < end and start < span.end for span in spans)


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """Return the labelled pairs of a JSON lines file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Pair(row["id"], row["split"], Side(**row["one"]), Side(**row["other"]), row["label"] == "different") for row in rows]


def is_marked(pair: Pair) -> bool:
    """Return whether the product marks the two dates as told differently."""
    return any(pair.is_in(difference) for difference in differences(pair.articles))


def score(pairs: Sequence[Pair], marked: Sequence[bool]) -> str:
    """Return precision and recall of the mark, in words."""
    right = sum(pair.is_different and found for pair, found in zip(pairs, marked, strict=True))
    different = sum(pair.is_different for pair in pairs)
    return (
        f"{len(pairs)} pairs: precision {right / max(1, sum(marked)):.2f} ({right} of {sum(marked)} marked), "
        f"recall {right / max(1, different):.2f} ({right} of {different} different)"
    )


def marked_in_stories() -> Iterator[tuple[str, Difference]]:
    """Yield what is marked in each labelled story, with the story's name."""
    stories: dict[str, list[Article]] = defaultdict(list)
    for label in read_labels():
        if label.story:
            stories[label.story].append(find_article(label.article))
    for name, articles in sorted(stories.items()):
        yield from ((name, difference) for difference in differences(articles))


def judged(difference: Difference, pairs: Sequence[Pair]) -> str:
    """Return what the labels say of a marked difference: "right" or "wrong" where they have it, else "unlabelled"."""
    labels = {pair.is_different for pair in pairs if pair.is_in(difference)}
    return "unlabelled" if not labels else "wrong" if False in labels else "right"


def main(arguments: Sequence[str]) -> None:
    """Print the scores of both halves, and what is marked in the labelled stories."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.differing", description=__doc__.partition("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print each pair that is taken wrongly")
    options = parser.parse_args(arguments)
    pairs = read_pairs()
    marked = {pair.id: is_marked(pair) for pair in pairs}
    for half in HALVES:
        chosen = [pair for pair in pairs if pair.split == half]
        print(f"{half}, {score(chosen, [marked[pair.id] for pair in chosen])}")
    for name, difference in marked_in_stories():
        print(f"\nmarked in “{name}”: {judged(difference, pairs)}")
        for version in difference.versions:
            told_by = ", ".join(evidence.citation.source or evidence.citation.title for evidence in version.evidence)
            print(f"  {version.value} ({told_by}): {' '.join(version.best.quote.text.split())}")
    if options.errors:
        for pair in pairs:
            if pair.is_different != marked[pair.id]:
                print(f"\n{'missed' if pair.is_different else 'wrong'} {pair.id}: {pair.one.text} | {pair.other.text}")


if __name__ == "__main__":
    main(sys.argv[1:])
