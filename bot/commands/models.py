"""`quotewire eval` and `quotewire train`: the commands of those who improve the models."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.exits import AsJson, show, speaking
from bot.commands.workplace import Workplace

SquadFile = Annotated[Path, typer.Argument(metavar="FILE", help="Questions in SQuAD's format, 1.1 or 2.0: .json or .json.gz.")]
GoldFile = Annotated[Path, typer.Argument(metavar="FILE", help='JSON lines: {"id", "question", "answers": [...], "articles": [...]}.')]
SummaryFile = Annotated[Path, typer.Argument(metavar="FILE", help='JSON lines: {"text", "summary", "title"}, gzip (.gz) or not.')]
FirstOnes = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="Score N articles only.")]
Skipped = Annotated[int, typer.Option("--skip", metavar="N", min=0, help="Leave the first N articles of the file out.")]
Share = Annotated[float, typer.Option("--share", min=0.01, max=1, help="How many of an article's words a summary may have.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="What the intervals are drawn with.")]
SHARE = 0.45
"""The usual length of the summaries that people publish with news for this purpose."""
Predictions = Annotated[Path | None, typer.Option("--predictions", metavar="OUT", help="Write what was found for each question here.")]
ReportFolder = Annotated[Path | None, typer.Option("--report", metavar="DIR", help="Write a report with pictures into this folder.")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="Read N questions, spread evenly over the file.")]
NullThreshold = Annotated[
    float | None,
    typer.Option("--threshold", metavar="P", min=0, max=1, help='The probability of "no answer" above which there is none; default 0.5.'),
]


class ModelCommands:
    """The commands, a method each."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def eval_reader(
        self,
        file: SquadFile,
        predictions: Predictions = None,
        report: ReportFolder = None,
        limit: Limit = None,
        threshold: NullThreshold = None,
        as_json: AsJson = False,
    ) -> None:
        """Score the reader on paragraphs.

        Exact match, F1, the same with and without answers, and milliseconds. A file without unanswerable questions is
        scored as SQuAD 1.1: without --threshold, every question is answered.
        """
        from bot.evaluation.questions import Outputs, evaluate_reader
        from bot.evaluation.scores import reader_object, reader_rows
        from bot.listing import Listing

        with speaking(as_json=as_json):
            settings = self._place.settings()
            with self._place.progress() as progress:
                found = evaluate_reader(
                    file,
                    partial(self._place.backend.open_reader, settings),
                    settings,
                    Outputs(predictions, report),
                    limit=limit,
                    threshold=threshold,
                    clock=self._place.clock,
                    progress=progress,
                )
            given = (found.scores, found.ms_per_question)
            show(reader_object(*given) if as_json else Listing(["Measure", "Value"], reader_rows(*given), right=["Value"]))

    def eval_answers(self, file: GoldFile, predictions: Predictions = None, report: ReportFolder = None, as_json: AsJson = False) -> None:
        """Score answers over the articles.

        Whether they are right, cited, withheld where they should be, calibrated, and fast.
        """
        from bot.evaluation.questions import Outputs, evaluate_answers
        from bot.evaluation.scores import answers_object, answers_rows
        from bot.listing import Listing

        with speaking(as_json=as_json), self._place.progress() as progress:
            settings = self._place.settings()
            opener = partial(self._place.backend.open_library, settings, progress, writing=False, sample=True)
            scores = evaluate_answers(file, opener, settings, Outputs(predictions, report), progress=progress)
        show(answers_object(scores) if as_json else Listing(["Measure", "Value"], answers_rows(scores), right=["Value"]))

    def eval_summary(
        self, file: SummaryFile, limit: FirstOnes = None, skip: Skipped = 0, share: Share = SHARE, seed: Seed = 0, as_json: AsJson = False
    ) -> None:
        """Score summaries of single articles with ROUGE.

        Beside the article's beginning, LexRank, TextRank and LSA at the same length in words, with intervals of the differences; and
        check that every sentence stands in its article.
        """
        from bot.evaluation.summaries import evaluate_summaries
        from bot.evaluation.summary_scores import HEADINGS, summary_object, summary_rows
        from bot.listing import Listing

        with speaking(as_json=as_json), self._place.progress() as progress:
            settings = self._place.settings()
            opener = partial(self._place.backend.open_embedder, settings)
            found = evaluate_summaries(
                file, opener, limit=limit, skip=skip, share=share, seed=seed, clock=self._place.clock, progress=progress
            )
            show(summary_object(found) if as_json else Listing(HEADINGS, summary_rows(found), right=HEADINGS[1:]))

    def train_reader(self, context: typer.Context) -> None:
        """Train the reader; --help shows how."""
        with speaking():
            self._place.backend.train_reader(context.args)

    def train_confidence(self, context: typer.Context) -> None:
        """Fit the confidence; --help shows how."""
        with speaking():
            self._place.backend.train_confidence(context.args)


def evaluations(commands: ModelCommands) -> typer.Typer:
    """Return the group `eval`."""
    group = typer.Typer()
    group.command("reader")(commands.eval_reader)
    group.command("answers")(commands.eval_answers)
    group.command("summary")(commands.eval_summary)
    return group


def trainings(commands: ModelCommands) -> typer.Typer:
    """Return the group `train`, whose commands hand all of their arguments on, --help too."""
    group = typer.Typer()
    for name, command in (("reader", commands.train_reader), ("confidence", commands.train_confidence)):
        group.command(name, add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(command)
    return group
