"""Which search puts the passage that answers first: `python -m benchmarks.retrieval`.

The questions are those of SQuAD's development articles, the articles their paragraphs and, to distract, news. A passage is
the right one where it overlaps a gold answer at its place. The reader is that of the settings (READER_MODEL).

dense             the vectors alone
keywords          BM25 (FTS5) alone
rank fusion       both, by the sum of 1 / (10 + rank) (Cormack, Clarke and Büttcher, SIGIR 2009)
fusion            both, as the product fuses them
fusion + reader   the first of these, as many as the product reads, by the reader's best span and the fused score together
"""

import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from time import perf_counter

from rich.table import Table

from benchmarks.collection import Asked, chosen, settings_for, stocked
from bot.cli import let_idle_threads_sleep
from bot.commands.terminal import make_console, progress_bar
from bot.library import Library
from retrieval.aggregation import RELEVANCE_WORTH
from retrieval.finding import READ_PASSAGES, passages_for
from retrieval.passage import PassageKey
from retrieval.question import Question
from retrieval.reading import BUNDLED, SpanReader
from retrieval.search import DEPTH, HybridSearch

Ranker = Callable[[str], list[PassageKey]]
"""Returns the passages that it finds for a question, best first."""


RANK_FUSION_K = 10
"""Cormack et al. take 60 for long rankings; of 1 to 60, 1 to 10 are best here."""


@dataclass(frozen=True, slots=True)
class Score:
    """The share of questions with a right passage among the first 1, 3 and 10, the mean of 1 / its rank (0 where it is
    not found), and the milliseconds of a question."""

    recall_1: float
    recall_3: float
    recall_10: float
    mean_reciprocal_rank: float
    milliseconds: float


def rank_of(asked: Asked, found: Sequence[PassageKey]) -> int | None:
    """Return the place, from 1, of the first passage that overlaps a gold answer; None where there is none."""
    return next((rank for rank, key in enumerate(found, start=1) if _is_right(asked, key)), None)


def _is_right(asked: Asked, key: PassageKey) -> bool:
    return key.article_id == asked.article.id and any(key.start < end and start < key.end for start, end in asked.spans)


def score(ranks: Sequence[int | None], milliseconds: float) -> Score:
    """Return the figures for the right passages' places in at least one question."""

    def recall(limit: int) -> float:
        return fmean(rank is not None and rank <= limit for rank in ranks)

    return Score(recall(1), recall(3), recall(10), fmean(1 / rank if rank else 0.0 for rank in ranks), milliseconds)


def fused_by_rank(rankings: Sequence[Sequence[PassageKey]]) -> list[PassageKey]:
    """Return the passages of all rankings, that with the greatest sum of 1 / (RANK_FUSION_K + rank) first."""
    worth: dict[PassageKey, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, start=1):
            worth[key] = worth.get(key, 0.0) + 1 / (RANK_FUSION_K + rank)
    return sorted(worth, key=lambda key: -worth[key])


def rankers(library: Library, reader: str) -> Iterator[tuple[str, Ranker]]:
    """Yield the ways to search by name."""
    search = HybridSearch(catalog=library.catalog, embedder=library.embedder, vectors=library.vectors, keywords=library.keywords)

    def dense(question: str) -> list[PassageKey]:
        return [match.key for match in library.vectors.nearest(library.embedder.embed([question])[0], DEPTH)]

    def keywords(question: str) -> list[PassageKey]:
        return [match.key for match in library.keywords.search(question, DEPTH)]

    def rank_fusion(question: str) -> list[PassageKey]:
        return fused_by_rank([dense(question), keywords(question)])

    def fusion(question: str) -> list[PassageKey]:
        return [hit.passage.key for hit in search.search(question, DEPTH)]

    yield "dense", dense
    yield "keywords", keywords
    yield "rank fusion", rank_fusion
    yield "fusion", fusion
    spans = SpanReader(reader)

    def read(question: str) -> list[PassageKey]:
        deep = passages_for(Question.parse(question), search, library.keywords)
        rest = search.search(question, DEPTH)[READ_PASSAGES:]
        readings = spans.read(question, [hit.passage for hit in deep])
        worths = [max((span.score for span in reading.spans), default=float("-inf")) for reading in readings]
        order = sorted(range(len(deep)), key=lambda i: -(worths[i] + RELEVANCE_WORTH * deep[i].score))
        return [deep[i].passage.key for i in order] + [hit.passage.key for hit in rest]

    yield "fusion + reader", read


def table(scores: Mapping[str, Score]) -> Table:
    """Return the scores as people read them: a ranker a row."""
    shown = Table("", "recall@1", "recall@3", "recall@10", "MRR", "ms")
    for name, row in scores.items():
        shares = (row.recall_1, row.recall_3, row.recall_10, row.mean_reciprocal_rank)
        shown.add_row(name, *(f"{share:.3f}" for share in shares), f"{row.milliseconds:.0f}")
    return shown


def main(arguments: Sequence[str] | None = None) -> None:
    """Search for the questions in every way, and print the figures on stdout."""
    let_idle_threads_sleep()
    given, asked, news = chosen(arguments, program="python -m benchmarks.retrieval", about=__doc__, questions=1000)
    drawn = random.Random(given.seed).sample(asked, min(given.questions, len(asked)))  # noqa: S311 - a sample, no secret
    settings = settings_for(given.index)
    articles = [*{question.article.id: question.article for question in asked}.values(), *news]
    scores = {}
    with progress_bar(make_console(sys.stderr)) as report, stocked(settings, articles, report) as library:
        passages = library.catalog.passage_count()
        for name, ranker in rankers(library, settings.reader_model or BUNDLED):
            ranker(drawn[0].text)  # the first question of a process is slow
            ranks, started = [], perf_counter()
            for question in drawn:
                ranks.append(rank_of(question, ranker(question.text)))
                report(f"Searching: {name}", len(ranks), len(drawn))
            scores[name] = score(ranks, 1000 * (perf_counter() - started) / len(drawn))
    if given.json:
        found = {"questions": len(drawn), "passages": passages, "rankers": {name: asdict(row) for name, row in scores.items()}}
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
    else:
        make_console(sys.stdout).print(table(scores))


if __name__ == "__main__":
    main()
