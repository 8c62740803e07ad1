"""`quotewire digest`: what each subscribed chat would get."""

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.commands.exits import show, speaking
from bot.commands.models import AsJson
from bot.commands.terminal import make_console, progress_bar
from bot.errors import UsageError
from bot.protocols import Backend

if TYPE_CHECKING:
    from bot.settings import Settings

ONLY_DRY = "Digests are sent by the running bot; see what they would say with: quotewire digest --dry-run"
NO_MOMENT = "{} is no moment; write it like 2025-03-30T08:00 (in TIMEZONE) or 2025-03-30T08:00+02:00."

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would be sent.")]
At = Annotated[str | None, typer.Option("--at", metavar="WHEN", help="At this moment, such as 2025-03-30T08:00; now where not given.")]


class DigestCommand:
    """The command; `settings` reads those in force."""

    def __init__(self, backend: Backend, settings: "Callable[[], Settings]") -> None:
        self._backend = backend
        self._settings = settings

    def digest(self, dry_run: DryRun = False, at: At = None, as_json: AsJson = False) -> None:
        """Show what each subscribed chat would get now.

        Or at another moment; nothing is sent.
        """
        from bot.clock import now
        from bot.digests.dry_run import previews_object, previews_text

        with speaking(as_json=as_json):
            if not dry_run:
                raise UsageError(ONLY_DRY)
            settings = self._settings()
            moment = read_moment(at, ZoneInfo(settings.timezone)) if at is not None else now()
            with progress_bar(make_console(sys.stderr)) as report:
                opened = self._backend.open_library(settings, report, writing=False, sample=False)
                with opened as library:
                    found = library.digests_at(moment)
            show(previews_object(found, moment) if as_json else previews_text(found))


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """Return the moment that an ISO 8601 string names, on the clock of `zone` where it names none. Raises UsageError."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(NO_MOMENT.format(repr(text))) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
