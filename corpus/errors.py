"""The errors of this package.

CorpusError
├── SourceUnreachable   the disk or the network said no
├── UnreadableSource    bytes arrived, but no article is in them
└── DatabaseUnusable    the database cannot be opened, is damaged, or is newer than this program

Each message is one sentence that a person can act on.
"""


class CorpusError(Exception):
    """Anything that this package refuses; the message is one sentence for people."""


class SourceUnreachable(CorpusError):
    """The source could not be opened: it is missing, forbidden, or gone."""


class UnreadableSource(CorpusError):
    """The source was read, but it holds no article."""


class DatabaseUnusable(CorpusError):
    """The catalog's database cannot be opened or written."""
