"""What the end-to-end tests share: indexes built once, and one bot that serves most conversations.

That bot, and what is started `anew`, starts as people start it; the other commands are forks of a process that has its imports behind it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.serving import ADMINISTRATOR, APPROVED_GROUPS, APPROVED_PEOPLE, Copy, Over, await_polling
from tests.running import SAMPLE_ARTICLES, SHARED_ARTICLES, Command, Quotewire
from tests.telegram import BotApi
from tests.zygote import Zygote


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """What forks the commands."""
    with Zygote() as running:
        yield running


@pytest.fixture(scope="session")
def over(zygote: Zygote) -> Over:
    """Return a function that gives the command over the data folder inside a folder."""
    return lambda folder: Quotewire(folder / "data", folder / "work", launch=zygote.launch)


def _indexed(quotewire: Quotewire, articles: Path) -> Quotewire:
    added = quotewire.run("add", str(articles), "--json", seconds=300)
    assert added.code == 0, added.output
    return quotewire


@pytest.fixture(scope="session")
def sample(over: Over, tmp_path_factory: pytest.TempPathFactory) -> Quotewire:
    """The command over the sample corpus; tests only ask it."""
    return _indexed(over(tmp_path_factory.mktemp("sample")), SAMPLE_ARTICLES)


@pytest.fixture(scope="session")
def shared(over: Over, tmp_path_factory: pytest.TempPathFactory) -> Quotewire:
    """The command over the two shared articles alone."""
    if not SHARED_ARTICLES.is_dir():
        pytest.skip("the shared articles are not on this machine")
    return _indexed(over(tmp_path_factory.mktemp("shared")), SHARED_ARTICLES)


@pytest.fixture(scope="session")
def copy(sample: Quotewire, over: Over, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Return a function that makes an index of the sample corpus to change."""

    def make() -> Quotewire:
        folder = tmp_path_factory.mktemp("copy")
        shutil.copytree(sample.data_dir, folder / "data")
        return over(folder)

    return make


@pytest.fixture
def fresh(over: Over, tmp_path: Path) -> Quotewire:
    """The command over a data folder that does not exist yet."""
    return over(tmp_path)


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
    with served.anew.start(
        "run", TELEGRAM_BOT_TOKEN=api.token, TELEGRAM_BASE_URL=api.url, ALLOWED_CHATS=approved, ADMIN_IDS=str(ADMINISTRATOR.id)
    ) as bot:
        await_polling(api, bot)
        yield bot
        bot.terminate()
        assert api.token not in bot.finish(seconds=60).output
    malformed = [call for call in api.calls() if "can't parse" in call.refusal or "too long" in call.refusal or "INVALID" in call.refusal]
    assert malformed == []
