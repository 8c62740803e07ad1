"""How well articles on one event are brought together: pairwise precision, recall and F1.

    python -m benchmarks.stories [--wrong]

It reads tests/data/stories.jsonl, which names articles of the sample and of the data beside the project, each with the story that it
tells, or null for none but its own: later events like it (the next election, another crash) are among those. The pairs of articles in one
story are compared with those that people put into one; --wrong prints each pair that differs.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from benchmarks.labelled import find_article
from benchmarks.scoring import Decisions
from corpus.article import Article
from retrieval.chunking import Chunker
from retrieval.content_words import content_words
from retrieval.embedding import SentenceEmbedder
from retrieval.lexicon import fold
from retrieval.protocols import Embedder
from retrieval.summaries.stories import stories_among
from retrieval.summaries.ties import Telling, rarity_in

LABELS = Path(__file__).parents[1] / "tests" / "data" / "stories.jsonl"
HALVES = (0, 1)


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article (as `benchmarks.labelled` names it), and the story that it tells with others; None for a story of its own."""

    article: str
    story: str | None


def read_labels(path: Path = LABELS) -> list[Labelled]:
    """Return the labelled articles."""
    return [Labelled(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def tellings(articles: Sequence[Article], embedder: Embedder) -> list[Telling]:
    """Return the articles as the product compares them, the names' rarity from these articles alone."""
    vectors = embedder.embed([Chunker().cut(article)[0].titled for article in articles])
    words = Counter(word for article in articles for word in set(content_words(fold(f"{article.title} {article.text}"))))
    rarity = rarity_in(words, len(articles))
    return [Telling(article, vector, rarity) for article, vector in zip(articles, vectors, strict=True)]


def put_together(compared: Sequence[Telling]) -> dict[str, str]:
    """Return the id of the story for the id of each article."""
    return {article.id: story.id for story in stories_among(compared) for article in story.articles}


def differing(labels: Sequence[Labelled], articles: Sequence[Article], found: dict[str, str]) -> Iterable[tuple[bool, str, str]]:
    """Yield each pair that is together in only one of both, with whether it should be."""
    for (one, mine), (other, theirs) in combinations(zip(labels, articles, strict=True), 2):
        wanted = one.story is not None and one.story == other.story
        if wanted != (found[mine.id] == found[theirs.id]):
            yield wanted, one.article, other.article


def measured(labels: Sequence[Labelled], articles: Sequence[Article], found: dict[str, str]) -> Decisions:
    """Return how many pairs of articles `found` puts together rightly, wrongly, and not, by the labels."""
    sizes = Counter(label.story for label in labels if label.story)
    wanted = sum(size * (size - 1) // 2 for size in sizes.values())
    wrongs = [should for should, _, _ in differing(labels, articles, found)]
    missed = sum(wrongs)
    return Decisions(wanted - missed, len(wrongs) - missed, missed)


def main(arguments: Sequence[str]) -> None:
    """Print the scores of all labelled articles, and of both halves of the stories."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stories", description=__doc__.partition("\n")[0])
    parser.add_argument("--wrong", action="store_true", help="print each pair that differs")
    options = parser.parse_args(arguments)
    labels = read_labels()
    articles = [find_article(label.article) for label in labels]
    compared = tellings(articles, SentenceEmbedder())
    for half in (None, *HALVES):
        kept = [place for place, label in enumerate(labels) if half is None or _half(label) == half]
        some = [labels[place] for place in kept], [articles[place] for place in kept]
        found = put_together([compared[place] for place in kept])
        pairs = measured(*some, found)
        stories = len({label.story for label in some[0] if label.story})
        print(
            f"{'all' if half is None else f'half {half + 1}'}: {len(kept)} articles, {stories} stories of several: "
            f"precision {pairs.precision:.3f}, recall {pairs.recall:.3f}, F1 {pairs.f1:.3f}"
        )
        if options.wrong and half is None:
            for should, one, other in differing(*some, found):
                print(f"  {'missed' if should else 'wrong'} {one} {other}")


def _half(label: Labelled) -> int:
    return sum((label.story or label.article).encode()) % 2


if __name__ == "__main__":
    main(sys.argv[1:])
