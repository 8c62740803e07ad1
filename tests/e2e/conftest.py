"""What the end-to-end tests share: indexes built once, and one bot that serves most conversations."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.serving import ADMINISTRATOR, APPROVED_GROUPS, APPROVED_PEOPLE, Copy, await_polling
from tests.running import SAMPLE_ARTICLES, SHARED_ARTICLES, Command, Quotewire
from tests.telegram import BotApi


def _indexed(folder: Path, articles: Path) -> Quotewire:
    quotewire = Quotewire(folder / "data", folder / "work")
    added = quotewire.run("add", str(articles), "--json", seconds=300)
    assert added.code == 0, added.output
    return quotewire


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Quotewire:
    """The command over the sample corpus; tests only ask it."""
    return _indexed(tmp_path_factory.mktemp("sample"), SAMPLE_ARTICLES)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Quotewire:
    """The command over the two shared articles alone."""
    if not SHARED_ARTICLES.is_dir():
        pytest.skip("the shared articles are not on this machine")
    return _indexed(tmp_path_factory.mktemp("shared"), SHARED_ARTICLES)


@pytest.fixture(scope="session")
def copy(sample: Quotewire, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Return a function that makes an index of the sample corpus to change."""

    def make() -> Quotewire:
        folder = tmp_path_factory.mktemp("copy")
        shutil.copytree(sample.data_dir, folder / "data")
        return Quotewire(folder / "data", folder / "work")

    return make


@pytest.fixture
def fresh(tmp_path: Path) -> Quotewire:
    """The command over a data folder that does not exist yet."""
    return Quotewire(tmp_path / "data", tmp_path / "work")


@pytest.fixture(scope="session")
def api() -> Iterator[BotApi]:
    """The Bot API that the shared bot serves; group privacy is off, so that the bot has something to ignore."""
    with BotApi(privacy=False, inline=True) as server:
        yield server


@pytest.fixture(scope="session")
def served(copy: Copy) -> Quotewire:
    """The command over the data folder that the shared bot holds."""
    return copy()


@pytest.fixture(scope="session")
def serving(api: BotApi, served: Quotewire) -> Iterator[Command]:
    """A bot that polls, for approved people and groups."""
    approved = ",".join(str(chat) for chat in (*APPROVED_PEOPLE, *APPROVED_GROUPS))
    with served.start(
        "run", TELEGRAM_BOT_TOKEN=api.token, TELEGRAM_BASE_URL=api.url, ALLOWED_CHATS=approved, ADMIN_IDS=str(ADMINISTRATOR.id)
    ) as bot:
        await_polling(api, bot)
        yield bot
        bot.terminate()
        assert api.token not in bot.finish(seconds=30).output
    malformed = [call for call in api.calls() if "can't parse" in call.refusal or "too long" in call.refusal or "INVALID" in call.refusal]
    assert malformed == []
