"""`quotewire summary`: since when it tells what is new."""

from pathlib import Path

import pytest

from tests.bot.test_cli import quotewire


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("since", ["2025-01-31", "January 31, 2025", "since january 2025", "march 2024"])
def test_what_came_since_a_date_is_told_however_people_write_it(since: str) -> None:
    shown = quotewire("summary", "--since", since)
    assert (shown.code, "“The first visit is set.”" in shown.out) == (0, True)
