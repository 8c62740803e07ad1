from pathlib import Path

import pytest

from bot.locking import DataDirLock
from bot.presence import FRESH_SECONDS, PATIENCE_SECONDS, SIGN, Presence

NOW = 1_700_000_000.0


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def presence(tmp_path: Path, clock: Clock) -> Presence:
    return Presence(tmp_path, clock)


def test_an_empty_folder_is_not_served(presence: Presence) -> None:
    assert (presence.is_served, presence.is_lost) == (False, True)


def test_a_bot_that_holds_the_lock_and_shows_its_sign_serves(presence: Presence, tmp_path: Path) -> None:
    with DataDirLock(tmp_path).writing(), presence.shown(beat=60):
        assert (presence.is_served, presence.is_lost) == (True, False)
    assert (presence.is_served, (tmp_path / SIGN).exists()) == (False, False)


def test_a_sign_without_a_lock_was_left_by_a_bot_that_died(presence: Presence, tmp_path: Path, clock: Clock) -> None:
    with presence.shown(beat=60):
        assert not presence.is_served
        clock.now += FRESH_SECONDS
        assert presence.is_lost
    (tmp_path / SIGN).write_text("")
    presence.clear()
    assert not (tmp_path / SIGN).exists()


def test_a_lock_without_a_sign_is_another_command_s(presence: Presence, tmp_path: Path) -> None:
    with DataDirLock(tmp_path).writing():
        assert not presence.is_served


def test_a_bot_that_hangs_is_lost_after_a_while(presence: Presence, tmp_path: Path, clock: Clock) -> None:
    with DataDirLock(tmp_path).writing(), presence.shown(beat=60):
        clock.now += PATIENCE_SECONDS - 1
        assert not presence.is_lost
        clock.now += 1
        assert (presence.is_lost, presence.is_served) == (True, False)
