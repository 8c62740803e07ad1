"""The command `quotewire`: what can be typed, and which part does it. Each command imports its parts when it runs."""

import os
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.digest import DigestCommand
from bot.commands.exits import FAILED, NO_ANSWER, AsJson, Group, UnknownId, show, speaking
from bot.commands.models import ModelCommands, evaluations, trainings
from bot.commands.sources import SourceCommands, sources
from bot.commands.summary import SummaryCommands
from bot.commands.terminal import make_console, open_missing_streams, tolerate_any_text
from bot.commands.workplace import Workplace
from bot.errors import UsageError
from bot.protocols import Backend

if TYPE_CHECKING:  # `quotewire --help` starts at once
    from corpus.followed import FollowedFeed

EMPTY_QUESTION = 'The question is empty; write it like: quotewire ask "when is the meeting?"'
ADDING = "Adding"
HISTORY_FILE = "chat_history"

DataDir = Annotated[Path | None, typer.Option("--data-dir", metavar="DIR", help="Keep everything in this folder, in place of DATA_DIR.")]
ShowVersion = Annotated[bool, typer.Option("--version", help="Show the version and leave.")]
QuestionText = Annotated[str, typer.Argument(metavar="QUESTION", help="A question in English.")]
Sources = Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, web addresses, feeds, or OPML lists of feeds.")]
ArticleId = Annotated[str | None, typer.Argument(metavar="[ID]", help="Show the text of this article.")]
ArticleIds = Annotated[list[str], typer.Argument(metavar="ID...", help="What `quotewire articles` shows in its first column.")]
QuestionFile = Annotated[Path | None, typer.Option("--questions", metavar="FILE", help='JSON lines with a "question" each.')]

Generated = Annotated[int, typer.Option("--articles", metavar="N", min=0, max=1_000_000, help="Generate so many articles instead.")]


