import json
from pathlib import Path

import pytest

import retrieval.training
from retrieval.evaluation.squad import MalformedSquad, read_squad
from retrieval.training.written import read_written
from tests.retrieval.training.squad_data import some_articles
from tests.running import ROOT

OURS = Path(retrieval.training.__file__).parent
SQUAD = ROOT.parent / "shared/data/squad/train-v1.1.json.gz"


def a_file(folder: Path, **changes: object) -> Path:
    questions = [{"question": "What replaced the buses?", "answer": None}, {"question": "What came instead of trams?", "answer": "buses"}]
    path = folder / "written.json"
    path.write_text(json.dumps({"paragraphs": [{"title": "Harbour Bridge", "place": 1, "questions": questions, **changes}]}))
    return path


def test_questions_stand_on_their_paragraph_alone(tmp_path: Path) -> None:
    [entry] = read_written(a_file(tmp_path), some_articles())
    first, second = entry.paragraphs
    assert entry.article == some_articles()[0].article
    assert first.questions == ()
    unanswered, answered = second.questions
    assert (unanswered.text, unanswered.golds, answered.text) == ("What replaced the buses?", (), "What came instead of trams?")
    [gold] = answered.golds
    assert second.text[gold.start : gold.end] == "buses"


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"title": "Nowhere"}, "questions on paragraph 1 of Nowhere, which no file given holds"),
        ({"place": 2}, "questions on paragraph 2 of Harbour Bridge, which no file given holds"),
        ({"place": 0}, "an answer, buses, that paragraph 0 of Harbour Bridge does not hold"),
        ({"place": -1}, "holds no questions on paragraphs"),
        ({"questions": [{"question": "What?", "answer": ""}]}, "holds no questions on paragraphs"),
    ],
)
def test_what_does_not_fit_the_articles_is_said(tmp_path: Path, changes: dict[str, object], what: str) -> None:
    with pytest.raises(MalformedSquad, match=what):
        read_written(a_file(tmp_path, **changes), some_articles())


@pytest.mark.skipif(not SQUAD.is_file(), reason="SQuAD's training data is not on this machine")
@pytest.mark.parametrize(("name", "unanswered"), [("written_questions.json", 2 / 3), ("trap_questions.json", 1 / 2)])
def test_ours_fit_the_training_data(name: str, unanswered: float) -> None:
    articles = [*read_squad(SQUAD), *read_squad(OURS / "invented_news.json")]
    asked = [q for entry in read_written(OURS / name, articles) for p in entry.paragraphs for q in p.questions]
    assert sum(not q.golds for q in asked) / len(asked) == pytest.approx(unanswered, abs=0.05)
