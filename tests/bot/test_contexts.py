from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.contexts import CONTEXT_TIME, Contexts, Talk
from bot.state import Kept, State
from tests.bot.objects import ANSWER, NOW
from tests.databases import open_migrated

ADAS = Talk(-100, 5, 7)


class Memory:
    """Contexts over a database with two kept answers, and the clock that they see."""

    def __init__(self, engine: Engine) -> None:
        self.now = NOW
        self.state = State(engine, self._clock)
        self.contexts = Contexts(engine, self._clock)
        for answer_id in ("k1", "k2"):
            self.state.keep(Kept(answer_id, -100, ANSWER, message_id=int(answer_id[1])))

    def _clock(self) -> datetime:
        return self.now


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    engine = open_migrated(tmp_path / "state.db")
    yield Memory(engine)
    engine.dispose()


def test_the_last_answer_of_a_conversation_is_known(memory: Memory) -> None:
    memory.contexts.note(ADAS, "k1")
    memory.contexts.note(ADAS, "k2")
    assert memory.contexts.last(ADAS) == "k2"


@pytest.mark.parametrize("other", [replace(ADAS, chat_id=-200), replace(ADAS, topic=0), replace(ADAS, user_id=8)])
def test_chats_topics_and_people_are_kept_apart(memory: Memory, other: Talk) -> None:
    memory.contexts.note(ADAS, "k1")
    assert memory.contexts.last(other) is None


def test_after_a_while_it_is_forgotten(memory: Memory) -> None:
    memory.contexts.note(ADAS, "k1")
    memory.now += CONTEXT_TIME - timedelta(seconds=1)
    assert memory.contexts.last(ADAS) == "k1"
    memory.now += timedelta(seconds=1)
    assert memory.contexts.last(ADAS) is None


def test_it_is_forgotten_on_demand(memory: Memory) -> None:
    memory.contexts.note(ADAS, "k1")
    memory.contexts.note(replace(ADAS, user_id=8), "k2")
    memory.contexts.forget(ADAS)
    assert (memory.contexts.last(ADAS), memory.contexts.last(replace(ADAS, user_id=8))) == (None, "k2")


def test_an_answer_is_found_by_the_message_that_shows_it(memory: Memory) -> None:
    assert memory.state.shown_in(-100, 2) == Kept("k2", -100, ANSWER, message_id=2)
    assert (memory.state.shown_in(-100, 3), memory.state.shown_in(-200, 2)) == (None, None)


def test_expired_answers_take_their_contexts_along(memory: Memory) -> None:
    memory.contexts.note(ADAS, "k1")
    memory.now += timedelta(days=40)
    memory.state.purge()
    memory.now -= timedelta(days=40)
    assert memory.contexts.last(ADAS) is None
