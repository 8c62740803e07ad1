"""The scores of `quotewire eval summary`, as the object that `--json` prints and as the rows that people read."""

from bot.evaluation.summaries import SummariesEvaluated
from bot.json_output import Json
from retrieval.evaluation.summary_scores import MEASURES, OURS, Interval, Scores

HEADINGS = ("System", "ROUGE-1", "ROUGE-2", "ROUGE-L", "Words", "We are ahead on ROUGE-2 by (95 %)")


def summary_object(found: SummariesEvaluated) -> dict[str, Json]:
    """Return the object of `eval summary`: mean F1 of each system, 0 to 1, and by how much ours is ahead, with a 95 % interval."""
    scores = found.scores
    return {
        "articles": scores.articles,
        "length": {"unit": "words", "share": found.share},
        "systems": {name: _scores(each) | {"words": round(scores.words[name], 1)} for name, each in scores.scores.items()},
        "ahead": {name: {measure: _interval(each[measure]) for measure in MEASURES} for name, each in scores.ahead.items()},
        "sentences": scores.sentences,
        "verbatim": scores.verbatim,
        "seed": found.seed,
        "ms_per_article": round(found.ms_per_article, 1),
    }


def _scores(scores: Scores) -> dict[str, Json]:
    return {measure: round(scores[measure], 4) for measure in MEASURES}


def _interval(found: Interval) -> dict[str, Json]:
    return {"mean": round(found.mean, 4), "low": round(found.low, 4), "high": round(found.high, 4)}


def summary_rows(found: SummariesEvaluated) -> list[tuple[str, ...]]:
    """Return a row per system, then what the figures are of."""
    scores = found.scores
    rows = [
        (name, *(f"{100 * each[measure]:.1f}" for measure in MEASURES), f"{scores.words[name]:.0f}", _ahead(found, name))
        for name, each in scores.scores.items()
    ]
    of = f"{scores.articles} articles, at most {100 * found.share:g} % of the words of each"
    verbatim = f"{scores.verbatim} of our {scores.sentences} sentences are verbatim"
    return [*rows, (of, "", "", "", "", ""), (verbatim, "", "", "", "", "")]


def _ahead(found: SummariesEvaluated, name: str) -> str:
    if name == OURS:
        return ""
    interval = found.scores.ahead[name]["rouge2"]
    return f"{100 * interval.mean:+.1f} ({100 * interval.low:+.1f} to {100 * interval.high:+.1f})"
