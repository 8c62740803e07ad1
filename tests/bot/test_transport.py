"""Whatever a server answers, the bot goes on: over real requests, which a mock transport answers."""

import asyncio
import json
from collections.abc import Iterable

import httpx
import pytest
from telegram import Update
from telegram.error import NetworkError
from telegram.ext import ExtBot

from bot.receiving import FIRST_PAUSE, Polling
from bot.transport import ApiRequest, UpdatesRequest
from tests.bot.objects import Json, message
from tests.bot.test_sending import Bed
from tests.recording import ME

STRANGE = [
    "<html>Not Found</html>",
    "null",
    "[]",
    '"Bad gateway"',
    "{}",
    '{"error": "x"}',
    '{"detail": "Not Found"}',
    '{"ok": "yes", "result": []}',
    '{"ok": false, "description": null}',
    '{"ok": false, "parameters": [5]}',
    '{"ok": false, "parameters": {"retry_after": "soon"}}',
]
"""What is no response of the Bot API."""


def responses(bodies: Iterable[httpx.Response]) -> httpx.MockTransport:
    """Answer each request for updates with the next one, after the last one never, and everything else as the Bot API does."""
    left = list(bodies)

    async def answer(request: httpx.Request) -> httpx.Response:
        match request.url.path.rpartition("/")[2]:
            case "getUpdates":
                await (asyncio.sleep(0) if left else asyncio.Event().wait())
                return left.pop(0)
            case "getMe":
                return httpx.Response(200, json={"ok": True, "result": ME})
        return httpx.Response(200, json={"ok": True, "result": True})

    return httpx.MockTransport(answer)


def updates(*items: object) -> httpx.Response:
    return httpx.Response(200, json={"ok": True, "result": items})


async def polled(*bodies: httpx.Response) -> tuple[Update, list[float]]:
    """Return the first update that a bot receives which is answered like this, and the pauses that it made before."""
    transport, bed, queue = responses(bodies), Bed(), asyncio.Queue[object]()
    api, polling = (kind(httpx_kwargs={"transport": transport}) for kind in (ApiRequest, UpdatesRequest))
    async with ExtBot("123456:test", request=api, get_updates_request=polling) as bot, asyncio.timeout(120):
        running = asyncio.create_task(Polling(bot, queue, sleep=bed).run())
        await asyncio.wait({running, first := asyncio.create_task(queue.get())}, return_when=asyncio.FIRST_COMPLETED)
        running.cancel()
        await asyncio.wait({running})
    update = first.result()
    assert isinstance(update, Update)
    return update, bed.slept


@pytest.mark.parametrize("status", [200, 401, 403, 404, 502])
@pytest.mark.parametrize("body", STRANGE)
async def test_polling_goes_on_after_an_answer_that_is_none_of_the_bot_apis(status: int, body: str) -> None:
    update, slept = await polled(httpx.Response(status, content=body), updates({"update_id": 7}))
    assert (update.update_id, slept) == (7, [FIRST_PAUSE])


@pytest.mark.parametrize("result", [None, True, "abc", {"update_id": 7}, [None, 3, "x", [], {}, {"update_id": "7"}]])
async def test_polling_pauses_after_a_result_without_updates(result: object) -> None:
    strange = httpx.Response(200, json={"ok": True, "result": result})
    update, slept = await polled(strange, updates({"update_id": 8}))
    assert (update.update_id, slept) == (8, [FIRST_PAUSE])


@pytest.mark.parametrize("body", ['{"ok": true}', '{"ok": false}', '{"ok": false, "error_code": 401, "description": "Unauthorized"}'])
async def test_polling_goes_on_after_an_error_with_a_status_of_success(body: str) -> None:
    update, slept = await polled(httpx.Response(200, content=body), updates({"update_id": 7}))
    assert (update.update_id, slept) == (7, [FIRST_PAUSE])


async def test_what_has_no_id_costs_no_other_update(caplog: pytest.LogCaptureFixture) -> None:
    update, slept = await polled(updates({"message": message("Secret?")}, None, {"update_id": 7, "message": message("when?")}))
    assert (update.update_id, update.message and update.message.text, slept) == (7, "when?", [])
    assert "2 updates without an id are left out" in caplog.text
    assert "Secret?" not in caplog.text


@pytest.mark.parametrize(
    "about",
    [
        {"poll": {"id": "1", "question": "Secret?", "options": [], "total_voter_count": 0, "is_closed": False}},
        {"text": "Secret?", "date": 10**30},
        {"text": "Secret?", "date": "soon"},
        {"text": "Secret?", "entities": "bold"},
    ],
)
async def test_an_update_that_cannot_be_read_is_its_id_alone_and_its_words_are_not_logged(
    about: Json, caplog: pytest.LogCaptureFixture
) -> None:
    update, slept = await polled(updates({"update_id": 7, "message": message() | about}))
    assert (update, slept) == (Update(7), [])
    assert "Update 7 (message) cannot be read" in caplog.text
    assert "Secret?" not in caplog.text


def answering(status: int, body: str) -> ApiRequest:
    """Return a way to a server that answers everything like this."""
    return ApiRequest(httpx_kwargs={"transport": httpx.MockTransport(lambda _: httpx.Response(status, content=body))})


def result(about: object) -> str:
    return json.dumps({"ok": True, "result": about})


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 409, 502])
@pytest.mark.parametrize("body", STRANGE)
def test_what_another_server_answers_is_a_failure_of_the_network_and_not_telegrams_word(status: int, body: str) -> None:
    async def ask() -> None:
        async with ExtBot("123456:test", request=answering(status, body)):
            pass

    with pytest.raises(NetworkError, match=f"Invalid server response \\({status}\\)") as raised:
        asyncio.run(ask())
    assert type(raised.value) is NetworkError


@pytest.mark.parametrize("about", [None, True, [], "abc", {}, {"id": 42}, [ME]])
async def test_a_result_that_cannot_be_read_is_a_failure_of_the_network(about: object) -> None:
    bot = ExtBot("123456:test", request=answering(200, result(about)))
    with pytest.raises(NetworkError, match=r"Invalid server response \(200\)"):
        await bot.initialize()
    with pytest.raises(NetworkError, match=r"Invalid server response \(200\)"):
        await bot.send_message(7, "an answer")
    await bot.shutdown()


def test_a_result_is_read_as_ever() -> None:
    assert ApiRequest.parse_json_payload(json.dumps({"ok": True, "result": ME}).encode())["result"] == ME
