"""`quotewire doctor`: checks what the program needs, and says what to do about each thing that is missing."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import httpx

from bot import messages, threads
from bot.errors import BotBusy, BotError, DataDirInUse, DataDirUnusable, TelegramUnusable
from bot.json_output import Json
from bot.logs import Redactor
from bot.protocols import Backend, LibraryView
from bot.settings import REMEDY, InvalidSettings, Settings
from corpus.errors import CorpusError
from retrieval.errors import IndexUnusable, RetrievalError

OLDEST_PYTHON = (3, 11)
LOW_DISK_BYTES = 1_000_000_000
TELEGRAM_SECONDS = 5.0
OPENING_SECONDS = 120.0
"""A model that is fetched or read more slowly than this counts as one that does not load."""
VERIFYING_SECONDS = 600.0
"""How long the stores of many articles may take to be compared."""

INLINE_OFF = "off: to have questions answered in chats that the bot is not in, send /setinline to @BotFather"
PRIVACY_REMEDY = (
    "To have @mentions answered in groups too, send /setprivacy to @BotFather, choose the bot, press Disable, "
    "then remove the bot from each group and add it again. /ask and replies to the bot work without that."
)


class Status(StrEnum):
    """How a check came out. A warning leaves the program usable."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what was found and, unless all is well, what to do."""

    name: str
    status: Status
    detail: str
    remedy: str = ""


def diagnose(read: Callable[[], Settings], backend: Backend, client: httpx.Client) -> Iterator[Check]:
    """Yield the checks as they are done. `read` reads the settings; what depends on a failed check is left out."""
    yield python_check(sys.version_info[:3])
    try:
        settings = read()
    except InvalidSettings as error:
        yield from (Check("settings", Status.FAILED, fault, REMEDY.capitalize()) for fault in error.faults)
        return
    yield Check("settings", Status.OK, "every setting can be used")
    folder = folder_check(settings.data_dir)
    yield folder
    yield disk_check(settings.data_dir)
    if folder.status is not Status.FAILED:
        yield from library_checks(settings, backend)
    yield from telegram_checks(settings, client)


def python_check(version: tuple[int, ...]) -> Check:
    """Return whether this Python is new enough."""
    shown = ".".join(map(str, version))
    if version[:2] >= OLDEST_PYTHON:
        return Check("python", Status.OK, shown)
    return Check("python", Status.FAILED, f"{shown} is too old", "Install Python 3.11 or newer, remove .venv, and run make again.")


def folder_check(folder: Path) -> Check:
    """Return whether files can be made in the data folder, or in its parent where it does not exist yet."""
    existing = _existing(folder)
    try:
        folder.exists()  # raises where it cannot even be looked for
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        remedy = f"Make {existing} a folder that you can write, or choose another with DATA_DIR."
        return Check("data folder", Status.FAILED, f"{folder} cannot be used: {error.strerror}", remedy)
    return Check("data folder", Status.OK, f"{folder.resolve()}" if existing == folder.absolute() else f"{folder.resolve()} will be made")


def disk_check(folder: Path) -> Check:
    """Return whether the data folder's disk has room."""
    free = shutil.disk_usage(_existing(folder)).free
    detail = f"{free / 1e9:.1f} GB free"
    if free >= LOW_DISK_BYTES:
        return Check("disk", Status.OK, detail)
    return Check("disk", Status.WARNING, detail, "Make room, or choose a folder on another disk with DATA_DIR.")


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that can be seen."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if _is_seen(path))


