"""`quotewire digest`: what each subscribed chat would get."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.commands.exits import AsJson, show, speaking
from bot.commands.workplace import Workplace
from bot.errors import UsageError

ONLY_DRY = "Digests are sent by the running bot; see what they would say with: quotewire digest --dry-run"
NO_MOMENT = "{} is no moment; write it like 2025-03-30T08:00 (in TIMEZONE) or 2025-03-30T08:00+02:00."

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would be sent.")]
At = Annotated[str | None, typer.Option("--at", metavar="WHEN", help="At this moment, such as 2025-03-30T08:00; now where not given.")]


class DigestCommand:
    """The command."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def digest(self, dry_run: DryRun = False, at: At = None, as_json: AsJson = False) -> None:
        """Show what each subscribed chat would get now.

        Or at another moment; nothing is sent.
        """
        from bot.clock import now
        from bot.digests.dry_run import previews_object, previews_text

        with speaking(as_json=as_json):
            if not dry_run:
                raise UsageError(ONLY_DRY)
            moment = read_moment(at, ZoneInfo(self._place.settings().timezone)) if at is not None else now()
            with self._place.library(slow=True) as library:
                found = library.digests_at(moment)
            show(previews_object(found, moment) if as_json else previews_text(found))


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """Return the moment that an ISO 8601 string names, on the clock of `zone` where it names none. Raises UsageError."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(NO_MOMENT.format(repr(text))) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
