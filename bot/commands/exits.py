"""How a command ends: its exit code and, where it failed, one sentence on stderr."""

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from bot.commands.terminal import make_console
from bot.errors import BotError, UsageError
from bot.messages import TOO_LONG
from corpus.errors import CorpusError
from retrieval.errors import RetrievalError
from retrieval.question import QuestionTooLong

if TYPE_CHECKING:
    from rich.console import ConsoleRenderable

    from bot.json_output import Json

FAILED, USAGE, NO_ANSWER = 1, 2, 3

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout, and nothing else there.")]

logger = logging.getLogger(__name__)


@contextmanager
def speaking(*, as_json: bool = False) -> Iterator[None]:
    """Turn whatever the block raises into a sentence on stderr and an exit code; with `as_json`, into an object on stdout too."""
    try:
        yield
        sys.stdout.flush()
    except (typer.Exit, BrokenPipeError):
        raise
    except QuestionTooLong:
        _fail(TOO_LONG, USAGE, as_json=as_json)
    except UsageError as error:
        _fail(str(error), USAGE, as_json=as_json)
    except (BotError, CorpusError, RetrievalError) as error:
        logger.debug("the command failed", exc_info=True)
        _fail(str(error), FAILED, as_json=as_json)
    except Exception as error:  # the last line of defence: a person sees a sentence, a developer the traceback
        logger.debug("the command failed unexpectedly", exc_info=True)
        _fail(_unexpected(error), FAILED, as_json=as_json)


def _unexpected(error: Exception) -> str:
    from bot.logs import Redactor
    from bot.printable import one_line

    what = f"{type(error).__name__}: {Redactor().clean(one_line(str(error)))}" if str(error) else type(error).__name__
    return f"Something unexpected went wrong ({what}); run it again with LOG_LEVEL=DEBUG to see where."


def _fail(sentence: str, code: int, *, as_json: bool) -> NoReturn:
    """End the command with `code` after saying why."""
    typer.echo(sentence, err=True)
    if as_json:
        _print_json({"error": sentence})
    raise typer.Exit(code)


def _print_json(value: "Mapping[str, Json]") -> None:
    """Print the one object that `--json` promises."""
    from bot.json_output import dumps

    typer.echo(dumps(value))


def show(result: "Mapping[str, Json] | ConsoleRenderable | str") -> None:
    """Print what a command found on stdout: an object as JSON, anything else for people."""
    if isinstance(result, Mapping):
        _print_json(result)
    else:
        make_console(sys.stdout).print(result)


class UnknownId(BotError):
    """No article has the id that was given, or the ids."""

    def __init__(self, *ids: str) -> None:
        super().__init__(f"No article has the id {', '.join(map(repr, ids))}; quotewire articles shows the ids.")


class Group(TyperGroup):
    """The command line; what is wrong with it is said in an object too where `--json` is there."""

    def invoke(self, ctx: Any) -> Any:  # typer keeps the type that its own signature names private
        """Run the command that was named."""
        as_json = "--json" in ctx.args
        try:
            return super().invoke(ctx)
        except typer.TyperException as error:
            if as_json:
                _print_json({"error": error.format_message()})
            raise
