"""An address on the web -> what is there, within limits and only where it may be read."""

import re
import ssl
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property
from itertools import takewhile

import httpcore
import httpx

from corpus.addresses import shown
from corpus.connecting import Deadline, open_client
from corpus.errors import ServerRefused, SourceUnreachable
from corpus.hosts import HostGuard
from corpus.inflating import Damaged, TooLarge, gather
from corpus.pacing import Pacer
from corpus.protocols import Fetched, NotModified

LONGEST_FIELD = 500
"""Characters of an ETag, a date or a type; a longer one is not worth keeping."""
LONGEST_RETRY = 7 * 86_400.0
"""Seconds that a server may want to be left alone for."""
NOT_MODIFIED = 304
PERMANENT = (301, 308)

_HOST = re.compile(r"[\w.-]{1,253}|[0-9a-f:.]{2,45}", re.IGNORECASE)
_MAX_AGE = re.compile(r'max-age\s?=\s?"?(?P<seconds>[0-9]{1,9})"?')
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_REASONS = {
    401: "wants a password; what only members can read cannot be added by its address",
    402: "wants to be paid for; what only members can read cannot be added by its address",
    403: "is not given to programs; save it in a browser and add the file",
    404: "does not exist; check the address",
    410: "has been taken down",
    429: "was asked for too often; try again later",
    451: "may not be shown for legal reasons",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one errand may cost: bytes as sent and as unpacked, seconds without the waits between requests, and redirects.

    `per_minute` is how often one host may be asked.
    """

    size: int = 30_000_000
    seconds: float = 40.0
    redirects: int = 10
    per_minute: float = 30.0


class HttpFetcher:
    """A `corpus.protocols.Fetcher` over HTTP. `clock` counts seconds; threads may share a fetcher.

    Only http and https; each host's addresses are checked before anything is sent to it, after a redirect too, and the connection
    goes to the checked address.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        guard: HostGuard,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        limits: Limits = Limits(),
        certificates: ssl.SSLContext | None = None,
    ) -> None:
        self._headers = {"User-Agent": user_agent, "Accept": _ACCEPT, "Accept-Language": "en", "Accept-Encoding": "gzip, deflate"}
        self._guard = guard
        self._clock = clock
        self._limits = limits
        self._pacer = Pacer(limits.per_minute, clock=clock, sleep=sleep)
        self._given_certificates = certificates

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched | NotModified:
        """Return what is at `url`, or that it has not changed. Raises SourceUnreachable."""
        headers = self._headers | _validators(etag, last_modified)
        address = _checked(url)
        deadline = Deadline(self._clock, self._limits.seconds)
        try:
            with open_client(self._guard, deadline, self._certificates, headers) as client:
                return self._follow(client, address, deadline)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise SourceUnreachable(f"{shown(url)} leads to something that is no web address.") from error
        except httpcore.TimeoutException as error:
            raise SourceUnreachable(f"{shown(url)} did not arrive within {self._limits.seconds:.0f} seconds; try again later.") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise SourceUnreachable(f"{shown(url)} {_trouble(error)}") from error

    @cached_property
    def _certificates(self) -> ssl.SSLContext:
        """Whom to trust, read at the first use; SSL_CERT_FILE adds the certificates of an intranet."""
        return self._given_certificates or httpx.create_ssl_context()

    def _follow(self, client: httpx.Client, address: httpx.URL, deadline: Deadline) -> Fetched | NotModified:
        """Return what is where the redirects from `address` end."""
        request = client.build_request("GET", address)
        moves: list[tuple[int, str]] = []
        for _ in range(self._limits.redirects + 1):
            deadline.extend(self._pacer.wait(request.url.host))
            with closing(client.send(request, stream=True)) as response:
                if response.next_request is None:
                    return self._received(response, _home(moves))
            request = response.next_request
            _checked(str(request.url))
            moves.append((response.status_code, _bare(request.url)))
        raise SourceUnreachable(f"{shown(str(address))} is redirected more than {self._limits.redirects} times, and never arrives.")

    def _received(self, response: httpx.Response, moved_to: str) -> Fetched | NotModified:
        url = _bare(response.url)
        status, sent = response.status_code, response.request.headers
        if status == NOT_MODIFIED and ("If-None-Match" in sent or "If-Modified-Since" in sent):
            return NotModified(url, _max_age(response))
        if not 200 <= status < 300:
            raise ServerRefused(f"{shown(url)} {_reason(status)}.", status=status, retry_after=_retry_after(response))
        return Fetched(
            url=url,
            content=self._body(response, url),
            media_type=response.headers.get("Content-Type", "").partition(";")[0].strip().lower()[:LONGEST_FIELD],
            charset=(response.charset_encoding or "")[:LONGEST_FIELD],
            etag=_validator(response, "ETag"),
            last_modified=_validator(response, "Last-Modified"),
            moved_to=moved_to,
            max_age=_max_age(response),
        )

    def _body(self, response: httpx.Response, url: str) -> bytes:
        limit = self._limits.size
        too_large = f"{shown(url)} has more than {limit / 1e6:.0f} MB, the most that is taken from the web."
        if _announced(response) > limit:
            raise SourceUnreachable(too_large)
        try:
            return gather(response.iter_raw(), encoding=response.headers.get("Content-Encoding", ""), limit=limit)
        except TooLarge as error:
            raise SourceUnreachable(too_large) from error
        except Damaged as error:
            raise SourceUnreachable(f"{shown(url)} arrived damaged, or packed in a way that cannot be read; try again later.") from error


