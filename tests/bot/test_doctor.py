"""The doctor: what it finds, and what it says to do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import httpx
import pytest

from bot.doctor import Check, Status, diagnose, folder_check, is_well, library_checks, python_check, report_object, telegram_checks
from bot.errors import BotBusy, BotLost, DataDirInUse, DataDirUnusable, JobFailed
from bot.protocols import Report
from bot.settings import InvalidSettings, Settings
from corpus.errors import DatabaseUnusable
from corpus.followed import FollowedFeed
from retrieval.errors import IndexUnusable, ModelUnusable
from tests.bot.fake_backend import STAR, FakeBackend, FakeLibrary
from tests.bot.fake_feeds import FAILING, FINE, PAUSED, FakeFeeds

TOKEN = "123456789:AAHfK3lqX0vJ7oUeWm2RzTnYbPdCgSiEaQw"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Quotewire", "username": "quotewire_bot"}


def settings(folder: Path, token: str | None = None, server: str = "https://api.telegram.org") -> Settings:
    return Settings.model_validate({"data_dir": folder, "telegram_bot_token": token, "telegram_base_url": server})


def checks(folder: Path, backend: FakeBackend) -> dict[str, Check]:
    with backend.http_client() as client:
        return {check.name: check for check in diagnose(lambda: settings(folder), backend, client)}


def test_a_healthy_installation_passes_every_check(tmp_path: Path) -> None:
    found = {
        name: (check.status, check.detail) for name, check in checks(tmp_path, FakeBackend()).items() if name not in {"python", "disk"}
    }
    assert found == {
        "settings": (Status.OK, "every setting can be used"),
        "data folder": (Status.OK, str(tmp_path)),
        "data folder use": (Status.OK, "free to use, or served by the running bot"),
        "embedding model": (Status.OK, "the bundled one loads"),
        "reader model": (Status.OK, "the bundled one loads"),
        "catalog": (Status.OK, "2 articles, 4 passages"),
        "index": (Status.OK, "vectors, keywords and copies agree with the catalog"),
        "telegram": (Status.WARNING, "no token is set"),
    }


def test_the_doctor_neither_writes_nor_indexes(tmp_path: Path) -> None:
    backend = FakeBackend()
    checks(tmp_path, backend)
    assert backend.opened == [(tmp_path, False, False)]


@pytest.mark.parametrize(
    ("trouble", "name", "status"),
    [
        (DataDirInUse("in use"), "data folder use", Status.WARNING),
        (DataDirUnusable("read-only"), "data folder use", Status.FAILED),
        (DatabaseUnusable("damaged"), "catalog", Status.FAILED),
        (IndexUnusable("another model's"), "index", Status.FAILED),
        (ModelUnusable("no such model"), "models", Status.FAILED),
    ],
)
def test_trouble_is_reported_with_its_remedy(tmp_path: Path, trouble: Exception, name: str, status: Status) -> None:
    check = checks(tmp_path, FakeBackend(trouble=trouble))[name]
    assert (check.status, check.detail, bool(check.remedy)) == (status, str(trouble), True)


def test_stores_that_disagree_are_to_be_indexed_again(tmp_path: Path) -> None:
    check = checks(tmp_path, FakeBackend(FakeLibrary(complaints=["The vector store has 1 passage too many."])))["index"]
    assert (check.status, check.detail, check.remedy) == (
        Status.FAILED,
        "The vector store has 1 passage too many.",
        "Run: quotewire reindex",
    )


@pytest.mark.parametrize(
    ("feeds", "status", "detail"),
    [
        ([FINE, PAUSED], Status.OK, "2 followed, 1 of them paused, 0 failing"),
        ([FINE, FAILING], Status.WARNING, "2 followed, 0 of them paused, 1 failing"),
    ],
)
def test_feeds_are_counted_and_failing_ones_are_a_warning(tmp_path: Path, feeds: list[FollowedFeed], status: Status, detail: str) -> None:
    library = FakeLibrary({STAR.id: STAR}, feeding=FakeFeeds(feeds))
    check = checks(tmp_path, FakeBackend(library))["feeds"]
    assert (check.status, check.detail) == (status, detail)


class Comparing(FakeLibrary):
    """A library whose stores are compared by `comparing`."""

    def __init__(self, comparing: Callable[[], list[str]]) -> None:
        super().__init__({STAR.id: STAR})
        self._comparing = comparing

    def verify(self) -> list[str]:
        return self._comparing()


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (BotBusy("The bot is busy."), Status.WARNING),
        (BotLost("The bot has stopped."), Status.FAILED),
        (JobFailed("Something went wrong."), Status.FAILED),
        (IndexUnusable("Chroma does not answer."), Status.FAILED),
    ],
)
def test_stores_that_cannot_be_compared_cost_no_other_check(tmp_path: Path, trouble: Exception, status: Status) -> None:
    def fail() -> list[str]:
        raise trouble

    found = checks(tmp_path, FakeBackend(Comparing(fail)))
    assert (found["index"].status, found["index"].detail, bool(found["index"].remedy)) == (status, str(trouble), True)
    assert (found["embedding model"].status, found["catalog"].detail) == (Status.OK, "1 article, 2 passages")


def test_stores_that_take_long_to_compare_are_no_trouble_with_the_models(tmp_path: Path) -> None:
    release = Event()
    backend = FakeBackend(Comparing(lambda: [str(release.wait(60))]))
    found = {check.name: check for check in library_checks(settings(tmp_path), backend, verifying=0)}
    release.set()
    assert found["index"] == Check(
        "index",
        Status.WARNING,
        "the stores could not be compared in 0 seconds",
        "Run quotewire doctor again when this machine has less to do.",
    )
    assert (found["embedding model"].status, found["catalog"].status) == (Status.OK, Status.OK)


def test_models_that_take_too_long_are_given_up(tmp_path: Path) -> None:
    release = Event()

    class Slow(FakeBackend):
        @contextmanager
        def open_library(
            self, settings: Settings, progress: Report, *, writing: bool, sample: bool, repair: bool = False
        ) -> Iterator[FakeLibrary]:
            release.wait(60)
            yield self.library

    (found,) = library_checks(settings(tmp_path), Slow(), opening=0)
    release.set()
    assert (found.name, found.status, found.detail) == ("models", Status.FAILED, "the models did not load in 0 seconds")


def test_an_empty_catalog_is_a_warning(tmp_path: Path) -> None:
    assert checks(tmp_path, FakeBackend(FakeLibrary()))["catalog"].status is Status.WARNING


def test_every_invalid_setting_is_a_failure_of_its_own() -> None:
    def read() -> Settings:
        raise InvalidSettings("LOG_LEVEL is not usable: loud", "MIN_CONFIDENCE is not usable: 2")

    with FakeBackend().http_client() as client:
        found = list(diagnose(read, FakeBackend(), client))
    assert [(check.status, check.detail) for check in found if check.name == "settings"] == [
        (Status.FAILED, "LOG_LEVEL is not usable: loud"),
        (Status.FAILED, "MIN_CONFIDENCE is not usable: 2"),
    ]


@pytest.mark.parametrize(("version", "status"), [((3, 10, 14), Status.FAILED), ((3, 11, 0), Status.OK), ((3, 14, 1), Status.OK)])
def test_python_must_be_new_enough(version: tuple[int, ...], status: Status) -> None:
    assert python_check(version).status is status


def test_a_data_folder_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    check = folder_check(tmp_path / "file" / "data")
    assert (check.status, "DATA_DIR" in check.remedy) == (Status.FAILED, True)


def test_a_data_folder_that_cannot_even_be_looked_for_ends_no_other_check(tmp_path: Path) -> None:
    found = checks(tmp_path / ("x" * 300) / "data", FakeBackend())
    assert (found["data folder"].status, "DATA_DIR" in found["data folder"].remedy) == (Status.FAILED, True)
    assert {"disk", "telegram"} <= found.keys()


def test_a_data_folder_that_is_there_is_so_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    assert folder_check(Path("data")).detail == str(tmp_path / "data")


def test_a_data_folder_that_is_not_there_yet_will_be_made(tmp_path: Path) -> None:
    check = folder_check(tmp_path / "new" / "data")
    assert (check.status, check.detail.endswith("new/data will be made"), (tmp_path / "new").exists()) == (Status.OK, True, False)


def telegram(handler: Callable[[httpx.Request], httpx.Response], token: str = TOKEN, **about: str) -> list[Check]:
    with httpx.Client(transport=httpx.MockTransport(handler)) as client:
        return telegram_checks(settings(Path("data"), token, **about), client)


@pytest.mark.parametrize("written", ["https://host.example/tg", "https://host.example/tg/bot/"])
def test_a_server_is_asked_where_the_bot_asks_it_however_it_is_written(written: str) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json={"ok": True, "result": BOT})

    telegram(answer, server=written)
    assert asked == [f"https://host.example/tg/bot{TOKEN}/getMe"]


def test_what_cannot_be_a_token_is_not_known(tmp_path: Path) -> None:
    (check,) = telegram(lambda _: httpx.Response(200, json={"ok": True, "result": BOT}), token="a b")
    assert (check.status, check.detail) == (Status.FAILED, "the Bot API does not know this token")


@pytest.mark.parametrize(("reads_all", "status"), [(True, Status.OK), (False, Status.WARNING)])
def test_a_known_token_shows_the_bots_name_and_group_privacy(reads_all: bool, status: Status) -> None:
    found = telegram(lambda _: httpx.Response(200, json={"ok": True, "result": BOT | {"can_read_all_group_messages": reads_all}}))
    assert [(check.name, check.status) for check in found] == [
        ("telegram", Status.OK),
        ("group privacy", status),
        ("inline mode", Status.OK),
    ]
    assert found[0].detail == "@quotewire_bot"


@pytest.mark.parametrize(("on", "detail"), [(True, "on: people can type @quotewire_bot and a question"), (False, "off: to have questions")])
def test_inline_mode_is_told_with_the_way_to_turn_it_on(on: bool, detail: str) -> None:
    found = telegram(lambda _: httpx.Response(200, json={"ok": True, "result": BOT | {"supports_inline_queries": on}}))
    assert found[2].detail.startswith(detail)


def test_group_privacy_comes_with_the_way_to_turn_it_off() -> None:
    remedy = telegram(lambda _: httpx.Response(200, json={"ok": True, "result": BOT}))[1].remedy
    assert [word for word in ("/setprivacy", "@BotFather", "add it again", "/ask") if word not in remedy] == []


@pytest.mark.parametrize(
    ("response", "detail"),
    [
        (httpx.Response(401, json={"ok": False, "description": "Unauthorized"}), "the Bot API does not know this token"),
        (httpx.Response(404, json={"ok": False, "description": "Not Found"}), "the Bot API does not know this token"),
        (httpx.Response(200, text="<html>"), "https://api.telegram.org answered 200, not as a Bot API does"),
        (httpx.Response(404, text="<html>"), "https://api.telegram.org answered 404, not as a Bot API does"),
        (httpx.Response(401, json={"error": "x"}), "https://api.telegram.org answered 401, not as a Bot API does"),
        (httpx.Response(502), "https://api.telegram.org answered 502, not as a Bot API does"),
        (httpx.Response(200, json=[]), "https://api.telegram.org answered 200, not as a Bot API does"),
    ],
)
def test_a_server_that_refuses_is_a_failure(response: httpx.Response, detail: str) -> None:
    (check,) = telegram(lambda _: response)
    assert (check.status, check.detail) == (Status.FAILED, detail)


def test_an_unreachable_server_is_a_failure_that_does_not_show_the_token() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout(f"timed out at {request.url}")

    (check,) = telegram(refuse)
    assert (check.status, TOKEN in check.detail, "timed out" in check.detail) == (Status.FAILED, False, True)


def test_the_bot_api_gets_seconds_not_minutes() -> None:
    timeouts: list[object] = []

    def note(request: httpx.Request) -> httpx.Response:
        timeouts.append(request.extensions["timeout"])
        return httpx.Response(401)

    telegram(note)
    assert timeouts == [dict.fromkeys(("connect", "read", "write", "pool"), 5.0)]


def test_the_object_is_ok_unless_something_failed() -> None:
    warning, failure = Check("disk", Status.WARNING, "little room", "Make room."), Check("index", Status.FAILED, "gone", "Run it.")
    assert (is_well([warning]), is_well([warning, failure])) == (True, False)
    assert report_object([Check("python", Status.OK, "3.11.7"), warning]) == {
        "ok": True,
        "checks": [
            {"name": "python", "status": "ok", "detail": "3.11.7", "remedy": None},
            {"name": "disk", "status": "warning", "detail": "little room", "remedy": "Make room."},
        ],
    }
