"""The Bot API server, and whether it knows the token."""

import asyncio
import logging
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.errors import TelegramUnusable
from bot.receiving import REFUSED
from bot.settings import Settings
from bot.transport import ApiRequest

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A Bot API server and the key to it."""

    token: str
    base_url: str = "https://api.telegram.org"
    base_file_url: str = ""

    def __post_init__(self) -> None:
        """Raise TelegramUnusable for a token that cannot even be part of an address."""
        if not re.fullmatch(r"[\w:-]+", self.token, re.ASCII):
            raise TelegramUnusable(REFUSED)

    @property
    def address(self) -> str:
        """The server's address alone, however it was written."""
        return self.base_url.rstrip("/").removesuffix("/bot")

    @property
    def methods(self) -> str:
        """What comes before the token in a method's address."""
        return f"{self.address}/bot"

    @property
    def files(self) -> str:
        """What comes before the token in a file's address."""
        written = self.base_file_url.rstrip("/")
        return written if urlsplit(written).path else f"{written or self.address}/file/bot"


def refuse_wrong_token(settings: Settings) -> None:
    """Ask Telegram once whether it knows the token, before anything slow is done for it.

    Raises TelegramUnusable where the token is missing or refused. A server that does not answer is `run_bot`'s affair.
    """
    server = server_of(settings)

    async def ask() -> None:
        async with Bot(server.token, base_url=server.methods, base_file_url=server.files, request=ApiRequest()):
            pass

    try:
        asyncio.run(ask())
    except InvalidToken:
        raise TelegramUnusable(REFUSED) from None  # the cause has the token in its words
    except TelegramError as error:
        logger.debug("The Bot API did not say whether it knows the token: %s", error)


def server_of(settings: Settings) -> Server:
    """Return the Bot API server that `settings` name. Raises TelegramUnusable where they lack a usable token."""
    if settings.token is None:
        raise TelegramUnusable(
            "TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather and put it in .env, or talk here with: quotewire chat"
        )
    return Server(token=settings.token, base_url=settings.telegram_base_url, base_file_url=settings.telegram_base_file_url)
