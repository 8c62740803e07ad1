"""The real parts behind the commands, imported when a command first needs them."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING

from bot.protocols import CatalogView, FeedsView, LibraryView, OwnLibrary, Report

if TYPE_CHECKING:
    import httpx

    from bot.evaluation.stopwatch import Stopwatch
    from bot.settings import Settings
    from corpus.article import Article
    from corpus.loading import Skipped
    from retrieval.protocols import Embedder, PairReader


class RealBackend:
    """A `bot.protocols.Backend` over the stores, the models and Telegram."""

    def open_library(
        self, settings: "Settings", progress: Report, *, writing: bool, sample: bool, repair: bool = False
    ) -> AbstractContextManager[LibraryView]:
        """Open the stores and load the models (seconds), or those of the bot that serves the data folder."""
        from bot.assembly import is_served, open_library, open_remote

        if is_served(settings):
            return open_remote(settings)
        return open_library(settings, writing=writing, sample=sample, progress=progress, repair=repair)

    def open_apart(self, settings: "Settings", progress: Report, watch: "Stopwatch") -> AbstractContextManager[OwnLibrary]:
        """Open an empty library in a folder of its own; `watch` measures its parts."""
        from bot.assembly import open_watched

        return open_watched(settings, progress, watch)

    def open_catalog(self, settings: "Settings") -> AbstractContextManager[CatalogView]:
        """Open the catalog alone."""
        from bot.assembly import open_catalog

        return open_catalog(settings)

    def open_feeds(self, settings: "Settings") -> AbstractContextManager[FeedsView]:
        """Open the list of followed feeds alone."""
        from bot.assembly import open_feeds

        return open_feeds(settings)

    def open_reader(self, settings: "Settings") -> "PairReader":
        """Load the reading model alone."""
        from bot.library import open_reader

        return open_reader(settings)

    def open_embedder(self, settings: "Settings") -> "Embedder":
        """Return the embedding model alone."""
        from bot.library import open_embedder

        return open_embedder(settings)

    def load(self, settings: "Settings", sources: Sequence[str]) -> "Iterator[Article | Skipped]":
        """Read files, folders and web addresses, one article at a time."""
        from bot.gathering import open_fetcher
        from corpus.loading import load

        return load(sources, open_fetcher(settings))

    def count(self, sources: Sequence[str]) -> int:
        """Return how many items `load` will yield."""
        from corpus.loading import count

        return count(sources)

    def sample(self) -> Sequence[str]:
        """Return the folder of the sample articles."""
        from bot.library import SAMPLE

        return [str(SAMPLE)]

    def run_bot(self, settings: "Settings", progress: AbstractContextManager[Report]) -> None:
        """Serve Telegram until told to stop."""
        from bot.assembly import open_served
        from bot.running import end_process, run_bot
        from bot.server import refuse_wrong_token
        from bot.writer import Writer

        refuse_wrong_token(settings)
        writer = Writer()
        with ExitStack() as stack:
            with progress as report:
                library = stack.enter_context(open_served(settings, writer, report))
            run_bot(library, writer)
        end_process()

    def train_reader(self, arguments: Sequence[str]) -> None:
        """Train the reader."""
        from retrieval.training.reader import main

        main(arguments)

    def train_confidence(self, arguments: Sequence[str]) -> None:
        """Fit the confidence."""
        from retrieval.training.confidence import main

        main(arguments)

    def http_client(self) -> "httpx.Client":
        """Return a client with httpx's own limits."""
        import httpx

        return httpx.Client(follow_redirects=False)
