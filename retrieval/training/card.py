"""The model card that goes with a trained reader: what it is, how it was made, what it scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.evaluation.reader_scores import ReaderScores
from retrieval.training.recipe import Run

SORTS: Mapping[str, str] = {
    "answered": "questions with a passage or paragraph that answers",
    "elsewhere": "with a passage from another place that shares the question's words and lacks the answer",
    "removed": "with the passage less the sentence that answers",
    "perturbed": "with an entity, number, date or negation exchanged, so that the passage no longer answers",
    "written_answered": "answered ones of the articles with hand-written unanswerable questions",
    "written": "hand-written unanswerable ones",
}
"""What the sorts of pairs of a `Mixture` are."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The scores of the new reader on one file."""

    name: str
    scores: ReaderScores


def model_card(run: Run, measured: Sequence[Measured]) -> str:
    """Return the card in Markdown. The scores are those that `quotewire eval reader` prints for the same files."""
    recipe = run.recipe
    sorts = "\n".join(f"  - {getattr(recipe.mixture, sort):,} {what}" for sort, what in SORTS.items())
    blended = f" The result is {recipe.share:.0%} of the trained weights and the rest of those it started from." if recipe.share < 1 else ""
    if recipe.kept:
        blended += f" {recipe.kept_share:.0%} of that are from `{recipe.kept}`."
    return f"""# The reader

An extractive question-answering model: given a question and a passage under its article's title, it scores every stretch of the passage as
the answer, and "no answer" as the stretch that is the first token. `retrieval/reading.py` says how.
`quotewire train reader` wrote the weights and this card.

- **Architecture:** BertForQuestionAnswering, 6 layers of width 384, 22.6 M parameters, English, lower-cased; half-precision safetensors.
- **Start:** {_start(recipe.start, run.before)}
- **Data:** {", ".join(recipe.files)}; {run.windows:,} windows of at most {recipe.window} word pieces, at most these:
{sorts}
- **Sources:** SQuAD 1.1 and 2.0 (Rajpurkar et al. 2016 and 2018, CC BY-SA 4.0); where they are named, `invented_news.json` are stories
  that we invented for this, with questions as chats have them, `written_questions.json` and `trap_questions.json` questions of ours on
  paragraphs of SQuAD 1.1 and on these stories.
- **Kept aside for measuring:** {", ".join(recipe.held_out) or "nothing"}
- **Training:** one pass, {run.steps:,} steps of {recipe.batch} windows, AdamW with peak rate {recipe.rate:g} (5 % warm-up, linear
  decay), weight decay 0.01, no dropout, embeddings frozen, bfloat16 with single-precision master weights,
  seed {recipe.seed}; {run.minutes} minutes.{blended}

## Scores

In percent; "forced" gives the best span of every answerable question, "best threshold" leaves questions unanswered as
SQuAD 2.0's script does.

| set | questions | forced EM | forced F1 | best threshold F1 |
|---|---|---|---|---|
{chr(10).join(_row(one) for one in measured) or "| not measured | | | | |"}

## Limits

- It is too sure of itself on questions that a passage nearly answers. The product does not rely on its "no answer" alone: see
  `retrieval/confidence.py`.
- English only; trained on encyclopaedia articles and invented news, not on real news.
"""


def _start(folder: str, run: Mapping[str, Any] | None) -> str:
    """Return what a training started from, and what that had started from, as far back as is known."""
    if not folder:
        return "the encoder of all-MiniLM-L6-v2 (Apache-2.0)"
    if run is None:
        return f"`{folder}`"
    recipe = run["recipe"]
    before = _start(recipe["start"], run.get("before"))
    return f"{run['steps']:,} steps ({run['minutes']} minutes) on {', '.join(recipe['files'])} from {before}"


def _row(one: Measured) -> str:
    scores = one.scores
    best = f"{scores.best_f1.score:.1f}" if scores.no_answer.total else ""
    return f"| {one.name} | {scores.overall.total:,} | {scores.forced.exact:.1f} | {scores.forced.f1:.1f} | {best} |"
