"""Files of examples: opened, gzip or not, and what is wrong with one in words."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path

from pydantic import ValidationError


@contextmanager
def opened(path: Path, malformed: type[ValueError]) -> Iterator[BufferedIOBase]:
    """Open a file, gzip (".gz") or not, to read its bytes. Raises OSError, and `malformed` where a gzip file is not whole."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as file:
            yield file
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise malformed(f"{path} is not a whole gzip file.") from error


def first_flaw(error: ValidationError, *, whole: str) -> str:
    """Return where the first flaw is and what it is: "data.0.title: Field required"; `whole` names what has no place within."""
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc']) or whole}: {first['msg']}"
