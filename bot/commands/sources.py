"""`quotewire sources`: where the articles come from, and the feeds that are followed."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from bot.commands.exits import FAILED, AsJson, show, speaking
from bot.commands.workplace import Workplace
from bot.errors import BotError
from bot.protocols import FeedsView

UNKNOWN_FEED = "No feed has the number or address {}; quotewire sources shows them."
NO_FEEDS = "No feed is followed, or all are paused; follow one with: quotewire add FEED_ADDRESS"
FETCHING = "Fetching feeds"

Feeds = Annotated[list[str], typer.Argument(metavar="FEED...", help="Numbers or addresses, as `quotewire sources` shows them.")]
SomeFeeds = Annotated[list[str] | None, typer.Argument(metavar="[FEED...]", help="Numbers or addresses; without, all but the paused.")]


class UnknownFeed(BotError):
    """No feed has the number or address that was given, or none is followed."""


class SourceCommands:
    """The commands, a method each."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def sources(self, context: typer.Context, as_json: AsJson = False) -> None:
        """List where the articles come from, and the feeds."""
        from bot.cards import sources_report
        from bot.clock import now
        from bot.json_output import sources_object

        if context.invoked_subcommand is not None:
            return
        with speaking(as_json=as_json):
            settings = self._place.settings()
            with self._place.backend.open_catalog(settings) as catalog, self._place.backend.open_feeds(settings) as feeds:
                found = (catalog.sources(), feeds.feeds(), now())
            show(sources_object(*found) if as_json else sources_report(*found))

    def refresh(self, feeds: SomeFeeds = None, as_json: AsJson = False) -> None:
        """Fetch feeds now and take in what is new.

        The exit code is 1 where none could be read.
        """
        from bot.cards import added_report
        from bot.clock import now
        from bot.json_output import added_object

        with speaking(as_json=as_json):
            started = self._place.clock()
            with self._place.backend.open_feeds(self._place.settings()) as view:
                numbers = _chosen(view, feeds)
                with self._place.library(writing=True) as library:
                    results = self._place.collect(library.refresh_feeds(numbers), FETCHING)
                refreshed = [feed for feed in view.feeds() if feed.number in numbers]
            elapsed = self._place.since(started)
            show(added_object(results, refreshed, now(), elapsed) if as_json else added_report(results))
            if all(feed.failures for feed in refreshed):
                raise typer.Exit(FAILED)

    def pause(self, feeds: Feeds, as_json: AsJson = False) -> None:
        """Do not fetch feeds until they are resumed.

        The exit code is 1 where one is unknown.
        """
        self._change(feeds, "paused", lambda view, number: view.pause(number), as_json=as_json)

    def resume(self, feeds: Feeds, as_json: AsJson = False) -> None:
        """Fetch paused or failing feeds again, from now on.

        The exit code is 1 where one is unknown.
        """
        self._change(feeds, "resumed", lambda view, number: view.resume(number), as_json=as_json)

    def remove(self, feeds: Feeds, as_json: AsJson = False) -> None:
        """Follow feeds no longer; their articles stay.

        `quotewire remove ID` takes articles out. The exit code is 1 where one is unknown.
        """
        self._change(feeds, "removed", lambda view, number: view.remove(number), as_json=as_json, more=" The articles stay.")

    def _change(self, names: Sequence[str], done: str, change: Callable[[FeedsView, int], None], *, as_json: bool, more: str = "") -> None:
        from bot.messages import counted

        with speaking(as_json=as_json):
            with self._place.backend.open_feeds(self._place.settings()) as view:
                found = {name: view.find(name) for name in names}
                numbers = list(dict.fromkeys(feed.number for feed in found.values() if feed))
                for number in numbers:
                    change(view, number)
            unknown = [name for name, feed in found.items() if feed is None]
            show({done: [*numbers], "unknown": [*unknown]} if as_json else f"{counted(len(numbers), 'feed')} {done}.{more}")
            if unknown:
                typer.echo(UNKNOWN_FEED.format(", ".join(map(repr, unknown))), err=True)
                raise typer.Exit(FAILED)


def _chosen(view: FeedsView, names: Sequence[str] | None) -> list[int]:
    """Return the numbers of the feeds that `names` name, of all but the paused where there are no names. Raises UnknownFeed."""
    if not names:
        if active := [feed.number for feed in view.feeds() if not feed.paused]:
            return active
        raise UnknownFeed(NO_FEEDS)
    found = {name: view.find(name) for name in names}
    if unknown := [name for name, feed in found.items() if feed is None]:
        raise UnknownFeed(UNKNOWN_FEED.format(", ".join(map(repr, unknown))))
    return list(dict.fromkeys(feed.number for feed in found.values() if feed))


def sources(commands: SourceCommands) -> typer.Typer:
    """Return the group `sources`, which lists them where no command of its own is given."""
    group = typer.Typer()
    group.callback(invoke_without_command=True)(commands.sources)
    for command in (commands.refresh, commands.pause, commands.resume, commands.remove):
        group.command()(command)
    return group
