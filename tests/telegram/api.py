"""A Bot API server that records: the bot talks to it over HTTP, the test plays the people."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from types import TracebackType
from typing import Self, TypeVar

from tests.telegram.limits import Limits
from tests.telegram.methods import Methods, TakenOverError
from tests.telegram.objects import (
    BOT,
    CONFLICT,
    UNAUTHORIZED,
    AnswerLost,
    Call,
    Chat,
    ConnectionReset,
    Delay,
    Fault,
    Foreign,
    LateAnswer,
    Message,
    Parameters,
    Payload,
    Refusal,
    Swallowed,
    too_many_requests,
)
from tests.telegram.people import People
from tests.telegram.rules import BadRequestError, BarredError
from tests.telegram.wire import Reply, Server
from tests.telegram.world import World

TOKEN = f"{BOT.id}:TEST_token_that_no_log_may_ever_contain"

Found = TypeVar("Found")


class BotApi(People):
    """A context manager: inside it, `url` takes the bot's requests. With `privacy` off, the bot reads all of a group.

    With `limits`, messages that come too fast are refused.
    With `inline`, the bot is offered what people type after its name in other chats.
    """

    token = TOKEN

    def __init__(self, *, privacy: bool = True, inline: bool = False, limits: Limits | None = None) -> None:
        super().__init__(World(privacy=privacy, inline=inline))
        self._limits = limits
        self._methods = Methods(self._world)
        self._server: Server | None = None
        self._port = 0
        self._calls: list[Call] = []
        self._faults: dict[str, list[Fault]] = defaultdict(list)
        self._closed = Event()

    def __enter__(self) -> Self:
        self._server = Server(self._handle)
        self._port = self._server.server_port
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._world.changed:
            self._world.closing = True
            self._closed.set()
            self._world.changed.notify_all()
        if self._server:
            self._server.leave()

    @property
    def url(self) -> str:
        """What TELEGRAM_BASE_URL must be."""
        return f"http://127.0.0.1:{self._port}"

    # What the bot did

    def calls(self, method: str | None = None, **parameters: str) -> list[Call]:
        """Return the bot's requests (of `method`, with these parameters) so far, refused ones included, in order."""
        with self._world.changed:
            return [call for call in self._calls if method in (None, call.method) and parameters.items() <= call.parameters.items()]

    @property
    def polls(self) -> int:
        """How often the bot has asked for updates."""
        return self._world.polls

    def messages(self, chat: Chat | None = None) -> list[Message]:
        """Return what the bot has sent (in `chat`, where given), as it stands now, in order."""
        with self._world.changed:
            return [known for known in self._world.messages.values() if known.sender == BOT and chat in (None, known.chat)]

    def replies(self, message: Message) -> list[Message]:
        """Return the bot's replies to `message` so far."""
        return [sent for sent in self.messages(message.chat) if sent.replied_id == message.id]

    def wait_for(self, find: Callable[[], Found], *, seconds: float = 90) -> Found:
        """Return what `find` finds as soon as that is true; AssertionError with the bot's requests where nothing is found in time."""
        with self._world.changed:
            found = find()
            end = time.monotonic() + seconds
            while not found and (left := end - time.monotonic()) > 0:
                self._world.changed.wait(left)
                found = find()
            if not found:
                raise AssertionError(f"nothing in {seconds} seconds; the bot's requests: {self._calls}")
            return found

    def reply(self, message: Message, *, seconds: float = 90) -> Message:
        """Wait for the bot's first reply to `message` and return it."""
        return self.wait_for(lambda: self.replies(message), seconds=seconds)[0]

    def settled(self, query_id: str, *, seconds: float = 90) -> Call:
        """Wait until the bot has answered a button press, and return that answer."""
        return self.wait_for(lambda: self.calls("answerCallbackQuery", callback_query_id=query_id), seconds=seconds)[0]

    def offered(self, query_id: str, *, seconds: float = 90) -> Call:
        """Wait until the bot has answered an inline query, and return that answer."""
        return self.wait_for(lambda: self.calls("answerInlineQuery", inline_query_id=query_id), seconds=seconds)[0]

    # What goes wrong

    def fail_next(self, method: str, *faults: Fault, chat: Chat | None = None) -> None:
        """Make the next requests of `method` (to `chat`, where given) go wrong, one fault each."""
        with self._world.changed:
            self._faults[method if chat is None else f"{method} {chat.id}"].extend(faults)

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        """Refuse connections for the length of the block; a poll under way still brings what people write meanwhile."""
        self.wait_for(lambda: self._world.polling)
        if self._server:
            self._server.leave()
        yield
        self._server = Server(self._handle, self._port)

    @property
    def world(self) -> World:
        """What the chats are like; change it while holding its `changed`."""
        return self._world

    # The server's side

    def _handle(self, token: str, method: str, parameters: Parameters) -> Reply | None:
        if token != self.token:
            return _no(UNAUTHORIZED) if ":" in token else _no(Refusal(404, "Not Found"))
        fault = self._next_fault(f"{method} {parameters.get('chat_id')}") or self._next_fault(method)
        match fault:
            case Refusal():
                self._record(Call(method, parameters, refusal=fault.description))
                return _no(fault)
            case Foreign():
                self._record(Call(method, parameters, refusal="foreign"))
                return Reply(fault.status, fault.body)
            case ConnectionReset():
                self._record(Call(method, parameters, refusal="connection reset"))
                return None
            case Delay():
                self._closed.wait(fault.seconds)
            case Swallowed():
                self._record(Call(method, parameters, refusal="swallowed"))
                self._closed.wait(fault.seconds)
                return None
        if (wait := self._limits.refusal(method, parameters) if self._limits else None) is not None:
            self._record(Call(method, parameters, refusal="too many requests"))
            return _no(too_many_requests(wait))
        reply = self._done(method, parameters)
        if isinstance(fault, LateAnswer):
            self._closed.wait(fault.seconds)
        return None if isinstance(fault, AnswerLost) else reply

    def _next_fault(self, method: str) -> Fault | None:
        with self._world.changed:
            return self._faults[method].pop(0) if self._faults[method] else None

    def _done(self, method: str, parameters: Parameters) -> Reply:
        try:
            with self._world.changed:
                result = self._methods.call(method, parameters)
                message = result if isinstance(result, Message) else None
                self._record(Call(method, parameters, message))
        except BadRequestError as refused:
            self._record(Call(method, parameters, refusal=str(refused)))
            return _no(Refusal(400, f"Bad Request: {refused}", migrate_to=refused.migrate_to))
        except BarredError as barred:
            self._record(Call(method, parameters, refusal=str(barred)))
            return _no(Refusal(403, f"Forbidden: {barred}"))
        except TakenOverError as conflict:
            return _no(replace(CONFLICT, description=f"Conflict: {conflict}"))
        return Reply(200, result if isinstance(result, bytes) else {"ok": True, "result": message.payload() if message else result})

    def _record(self, call: Call) -> None:
        with self._world.changed:
            self._calls.append(call)
            self._world.changed.notify_all()


def _no(refusal: Refusal) -> Reply:
    body: Payload = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    known: Payload = {"retry_after": refusal.retry_after, "migrate_to_chat_id": refusal.migrate_to}
    parameters: Payload = {name: value for name, value in known.items() if value}
    return Reply(refusal.status, body | ({"parameters": parameters} if parameters else {}))
