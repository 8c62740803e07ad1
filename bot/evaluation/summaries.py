"""`quotewire eval summary`: articles with good summaries in, the scores of ours and of others out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UsageError
from bot.evaluation.files import read_with
from bot.protocols import Report
from retrieval.evaluation.rivals import rivals
from retrieval.evaluation.summary_examples import read_summaries
from retrieval.evaluation.summary_scores import Judged, SummaryScores, judge, rouge, summed_up
from retrieval.protocols import Embedder

SUMMARISING = "Summarising"
NO_ARTICLES = "{} has no articles to summarise."


@dataclass(frozen=True, slots=True)
class SummariesEvaluated:
    """The scores, how they were made, and how long an article took, all systems and the scoring together."""

    scores: SummaryScores
    share: float
    seed: int
    ms_per_article: float


def evaluate_summaries(
    path: Path,
    open_embedder: Callable[[], Embedder],
    *,
    limit: int | None,
    skip: int,
    share: float,
    seed: int,
    clock: Callable[[], float],
    progress: Report,
) -> SummariesEvaluated:
    """Score the summaries of the articles in a file, after the first `skip` and at most `limit` of them.

    Raises UsageError, and ModelUnusable where what they are compared with is not installed.
    """
    examples = read_with(read_summaries, path)[skip:][:limit]
    if not examples:
        raise UsageError(NO_ARTICLES.format(path))
    score, others = rouge(), rivals()
    embedder = open_embedder()
    started = clock()
    judged: list[Judged] = []
    for one in judge(examples, embedder, others, score, share=share):
        judged.append(one)
        progress(SUMMARISING, len(judged), len(examples))
    elapsed = 1000 * (clock() - started) / len(judged)
    return SummariesEvaluated(summed_up(judged, seed=seed), share, seed, elapsed)
