"""A Bot API that only remembers what it was asked, in place of the network under a real Application."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

ME = {"id": 42, "is_bot": True, "first_name": "Wire", "username": "WireBot", "can_read_all_group_messages": False}
Parameters = dict[str, Any]
Call = tuple[str, Parameters]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error that Telegram answers with."""

    status: int
    description: str
    parameters: Parameters | None = None
    page: str = ""
    """What a proxy answers in place of Telegram's JSON."""


class Unconnected(Exception):
    """No connection comes about."""


class Unanswered(Exception):
    """The request is sent, and no answer comes in time."""


Failure = Refusal | type[Unconnected] | type[Unanswered]


class RecordingRequest(BaseRequest):
    """Accepts every request, except where `fail` says otherwise. In groups, `administrators` are some; nobody is at first."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.updates: list[Parameters] = []
        self.file = b""
        self.administrators: set[int] = set()
        self.me: Parameters = ME
        self._failures: dict[str, list[Failure]] = defaultdict(list)
        self._message_id = 1000
        self._called = asyncio.Condition()

    def fail(self, method: str, *failures: Failure) -> None:
        """Let the next calls of `method` fail, one way after the other."""
        self._failures[method] += failures

    def named(self, *methods: str) -> list[Call]:
        """Return the calls of `methods`, in their order."""
        return [call for call in self.calls if call[0] in methods]

    async def until(self, method: str, times: int = 1) -> None:
        """Return once `method` has been called so many times."""
        async with self._called:
            await self._called.wait_for(lambda: len(self.named(method)) >= times)

    @property
    def read_timeout(self) -> float:
        return 5

    async def initialize(self) -> None:
        return

    async def shutdown(self) -> None:
        return

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        if "/file/bot" in url:
            return 200, self.file
        name = url.rsplit("/", 1)[1]
        parameters = request_data.parameters if request_data else {}
        async with self._called:
            self.calls.append((name, parameters))
            self._called.notify_all()
        failures = self._failures[name]
        if failures:
            return _fail(failures.pop(0))
        return 200, json.dumps({"ok": True, "result": await self._result(name, parameters)}).encode()

    async def _result(self, name: str, parameters: Parameters) -> object:
        match name:
            case "getMe":
                return self.me
            case "answerGuestQuery":
                return {"inline_message_id": "i1"}
            case "sendPhoto":
                self._message_id += 1
                return {"message_id": self._message_id, "date": 0, "chat": {"id": parameters["chat_id"], "type": "private"}}
            case "sendMessage" | "editMessageText":
                self._message_id += 1
                chat = {"id": parameters["chat_id"], "type": "private"}
                return {"message_id": self._message_id, "date": 0, "chat": chat, "text": parameters["text"]}
            case "getMyCommands":
                return []
            case "getFile":
                return {"file_id": parameters["file_id"], "file_unique_id": "u", "file_path": "documents/file_1"}
            case "getChatMember":
                owner = parameters["user_id"] in self.administrators
                member = {"status": "creator", "is_anonymous": False} if owner else {"status": "member"}
                return member | {"user": {"id": parameters["user_id"], "is_bot": False, "first_name": "A"}}
            case "getUpdates":
                return await self._next_updates(parameters.get("offset") or 0)
        return True

    async def _next_updates(self, offset: int) -> Sequence[Parameters]:
        """Return what is not confirmed yet; wait for ever once there is nothing, as long polling nearly does."""
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if not self.updates:
            await asyncio.Event().wait()
        return self.updates


def _fail(failure: Failure) -> tuple[int, bytes]:
    """Raise or return what PTB's own request would for `failure`."""
    if isinstance(failure, Refusal) and failure.page:
        return failure.status, failure.page.encode()
    if isinstance(failure, Refusal):
        body = {"ok": False, "error_code": failure.status, "description": failure.description}
        return failure.status, json.dumps(body | ({"parameters": failure.parameters} if failure.parameters else {})).encode()
    if failure is Unconnected:
        raise NetworkError("httpx.ConnectError: refused") from httpx.ConnectError("refused")
    raise TimedOut from httpx.ReadTimeout("no answer")