def _checked(text: str) -> httpx.URL:
    """Return the address that `text` is. Raises SourceUnreachable where it is none that may be asked."""
    try:
        url = httpx.URL(text.strip())
        host = url.host
    except (httpx.InvalidURL, UnicodeError) as error:  # a UnicodeError: its host has letters that no name has
        raise SourceUnreachable(f"{shown(text)} is no web address; check how it is spelt.") from error
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(host) or not 0 < (80 if url.port is None else url.port) < 65_536:
        raise SourceUnreachable(f"{shown(text)} is no web address; one begins with http:// or https:// and a host.")
    if url.userinfo:
        raise SourceUnreachable(f"{shown(text)} has a user name or a password in it; write the address without.")
    return url


def _bare(url: httpx.URL) -> str:
    """Return `url` without its fragment, which is the reader's own."""
    return str(url.copy_with(fragment=None))


def _home(moves: Sequence[tuple[int, str]]) -> str:
    """Return where the redirects that were called permanent led, up to the first that was not; empty where there were none."""
    permanent = [url for _, url in takewhile(lambda move: move[0] in PERMANENT, moves)]
    return permanent[-1] if permanent else ""


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds after which the server wants to be asked again; None where it does not say, or wants too much."""
    value: str = response.headers.get("Retry-After", "").strip()
    try:
        seconds = float(value) if value.isdecimal() else _until(value, response.headers["Date"])
    except (ValueError, KeyError, OverflowError):
        return None
    return seconds if 0 <= seconds <= LONGEST_RETRY else None


def _until(moment: str, now: str) -> float:
    """Return the seconds from one HTTP date to another: by the server's own clock. Raises ValueError."""
    try:
        return (parsedate_to_datetime(moment) - parsedate_to_datetime(now)).total_seconds()
    except TypeError as error:
        raise ValueError("only one of the two has a time zone") from error


def _validators(etag: str, last_modified: str) -> dict[str, str]:
    fields = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in fields.items() if value and value.isascii()}  # others cannot be sent


def _validator(response: httpx.Response, name: str) -> str:
    value: str = response.headers.get(name, "")
    return value if len(value) <= LONGEST_FIELD and value.isascii() else ""


def _max_age(response: httpx.Response) -> int:
    """Return the seconds for which the server says that its answer is fresh; 0 where it does not say, or takes it back."""
    directives = {part.strip().lower() for part in response.headers.get("Cache-Control", "")[:LONGEST_FIELD].split(",")}
    found = next((match for each in directives if (match := _MAX_AGE.fullmatch(each))), None)
    return int(found["seconds"]) if found and not directives & {"no-cache", "no-store"} else 0


def _announced(response: httpx.Response) -> int:
    """Return how many bytes the server says that it sends; 0 where it does not say."""
    length: str = response.headers.get("Content-Length", "")
    return int(length) if length.isascii() and length.isdecimal() else 0


def _reason(status: int) -> str:
    if status in _REASONS:
        return f"{_REASONS[status]} (HTTP {status})"
    return (
        f"cannot be shown, since its server is in trouble (HTTP {status}); try again later"
        if status >= 500
        else f"is not given out (HTTP {status})"
    )


def _trouble(error: Exception) -> str:
    cause = error.__context__  # httpcore drops its __cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"cannot be trusted: {cause.verify_message or 'its certificate is not valid'}."
    if isinstance(error, httpcore.ProtocolError):
        return "does not answer as a web server does; try again later."
    if isinstance(cause, ConnectionRefusedError):
        return "is not served: nothing listens there; check the address."
    return "could not be reached, or broke off; try again later."
