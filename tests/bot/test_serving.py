import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Event

import httpx
import pytest
from telegram import Update

from bot import messages, render
from bot.digests.deliveries import KEEP_DAYS, Draft
from bot.digests.schedule import Slot
from bot.errors import TelegramUnusable
from bot.jobs.clerk import Staff
from bot.jobs.table import JobState
from bot.receiving import OTHER_POLLER, REFUSED, Polling, Webhook
from bot.server import Server
from bot.serving import Service
from bot.state import Kept
from bot.summaries.shown import Shown
from retrieval.summaries.briefing import Briefing
from tests.bot.harness import TOKEN, Bench, bench
from tests.bot.objects import ANSWER, GROUP, NOW, Json, message
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
    return Service(
        application=bot.application,
        resume=bot.resume,
        source=source,
        worker=bot.worker,
        staff=Staff(bot.writer),
        purges=bot.parts.purges,
        address="http://here",
        sleep=Nap(),
    )


@asynccontextmanager
async def serving(bot: Bench) -> AsyncIterator[None]:
    """Let the service run during the block, then stop it."""
    stop = asyncio.Event()
    async with asyncio.timeout(120):
        running = asyncio.create_task(service(bot).run(stop))
        yield
        stop.set()
        await running


def arriving(*contents: Json) -> list[Json]:
    return [{"update_id": number, "message": content} for number, content in enumerate(contents, 700)]


