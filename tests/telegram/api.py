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
from tests.telegram.methods import Methods, Pending, TakenOverError, World
from tests.telegram.objects import (
    ADA,
    BOT,
    CONFLICT,
    UNAUTHORIZED,
    AnswerLost,
    Call,
    Chat,
    ConnectionReset,
    Delay,
    Fault,
    LateAnswer,
    Message,
    Parameters,
    Payload,
    Refusal,
    Swallowed,
    User,
    entities_of,
    too_many_requests,
)
from tests.telegram.rules import BadRequestError, BarredError
from tests.telegram.wire import Reply, Server

TOKEN = f"{BOT.id}:TEST_token_that_no_log_may_ever_contain"
FIRST_UPDATE = 700_000_001

Found = TypeVar("Found")


class BotApi:
    """A context manager: inside it, `url` takes the bot's requests. With `privacy` off, the bot reads all of a group.

    With `limits`, messages that come too fast are refused.
    With `inline`, the bot is offered what people type after its name in other chats.
    """

    token = TOKEN

    def __init__(self, *, privacy: bool = True, inline: bool = False, limits: Limits | None = None) -> None:
        self._world = World(privacy=privacy, inline=inline)
        self._limits = limits
        self._methods = Methods(self._world)
        self._server: Server | None = None
        self._port = 0
        self._calls: list[Call] = []
        self._faults: dict[str, list[Fault]] = defaultdict(list)
        self._closed = Event()
        self._updates: dict[tuple[int, int], Payload] = {}
        self._last_update = FIRST_UPDATE

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

    @property
    def last_update(self) -> int:
        """The id of the newest update."""
        return self._last_update

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

    # What people do

    def private_message(self, text: str, *, user: User = ADA, date: int | None = None, reply_to: Message | None = None) -> Message:
        """Let `user` write to the bot; `date` is in seconds since 1970, now where not given."""
        return self._write(Chat.with_person(user), text, user=user, date=date, reply_to=reply_to)

    def group_message(
        self,
        text: str,
        chat: Chat,
        *,
        user: User = ADA,
        thread_id: int | None = None,
        reply_to: Message | None = None,
        date: int | None = None,
    ) -> Message:
        """Let `user` write in a group, in the topic `thread_id` where given."""
        return self._write(chat, text, user=user, date=date, thread_id=thread_id, reply_to=reply_to)

    def _write(
        self,
        chat: Chat,
        text: str,
        *,
        user: User,
        date: int | None,
        thread_id: int | None = None,
        reply_to: Message | None = None,
        document: Payload | None = None,
    ) -> Message:
        chained = reply_to.id if reply_to and chat.type == "supergroup" else None
        with self._world.changed:
            message = Message(
                chat=chat,
                id=self._world.next_message_id(),
                sender=user,
                text=text,
                date=int(time.time()) if date is None else date,
                entities=tuple(entities_of(text)),
                thread_id=thread_id or chained,
                in_topic=thread_id is not None,
                reply_to=reply_to,
            )
            self._world.chats[chat.id] = chat
            if thread_id is not None:
                self._world.topics.add((chat.id, thread_id))
            self._world.keep(message)
            attached: Payload = {"document": document} if document else {}
            self._updates[chat.id, message.id] = self.raw({"message": message.payload() | attached})
        return message

    def document(self, name: str, content: bytes, *, user: User = ADA) -> Message:
        """Let `user` send the bot a document."""
        with self._world.changed:
            file_id = f"file-{len(self._world.files)}"
            self._world.files[file_id] = content
            return self._write(
                Chat.with_person(user),
                "",
                user=user,
                date=None,
                document={"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(content)},
            )

    def edited_message(self, message: Message, text: str) -> Message:
        """Let a person change what they wrote."""
        edited = replace(message, text=text, entities=tuple(entities_of(text)))
        with self._world.changed:
            self._world.keep(edited)
            self.raw({"edited_message": edited.payload() | {"edit_date": int(time.time())}})
        return edited

    def delete(self, message: Message) -> None:
        """Let a person take back what they wrote; bots are not told."""
        with self._world.changed:
            del self._world.messages[message.chat.id, message.id]

    def press(self, button: str, message: Message, *, user: User = ADA) -> str:
        """Let `user` press the button whose text contains, or whose data is, `button`; return the id of the press."""
        found = next((known for known in message.buttons if known.data and (button in known.text or button == known.data)), None)
        if found is None:
            raise AssertionError(f"no button {button!r} among {message.buttons}")
        with self._world.changed:
            query_id = str(4_000_000_000 + len(self._world.queries))
            self._world.queries.add(query_id)
            query: Payload = {
                "id": query_id,
                "from": user.payload(),
                "message": message.payload(),
                "chat_instance": "1",
                "data": found.data,
            }
            self.raw({"callback_query": query})
        return query_id

    def inline_query(self, text: str, *, user: User = ADA) -> str:
        """Let `user` type `text` after the bot's name in a chat that the bot is not in; return the id of the query."""
        with self._world.changed:
            query_id = str(5_000_000_000 + len(self._world.queries))
            self._world.queries.add(query_id)
            self.raw({"inline_query": {"id": query_id, "from": user.payload(), "query": text, "offset": ""}})
        return query_id

    def offered(self, query_id: str, *, seconds: float = 90) -> Call:
        """Wait until the bot has answered an inline query, and return that answer."""
        return self.wait_for(lambda: self.calls("answerInlineQuery", inline_query_id=query_id), seconds=seconds)[0]

    def raw(self, update: Payload) -> Payload:
        """Deliver any update; an id is given to one that has none. Return it with its id."""
        with self._world.changed:
            self._last_update += 1
            complete = {"update_id": self._last_update} | update
            self._world.pending.append(Pending(complete))
            self._world.changed.notify_all()
        return complete

    @property
    def world(self) -> World:
        """What the chats are like; change it while holding its `changed`."""
        return self._world

    def redeliver(self, message: Message) -> None:
        """Deliver the update that brought `message` once more, under its old id."""
        with self._world.changed:
            self._world.pending.append(Pending(self._updates[message.chat.id, message.id], again=True))
            self._world.changed.notify_all()

    # The server's side

    def _handle(self, token: str, method: str, parameters: Parameters) -> Reply | None:
        if token != self.token:
            return _no(UNAUTHORIZED) if ":" in token else _no(Refusal(404, "Not Found"))
        fault = self._next_fault(f"{method} {parameters.get('chat_id')}") or self._next_fault(method)
        match fault:
            case Refusal():
                self._record(Call(method, parameters, refusal=fault.description))
                return _no(fault)
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
