import json
import random
from pathlib import Path

import pytest

from retrieval.confidence import Calibration, Features
from retrieval.evaluation.answer_scores import MalformedQuestions
from retrieval.evaluation.squad import SquadArticle
from retrieval.training.confidence import Asked, Example, fit, halved, on_news, on_paraphrases
from tests.builders import an_article
from tests.retrieval.training.squad_data import some_articles


def test_questions_on_paragraphs_left_out_have_no_answers() -> None:
    entries = some_articles()
    for seed in range(10):
        articles, questions = halved(entries, random.Random(seed))
        assert len(questions) == sum(len(paragraph.questions) for entry in entries for paragraph in entry.paragraphs)
        texts = " ".join(article.text for article in articles)
        for entry in entries:
            for paragraph in entry.paragraphs:
                for question in paragraph.questions:
                    assert Asked(question.text, question.answers if paragraph.text in texts else ()) in questions
    left = [{article.address: article.text for article in halved(entries, random.Random(seed))[0]} for seed in range(10)]
    first = entries[0].article
    assert any(len(articles[first.address]) < len(first.text) for articles in left if first.address in articles)


def test_an_article_of_one_paragraph_is_left_out_as_often_as_not() -> None:
    entries = [SquadArticle(entry.article, entry.paragraphs[:1]) for entry in some_articles()]
    kept = [len(halved(entries, random.Random(seed))[0]) for seed in range(100)]
    assert 0.3 < sum(kept) / (len(entries) * len(kept)) < 0.7


def test_news_questions_without_their_articles_have_no_answers(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    rows = [
        {"id": 1, "question": "when?", "answers": ["June 2"], "articles": ["bridge"]},
        {"id": 2, "question": "who?", "answers": ["Ann"], "articles": ["elsewhere"]},
        {"id": 3, "question": "why?", "answers": [], "articles": []},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    assert on_news(path, [an_article(file="bridge.md")]) == [Asked("when?", ("June 2",)), Asked("who?", ()), Asked("why?", ())]


def test_every_wording_of_a_group_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl"
    path.write_text('{"id": 1, "wordings": ["when?", "what day?"], "answers": ["June 2"]}\n')
    assert on_paraphrases(path) == [Asked("when?", ("June 2",)), Asked("what day?", ("June 2",))]


def test_a_file_without_groups_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl"
    path.write_text('{"id": 1, "question": "when?"}\n')
    with pytest.raises(MalformedQuestions, match="no group of wordings"):
        on_paraphrases(path)


def an_example(score: float, *, right: bool, answerable: bool = True) -> Example:
    return Example(Features(score=score, coverage=0.5, relevance=0.5, margin=0.0, broad=0.0), right, answerable)


def test_the_fit_tells_right_from_wrong() -> None:
    found = [an_example(score, right=score > 0, answerable=score > -3) for score in (-5, -4, -2, -1, 1, 2, 4, 5)] * 20
    found += [an_example(-1, right=True), an_example(1, right=False)]
    stored = fit([found, found[:80]], answerable_share=0.75)
    calibration = Calibration(stored["weights"], stored["intercept"])  # type: ignore[arg-type]
    assert calibration.probability(an_example(-5, right=False).features) < 0.2
    assert calibration.probability(an_example(5, right=True).features) > 0.8
    assert stored["examples"] == [162, 80]


@pytest.mark.parametrize("share", [0.25, 0.75])
def test_the_fit_expects_the_share_of_questions_that_can_be_answered(share: float) -> None:
    found = [an_example(score, right=right, answerable=right) for right in (True, False, False) for score in (-1, 1)] * 50
    stored = fit([found], answerable_share=share)
    calibration = Calibration(stored["weights"], stored["intercept"])  # type: ignore[arg-type]
    assert calibration.probability(an_example(0, right=True).features) == pytest.approx(share, abs=0.02)