class Commands:
    """The commands, a method each."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def start(self, context: typer.Context, data_dir: DataDir = None, show_version: ShowVersion = False) -> None:
        """Answer questions about news articles with verbatim, cited quotes.

        Without a command: the Telegram bot where TELEGRAM_BOT_TOKEN is set, else the conversation in this terminal.
        """
        self._place.data_dir = data_dir
        if show_version:
            typer.echo(version("quotewire"))
        elif context.invoked_subcommand is None:
            with speaking():
                (self.run if self._place.settings().token else self.chat)()

    def run(self) -> None:
        """Run the Telegram bot (needs TELEGRAM_BOT_TOKEN)."""
        with speaking():
            self._place.backend.run_bot(self._place.settings(quiet=False), self._place.progress())

    def chat(self) -> None:
        """Talk in this terminal; over a pipe, answer each line."""
        from bot.console import answer_lines, converse

        with speaking():
            settings = self._place.settings()
            opener = partial(self._place.backend.open_library, settings, writing=False, sample=True)
            output, notices, history = make_console(sys.stdout), make_console(sys.stderr), settings.data_dir / HISTORY_FILE
            if not (sys.stdin.isatty() and sys.stdout.isatty()):
                answer_lines(opener, sys.stdin, output, notices, history=history)
                return
            with self._place.backend.open_catalog(settings) as catalog:
                first_start = catalog.count() == 0
            converse(opener, output, notices, history=history, first_start=first_start)

    def ask(self, question: QuestionText, as_json: AsJson = False) -> None:
        """Answer one question.

        The exit code is 3 where the articles do not answer it.
        """
        from bot.cards import card
        from bot.clock import today
        from bot.json_output import asked_object
        from bot.logs import log_question
        from retrieval.answer import NoAnswer
        from retrieval.asking.followup import ask_in_context
        from retrieval.question import Question

        with speaking(as_json=as_json):
            if not Question.parse(question).text:
                raise UsageError(EMPTY_QUESTION)
            with self._place.library(sample=True) as library:
                asked = ask_in_context(library.answerer, question, None)
            log_question("command", asked)
            show(asked_object(asked) if as_json else card(asked.result, today=today()))
            if isinstance(asked.result, NoAnswer):
                raise typer.Exit(NO_ANSWER)

    def add(self, sources: Sources, as_json: AsJson = False) -> None:
        """Add articles, or bring them up to date.

        The exit code is 1 where every source was skipped.
        """
        from bot.cards import added_report
        from bot.clock import now
        from bot.json_output import added_object
        from retrieval.outcome import Outcome

        with speaking(as_json=as_json):
            started, before = self._place.clock(), self._followed()
            with self._place.library(writing=True) as library:
                results = self._place.collect(library.add_sources(sources), ADDING, self._place.backend.count(sources))
            followed = [feed for number, feed in self._followed().items() if number not in before]
            elapsed = self._place.since(started)
            show(added_object(results, followed, now(), elapsed) if as_json else added_report(results, followed))
            if all(result.outcome is Outcome.SKIPPED for result in results):
                raise typer.Exit(FAILED)

    def articles(self, article_id: ArticleId = None, as_json: AsJson = False) -> None:
        """List the articles, newest first, or show the text of one."""
        from bot.cards import article_card, articles_table
        from bot.json_output import article_object, articles_object

        with speaking(as_json=as_json), self._place.backend.open_catalog(self._place.settings()) as catalog:
            if article_id is None:
                entries = catalog.entries()
                show(articles_object(entries) if as_json else articles_table(entries))
                return
            article = catalog.get(article_id)
            if article is None:
                raise UnknownId(article_id)
            show(article_object(article) if as_json else article_card(article))

    def remove(self, article_ids: ArticleIds, as_json: AsJson = False) -> None:
        """Remove articles.

        The exit code is 1 where an id is unknown; the others are removed all the same.
        """
        from bot.messages import articles

        with speaking(as_json=as_json):
            with self._place.library(writing=True) as library:
                removed = library.remove_articles(list(dict.fromkeys(article_ids)))
            unknown = [article_id for article_id in dict.fromkeys(article_ids) if article_id not in removed]
            show({"removed": [*removed], "unknown": [*unknown]} if as_json else f"{articles(len(removed))} removed.")
            if unknown:
                typer.echo(UnknownId(*unknown), err=True)
                raise typer.Exit(FAILED)

    def reindex(self, as_json: AsJson = False) -> None:
        """Build the search indexes anew from the catalog.

        After a change of EMBEDDING_MODEL, for instance.
        """
        with speaking(as_json=as_json):
            started = self._place.clock()
            with self._place.library(writing=True, repair=True) as library, self._place.progress() as report:
                passages = library.rebuild(report)
            elapsed = round(self._place.since(started), 1)
            show({"passages": passages, "elapsed_ms": elapsed} if as_json else f"Indexed {passages} passages.")

    def doctor(self, as_json: AsJson = False) -> None:
        """Check settings, models, stores, disk and Telegram.

        Says what to do; the exit code is 1 where something failed.
        """
        from bot.cards import checks_table
        from bot.doctor import diagnose, is_well, report_object

        with speaking(as_json=as_json):
            with self._place.progress(), self._place.backend.http_client() as client:
                checks = list(diagnose(self._place.settings, self._place.backend, client))
            show(report_object(checks) if as_json else checks_table(checks))
            if not is_well(checks):
                raise typer.Exit(FAILED)

    def bench(self, questions: QuestionFile = None, articles: Generated = 0, as_json: AsJson = False) -> None:
        """Measure speed and memory on this machine.

        With the articles that are there, or with generated ones.
        """
        from bot.evaluation.bench import measure, measured_object, measured_rows
        from bot.listing import Listing

        with speaking(as_json=as_json), self._place.progress() as report:
            settings = self._place.settings()
            measured = measure(
                settings, self._place.backend, questions=questions, articles=articles, clock=self._place.clock, report=report
            )
        show(measured_object(measured) if as_json else Listing(["Measure", "Value"], measured_rows(measured), right=["Value"]))

    def _followed(self) -> "dict[int, FollowedFeed]":
        """Return the feeds that are followed now, by their numbers."""
        with self._place.backend.open_feeds(self._place.settings()) as feeds:
            return {feed.number: feed for feed in feeds.feeds()}


def build_app(backend: Backend, clock: Callable[[], float]) -> typer.Typer:
    """Return the command line over `backend`."""
    place = Workplace(backend, clock)
    commands = Commands(place)
    app = typer.Typer(cls=Group, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.callback(invoke_without_command=True)(commands.start)
    each = (commands.run, commands.chat, commands.ask, commands.add, commands.articles, commands.remove)
    for command in (*each, commands.reindex, commands.doctor, commands.bench):
        app.command()(command)
    feeds = SourceCommands(place)
    app.add_typer(sources(feeds), name="sources")
    app.command()(DigestCommand(place).digest)
    app.command()(SummaryCommands(place).summary)
    models = ModelCommands(place)
    app.add_typer(evaluations(models), name="eval", help="Score the reader, whole answers or summaries.")
    app.add_typer(trainings(models), name="train", help="Make the bundled weights or the calibration again.")
    return app


def let_idle_threads_sleep() -> None:
    """Make PyTorch's threads wait without spinning. Call it before PyTorch is imported.

    Two busy processes on two cores otherwise take three times as long: each spins while the other one has the core.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def main() -> None:
    """Run what the command line says, and exit with its code."""
    from bot.backend import RealBackend

    let_idle_threads_sleep()
    open_missing_streams()
    tolerate_any_text()
    build_app(RealBackend(), perf_counter)()
