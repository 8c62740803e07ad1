"""`quotewire summary`: since when it tells what is new."""

from pathlib import Path

import pytest

from bot.commands.exits import FAILED, UnknownId
from tests.bot.fake_backend import FakeBackend, FakeLibrary
from tests.bot.test_cli import quotewire


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("since", ["2025-01-31", "January 31, 2025", "since january 2025", "march 2024"])
def test_what_came_since_a_date_is_told_however_people_write_it(since: str) -> None:
    shown = quotewire("summary", "--since", since)
    assert (shown.code, "“The first visit is set.”" in shown.out) == (0, True)


@pytest.mark.parametrize("more", [(), ("--timeline",)])
def test_that_no_article_has_an_id_is_said_before_any_model_is_loaded(more: tuple[str, ...]) -> None:
    backend = FakeBackend()
    shown = quotewire("summary", "--article", "nonsense", *more, backend=backend)
    assert (shown.code, shown.err, backend.opened) == (FAILED, f"{UnknownId('nonsense')}\n", [])


@pytest.mark.parametrize("more", [(), ("--timeline",)])
def test_a_new_folder_gets_its_articles_before_one_is_looked_for(more: tuple[str, ...]) -> None:
    backend = FakeBackend(FakeLibrary({}))
    shown = quotewire("summary", "--article", "nonsense", *more, backend=backend)
    assert (shown.code, [sample for _, _, sample in backend.opened]) == (FAILED, [True])
