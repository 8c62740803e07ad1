"""The report folder of `quotewire eval`: `report.md` with the figures, the pictures, and examples of what went wrong."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.charts import draw_reliability, draw_risk_coverage
from bot.evaluation.scores import Rows, answers_rows, kind_rows, reader_rows
from retrieval.evaluation.answer_scores import AnswerScores, Judged, Mistake
from retrieval.evaluation.reader_scores import Read, ReaderScores
from retrieval.evaluation.selective import Guess

REPORT, RISK_COVERAGE, RELIABILITY = "report.md", "risk-coverage.png", "reliability.png"
MAX_EXAMPLES = 10
"""Examples of one kind of mistake."""
MAX_WORDS = 300
"""Characters of a quote or a list of gold answers."""

ANSWER_NOTES = """\
- **F1** is SQuAD's token F1 with the best gold answer, over the answerable questions; a refusal counts 0.
- An answer is **right** when its F1 is at least one half, or, where a question wants a whole sentence (why, how, yes or no), when the
  words of a gold answer stand in the quote. An answer to an unanswerable question is wrong.
- **Right article cited**: of the answered answerable questions, those whose cited articles include one that answers; *first*: where
  the one shown first does.
- **Calibration error**: the best answers, given or withheld, go into ten bins of equal width by their confidence; the mean difference
  of confidence and share right, weighted by the bins' answers (Guo et al. 2017).
- **Area under the risk-coverage curve**: the mean share of wrong answers among the k most confident ones, for every k (Geifman et al.
  2019). Withheld answers count with their confidence, so that the figure does not depend on the threshold.
- **Unanswerable refused at x % false refusals**: the threshold is put where x % of the answerable questions fall below it.
"""
READER_NOTES = """\
- **EM** and **F1** are SQuAD's, in percent, with the best gold answer. Above the threshold on the probability of "no answer", a
  question is left unanswered: right where it has no gold answer, wrong elsewhere (SQuAD 2.0).
