"""HTTP for the recording Bot API: any encoding that clients use in, JSON out, connections that break when told to."""

import json
import re
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.telegram.objects import Parameters, Payload

_PATH = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)")
_FILE = re.compile(r"/file/bot(?P<token>[^/]+)/(?P<file>.+)")
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to the bot: an object, or the bytes of a file."""

    status: int
    body: Payload | bytes


FILE = "a file"
"""The method that a request for a file's bytes comes as."""

Handle = Callable[[str, str, Parameters], Reply | None]
"""(token, method, parameters) -> reply; None breaks the connection."""


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _multipart(content_type: str, body: bytes) -> dict[str, str]:
    form = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body, policy=policy.default)
    assert isinstance(form, EmailMessage)
    fields = {}
    for part in form.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            fields[name] = content.decode(errors="surrogateescape")  # a file's bytes come back by the same rule
    return fields


def read_parameters(query: str, content_type: str, body: bytes) -> dict[str, str]:
    """Return the parameters of a request as text, nested ones as JSON, whichever way they came."""
    parameters = dict(parse_qsl(query, keep_blank_values=True))
    if content_type.startswith("application/json"):
        return parameters | {name: _as_text(value) for name, value in json.loads(body or b"{}").items()}
    if content_type.startswith("multipart/form-data"):
        return parameters | _multipart(content_type, body)
    return parameters | dict(parse_qsl(body.decode(), keep_blank_values=True))


class Connections:
    """The open connections on which no request is under way; once `leaving`, a connection ends after its request."""

    def __init__(self) -> None:
        self._idle: set[socket.socket] = set()
        self._guard = Lock()
        self.leaving = False

    def rest(self, connection: socket.socket) -> None:
        """Note that `connection` waits for a request."""
        with self._guard:
            self._idle.add(connection)

    def work(self, connection: socket.socket) -> None:
        """Note that `connection` has a request, or has ended."""
        with self._guard:
            self._idle.discard(connection)

    def hang_up(self) -> None:
        """End the idle ones now and the others after their request."""
        with self._guard:
            self.leaving = True
            for connection in self._idle:
                with suppress(OSError):  # the client was quicker
                    connection.shutdown(socket.SHUT_RDWR)


def _handler(handle: Handle, connections: Connections) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            connections.rest(self.connection)
            super().handle_one_request()

        def finish(self) -> None:
            connections.work(self.connection)
            super().finish()

        def do_POST(self) -> None:
            connections.work(self.connection)
            address = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            found, file = (pattern.fullmatch(unquote(address.path)) for pattern in (_PATH, _FILE))
            parameters = read_parameters(address.query, self.headers.get("Content-Type", ""), body)
            if found:
                reply = handle(found["token"], found["method"], parameters)
            else:
                reply = handle(file["token"], FILE, {"file_path": file["file"]}) if file else Reply(404, {"ok": False, "error_code": 404})
            if reply is None:
                self._reset()
            else:
                self._answer(reply)
            self.close_connection = self.close_connection or connections.leaving

        def do_GET(self) -> None:
            self.do_POST()

        def _answer(self, reply: Reply) -> None:
            is_file = isinstance(reply.body, bytes)
            body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/octet-stream" if is_file else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _reset(self) -> None:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the tests read what was recorded."""

    return Handler


class Server(ThreadingHTTPServer):
    """A server on a port of this machine, a free one for 0; a client that leaves is no error."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, handle: Handle, port: int = 0) -> None:
        self._connections = Connections()
        super().__init__(("127.0.0.1", port), _handler(handle, self._connections))
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, name="bot-api", daemon=True)
        self._thread.start()

    def leave(self) -> None:
        """Take no more connections, and end those there are."""
        self.shutdown()
        self.server_close()
        self._connections.hang_up()
        self._thread.join(5)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close without the polite half: a connection that is to be reset must not send its end first."""
        self.close_request(request)

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Say nothing of clients that left."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)