def _is_seen(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a folder on the way may not be entered
        return False


def library_checks(
    settings: Settings, backend: Backend, *, opening: float = OPENING_SECONDS, verifying: float = VERIFYING_SECONDS
) -> list[Check]:
    """Return whether the models load, the catalog can be read, and the stores agree; the seconds that each may take are given.

    What takes longer goes on in a forgotten thread: the library is used in one thread only.
    """
    opened: Future[list[Check]] = Future()
    verified = threads.begin(lambda: _examine(settings, backend, opened), "doctor")
    either: list[Future[Any]] = [opened, verified]
    if not wait(either, opening, FIRST_COMPLETED).done:
        detail = f"the models did not load in {opening:.0f} seconds"
        return [Check("models", Status.FAILED, detail, "Leave EMBEDDING_MODEL and READER_MODEL empty to use the bundled models.")]
    found = opened.result() if opened.done() else []
    if not wait([verified], verifying).done:
        detail = f"the stores could not be compared in {verifying:.0f} seconds"
        return [*found, Check("index", Status.WARNING, detail, "Run quotewire doctor again when this machine has less to do.")]
    try:
        return [*found, verified.result()]
    except (BotError, CorpusError, RetrievalError) as error:
        return [*found, _fault(error)]


def _fault(error: BotError | CorpusError | RetrievalError) -> Check:
    """Return the check that `error` ended."""
    match error:
        case DataDirInUse():
            return Check("data folder use", Status.WARNING, str(error), "Stop the other process to have models and index checked too.")
        case DataDirUnusable():
            return Check("data folder use", Status.FAILED, str(error), "Choose another folder with DATA_DIR.")
        case BotBusy():
            return Check("index", Status.WARNING, str(error), "Run quotewire doctor again when the bot has done its work.")
        case BotError():
            return Check("index", Status.FAILED, str(error), "See what the bot has logged, then run quotewire doctor again.")
        case CorpusError():
            return Check("catalog", Status.FAILED, str(error), "Restore the folder from a backup, or choose another with DATA_DIR.")
        case IndexUnusable():
            return Check("index", Status.FAILED, str(error), "Run: quotewire reindex")
        case _:
            return Check("models", Status.FAILED, str(error), "Correct EMBEDDING_MODEL or READER_MODEL, or leave them empty.")


def _ignore(_what: str, _done: int, _total: int) -> None:
    """The doctor shows no progress of single steps."""


def _examine(settings: Settings, backend: Backend, opened: Future[list[Check]]) -> Check:
    """Return whether the stores agree, after `opened` has whatever can be told as soon as the library is open."""
    with backend.open_library(settings, _ignore, writing=False, sample=False, repair=True) as library:
        opened.set_result(
            [
                Check("data folder use", Status.OK, "free to use, or served by the running bot"),
                Check("embedding model", Status.OK, f"{settings.embedding_model or 'the bundled one'} loads"),
                Check("reader model", Status.OK, f"{settings.reader_model or 'the bundled one'} loads"),
                _catalog_check(library),
                *_feed_checks(settings, backend),
            ]
        )
        return _index_check(library)


def _catalog_check(library: LibraryView) -> Check:
    articles = library.catalog.count()
    if articles:
        return Check("catalog", Status.OK, f"{messages.articles(articles)}, {messages.passages(library.catalog.passage_count())}")
    return Check("catalog", Status.WARNING, "there are no articles", "Add some with: quotewire add FILE_OR_FOLDER")


def _index_check(library: LibraryView) -> Check:
    complaints = library.verify()
    if not complaints:
        return Check("index", Status.OK, "vectors, keywords and copies agree with the catalog")
    return Check("index", Status.FAILED, " ".join(complaints), "Run: quotewire reindex")


def _feed_checks(settings: Settings, backend: Backend) -> list[Check]:
    """Return whether the followed feeds can be read; nothing where none is followed."""
    with backend.open_feeds(settings) as view:
        feeds = view.feeds()
    if not feeds:
        return []
    failing, paused = sum(bool(feed.failures) and not feed.paused for feed in feeds), sum(feed.paused for feed in feeds)
    detail = f"{len(feeds)} followed, {paused} of them paused, {failing} failing"
    if not failing:
        return [Check("feeds", Status.OK, detail)]
    return [Check("feeds", Status.WARNING, detail, "See what is wrong with: quotewire sources")]


UNKNOWN_TOKEN = Check(
    "telegram",
    Status.FAILED,
    "the Bot API does not know this token",
    "Copy the token from @BotFather (/mybots, API Token) into TELEGRAM_BOT_TOKEN.",
)


def telegram_checks(settings: Settings, client: httpx.Client) -> list[Check]:
    """Return whether the Bot API knows the token, and what the bot may read in groups; nothing is asked without a token."""
    if settings.token is None:
        return [Check("telegram", Status.WARNING, "no token is set", "Set TELEGRAM_BOT_TOKEN to the token that @BotFather gave you.")]
    from bot.server import server_of  # it brings python-telegram-bot along, which what only shows checks should not wait for

    try:
        server = server_of(settings)
        response = client.get(f"{server.methods}{server.token}/getMe", timeout=TELEGRAM_SECONDS)
    except TelegramUnusable:
        return [UNKNOWN_TOKEN]
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = Redactor(settings.token).clean(str(error)) or type(error).__name__
        remedy = "Check the network, a proxy, and TELEGRAM_BASE_URL."
        return [Check("telegram", Status.FAILED, f"{server.address} cannot be reached: {reason}", remedy)]
    return _bot_checks(server.address, response)


def _bot_checks(address: str, response: httpx.Response) -> list[Check]:
    try:
        answer = response.json()
        if response.status_code in {401, 404} and answer["ok"] is False:
            return [UNKNOWN_TOKEN]
        bot = answer["result"]
        name, reads_all = str(bot["username"]), bool(bot.get("can_read_all_group_messages"))
    except (ValueError, KeyError, TypeError):
        detail = f"{address} answered {response.status_code}, not as a Bot API does"
        return [Check("telegram", Status.FAILED, detail, "Correct TELEGRAM_BASE_URL, or try again later.")]
    privacy = (
        Check("group privacy", Status.OK, "off: mentions are delivered in groups")
        if reads_all
        else Check("group privacy", Status.WARNING, "on: in groups only /ask and replies are delivered", PRIVACY_REMEDY)
    )
    inline = f"on: people can type @{name} and a question in every chat" if bot.get("supports_inline_queries") else INLINE_OFF
    return [Check("telegram", Status.OK, f"@{name}"), privacy, Check("inline mode", Status.OK, inline)]


def report_object(checks: list[Check]) -> dict[str, Json]:
    """Return the object of `doctor --json`."""
    rows: list[Json] = [
        {"name": check.name, "status": check.status.value, "detail": check.detail, "remedy": check.remedy or None} for check in checks
    ]
    return {"ok": is_well(checks), "checks": rows}


def is_well(checks: list[Check]) -> bool:
    """Return whether nothing failed."""
    return all(check.status is not Status.FAILED for check in checks)
