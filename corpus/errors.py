"""The errors of this package.

CorpusError
├── SourceUnreachable   the disk or the network said no
│   ├── ServerRefused   a web server answered, with an error
│   └── PageUnwelcome   the site asks programs to leave the page alone
├── UnreadableSource    bytes arrived, but no article is in them
└── DatabaseUnusable    the database cannot be opened, is damaged, or is newer than this program

Each message is one sentence that a person can act on.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

logger = logging.getLogger(__name__)


class CorpusError(Exception):
    """Anything that this package refuses; the message is one sentence for people."""


class SourceUnreachable(CorpusError):
    """The source could not be opened: it is missing, forbidden, or gone."""


class ServerRefused(SourceUnreachable):
    """The web server answered with an error; `status` is its HTTP status, such as 404.

    `retry_after` is after how many seconds it wants to be asked again; None where it does not say.
    """

    def __init__(self, message: str, *, status: int, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class PageUnwelcome(SourceUnreachable):
    """The site's robots.txt asks programs not to read the page."""


class UnreadableSource(CorpusError):
    """The source was read, but it holds no article."""


class DatabaseUnusable(CorpusError):
    """The catalog's database cannot be opened or written."""


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Raise UnreadableSource where the block, which reads the source `name`, fails in a way that nobody foresaw; that is logged.

    What strangers write meets many parsers, and what one of them trips over must not stop the other sources.
    """
    try:
        yield
    except CorpusError:
        raise
    except Exception as error:
        logger.exception("A source could not be read")
        raise UnreadableSource(f"{name} could not be read, for a reason that nobody foresaw; it has been logged.") from error
