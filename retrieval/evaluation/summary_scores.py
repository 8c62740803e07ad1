"""How good summaries of single articles are: ROUGE beside other summarisers at the same length, and whether they are verbatim."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import ModelUnusable
from retrieval.evaluation.rivals import MISSING, Ranking
from retrieval.evaluation.summary_examples import SummaryExample
from retrieval.protocols import Embedder
from retrieval.sentences import sentences
from retrieval.summaries.condensing import Length, Saying, condense, in_reading_order

OURS = "quotewire"
LEAD_3 = "lead-3"
MEASURES = ("rouge1", "rouge2", "rougeL")
RESAMPLES, CONFIDENCE = 10_000, 0.95
"""Of the paired bootstrap: how often the articles are drawn anew, and how probable it is that an interval has the true difference."""

Scores = Mapping[str, float]
Rouge = Callable[[str, str], Scores]
"""Returns the F1 of each of MEASURES, 0 to 1, for a reference and a summary."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One article's summaries: the scores and the words of each system's, and which of our sentences are verbatim."""

    scores: Mapping[str, Scores]
    words: Mapping[str, int]
    sentences: int
    verbatim: int


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean difference, and between which values it lies with CONFIDENCE."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SummaryScores:
    """Mean scores and words by system, and by how much ours is ahead of each other one, by measure."""

    articles: int
    scores: Mapping[str, Scores]
    words: Mapping[str, float]
    ahead: Mapping[str, Mapping[str, Interval]]
    sentences: int
    verbatim: int


def rouge() -> Rouge:
    """Return Google's ROUGE with stemming. Raises ModelUnusable where it is not installed."""
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as error:
        raise ModelUnusable(MISSING) from error
    scorer = RougeScorer(list(MEASURES), use_stemmer=True)

    def scores(reference: str, summary: str) -> Scores:
        return {name: float(found.fmeasure) for name, found in scorer.score(reference, summary).items()}

    return scores


def judge(
    examples: Iterable[SummaryExample], embedder: Embedder, rivals: Mapping[str, Ranking], score: Rouge, *, share: float
) -> Iterator[Judged]:
    """Yield what the summaries of each example are worth: each is of whole sentences, at most `share` of the article's words.

    Every system ranks the sentences in its own way; they are taken from the best on until the next one would be too much, the first in
    any case, and put into the article's order. LEAD_3 alone is always the first three.
    """
    for example in examples:
        text = example.article.text
        every = [text[start:end] for start, end in sentences(text)]
        length = Length(len(every), words=int(share * sum(len(one.split()) for one in every)))
        ours = in_reading_order(condense([example.article], embedder, length))
        told = {name: _first_ranked(every, ranking(every), length) for name, ranking in rivals.items()}
        told = {OURS: [saying.text for saying in ours], LEAD_3: every[:3], **told}
        summaries = {name: " ".join(parts) for name, parts in told.items()}
        yield Judged(
            {name: score(example.reference, summary) for name, summary in summaries.items()},
            {name: len(summary.split()) for name, summary in summaries.items()},
            len(ours),
            sum(_is_verbatim(saying, text) for saying in ours),
        )


def _first_ranked(every: Sequence[str], ranking: Sequence[int], length: Length) -> list[str]:
    chosen: list[int] = []
    for place in ranking:
        if not length.has_room([every[other] for other in chosen], every[place]):
            break
        chosen.append(place)
    return [every[place] for place in sorted(chosen)]


def _is_verbatim(saying: Saying, text: str) -> bool:
    return bool(saying.text) and text[saying.start : saying.end] == saying.text


def summed_up(judged: Sequence[Judged], *, seed: int) -> SummaryScores:
    """Return the mean scores, with intervals from resampling the articles (paired bootstrap) with `seed`. `judged` is not empty."""
    systems = list(judged[0].scores)
    table = {name: {measure: np.asarray([one.scores[name][measure] for one in judged]) for measure in MEASURES} for name in systems}
    drawn = np.random.default_rng(seed).integers(len(judged), size=(RESAMPLES, len(judged)))
    ahead = {
        name: {measure: _interval(table[OURS][measure] - table[name][measure], drawn) for measure in MEASURES}
        for name in systems
        if name != OURS
    }
    return SummaryScores(
        articles=len(judged),
        scores={name: {measure: float(table[name][measure].mean()) for measure in MEASURES} for name in systems},
        words={name: sum(one.words[name] for one in judged) / len(judged) for name in systems},
        ahead=ahead,
        sentences=sum(one.sentences for one in judged),
        verbatim=sum(one.verbatim for one in judged),
    )


def _interval(differences: NDArray[np.float64], drawn: NDArray[np.int64]) -> Interval:
    means = differences[drawn].mean(axis=1)
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Interval(float(differences.mean()), float(low), float(high))
