"""The picture of the week for the administrators who asked to get it by itself: each Monday morning, at most once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sqlalchemy import BigInteger, Column, Engine, Table, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.administration import rendering as admin_text
from bot.administration.question_log import Figures, QuestionLog
from bot.clock import Clock
from bot.sending import Place, Sender
from bot.store import Store, metadata
from corpus.database import Moment
from corpus.errors import DatabaseUnusable

WEEK = 7
HOUR = time(8)
TICK = timedelta(minutes=10)

weekly_table = Table(
    "weekly_pictures",
    metadata,
    Column("admin_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sent", Moment, nullable=False),
)

Draw = Callable[[Sequence[tuple[date, Figures]]], bytes]
"""Returns a picture of some days as a PNG file; blocks."""

logger = logging.getLogger(__name__)


def last_monday(now: datetime, zone: tzinfo) -> datetime:
    """Return the latest Monday morning in `zone` that is not after `now`."""
    here = now.astimezone(zone)
    monday = datetime.combine(here.date() - timedelta(days=here.weekday()), HOUR, zone)
    return monday if monday <= here else datetime.combine(monday.date() - timedelta(days=WEEK), HOUR, zone)


class Weekly(Store):
    """Who wants the picture; their Monday begins in `zone`."""

    def __init__(self, engine: Engine, clock: Clock, zone: tzinfo = UTC) -> None:
        super().__init__(engine, clock)
        self._zone = zone

    def want(self, admin_id: int) -> None:
        """Send the picture to an administrator from the next Monday on."""
        with self._transaction() as connection:
            connection.execute(upsert(weekly_table).values(admin_id=admin_id, sent=self._now()).on_conflict_do_nothing())

    def stop(self, admin_id: int) -> None:
        """Send it no more."""
        with self._transaction() as connection:
            connection.execute(delete(weekly_table).where(weekly_table.c.admin_id == admin_id))

    def is_wanted(self, admin_id: int) -> bool:
        """Return whether an administrator wants it."""
        with self._transaction() as connection:
            return connection.scalar(select(weekly_table.c.admin_id).where(weekly_table.c.admin_id == admin_id)) is not None

    def claim_due(self, admins: Collection[int]) -> list[int]:
        """Return those of `admins` who are to get it now; they count as served, whichever process asks."""
        due = weekly_table.c.sent < last_monday(self._now(), self._zone)
        with self._transaction() as connection:
            waiting = connection.scalars(select(weekly_table.c.admin_id).where(due, weekly_table.c.admin_id.in_(admins))).all()
            claim = update(weekly_table).values(sent=self._now())
            return [each for each in waiting if connection.execute(claim.where(weekly_table.c.admin_id == each, due)).rowcount]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyPost:
    """Sends the picture to those of `admins` who are due, every few minutes anew. `draw` blocks."""

    weekly: Weekly
    log: QuestionLog
    draw: Draw
    sender: Sender
    admins: Collection[int]
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            try:
                await self.send_due()
            except DatabaseUnusable as error:
                logger.warning("The pictures of the week could not be looked for: %s", error)
            await self.sleep(TICK.total_seconds())

    async def close(self, timeout: float) -> None:  # noqa: ASYNC109 - what the other companions of the bot have
        """Do nothing: a picture that is under way may be lost."""

    async def send_due(self) -> None:
        """Send the picture to everybody who is to get it now."""
        for admin in await asyncio.to_thread(self.weekly.claim_due, self.admins):
            days = await asyncio.to_thread(self.log.days, WEEK)
            if any(counted.questions for _, counted in days):
                await self.sender.show(Place(admin), await asyncio.to_thread(self.draw, days), admin_text.week(days))
            else:
                await self.sender.send(Place(admin), admin_text.week(days))
