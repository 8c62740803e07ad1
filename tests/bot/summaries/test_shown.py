from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.summaries.shown import SUMMARY_DAYS, Shown, ShownSummaries
from retrieval.summaries.briefing import Briefing
from tests.bot.fake_backend import POST, STAR
from tests.bot.fake_summaries import story
from tests.databases import open_migrated

SHOWN = Shown("s1", 7, "New since yesterday:", Briefing((story(STAR, "The first visit is set.", others=[POST]),), 3))


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2025, 2, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[ShownSummaries, Clock]]:
    clock = Clock()
    engine = open_migrated(tmp_path / "state.db")
    yield ShownSummaries(engine, clock), clock
    engine.dispose()


def test_a_summary_comes_back_as_it_was_shown(kept: tuple[ShownSummaries, Clock]) -> None:
    shown, _ = kept
    shown.keep(SHOWN)
    shown.note_message("s1", 1001)
    shown.note_message("unknown", 1)
    assert shown.find("s1") == shown.shown_in(7, 1001) == SHOWN
    assert shown.find("s2") is shown.shown_in(8, 1001) is None


def test_a_summary_is_forgotten_after_its_time(kept: tuple[ShownSummaries, Clock]) -> None:
    shown, clock = kept
    shown.keep(SHOWN)
    clock.now += timedelta(days=SUMMARY_DAYS)
    assert shown.find("s1") is None


def test_each_chat_and_topic_remembers_its_last_look(kept: tuple[ShownSummaries, Clock]) -> None:
    shown, clock = kept
    assert shown.last_look(7, 0) is None
    shown.note_look(7, 0, clock.now)
    shown.note_look(7, 0, clock.now + timedelta(hours=1))
    shown.note_look(7, 5, clock.now)
    assert (shown.last_look(7, 0), shown.last_look(7, 5)) == (clock.now + timedelta(hours=1), clock.now)
