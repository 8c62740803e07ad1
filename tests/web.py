"""A web site on this machine: pages, redirects, bombs, and servers that never come to an end. Leaving the context closes it."""

import gzip
import ssl
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from threading import Event, Thread
from types import TracebackType
from typing import Self

HTML = "text/html; charset=utf-8"
GIGABYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came; the names of `headers` are lower-case."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back. A `body` that is no bytes is sent as it comes, without its length, until the client has had enough."""

    body: bytes | Iterable[bytes] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes that go back as they are, whatever HTTP says; after them the server is silent but does not hang up."""

    start: bytes


Answer = Reply | Raw | Callable[[Seen], Reply | Raw]


def page(
    *paragraphs: str, title: str = "Old bridge to close", head: str = "", charset: str = "utf-8", status: int = 200, **headers: str
) -> Reply:
    """Return a page with an article; an underscore in the name of a header stands for a hyphen."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(body=html.encode(charset), status=status, headers={"Content-Type": f"text/html; charset={charset}"} | named)


def redirect(to: str, status: int = 302) -> Reply:
    """Return a redirect."""
    return Reply(status=status, headers={"Location": to})


def gzipped(body: bytes) -> Reply:
    """Return `body`, compressed."""
    return Reply(body=gzip.compress(body), headers={"Content-Type": HTML, "Content-Encoding": "gzip"})


def bomb(encoding: str, size: int = 10 * GIGABYTE) -> Reply:
    """Return a body of some megabytes that holds `size` bytes; `encoding` is gzip or deflate."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    start = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)  # it depends on nothing before it
    return Reply(body=_blocks(start, block, size >> 20), headers={"Content-Type": HTML, "Content-Encoding": encoding})


def _blocks(start: bytes, block: bytes, count: int) -> Iterator[bytes]:
    yield start
    yield from repeat(block, count - 1)


def endless(chunk: bytes = b"<p>More and more.</p>" * 3000) -> Reply:
    """Return a body without an end."""
    return Reply(body=repeat(chunk), headers={"Content-Type": HTML})


SLOW_HEADERS = Raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Wait: ")
SLOW_BODY = Raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n<html><body><p>Wait")
NO_HTTP = Raw(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")


def validated(body: Reply, *, etag: str = '"1"') -> Callable[[Seen], Reply]:
    """Return an answer that is `body`, or status 304 where the client has it already."""

    def answer(seen: Seen) -> Reply:
        if seen.headers.get("if-none-match") == etag:
            return Reply(status=304, headers={**body.headers, "ETag": etag})
        return Reply(body=body.body, status=body.status, headers={**body.headers, "ETag": etag})

    return answer


class WebSite:
    """Serves what was put at each path on 127.0.0.1, other paths with 404, and remembers what was asked.

    With `certificate`, a file that holds a certificate and its key, it speaks TLS.
    """

    def __init__(self, certificate: str | None = None) -> None:
        self.seen: list[Seen] = []
        self._answers: dict[str, Answer] = {}
        self._closed = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._scheme = "https" if certificate else "http"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.server_port

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        """Return the address of `path`."""
        return f"{self._scheme}://{host}:{self.port}{path}"

    def put(self, path: str, answer: Answer) -> str:
        """Serve `answer` at `path` from now on; return its address."""
        self._answers[path] = answer
        return self.url(path)

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [seen.path for seen in self.seen]

    def answer(self, seen: Seen) -> Reply | Raw:
        """Return what is served for a request."""
        self.seen.append(seen)
        found = self._answers.get(seen.path, Reply(body=b"<h1>Not Found</h1>", status=404, headers={"Content-Type": HTML}))
        return found(seen) if callable(found) else found

    def wait_until_closed(self) -> None:
        """Return when the site is closed."""
        self._closed.wait(60)


def _handler(site: WebSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = site.answer(Seen(self.path, {name.lower(): value for name, value in self.headers.items()}))
            self.close_connection = True
            with suppress(OSError):  # the client has had enough
                if isinstance(reply, Raw):
                    self.wfile.write(reply.start)
                    self.wfile.flush()
                    site.wait_until_closed()
                else:
                    self._send(reply)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if isinstance(reply.body, bytes):
                self.send_header("Content-Length", str(len(reply.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            for chunk in [reply.body] if isinstance(reply.body, bytes) else reply.body:
                self.wfile.write(chunk)

        def log_message(self, format: str, *args: object) -> None:
            """Write nothing."""

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

    return Handler
