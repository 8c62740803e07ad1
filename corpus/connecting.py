"""Connections that go only where a HostGuard lets them, and that end in time."""

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from corpus.hosts import HostGuard

CONNECT_SECONDS = 10.0
"""For one of a host's addresses; then the next one is tried."""
MOST_TRIED = 4
"""Addresses of one host."""


class Deadline:
    """A moment after which nothing is waited for any more; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float], seconds: float) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def extend(self, seconds: float) -> None:
        """Put it off by `seconds`."""
        self._end += seconds

    def left(self) -> float:
        """Return the seconds that are left, more than 0. Raises httpcore.ReadTimeout where there are none."""
        seconds = self._end - self._clock()
        if seconds <= 0:
            raise httpcore.ReadTimeout("the time for all of it is up")
        return seconds


class _TimedStream(httpcore.NetworkStream):
    """A stream on which every wait ends at the deadline, however little arrives at a time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what arrives next."""
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send `buffer`."""
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        """End the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the encrypted stream; the certificate has to be `server_hostname`'s, whatever address that was found at."""
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> object:
        """Return a fact about the connection."""
        return self._stream.get_extra_info(info)


class _GuardedBackend(httpcore.NetworkBackend):
    """Connects to the very addresses that were checked; a host's name is looked up nowhere else."""

    def __init__(self, guard: HostGuard, deadline: Deadline) -> None:
        self._guard = guard
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to `host`. Raises SourceUnreachable where it is refused, ConnectError where none of its addresses answers."""
        trouble: Exception = httpcore.ConnectError("no address")
        for address in self._guard.addresses(host, self._deadline.left())[:MOST_TRIED]:
            try:
                stream = self._plain.connect_tcp(address, port, timeout=min(CONNECT_SECONDS, self._deadline.left()))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
            else:
                return _TimedStream(stream, self._deadline)
        raise trouble


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes], close: Callable[[], None]) -> None:
        self._stream = stream
        self._close = close

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._close()


class _GuardedTransport(httpx.BaseTransport):
    """What httpx sends requests through; the errors that come out of it are httpcore's."""

    def __init__(self, guard: HostGuard, deadline: Deadline, certificates: ssl.SSLContext) -> None:
        backend = _GuardedBackend(guard, deadline)
        self._pool = httpcore.ConnectionPool(ssl_context=certificates, network_backend=backend, max_connections=1)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer to `request`, its body still to come."""
        url = request.url
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        response = self._pool.handle_request(httpcore.Request(request.method, target, headers=request.headers.raw))
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response.iter_stream(), response.close))

    def close(self) -> None:
        """End all connections."""
        self._pool.close()


@contextmanager
def open_client(guard: HostGuard, deadline: Deadline, certificates: ssl.SSLContext, headers: dict[str, str]) -> Iterator[httpx.Client]:
    """Open a client for one errand: it keeps cookies for its length, follows no redirect by itself, and uses no proxy.

    A proxy, which httpx would take from the environment, looks hosts up by itself: their addresses could not be checked.
    """
    transport = _GuardedTransport(guard, deadline, certificates)
    with httpx.Client(transport=transport, trust_env=False, follow_redirects=False, headers=headers) as client:
        yield client
