"""The seam between articles and the network: what a fetcher must do to take the place of ours."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A resource as it came from the web.

    `url` is the address after all redirects; `content` is decompressed; `media_type` is lower-case and without
    parameters. `media_type`, `charset`, `etag` and `last_modified` are as the server said, empty where it did not. `moved_to` is
    where the resource has its home from now on, by the server's word; empty where it is at home at the address that was asked for.
    `max_age` is for how many seconds the server calls it fresh, 0 where it does not.
    """

    url: str
    content: bytes
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    max_age: int = 0


@dataclass(frozen=True, slots=True)
class NotModified:
    """The resource at `url` is what it was when the validators were given out (HTTP status 304), and fresh for `max_age` seconds."""

    url: str
    max_age: int = 0


class Fetcher(Protocol):
    """Gets resources from the web."""

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched | NotModified:
        """Return what is at `url`; NotModified only where `etag` or `last_modified` was given.

        Raises SourceUnreachable, with one sentence for people, where the address is refused, the server fails or the answer
        is more than may be taken; its subclass ServerRefused where the server's answer is an error.
        """
