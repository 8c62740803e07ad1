from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, inspect

from bot.administration.question_log import LOG_DAYS, NO_QUESTIONS, Figures, QuestionLog, Unanswered
from bot.state import Result
from retrieval.answer import NoAnswer, Silence
from retrieval.answering import Asked
from retrieval.question import Kind
from tests.bot.objects import ANSWER, NOTHING, NOW
from tests.databases import open_migrated


class Journal:
    """A question log, and the clock that it sees."""

    def __init__(self, engine: Engine, zone: tzinfo = UTC) -> None:
        self.now = NOW
        self.log = QuestionLog(engine, self._clock, zone)

    def _clock(self) -> datetime:
        return self.now

    def note(self, result: Result, milliseconds: float = 100) -> None:
        self.log.note("private", Asked(result, {"total": milliseconds}))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_migrated(tmp_path / "state.db")
    yield engine
    engine.dispose()


@pytest.fixture
def journal(engine: Engine) -> Journal:
    return Journal(engine)


def test_questions_are_counted_with_the_median_of_their_times(journal: Journal) -> None:
    for result, milliseconds in ((ANSWER, 300.4), (NOTHING, 100), (ANSWER, 200)):
        journal.note(result, milliseconds)
    assert journal.log.last(timedelta(days=1)) == Figures(3, 2, 200)


def test_where_nothing_was_asked_there_are_no_figures(journal: Journal) -> None:
    assert journal.log.last(timedelta(days=1)) == Figures()
    assert Figures().share is None


@pytest.mark.parametrize("silence", sorted(NO_QUESTIONS))
def test_small_talk_is_not_counted(journal: Journal, silence: Silence) -> None:
    journal.note(replace(NOTHING, silence=silence))
    assert journal.log.last(timedelta(days=1)).questions == 0


def test_days_are_told_apart(journal: Journal) -> None:
    journal.note(ANSWER)
    journal.now += timedelta(days=1)
    journal.note(NOTHING)
    assert [counted for _, counted in journal.log.days(3)] == [Figures(), Figures(1, 1, 100), Figures(1, 0, 100)]


def test_a_day_is_one_of_the_operators_clock_also_where_it_has_23_hours(engine: Engine) -> None:
    journal = Journal(engine, ZoneInfo("America/New_York"))
    for moment in ("2025-03-09T04:59", "2025-03-09T05:00", "2025-03-10T03:59", "2025-03-10T04:00"):
        journal.now = datetime.fromisoformat(f"{moment}+00:00")
        journal.note(ANSWER)
    assert [(day, counted.questions) for day, counted in journal.log.days(3)] == [
        (date(2025, 3, 8), 1),
        (date(2025, 3, 9), 2),
        (date(2025, 3, 10), 1),
    ]


def test_only_questions_without_an_answer_leave_their_words(journal: Journal) -> None:
    journal.note(ANSWER)
    journal.note(NoAnswer("¿cuándo es?", Kind.WHAT, Silence.OTHER_LANGUAGE))
    journal.note(replace(NOTHING, question="where?", understood_as="Where is Peru?"))
    journal.now += timedelta(hours=1)
    journal.note(NOTHING)
    assert journal.log.unanswered() == [
        Unanswered("what is the capital of peru?", journal.now),
        Unanswered("Where is Peru?", NOW),
    ]


def test_after_some_days_the_words_are_not_shown_and_then_gone(journal: Journal, engine: Engine) -> None:
    journal.note(NOTHING)
    journal.now += timedelta(days=LOG_DAYS)
    assert journal.log.unanswered() == []
    journal.log.purge()
    journal.now = NOW
    assert journal.log.unanswered() == []


def test_there_is_no_place_for_who_asked(journal: Journal, engine: Engine) -> None:
    columns = {column["name"] for column in inspect(engine).get_columns("question_log")}
    assert columns == {"id", "asked", "chat_kind", "answered", "milliseconds", "unanswered"}
