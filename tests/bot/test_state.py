from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.state import Example, Kept, Result, State, Tally
from corpus.database import open_database
from corpus.errors import DatabaseUnusable
from tests.bot.objects import ANSWER, CONTESTED, NOTHING, NOW


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'state.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.mark.parametrize("result", [ANSWER, CONTESTED, NOTHING])
def test_an_answer_comes_back_whole_after_a_restart(engine: Engine, clock: Clock, result: Result) -> None:
    State(engine, clock).keep(Kept("k1", 7, result))
    assert State(engine, clock).find("k1") == Kept("k1", 7, result)


def test_the_message_of_an_answer_is_remembered(engine: Engine, clock: Clock) -> None:
    state = State(engine, clock)
    state.keep(Kept("k1", 7, ANSWER))
    state.note_message("k1", 1001)
    assert state.find("k1") == Kept("k1", 7, ANSWER, message_id=1001)


def test_an_unknown_answer_is_none(engine: Engine, clock: Clock) -> None:
    assert State(engine, clock).find("k1") is None


def test_votes_are_counted_per_person_and_can_be_changed(engine: Engine, clock: Clock) -> None:
    state = State(engine, clock)
    state.keep(Kept("k1", 7, ANSWER))
    for user, good in [(1, True), (1, True), (2, True), (3, False), (2, False)]:
        state.vote("k1", user, good=good)
    assert state.tally("k1") == Tally(good=1, bad=2)


def test_an_answer_without_votes_has_none(engine: Engine, clock: Clock) -> None:
    assert State(engine, clock).tally("k1") == Tally()


def test_an_update_is_claimed_once_even_after_a_restart(engine: Engine, clock: Clock) -> None:
    claims = [State(engine, clock).claim(update_id) for update_id in (5, 5, 6)]
    assert (claims, State(engine, clock).is_answered(5), State(engine, clock).is_answered(7)) == ([True, False, True], True, False)


def test_the_same_example_keeps_its_id(engine: Engine, clock: Clock) -> None:
    first, again = (State(engine, clock).offer(["when?", "who?"]) for _ in range(2))
    assert (first, first[1]) == (again, Example(first[1].id, "who?"))
    assert State(engine, clock).example(first[1].id) == "who?"


def test_an_unknown_example_is_none(engine: Engine, clock: Clock) -> None:
    assert State(engine, clock).example("e1") is None


@pytest.mark.parametrize(("days", "kept"), [(29, True), (30, False)])
def test_answers_expire_after_thirty_days(engine: Engine, clock: Clock, days: int, kept: bool) -> None:
    state = State(engine, clock)
    state.keep(Kept("k1", 7, ANSWER))
    clock.now += timedelta(days=days)
    assert (state.find("k1") is not None) == kept


def test_purging_takes_answers_with_their_votes_examples_and_updates(engine: Engine, clock: Clock) -> None:
    state = State(engine, clock)
    state.keep(Kept("k1", 7, ANSWER))
    state.vote("k1", 1, good=True)
    state.claim(5)
    [example] = state.offer(["when?"])
    clock.now += timedelta(days=30)
    state.purge()
    clock.now = NOW
    assert (state.find("k1"), state.tally("k1"), state.is_answered(5), state.example(example.id)) == (None, Tally(), False, None)


def test_purging_keeps_what_is_young(engine: Engine, clock: Clock) -> None:
    state = State(engine, clock)
    state.keep(Kept("k1", 7, ANSWER))
    state.claim(5)
    clock.now = datetime(2025, 2, 2, tzinfo=UTC)
    state.purge()
    assert (state.find("k1"), state.is_answered(5)) == (Kept("k1", 7, ANSWER), True)


def test_a_vote_on_an_unknown_answer_is_refused(engine: Engine, clock: Clock) -> None:
    with pytest.raises(DatabaseUnusable, match="FOREIGN KEY"):
        State(engine, clock).vote("k1", 1, good=True)
