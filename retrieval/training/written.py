"""Questions that we wrote on paragraphs of SQuAD: the file holds the questions, the paragraphs stay where they are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from retrieval.evaluation.squad import Gold, MalformedSquad, SquadArticle, SquadQuestion


class _Question(BaseModel):
    question: str = Field(pattern=r"\S")
    answer: str | None = Field(min_length=1)


class _Paragraph(BaseModel):
    title: str
    place: int = Field(ge=0)
    questions: list[_Question]


class _File(BaseModel):
    paragraphs: list[_Paragraph]


def read_written(path: Path, articles: Sequence[SquadArticle]) -> list[SquadArticle]:
    """Return those of `articles` that the file has questions on, with these questions instead of their own.

    The file names a paragraph by its article's title and its place there, from 0, and an answer, which is null where the
    paragraph does not answer, by its words, whose first place in the paragraph counts. Raises OSError; MalformedSquad, where
    the file is not of this form or its paragraphs are not those of `articles`.
    """
    try:
        file = _File.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise MalformedSquad(f"{path} holds no questions on paragraphs: {error.errors()[0]['msg']}.") from error
    asked: dict[str, dict[int, tuple[SquadQuestion, ...]]] = defaultdict(dict)
    entries = {entry.article.title: entry for entry in articles}
    for one in file.paragraphs:
        entry = entries.get(one.title)
        if entry is None or one.place >= len(entry.paragraphs):
            raise MalformedSquad(f"{path} has questions on paragraph {one.place} of {one.title}, which no file given holds.")
        text = entry.paragraphs[one.place].text
        if lacking := next((q.answer for q in one.questions if q.answer and q.answer not in text), None):
            raise MalformedSquad(f"{path} has an answer, {lacking}, that paragraph {one.place} of {one.title} does not hold.")
        asked[one.title][one.place] = tuple(
            SquadQuestion(f"{one.title}-{one.place}-{i}", q.question, (Gold(text.index(q.answer), q.answer),) if q.answer else ())
            for i, q in enumerate(one.questions)
        )
    return [
        replace(
            entries[title],
            paragraphs=tuple(replace(paragraph, questions=found.get(i, ())) for i, paragraph in enumerate(entries[title].paragraphs)),
        )
        for title, found in asked.items()
    ]
