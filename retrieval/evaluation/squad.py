"""Question-answering data in the format of SQuAD 1.1 and 2.0 (Rajpurkar et al. 2016, 2018)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from corpus.article import Article
from retrieval.evaluation.files import first_flaw, opened

_GAP = "\n\n"


class MalformedSquad(ValueError):
    """The file is not what SQuAD's format says."""


@dataclass(frozen=True, slots=True)
class Gold:
    """An answer that people marked. `start` is its place in the paragraph as the file says, -1 where it says nothing."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question on one paragraph; `golds` is empty where the paragraph does not answer it."""

    id: str
    text: str
    golds: tuple[Gold, ...]

    @property
    def answers(self) -> tuple[str, ...]:
        """The texts of the gold answers."""
        return tuple(gold.text for gold in self.golds)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its questions. `start` is its place in its article's text."""

    text: str
    start: int
    questions: tuple[SquadQuestion, ...]


@dataclass(frozen=True, slots=True)
class SquadArticle:
    """An encyclopaedia article: its paragraphs, in order, parted by blank lines in `article.text`."""

    article: Article
    paragraphs: tuple[Paragraph, ...]


class _Answer(BaseModel):
    text: str = Field(min_length=1)
    answer_start: int = -1


class _Question(BaseModel):
    id: Annotated[str, BeforeValidator(str)]
    question: str
    answers: list[_Answer] = []
    is_impossible: bool = False


class _Paragraph(BaseModel):
    context: str = Field(pattern=r"\S")
    qas: list[_Question]


class _Entry(BaseModel):
    title: str = "Untitled"
    paragraphs: list[_Paragraph]


class _File(BaseModel):
    data: list[_Entry]

    @classmethod
    def read(cls, path: Path) -> Self:
        try:
            with opened(path, MalformedSquad) as file:
                return cls.model_validate_json(file.read())
        except ValidationError as error:
            raise MalformedSquad(f"{path} is not in SQuAD's format: {first_flaw(error, whole='the file')}.") from error


def read_squad(path: Path) -> list[SquadArticle]:
    """Return the articles of a SQuAD file, gzip (".gz") or not. Raises OSError, MalformedSquad."""
    return [_article(path, entry) for entry in _File.read(path).data if entry.paragraphs]


def _article(path: Path, entry: _Entry) -> SquadArticle:
    paragraphs = []
    start = 0
    for paragraph in entry.paragraphs:
        paragraphs.append(Paragraph(paragraph.context, start, tuple(_question(asked) for asked in paragraph.qas)))
        start += len(paragraph.context) + len(_GAP)
    text = _GAP.join(paragraph.context for paragraph in entry.paragraphs)
    title = entry.title.replace("_", " ").strip() or "Untitled"
    return SquadArticle(Article(address=f"squad:{path.name}:{entry.title}", title=title, text=text), tuple(paragraphs))


def _question(asked: _Question) -> SquadQuestion:
    answers = [] if asked.is_impossible else asked.answers
    return SquadQuestion(asked.id, asked.question, tuple(Gold(answer.answer_start, answer.text) for answer in answers))
