"""The errors of this package: each message is one sentence for the operator.

BotError
├── UsageError       what was asked for makes no sense: exit code 2
├── DataDirInUse     another process works in the data folder
├── DataDirUnusable  the data folder cannot be made or written
├── TelegramUnusable the Bot API refused the token or could not be reached
├── BotBusy          the running bot had no time for what was asked of it
├── BotLost          the running bot stopped while somebody waited for it
└── JobFailed        the running bot could not do what was asked of it
"""


class BotError(Exception):
    """Anything that ends a command; the message is one sentence for people."""


class UsageError(BotError):
    """The command or a setting is wrong."""


class DataDirInUse(BotError):
    """Another process works in the data folder."""


class DataDirUnusable(BotError):
    """The data folder cannot be made or written."""


class TelegramUnusable(BotError):
    """The Bot API refused the token, or could not be reached."""


class BotBusy(BotError):
    """The running bot had no time for what was asked of it; it was taken back."""


class BotLost(BotError):
    """The running bot stopped while somebody waited for it."""


class JobFailed(BotError):
    """The running bot could not do what was asked of it; the message is its own."""
