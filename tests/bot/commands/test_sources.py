"""`quotewire sources`: what it prints, what it changes, and how it ends."""

from pathlib import Path

import pytest

from bot.messages import NO_ARTICLES
from tests.bot.fake_backend import FakeBackend, FakeLibrary
from tests.bot.fake_feeds import FAILING, FINE, PAUSED, FakeFeeds
from tests.bot.test_cli import quotewire


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def backend() -> FakeBackend:
    """Return a backend that follows three feeds."""
    return FakeBackend(FakeLibrary(feeding=FakeFeeds([FINE, FAILING, PAUSED])))


def test_feeds_are_listed_with_their_state_below_the_sources() -> None:
    shown = quotewire("sources", backend=backend())
    lines = shown.out.splitlines()
    assert (shown.code, lines[0], lines[-4].split()) == (0, NO_ARTICLES, ["Feed", "Name", "State", "Address"])
    assert [
        word for word in ("days ago, 3 new", "failing since 12 March", "paused", "https://quiet.example/") if word not in shown.out
    ] == []


def test_without_feeds_only_the_sources_are_listed() -> None:
    assert "Feed" not in quotewire("sources").out


def test_feeds_are_in_the_object_too() -> None:
    feeds = quotewire("sources", "--json", backend=backend()).object["feeds"]
    assert isinstance(feeds, list)
    assert [(feed["feed"], feed["paused"], feed["new"], feed["failures"], feed["due"]) for feed in feeds] == [
        (1, False, 3, 0, "2025-03-12T12:30:00+00:00"),
        (2, False, 0, 1, "2025-03-12T13:00:00+00:00"),
        (4, True, 0, 0, None),
    ]


@pytest.mark.parametrize(("command", "said"), [("pause", "paused."), ("resume", "resumed."), ("remove", "removed. The articles stay.")])
def test_feeds_are_changed_by_number_and_by_address(command: str, said: str) -> None:
    behind = backend()
    shown = quotewire("sources", command, "1", FAILING.address, "1", backend=behind)
    assert (shown.code, shown.out, shown.err) == (0, f"2 feeds {said}\n", "")
    assert (behind.library.feeding.changes, behind.opened) == ([(command, 1), (command, 2)], [])


def test_an_unknown_feed_is_named_and_the_others_are_changed() -> None:
    behind = backend()
    shown = quotewire("sources", "pause", "1", "77", "--json", backend=behind)
    assert (shown.code, shown.object, behind.library.feeding.changes) == (1, {"paused": [1], "unknown": ["77"]}, [("pause", 1)])
    assert shown.err == "No feed has the number or address '77'; quotewire sources shows them.\n"


def test_a_refresh_fetches_all_but_the_paused_and_reports_each_entry() -> None:
    behind = backend()
    shown = quotewire("sources", "refresh", backend=behind)
    assert (shown.code, behind.library.feeding.changes) == (0, [("refresh", 1), ("refresh", 2)])
    assert [word for word in ("News 1", FAILING.error, "1 added, 1 skipped.") if word not in shown.out] == []


def test_a_refresh_of_one_feed_fetches_that_one_even_where_it_is_paused() -> None:
    behind = backend()
    shown = quotewire("sources", "refresh", "4", "--json", backend=behind)
    assert (shown.code, behind.library.feeding.changes, behind.opened[0][1:]) == (0, [("refresh", 4)], (True, False))
    assert [shown.object[name] for name in ("added", "elapsed_ms")] == [
        [{"source": PAUSED.address, "id": "abc", "title": "News 4", "passages": 2}],
        1000.0,
    ]


def test_a_refresh_fails_where_no_feed_could_be_read() -> None:
    assert quotewire("sources", "refresh", "2", backend=backend()).code == 1


def test_a_refresh_without_feeds_fails_in_a_sentence() -> None:
    shown = quotewire("sources", "refresh")
    assert (shown.code, shown.err.startswith("No feed is followed, or all are paused;")) == (1, True)
    assert quotewire("sources", "refresh", "7").err == "No feed has the number or address '7'; quotewire sources shows them.\n"


@pytest.mark.parametrize(
    "command", [("sources",), ("sources", "refresh"), ("sources", "pause"), ("sources", "resume"), ("sources", "remove")]
)
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    shown = quotewire(*command, "--help")
    assert (shown.code, shown.out.startswith(f"Usage: quotewire {' '.join(command)}")) == (0, True)
