"""The process that reads documents: `python -m corpus.extraction pdf|docx SECONDS < FILE` writes what is in them as JSON.

It is a process of its own because a document may be made to harm who reads it: here it gets a few seconds, some memory and no
files, and takes nobody with it.
"""

import io
import resource
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import IO

from corpus.extracted import MEMORY_BYTES, OUTPUT_BYTES, Extracted, Refusal, Refused, to_json

Reader = Callable[[IO[bytes]], Extracted]


def restrain(seconds: int) -> None:
    """Limit what this process may use from now on, for good: so many `seconds` of a processor among it."""
    for kind, limit in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # the limit is lower already, or the system has none of this kind, such as macOS
            resource.setrlimit(kind, (limit, limit))


def extract(reader: Reader, data: bytes) -> Extracted | Refusal:
    """Return what `reader` finds in `data`, or why it gives no article."""
    try:
        return reader(io.BytesIO(data))
    except Refused as error:
        return error.refusal
    except MemoryError:
        return Refusal.NO_MEMORY


def _readers() -> Mapping[str, Reader]:
    from corpus.pdf_files import read_pdf
    from corpus.word_files import read_word

    return {"pdf": read_pdf, "docx": read_word}


def main() -> None:
    """Read the document on the standard input."""
    kind, seconds = sys.argv[1:]
    restrain(int(seconds))
    sys.stdout.write(to_json(extract(_readers()[kind], sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
