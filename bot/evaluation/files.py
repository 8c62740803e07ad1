"""Reading the files of an evaluation."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.errors import UsageError
from retrieval.evaluation.answer_scores import MalformedQuestions
from retrieval.evaluation.squad import MalformedSquad
from retrieval.evaluation.summary_examples import MalformedSummaries

T = TypeVar("T")

NOT_READABLE = "{} cannot be read: {}."


def read_with(reader: Callable[[Path], list[T]], path: Path) -> list[T]:
    """Return what `reader` reads from a file. Raises UsageError where it cannot be read, or holds something else."""
    try:
        return reader(path)
    except (MalformedSquad, MalformedQuestions, MalformedSummaries) as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(NOT_READABLE.format(path, error.strerror or error)) from error