- In the pictures an answer is right when its F1 is at least one half; its confidence is 1 less the probability of "no answer".
"""


@dataclass(frozen=True, slots=True)
class Example:
    """Something that went wrong, with how confident the system was and where it found its answer."""

    question: str
    wanted: Sequence[str]
    found: str
    confidence: float
    title: str
    quote: str


def write_answers_report(folder: Path, about: Rows, judged: Sequence[Judged], scores: AnswerScores, *, threshold: float) -> None:
    """Write the report of `eval answers` into `folder`, which is there; `threshold` is the confidence in force."""
    parts = [
        "# How the questions were answered",
        _table(("What", "Value"), about),
        _table(("Measure", "Value"), answers_rows(scores)),
        *_pictures(folder, [each.guess for each in judged], [each.guess for each in judged if each.likeliest], threshold),
        "## By kind of question\n\nAnswerable ones.",
        _table(("Kind", "Questions", "F1", "EM", "Right", "Refused"), kind_rows(scores)),
        *_examples({mistake.value: _answer_examples(judged, mistake) for mistake in Mistake}),
        f"## What the figures mean\n\n{ANSWER_NOTES}",
    ]
    _write(folder, parts)


def write_reader_report(folder: Path, about: Rows, results: Sequence[Read], scores: ReaderScores, ms_per_question: float) -> None:
    """Write the report of `eval reader` into `folder`, which is there."""
    guesses = [read.guess for read in results]
    parts = [
        "# How the reader reads",
        _table(("What", "Value"), about),
        _table(("Measure", "Value"), reader_rows(scores, ms_per_question)),
        *_pictures(folder, guesses, guesses, 1 - scores.threshold),
        *_examples({mistake.value: _reader_examples(results, mistake, scores.threshold) for mistake in Mistake}),
        f"## What the figures mean\n\n{READER_NOTES}",
    ]
    _write(folder, parts)


def _write(folder: Path, parts: Iterable[str]) -> None:
    (folder / REPORT).write_text("\n\n".join(part.rstrip("\n") for part in parts) + "\n", encoding="utf-8")


def _pictures(folder: Path, guesses: Sequence[Guess], found: Sequence[Guess], threshold: float) -> list[str]:
    """Draw the curve of all `guesses`, and the diagram of those that had something to guess."""
    draw_risk_coverage(guesses, folder / RISK_COVERAGE, threshold=threshold)
    draw_reliability(found, folder / RELIABILITY)
    return [
        f"## What silence buys\n\n![The share of wrong answers, by the share of questions answered]({RISK_COVERAGE})",
        f"## Does the confidence mean what it says?\n\n![The share of right answers, by their confidence]({RELIABILITY})",
    ]


def _answer_examples(judged: Sequence[Judged], mistake: Mistake) -> list[Example]:
    found = [_answer_example(each) for each in judged if each.mistake is mistake]
    return sorted(found, key=lambda example: example.confidence, reverse=mistake is not Mistake.FALSE_REFUSAL)


def _answer_example(each: Judged) -> Example:
    text, wanted, confidence = each.gold.text, each.gold.answers, each.guess.confidence
    if each.likeliest is None:
        return Example(text, wanted, "", confidence, "", "")
    return Example(text, wanted, each.likeliest.span.text, confidence, each.likeliest.citation.title, each.likeliest.quote.text)


def _reader_examples(results: Sequence[Read], mistake: Mistake, threshold: float) -> list[Example]:
    found = [
        Example(read.question.text, read.question.answers, read.text, read.guess.confidence, read.title, "")
        for read in results
        if _mistake(read, threshold) is mistake
    ]
    return sorted(found, key=lambda example: example.confidence, reverse=mistake is not Mistake.FALSE_REFUSAL)


def _mistake(read: Read, threshold: float) -> Mistake | None:
    if read.no_answer_probability > threshold:
        return Mistake.FALSE_REFUSAL if read.answerable else None
    if not read.answerable:
        return Mistake.SHOULD_BE_SILENT if read.text else None
    return None if read.guess.right else Mistake.WRONG_SPAN


def _examples(mistakes: dict[str, list[Example]]) -> list[str]:
    """Return a section with the worst examples of each kind of mistake that was made."""
    sections = ["## What went wrong"]
    for name, examples in mistakes.items():
        if examples:
            shown = f", the worst {MAX_EXAMPLES}" if len(examples) > MAX_EXAMPLES else ""
            sections.append(f"### {name.capitalize()} ({len(examples)}{shown})")
            sections.append("\n".join(_item(example) for example in examples[:MAX_EXAMPLES]))
    return sections if len(sections) > 1 else [*sections, "Nothing."]


def _item(example: Example) -> str:
    """Return a list item of up to three lines; a backslash at a line's end breaks it."""
    lines = [f"- **{plain(example.question)}**"]
    if example.wanted:
        lines.append(f"wanted: {plain(' | '.join(dict.fromkeys(example.wanted)))}")
    if example.found:
        place = f", in *{plain(example.title)}*"
        quote = f": “{plain(example.quote)}”" if example.quote and example.quote != example.found else ""
        lines.append(f"found: “{plain(example.found)}”, {100 * example.confidence:.0f} %{place}{quote}")
    else:
        lines.append("found: nothing")
    return "\\\n  ".join(lines)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose columns but the first are aligned on the right where their cells are figures."""
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *([plain(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


_MARKUP = re.compile(r"[\\`*_\[\]<>|~&#!]")


def plain(text: str) -> str:
    """Return `text` on one line, shortened to MAX_WORDS characters, with everything escaped that Markdown would read as markup."""
    line = " ".join(text.split())
    shortened = line if len(line) <= MAX_WORDS else f"{line[:MAX_WORDS].rstrip()} …"
    return _MARKUP.sub(r"\\\g<0>", shortened)
