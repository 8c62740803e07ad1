"""Articles with a summary that somebody made: what summaries are scored on."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, ValidationError

from corpus.article import Article
from retrieval.evaluation.files import first_flaw, opened


class MalformedSummaries(ValueError):
    """The file is not one of articles with summaries; the message is one sentence for people."""


@dataclass(frozen=True, slots=True)
class SummaryExample:
    """An article, and the summary that a good one is like."""

    article: Article
    reference: str


def _joined(value: object) -> object:
    """Accept a list of sentences beside one text."""
    return " ".join(value) if isinstance(value, list) and all(isinstance(part, str) for part in value) else value


class _Row(BaseModel):
    text: str = Field(pattern=r"\S")
    title: str = ""
    summary: Annotated[str, BeforeValidator(_joined)] = Field(pattern=r"\S", validation_alias=AliasChoices("summary", "summary_sentences"))


def read_summaries(path: Path) -> list[SummaryExample]:
    """Return the articles of a file of JSON lines, gzip (".gz") or not.

    A line has "text", "title" and "summary" (or its sentences, as a list, here or under "summary_sentences"). Raises OSError,
    MalformedSummaries.
    """
    return [_example(path, number, line) for number, line in _lines(path) if line.strip()]


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with opened(path, MalformedSummaries) as file:
        yield from enumerate(file, 1)


def _example(path: Path, number: int, line: bytes) -> SummaryExample:
    try:
        row = _Row.model_validate_json(line)
    except ValidationError as error:
        raise MalformedSummaries(f"{path}, line {number}: {first_flaw(error, whole='the line')}.") from error
    article = Article(address=f"summaries:{path.name}:{number}", title=row.title.strip() or "Untitled", text=row.text)
    return SummaryExample(article, row.summary)
