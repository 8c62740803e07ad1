"""The life of the running bot: it connects, serves until told to stop, and ends in time."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot.errors import TelegramUnusable
from bot.jobs.clerk import Staff
from bot.messages import ADMIN_COMMANDS, COMMANDS
from bot.receiving import REFUSED, Source
from bot.worker import Worker
from corpus.errors import DatabaseUnusable

App = Application[Any, Any, Any, Any, Any, Any]
Sleep = Callable[[float], Awaitable[None]]
Resume = Callable[[], Awaitable[None]]
"""Goes on with what the last run of the bot left undone."""

CONNECT_PAUSES = (1.0, 2.0, 4.0)
"""Seconds before each further try to reach Telegram at start."""
DAY = timedelta(days=1).total_seconds()
DRAIN_SECONDS = 4.0
COMPANION_PAUSE = 60.0
"""Seconds until work beside the conversations that failed is tried again."""
LAST_SECONDS = 9.0
"""After this long from being told to stop, the operating system ends the process, whatever hangs."""
SCOPES: tuple[tuple[BotCommandScope, tuple[str, ...]], ...] = (
    (BotCommandScopeAllPrivateChats(), tuple(COMMANDS)),
    (BotCommandScopeAllGroupChats(), ("ask", "digest", "summary", "timeline", "new", "sources", "help")),
)

logger = logging.getLogger(__name__)


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` on the first SIGTERM or SIGINT; a second one, or LAST_SECONDS, ends the process at once."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT)

    def begin(number: signal.Signals) -> None:
        logger.info("Stopping on %s", number.name)
        for each in numbers:
            loop.remove_signal_handler(each)
            signal.signal(each, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, LAST_SECONDS)
        stop.set()

    for number in numbers:
        loop.add_signal_handler(number, begin, number)


class Companion(Protocol):
    """Work that goes on beside the conversations, for as long as they do."""

    async def run(self) -> None:
        """Go on until cancelled."""

    async def close(self, timeout: float) -> None:  # noqa: ASYNC109 - a deadline for the work, not for this call
        """Give what is under way `timeout` seconds to be finished, after `run` was cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The running bot. `address` names the Bot API server in messages; `drain` is how long the work at hand may take at the end.

    The menus of `admins` have the commands for them. Each of `purges` forgets what has expired, and blocks.
    """

    application: App
    resume: Resume
    source: Source
    worker: Worker
    staff: Staff
    purges: Sequence[Callable[[], None]]
    address: str
    admins: Collection[int] = ()
    companions: tuple[Companion, ...] = ()
    drain: float = DRAIN_SECONDS
    sleep: Sleep = asyncio.sleep

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; end within some eight seconds then. Raises TelegramUnusable where serving is hopeless."""
        serving = asyncio.create_task(self._serve())
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            await self._end(serving)
        if not serving.cancelled():
            serving.result()

    async def _serve(self) -> None:
        await self._connect()
        self.staff.start()
        await self.application.start()
        await self.resume()
        beside = [asyncio.create_task(work) for work in (self._keep_house(), *(self._keep_going(each) for each in self.companions))]
        try:
            await self.source.run()
        finally:
            for task in beside:
                task.cancel()

    async def _keep_going(self, companion: Companion) -> None:
        """Let a companion run until cancelled; one that fails for an unforeseen reason is started again after a while."""
        while True:
            running = asyncio.create_task(companion.run())
            try:
                await asyncio.wait({running})
            finally:
                running.cancel()
            if (error := running.exception()) is not None:
                logger.error("Something beside the conversations failed, and is tried again in a minute", exc_info=error)
            await self.sleep(COMPANION_PAUSE)

    async def _connect(self) -> None:
        """Make sure of the token and of the way to Telegram. Raises TelegramUnusable where either fails for good."""
        for pause in CONNECT_PAUSES:
            if await self._is_reached():
                return
            await self.sleep(pause)
        if not await self._is_reached():
            raise TelegramUnusable(
                f"The Bot API at {self.address} cannot be reached; check the network and TELEGRAM_BASE_URL, then start again."
            )

    async def _is_reached(self) -> bool:
        """Return whether Telegram says who the bot is. Raises TelegramUnusable where it refuses the token."""
        try:
            await self.application.initialize()
        except InvalidToken:
            raise TelegramUnusable(REFUSED) from None  # the cause has the token in its words
        except TelegramError as error:
            logger.warning("The Bot API at %s does not answer: %s", self.address, error)
            return False
        me = self.application.bot.bot
        hears = "all messages" if me.can_read_all_group_messages else "commands and replies to it, as group privacy is on"
        logger.info("Connected as @%s; in groups it is given %s", me.username, hears)
        return True

    async def _keep_house(self) -> None:
        """Bring the menu of commands up to date, then forget once a day what has expired."""
        await _announce_commands(self.application.bot, self.admins)
        while True:
            try:
                for purge in self.purges:
                    await asyncio.to_thread(purge)
            except DatabaseUnusable as error:
                logger.warning("What has expired could not be deleted; next try tomorrow: %s", error)
            await self.sleep(DAY)

    async def _end(self, serving: asyncio.Task[None]) -> None:
        """Stop receiving, answer what is at hand, and hang up; each step has its deadline."""
        serving.cancel()
        await asyncio.wait({serving}, timeout=1)
        await _within("confirming", 0.5, self.source.confirm())
        closing = asyncio.to_thread(self.staff.close, self.drain)
        companions = (each.close(self.drain) for each in self.companions)
        are_done, *_ = await asyncio.gather(closing, self.worker.close(self.drain), *companions)
        if not are_done:
            logger.warning("Articles were still being written; what is not done is taken up at the next start")
        if self.application.running:
            await _within("finishing", 2, self.application.stop())
        await _within("hanging up", 1, self._hang_up())

    async def _hang_up(self) -> None:
        await self.application.shutdown()
        await self.application.bot.shutdown()  # an application that never got to Telegram leaves this undone


async def _within(name: str, seconds: float, step: Coroutine[object, object, None]) -> None:
    """Do `step`, or leave it unfinished after `seconds`, even where it ignores being cancelled."""
    task = asyncio.create_task(step)
    _, unfinished = await asyncio.wait({task}, timeout=seconds)
    if unfinished:
        logger.warning("Not done in %.1f s, and left so while ending: %s", seconds, name)
        task.cancel()
    elif (error := task.exception()) is not None:
        logger.warning("Failed while ending: %s: %s", name, error)


async def _announce_commands(bot: Bot, admins: Collection[int]) -> None:
    """Bring the menus of commands up to date, those of `admins` too; a failure is logged, as the commands work without a menu."""
    private = ((BotCommandScopeChat(admin), (*COMMANDS, *ADMIN_COMMANDS)) for admin in sorted(admins))
    for scope, names in (*SCOPES, *private):
        wanted = tuple(BotCommand(name, (COMMANDS | ADMIN_COMMANDS)[name]) for name in names)
        try:
            if await bot.get_my_commands(scope) != wanted:  # setting them at every start runs into flood limits
                await bot.set_my_commands(wanted, scope)
        except TelegramError as error:
            logger.warning("The menu of commands could not be set: %s", error)
