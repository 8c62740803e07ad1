from collections.abc import Collection, Sequence
from dataclasses import replace

import pytest

from benchmarks.collection import Asked
from benchmarks.peers import Exam, Ours, is_right, outcomes, table
from benchmarks.rules import NOTHING, Given
from benchmarks.scoring import score
from retrieval.answer import Answer, NoAnswer
from retrieval.answering import Asked as Result
from tests.bot.objects import ANSWER, evidence
from tests.bot.objects import NOTHING as NO_ANSWER
from tests.builders import an_article

BRIDGE = an_article()
FERRY = an_article(address="https://lowland.example/ferry", title="Ferry to run", text="Passengers pay two crowns for the crossing.")


def an_asked(number: int, article: object = BRIDGE, text: str = "When will the bridge reopen?", answer: str = "June 2") -> Asked:
    assert isinstance(article, type(BRIDGE))
    start = article.text.find(answer)
    return Asked(str(number), text, (answer,), article, ((start, start + len(answer)),))


def many() -> list[Asked]:
    articles = [an_article(address=f"https://harbourpost.example/{number}") for number in range(10)]
    return [an_asked(10 * number + i, article) for number, article in enumerate(articles) for i in range(6)]


def test_half_of_the_paragraphs_are_left_out_and_half_of_the_questions_are_theirs() -> None:
    exam = Exam.drawn(many(), 20, seed=3)
    assert (len(exam.articles), len(exam.questions)) == (5, 20)
    assert sum(exam.is_answerable(question) for question in exam.questions) == 10


def test_an_exam_is_drawn_by_its_seed_and_is_no_longer_than_there_are_questions() -> None:
    assert Exam.drawn(many(), 20, seed=3) == Exam.drawn(many(), 20, seed=3) != Exam.drawn(many(), 20, seed=4)
    assert len(Exam.drawn(many(), 10**6, seed=3).questions) == 60


class Parrot:
    """Says one thing to every question."""

    def __init__(self, given: Given) -> None:
        self._given = given

    def ask(self, question: str) -> Given:
        return self._given


EXAM = Exam((an_asked(1), an_asked(2, FERRY, "What do passengers pay?", "two crowns")), (BRIDGE,))


def judged(given: Given) -> Sequence[tuple[bool, bool, float]]:
    return [(outcome.answerable, outcome.guess.right, outcome.f1) for outcome in outcomes(Parrot(given), EXAM)]


def test_an_answer_is_right_where_its_paragraph_is_there_only() -> None:
    assert judged(Given("June 2", 0.9, refused=False)) == [(True, True, 1.0), (False, False, 0.0)]
    assert judged(Given("two crowns", 0.9, refused=False)) == [(True, False, 0.0), (False, False, 1.0)]


def test_nothing_is_not_right() -> None:
    assert judged(NOTHING) == [(True, False, 0.0), (False, False, 0.0)]


@pytest.mark.parametrize(
    ("question", "right"), [("Why is the bridge shut?", True), ("When does the bridge reopen?", False), ("Is the bridge shut?", True)]
)
def test_a_sentence_is_right_by_what_it_holds_where_a_sentence_is_wanted(question: str, right: bool) -> None:
    sentence = "Mayor Odette Farrow said on Monday that the old bridge will reopen on June 2 after long repairs."
    assert is_right(an_asked(1, text=question), sentence) is right


class Oracle:
    """An answerer with one reply."""

    def __init__(self, result: Answer | NoAnswer) -> None:
        self._result = result

    def ask(self, text: str, *, cited: Collection[str] = ()) -> Result:
        return Result(self._result, {})


@pytest.mark.parametrize(
    ("result", "given"),
    [
        (ANSWER, Given("4 February", 0.9, refused=False)),
        (replace(NO_ANSWER, withheld=evidence("4 February")), Given("4 February", 0.9, refused=True)),
        (NO_ANSWER, NOTHING),
    ],
    ids=["shown", "withheld", "nothing found"],
)
def test_the_product_says_what_it_shows_or_what_it_withheld(result: Answer | NoAnswer, given: Given) -> None:
    assert Ours(Oracle(result)).ask("when is the meeting?") == given


def test_a_system_is_a_row() -> None:
    scores = {name: score(list(outcomes(Parrot(NOTHING), EXAM)), probabilities=False) for name in ("ours", "naive")}
    shown = table(scores)
    assert shown.row_count == 2
    assert list(shown.columns[1].cells) == ["0.000", "0.000"]
    assert list(shown.columns[2].cells) == ["-", "-"]  # no answer, no precision
