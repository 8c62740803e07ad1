"""Compressed bodies -> bytes, never more of them than asked for."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from corpus.errors import CorpusError

_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


class TooLarge(CorpusError):
    """There is more than may be taken; what was left is not looked at."""


class Damaged(CorpusError):
    """It is compressed in an unknown way, or cut off."""


def gather(chunks: Iterable[bytes], *, encoding: str, limit: int) -> bytes:
    """Return all of `chunks`, decompressed as the HTTP header Content-Encoding says.

    Neither the chunks nor what they hold may have more than `limit` bytes: a bomb costs no more than that. Raises TooLarge
    and Damaged.
    """
    match encoding.strip().lower():
        case "" | "identity":
            return _joined(chunks, limit)
        case "gzip" | "x-gzip":
            return _inflated(_bounded(chunks, limit), _GZIP, limit)
        case "deflate":
            return _inflated(_bounded(chunks, limit), None, limit)
        case _:
            raise Damaged(f"unknown encoding {encoding}")


def _joined(chunks: Iterable[bytes], limit: int) -> bytes:
    return b"".join(_bounded(chunks, limit))


def _bounded(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise TooLarge(f"more than {limit} bytes")
        yield chunk


def _inflated(chunks: Iterator[bytes], window: int | None, limit: int) -> bytes:
    start = next(chunks, b"")
    gathered = bytearray()
    try:
        decompressor = zlib.decompressobj(window or _window(start))
        for chunk in chain([start], chunks):
            gathered += decompressor.decompress(chunk, limit + 1 - len(gathered))
            if len(gathered) > limit:
                raise TooLarge(f"more than {limit} bytes")
    except zlib.error as error:
        raise Damaged(str(error)) from error
    if start and not decompressor.eof:
        raise Damaged("cut off")
    return bytes(gathered)


def _window(start: bytes) -> int:
    """Return how a "deflate" body that begins with `start` is framed: servers differ."""
    try:
        zlib.decompressobj(_ZLIB).decompress(start[:2], 1)
    except zlib.error:
        return _RAW
    return _ZLIB