async def test_updates_are_fetched_answered_and_confirmed(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        bot.network.updates = arriving(message("when?"), message("/ask when?", chat=GROUP), message("chatter", chat=GROUP))
        async with serving(bot):
            await bot.network.until("sendMessage", 2)
    assert sorted(parameters["chat_id"] for _, parameters in bot.network.named("sendMessage")) == [-100, 7]
    assert bot.network.named("getUpdates")[-1][1]["offset"] == 703


async def test_what_the_last_run_owed_is_shown_at_the_start(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        bot.jobs.end(bot.jobs.submit("remove", {"ids": [], "chat_id": 7, "message_id": 1001}), JobState.DONE)
        async with serving(bot):
            await bot.network.until("editMessageText")
    [(_, parameters)] = bot.network.named("editMessageText")
    assert (parameters["message_id"], parameters["text"]) == (1001, "0 articles removed.")


async def test_only_what_the_bot_listens_to_is_asked_for(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot, serving(bot):
        await bot.network.until("getUpdates")
    [(_, parameters)] = bot.network.named("getUpdates")
    assert parameters == {"timeout": 25, "allowed_updates": ["message", "callback_query", "my_chat_member"]}


async def test_what_somebody_types_in_other_chats_is_asked_for_where_that_is_switched_on(tmp_path: Path) -> None:
    async with bench(tmp_path, connected=False) as bot:
        bot.network.me = {**bot.network.me, "supports_inline_queries": True, "supports_guest_queries": True}
        async with serving(bot):
            await bot.network.until("getUpdates")
    [(_, parameters)] = bot.network.named("getUpdates")
    assert parameters["allowed_updates"][3:] == ["inline_query", "guest_message"]


async def test_administrators_have_a_menu_of_their_own(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        running = asyncio.create_task(replace(service(bot), admins=frozenset({7})).run(stop := asyncio.Event()))
        await bot.network.until("setMyCommands", 3)
        stop.set()
        await running
    _, parameters = bot.network.named("setMyCommands")[2]
    assert parameters["scope"] == {"type": "chat", "chat_id": 7}
    assert [each["command"] for each in parameters["commands"]] == [*messages.COMMANDS, *messages.ADMIN_COMMANDS]


async def test_what_has_expired_is_forgotten_each_day(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        shown = bot.parts.summaries.shown
        bot.state.keep(Kept("k1", 7, ANSWER))
        shown.keep(Shown("s1", 7, "", Briefing(())))
        digest = bot.books.deliveries.claim(7, Slot(NOW.date(), NOW.time()))
        assert digest
        bot.books.deliveries.fill(digest, [Draft("news", ("a1",))])
        bot.now += timedelta(days=KEEP_DAYS)
        purged, loop = asyncio.Event(), asyncio.get_running_loop()

        def purge() -> None:
            loop.call_soon_threadsafe(purged.set)

        running = asyncio.create_task(replace(service(bot), purges=[*bot.parts.purges, purge]).run(stop := asyncio.Event()))
        await purged.wait()
        stop.set()
        await running
        bot.now = NOW  # at which it would all be there, were it not forgotten
        assert (bot.state.find("k1"), shown.find("s1"), bot.books.deliveries.told(7)) == (None, None, ())


async def test_the_menus_of_commands_are_set_for_private_chats_and_groups(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot, serving(bot):
        await bot.network.until("setMyCommands", 2)
    menus = {
        parameters["scope"]["type"]: [each["command"] for each in parameters["commands"]]
        for _, parameters in bot.network.named("setMyCommands")
    }
    assert menus == {
        "all_private_chats": ["ask", "digest", "summary", "timeline", "new", "sources", "help", "about", "privacy"],
        "all_group_chats": ["ask", "digest", "summary", "timeline", "new", "sources", "help"],
    }


async def test_menus_that_cannot_be_set_stop_nothing(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        bot.network.fail("getMyCommands", Refusal(400, "Bad Request"), Refusal(400, "Bad Request"))
        bot.network.updates = arriving(message("when?"))
        async with serving(bot):
            await bot.network.until("sendMessage")
    assert bot.network.named("setMyCommands") == []


@pytest.mark.parametrize(("drain", "replies"), [(30, [render.card(ANSWER)]), (0, [messages.STOPPING])])
async def test_stopping_answers_what_there_is_time_for_and_tells_the_rest(tmp_path: Path, drain: float, replies: list[str]) -> None:
    async with bench(tmp_path) as bot:
        gate, begun, loop = Event(), asyncio.Event(), asyncio.get_running_loop()
        bot.oracle.before = lambda: (loop.call_soon_threadsafe(begun.set), gate.wait())
        bot.network.updates = arriving(message("when?"))
        stop = asyncio.Event()
        running = asyncio.create_task(replace(service(bot), drain=drain).run(stop))
        await begun.wait()
        stop.set()
        if drain:
            gate.set()
        await running
        gate.set()
    assert [parameters["text"] for _, parameters in bot.network.named("sendMessage")] == replies


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
        async with serving(bot):
            await bot.network.until("getUpdates")
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


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")  # PTB warns of its own attribute
@pytest.mark.parametrize(
    ("failures", "slept"),
    [
        ([TAKEN] * 2, [1.0, 1.0]),
        ([Unconnected] * 7, [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]),
        ([Unanswered] * 2, [1.0, 1.0]),
        ([Refusal(502, "", page="<html>" + "x" * 5000)], [1.0]),
        ([Refusal(200, "", page="<html>Log in to this network</html>")], [1.0]),
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


@pytest.mark.parametrize(("seconds", "slept"), [(0.0, [1.0, 1.0]), (25.0, [])])
async def test_a_server_that_does_not_wait_for_updates_is_not_asked_without_a_pause(
    tmp_path: Path, seconds: float, slept: list[float]
) -> None:
    async with bench(tmp_path) as bot:
        bot.network.fail("getUpdates", *[Refusal(200, "", page='{"ok": true, "result": []}')] * 2)
        bot.network.updates = arriving(message("when?"))
        bed, queue, ticks = Bed(), asyncio.Queue[object](), count()
        polling = asyncio.create_task(Polling(bot.application.bot, queue, sleep=bed, clock=lambda: seconds * next(ticks)).run())
        await queue.get()
        polling.cancel()
        await asyncio.wait({polling})
    assert bed.slept == slept


async def test_a_bare_update_is_confirmed_and_nothing_else(tmp_path: Path) -> None:
    async with bench(tmp_path) as bot:
        assert await bot.feed() == []


@pytest.mark.parametrize("written", ["https://api.example", "https://api.example/", "https://api.example/bot", "https://api.example/bot/"])
def test_a_server_is_understood_however_it_is_written(written: str) -> None:
    server = Server(token=TOKEN, base_url=written)
    assert (server.methods, server.files) == ("https://api.example/bot", "https://api.example/file/bot")


def test_files_may_have_an_address_of_their_own() -> None:
    assert Server(token=TOKEN, base_file_url="https://files.example/file/bot/").files == "https://files.example/file/bot"
    assert Server(token=TOKEN, base_file_url="https://files.example/").files == "https://files.example/file/bot"


@pytest.mark.parametrize("token", ["", "a b", "123:abc\n", "tökén", "../x"])
def test_what_cannot_be_a_token_is_refused_at_once(token: str) -> None:
    with pytest.raises(TelegramUnusable, match="Telegram refused the token"):
        Server(token=token)


async def post(port: int, secret: str | None, update: object) -> int:
    """Deliver an update as Telegram does; return the status."""
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(retries=5)) as client:
        return (await client.post(f"http://127.0.0.1:{port}/hook", json=update, headers=headers)).status_code


async def test_a_webhook_takes_updates_that_know_its_secret(tmp_path: Path, unused_tcp_port: int) -> None:
    async with bench(tmp_path) as bot:
        queue = asyncio.Queue[object]()
        hook = Webhook(bot.application.bot, queue, url="https://bot.example/hook", port=unused_tcp_port, secret="s3cret")
        listening = asyncio.create_task(hook.run())
        await bot.network.until("setWebhook")
        [update] = arriving(message("when?"))
        statuses = [await post(unused_tcp_port, secret, update) for secret in ("s3cret", "wrong", None)]
        listening.cancel()
        await asyncio.wait({listening})
    assert (statuses, queue.qsize()) == ([200, 403, 403], 1)
    [(_, parameters)] = bot.network.named("setWebhook")
    assert (parameters["url"], parameters["secret_token"]) == ("https://bot.example/hook", "s3cret")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # tornado forgets the socket that it could not bind
async def test_a_webhook_whose_port_is_taken_says_so(tmp_path: Path) -> None:
    with socket.create_server(("0.0.0.0", 0)) as taken:
        port = taken.getsockname()[1]
        async with bench(tmp_path) as bot:
            with pytest.raises(TelegramUnusable, match=f"Port {port} cannot be opened"):
                await Webhook(bot.application.bot, asyncio.Queue(), url="https://bot.example/", port=port, secret="s").run()


async def test_a_webhook_that_telegram_refuses_says_so(tmp_path: Path, unused_tcp_port: int) -> None:
    async with bench(tmp_path) as bot:
        bot.network.fail("setWebhook", *[Refusal(400, "Bad Request: bad webhook: HTTPS url must be provided")] * 4)
        with pytest.raises(TelegramUnusable, match="did not accept TELEGRAM_WEBHOOK_URL: Bad webhook: https url must be provided"):
            await Webhook(bot.application.bot, asyncio.Queue(), url="http://x/", port=unused_tcp_port, secret="s", sleep=Nap()).run()


@pytest.mark.parametrize("about", [{"date": "soon"}, {"text": "Secret?", "entities": "bold"}])
async def test_a_webhook_takes_an_update_that_cannot_be_read_so_that_it_does_not_come_again(
    tmp_path: Path, unused_tcp_port: int, caplog: pytest.LogCaptureFixture, about: Json
) -> None:
    async with bench(tmp_path) as bot:
        queue = asyncio.Queue[object]()
        hook = Webhook(bot.application.bot, queue, url="https://bot.example/hook/", port=unused_tcp_port, secret="s3cret")
        listening = asyncio.create_task(hook.run())
        await bot.network.until("setWebhook")
        posts = [{"update_id": 7, "message": message() | about}, {"message": message("Secret?")}, [], None, {"update_id": 8}]
        statuses = [await post(unused_tcp_port, "s3cret", each) for each in posts]
        listening.cancel()
        await asyncio.wait({listening})
    assert (statuses, [queue.get_nowait() for _ in range(queue.qsize())]) == ([200] * 5, [Update(7), Update(8)])
    assert "Update 7 (message) cannot be read" in caplog.text
    assert "Secret?" not in caplog.text


class Unsteady:
    """A companion that fails at its first try, and goes on at its second one."""

    def __init__(self) -> None:
        self.tries = 0
        self.going, self.closed = asyncio.Event(), False

    async def run(self) -> None:
        self.tries += 1
        if self.tries == 1:
            raise ZeroDivisionError
        self.going.set()
        await asyncio.Event().wait()

    async def close(self, timeout: float) -> None:  # noqa: ASYNC109
        self.closed = True


async def test_what_goes_on_beside_the_conversations_is_started_again_and_closed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    companion, stop = Unsteady(), asyncio.Event()
    async with bench(tmp_path) as bot, asyncio.timeout(120):
        running = asyncio.create_task(replace(service(bot), companions=(companion,)).run(stop))
        await companion.going.wait()
        stop.set()
        await running
    assert (companion.tries, companion.closed, "tried again in a minute" in caplog.text) == (2, True, True)
