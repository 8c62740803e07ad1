import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest

from bot import messages, render
from bot.application import Server
from bot.errors import TelegramUnusable
from bot.receiving import OTHER_POLLER, REFUSED, Polling
from bot.serving import Service
from tests.bot.harness import TOKEN, Bench, bench
from tests.bot.objects import ANSWER, GROUP, Json, message
from tests.bot.test_sending import Bed
from tests.recording import Failure, Refusal, Unanswered, Unconnected

TAKEN = Refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
UNAUTHORIZED = Refusal(401, "Unauthorized")


class Nap:
    """Sleeps in no time, except through the night: a day never ends."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        await (asyncio.Event().wait() if seconds > 3600 else asyncio.sleep(0))


def service(bot: Bench) -> Service:
    source = Polling(bot.application.bot, bot.application.update_queue, sleep=Nap())
    return Service(application=bot.application, source=source, worker=bot.worker, state=bot.state, address="http://here", sleep=Nap())


def arriving(*contents: Json) -> list[Json]:
    return [{"update_id": number, "message": content} for number, content in enumerate(contents, 700)]


async def test_updates_are_fetched_answered_and_confirmed(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        bot.network.updates = arriving(message("when?"), message("/ask when?", chat=GROUP), message("chatter", chat=GROUP))
        stop = asyncio.Event()
        running = asyncio.create_task(service(bot).run(stop))
        while len(bot.network.named("sendMessage")) < 2:
            await asyncio.sleep(0.01)
        stop.set()
        await running
    assert sorted(parameters["chat_id"] for _, parameters in bot.network.named("sendMessage")) == [-100, 7]
    assert bot.network.named("getUpdates")[-1][1]["offset"] == 703


async def test_only_what_the_bot_listens_to_is_asked_for(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        stop = asyncio.Event()
        running = asyncio.create_task(service(bot).run(stop))
        while not bot.network.named("getUpdates"):
            await asyncio.sleep(0.01)
        stop.set()
        await running
    [(_, parameters)] = bot.network.named("getUpdates")
    assert parameters == {"timeout": 25, "allowed_updates": ["message", "callback_query", "my_chat_member"]}


async def test_the_menus_of_commands_are_set_for_private_chats_and_groups(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        stop = asyncio.Event()
        running = asyncio.create_task(service(bot).run(stop))
        while len(bot.network.named("setMyCommands")) < 2:
            await asyncio.sleep(0.01)
        stop.set()
        await running
    menus = {
        parameters["scope"]["type"]: [each["command"] for each in parameters["commands"]]
        for _, parameters in bot.network.named("setMyCommands")
    }
    assert menus == {"all_private_chats": ["ask", "sources", "help", "about", "privacy"], "all_group_chats": ["ask", "sources", "help"]}


async def test_menus_that_cannot_be_set_stop_nothing(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        bot.network.fail("getMyCommands", Refusal(400, "Bad Request"), Refusal(400, "Bad Request"))
        bot.network.updates = arriving(message("when?"))
        stop = asyncio.Event()
        running = asyncio.create_task(service(bot).run(stop))
        while not bot.network.named("sendMessage"):
            await asyncio.sleep(0.01)
        stop.set()
        await running
    assert bot.network.named("setMyCommands") == []


async def test_stopping_answers_what_is_at_hand_and_tells_the_rest(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        gate, begun, loop = Event(), asyncio.Event(), asyncio.get_running_loop()
        bot.oracle.before = lambda: (loop.call_soon_threadsafe(begun.set), gate.wait())
        bot.network.updates = arriving(message("when?"))
        stop = asyncio.Event()
        running = asyncio.create_task(service(bot).run(stop))
        await begun.wait()
        stop.set()
        gate.set()
        await running
    assert [parameters["text"] for _, parameters in bot.network.named("sendMessage")] == [render.card(ANSWER)]
    assert messages.STOPPING not in str(bot.network.calls)


@pytest.mark.parametrize(
    ("failures", "sentence"),
    [
        ([UNAUTHORIZED], REFUSED),
        ([Refusal(404, "Not Found")], REFUSED),
        ([Unconnected] * 4, "The Bot API at http://here cannot be reached"),
        ([Refusal(502, "Bad Gateway")] * 4, "The Bot API at http://here cannot be reached"),
        ([Unanswered] * 4, "The Bot API at http://here cannot be reached"),
    ],
)
async def test_a_bot_that_cannot_start_says_why_without_its_token(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, failures: Sequence[Failure], sentence: str
) -> None:
    caplog.set_level(logging.INFO)
    async with bench(tmp_path, connected=False) as bot:
        bot.network.fail("getMe", *failures)
        with pytest.raises(TelegramUnusable, match=sentence.split(";")[0]) as raised:
            await service(bot).run(asyncio.Event())
    assert TOKEN not in f"{raised.value} {caplog.text}"


async def test_a_server_that_is_late_is_waited_for(tmp_path: Path) -> None:
    async with bench(tmp_path, connected=False) as bot:
        bot.network.fail("getMe", *[Unconnected] * 3)
        stop = asyncio.Event()
        running = asyncio.create_task(service(bot).run(stop))
        while not bot.network.named("getUpdates"):
            await asyncio.sleep(0.01)
        stop.set()
        await running
    assert len(bot.network.named("getMe")) == 4


async def test_stopping_while_the_server_cannot_be_reached_ends_quietly(tmp_path: Path) -> None:
    async with bench(tmp_path, connected=False) as bot:
        bot.network.fail("getMe", *[Unconnected] * 3)
        stop = asyncio.Event()
        stop.set()
        await service(bot).run(stop)
    assert bot.network.named("getUpdates") == []


@pytest.mark.parametrize(
    ("failures", "sentence"),
    [([TAKEN] * 3, OTHER_POLLER), ([UNAUTHORIZED], REFUSED)],
)
async def test_polling_that_is_hopeless_ends_the_bot(tmp_path: Path, failures: Sequence[Failure], sentence: str) -> None:
    async with bench(tmp_path) as bot:
        bot.network.fail("getUpdates", *failures)
        with pytest.raises(TelegramUnusable, match=sentence):
            await service(bot).run(asyncio.Event())


@pytest.mark.parametrize(
    ("failures", "slept"),
    [
        ([TAKEN] * 2, [1.0, 1.0]),
        ([Unconnected] * 7, [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]),
        ([Unanswered] * 2, [1.0, 1.0]),
        ([Refusal(429, "Too Many Requests", {"retry_after": 5})], [6.0]),
    ],
)
async def test_polling_goes_on_after_what_passes(tmp_path: Path, failures: Sequence[Failure], slept: list[float]) -> None:
    async with bench(tmp_path) as bot:
        bot.network.fail("getUpdates", *failures)
        bot.network.updates = arriving(message("when?"))
        bed, queue = Bed(), asyncio.Queue[object]()
        polling = asyncio.create_task(Polling(bot.application.bot, queue, sleep=bed).run())
        await queue.get()
        polling.cancel()
        await asyncio.wait({polling})
    assert bed.slept == slept


@pytest.mark.parametrize("written", ["https://api.example", "https://api.example/", "https://api.example/bot", "https://api.example/bot/"])
def test_a_server_is_understood_however_it_is_written(written: str) -> None:
    server = Server(token=TOKEN, base_url=written)
    assert (server.methods, server.files) == ("https://api.example/bot", "https://api.example/file/bot")


def test_files_may_have_an_address_of_their_own() -> None:
    assert Server(token=TOKEN, base_file_url="https://files.example/file/bot/").files == "https://files.example/file/bot"


@pytest.mark.parametrize("token", ["", "a b", "123:abc\n", "tökén", "../x"])
def test_what_cannot_be_a_token_is_refused_at_once(token: str) -> None:
    with pytest.raises(TelegramUnusable, match="Telegram refused the token"):
        Server(token=token)
