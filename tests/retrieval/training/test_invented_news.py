"""The news stories that we invented for training: what the files promise."""

from pathlib import Path

import retrieval.training
from retrieval.evaluation.squad import read_squad

FOLDER = Path(retrieval.training.__file__).parent
TRAINED, ASIDE = (read_squad(FOLDER / name) for name in ("invented_news.json", "invented_news_aside.json"))


def test_every_answer_stands_where_its_file_says() -> None:
    wrong = [
        question.id
        for entry in (*TRAINED, *ASIDE)
        for paragraph in entry.paragraphs
        for question in paragraph.questions
        for gold in question.golds
        if paragraph.text[gold.start : gold.end] != gold.text
    ]
    assert wrong == []


def test_what_is_kept_aside_is_not_trained_on() -> None:
    trained, aside = ({entry.article.title for entry in entries} for entries in (TRAINED, ASIDE))
    assert len(trained) == len(TRAINED)
    assert len(aside) == len(ASIDE)
    assert not trained & aside


def test_three_to_four_of_ten_questions_have_no_answer() -> None:
    for entries in (TRAINED, ASIDE):
        golds = [question.golds for entry in entries for paragraph in entry.paragraphs for question in paragraph.questions]
        assert 0.3 < sum(not found for found in golds) / len(golds) < 0.4
