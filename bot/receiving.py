"""Where updates come from: asked for by long polling, or delivered by Telegram to a webhook."""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from hmac import compare_digest
from http import HTTPStatus
from time import monotonic
from typing import Protocol
from urllib.parse import urlsplit

from telegram import Bot, Update, User
from telegram.constants import UpdateType
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from bot.errors import TelegramUnusable
from bot.sending import wait_after
from bot.transport import read_update

UPDATES = (UpdateType.MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER)
POLL = timedelta(seconds=25)
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
LOGGED = 300
"""Characters of an error, which may be a whole page."""
CONFLICTS = 2
"""A second poller may be our own earlier process that is just ending, so this many refusals are waited out."""
ANNOUNCE_PAUSES = (1.0, 2.0, 4.0)
"""Seconds before each further try to tell Telegram the webhook's address."""

REFUSED = "Telegram refused the token; check TELEGRAM_BOT_TOKEN or get a new one from @BotFather."
OTHER_POLLER = "Another program is receiving messages with this bot's token; stop it, or use another bot's token."

logger = logging.getLogger(__name__)


def _updates_for(me: User) -> list[str]:
    """Return the kinds of updates to ask for: those for which @BotFather has switched something on only where that is so."""
    inline = [UpdateType.INLINE_QUERY] if me.supports_inline_queries else []
    guests = [UpdateType.GUEST_MESSAGE] if me.supports_guest_queries else []
    return [*UPDATES, *inline, *guests]


class Source(Protocol):
    """Receives updates."""

    async def run(self) -> None:
        """Receive updates until cancelled. Raises TelegramUnusable where that is hopeless."""

    async def confirm(self) -> None:
        """Tell Telegram which updates need not be delivered again."""


class Polling:
    """Asks Telegram for updates and puts them into `queue`, no faster than they are taken out. `clock` counts seconds.

    (PTB's own poller falls silent when the token is revoked, goes on beside a second poller, and fills its queue without end.)
    """

    def __init__(
        self,
        bot: Bot,
        queue: asyncio.Queue[object],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._bot = bot
        self._queue = queue
        self._sleep = sleep
        self._clock = clock
        self._offset: int | None = None
        self._pause = FIRST_PAUSE
        self._conflicts = 0
        self._webhook_gone = False

    async def run(self) -> None:
        """Receive updates until cancelled. Raises TelegramUnusable where the token is refused or used by another program."""
        while True:
            for update in await self._fetch():
                await self._queue.put(update)
                self._offset = update.update_id + 1

    async def confirm(self) -> None:
        """Tell Telegram which updates need not be delivered again."""
        if self._offset is None:
            return
        try:
            await self._bot.get_updates(offset=self._offset, timeout=timedelta(0), allowed_updates=_updates_for(self._bot.bot))
        except TelegramError as error:
            logger.info("The last updates could not be confirmed, and will be dropped when they come again: %s", error)

    async def _fetch(self) -> tuple[Update, ...]:
        """Return the next updates; none after a failure that may pass, or where a server does not wait for any, and after a pause then."""
        asked = self._clock()
        try:
            if not self._webhook_gone:
                self._webhook_gone = await self._bot.delete_webhook()
            updates = await self._bot.get_updates(offset=self._offset, timeout=POLL, allowed_updates=_updates_for(self._bot.bot))
        except TelegramError as error:
            await self._sleep(self._seconds_after(error))
            return ()
        if self._pause > FIRST_PAUSE:
            logger.info("Telegram can be reached again")
        self._pause, self._conflicts = FIRST_PAUSE, 0
        if not updates and self._clock() - asked < FIRST_PAUSE:
            await self._sleep(FIRST_PAUSE)
        return updates

    def _seconds_after(self, error: TelegramError) -> float:
        """Return how long to wait after `error`. Raises TelegramUnusable for one that will not pass."""
        if isinstance(error, InvalidToken):
            raise TelegramUnusable(REFUSED) from error
        if isinstance(error, Conflict):
            return self._seconds_after_conflict(error)
        if isinstance(error, RetryAfter):
            return FIRST_PAUSE + wait_after(error).total_seconds()
        if isinstance(error, TimedOut):
            return FIRST_PAUSE
        logger.warning("Updates cannot be fetched, next try in %.0f s: %s", self._pause, str(error)[:LOGGED])
        seconds, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE)
        return seconds

    def _seconds_after_conflict(self, error: Conflict) -> float:
        self._conflicts += 1
        if self._conflicts > CONFLICTS:
            logger.error("Telegram says that another program is receiving this bot's messages: %s", error)
            raise TelegramUnusable(OTHER_POLLER) from error
        return FIRST_PAUSE


class Webhook:
    """Listens on all interfaces for what Telegram posts to `url`; posts without `secret` are refused."""

    def __init__(
        self,
        bot: Bot,
        queue: asyncio.Queue[object],
        *,
        url: str,
        port: int,
        secret: str,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._queue = queue
        self._url = url
        self._port = port
        self._secret = secret
        self._sleep = sleep

    async def run(self) -> None:
        """Receive updates until cancelled. Raises TelegramUnusable where the port is taken or Telegram refuses the address."""
        path = re.escape(urlsplit(self._url).path.rstrip("/"))  # tornado reads it as a regular expression
        posts = [(f"{path}/?", _Posts, {"bot": self._bot, "queue": self._queue, "secret": self._secret})]
        server = HTTPServer(Application(posts, log_function=lambda _: None))
        try:
            self._listen(server)
            await self._announce()
            logger.info("Listening on port %d for %s", self._port, self._url)
            await asyncio.Event().wait()
        finally:
            server.stop()
            await server.close_all_connections()

    async def confirm(self) -> None:
        """Do nothing: a post is confirmed by its reply."""

    def _listen(self, server: HTTPServer) -> None:
        try:
            server.listen(self._port, "0.0.0.0")  # noqa: S104 - Telegram's servers, or the proxy in front of us, come from outside
        except OSError as error:
            raise TelegramUnusable(
                f"Port {self._port} cannot be opened ({error.strerror}); set TELEGRAM_WEBHOOK_PORT to another."
            ) from error

    async def _announce(self) -> None:
        """Tell Telegram where to post."""
        for pause in (*ANNOUNCE_PAUSES, None):
            try:
                await self._bot.set_webhook(self._url, secret_token=self._secret, allowed_updates=_updates_for(self._bot.bot))
                return
            except InvalidToken as error:
                raise TelegramUnusable(REFUSED) from error
            except TelegramError as error:
                if pause is None:
                    raise TelegramUnusable(f"Telegram did not accept TELEGRAM_WEBHOOK_URL: {error.message}.") from error
            await self._sleep(pause)


class _Posts(RequestHandler):
    """Puts what Telegram posts into a queue, and says so.

    PTB's own handler refuses an update that it cannot read, so that Telegram posts it again and again, before all others.
    """

    def initialize(self, bot: Bot, queue: asyncio.Queue[object], secret: str) -> None:
        """Take what the application has for each post."""
        self._bot = bot
        self._queue = queue
        self._secret = secret

    async def post(self) -> None:
        """Take an update. What is none is left out: to refuse it would have it come again."""
        if not compare_digest(self.request.headers.get("X-Telegram-Bot-Api-Secret-Token", "").encode(), self._secret.encode()):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        if update := read_update(_json(self.request.body)):
            await self._queue.put(Update.de_json(update, self._bot))
        else:
            logger.error("A post without an update is left out")


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return None
