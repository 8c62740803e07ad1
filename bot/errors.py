"""The errors of this package: each message is one sentence for the operator.

BotError
├── UsageError       what was asked for makes no sense: exit code 2
├── DataDirInUse     another process works in the data folder
├── DataDirUnusable  the data folder cannot be made or written
└── TelegramUnusable the Bot API refused the token or could not be reached
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
