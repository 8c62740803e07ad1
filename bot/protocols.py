"""What the commands need from the parts behind them; `bot.assembly` provides the real ones, tests hand in others."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # most of these bring SQL and arrays along, and `quotewire --help` should not wait for them
    from datetime import datetime

    import httpx

    from bot.digests.previews import Preview
    from bot.evaluation.stopwatch import Stopwatch
    from bot.settings import Settings
    from corpus.article import Article
    from corpus.catalog import CatalogEntry, SourceSummary
    from corpus.followed import FollowedFeed
    from corpus.loading import Skipped
    from retrieval.answering import Asked
    from retrieval.outcome import Indexed
    from retrieval.protocols import Embedder, PairReader
    from retrieval.summaries.briefing import Briefing, StorySummary
    from retrieval.summaries.timeline import Event

Report = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""


class CatalogView(Protocol):
    """Which articles there are."""

    def entries(self) -> "list[CatalogEntry]":
        """Return every article, newest first."""

    def get(self, article_id: str) -> "Article | None":
        """Return the article with this id, or None."""

    def count(self) -> int:
        """Return the number of articles."""

    def passage_count(self) -> int:
        """Return the number of passages of all articles."""

    def sources(self) -> "list[SourceSummary]":
        """Return the sources, the one with most articles first."""


class FeedsView(Protocol):
    """Which feeds are followed."""

    def feeds(self) -> "list[FollowedFeed]":
        """Return every feed, in the order in which they came."""

    def find(self, name: str) -> "FollowedFeed | None":
        """Return the feed with this number or address, or None."""

    def pause(self, number: int) -> None:
        """Do not fetch the feed until it is resumed."""

    def resume(self, number: int) -> None:
        """Fetch the feed again from now on; earlier failures are forgotten."""

    def hasten(self, numbers: "Sequence[int]") -> None:
        """Have whoever fetches feeds fetch these next."""

    def remove(self, number: int) -> None:
        """Follow the feed no longer; its articles stay."""


class Asking(Protocol):
    """Answers questions."""

    def ask(self, text: str, *, cited: Collection[str] = ()) -> "Asked":
        """Return the answer, rather from articles with an id in `cited`, or why there is none. Raises QuestionTooLong."""


class Summarising(Protocol):
    """Tells articles in a few of their own sentences."""

    def article(self, article_id: str) -> "StorySummary | None":
        """Return what one article says; None where no article has the id."""

    def story(self, article_ids: Collection[str]) -> "StorySummary | None":
        """Return the longer summary of the story that these articles tell; None where none of them is there any more."""

    def topic(self, topic: str, *, since: "datetime | None" = None) -> "Briefing":
        """Return the stories about `topic`, of the articles first seen after `since` where that is given."""

    def since(self, moment: "datetime", *, told: Collection[str] = ()) -> "Briefing":
        """Return the stories of the articles first seen after `moment`, without what the articles `told` tell."""

    def timeline(self, topic: str) -> "list[Event]":
        """Return the dated events that the articles tell about `topic`, the earliest first."""

    def timeline_of(self, article_ids: Sequence[str]) -> "list[Event]":
        """Return the dated events that these articles tell, the earliest first."""

    def known_at(self, url: str) -> str | None:
        """Return the id of the article at a web address; None where there is none."""

    def newest(self) -> "datetime | None":
        """Return when an article last came for the first time; None where there is none."""


class Indexing(Protocol):
    """Takes articles in and out."""

    def add(self, loaded: "Iterable[Article | Skipped]") -> "Iterator[Indexed]":
        """Yield what became of each source, after it is safely stored."""


class LibraryView(Protocol):
    """An opened collection of articles with its models."""

    @property
    def catalog(self) -> CatalogView:
        """Which articles there are."""

    @property
    def answerer(self) -> Asking:
        """Answers questions."""

    def add_sources(self, sources: Sequence[str]) -> "Iterator[Indexed]":
        """Yield what became of each article in files, folders, pages and feeds, after it is safely stored; feeds are followed."""

    def refresh_feeds(self, numbers: Sequence[int]) -> "Iterator[Indexed]":
        """Yield what is new in followed feeds, after it is safely stored; one line for a feed that fails or has nothing new."""

    @property
    def summariser(self) -> Summarising:
        """Tells what the articles say in a few sentences."""

    def remove_articles(self, article_ids: Sequence[str]) -> list[str]:
        """Remove articles from every store; return the ids of those that there were."""

    def examples(self) -> list[str]:
        """Return a few questions that the articles answer."""

    def digests_at(self, moment: "datetime") -> "list[Preview]":
        """Return what each subscribed chat would get at `moment`."""

    def verify(self) -> list[str]:
        """Return one sentence for each way in which the stores disagree; none where all is well."""

    def rebuild(self, progress: Report) -> int:
        """Index every article anew; return the number of passages."""


class OwnLibrary(LibraryView, Protocol):
    """A library that no other process uses."""

    @property
    def indexer(self) -> Indexing:
        """Takes articles in and out."""


class Backend(Protocol):
    """Where the commands get everything from. Every error that it raises is one sentence for people."""

    def open_library(
        self, settings: "Settings", progress: Report, *, writing: bool, sample: bool, repair: bool = False
    ) -> AbstractContextManager[LibraryView]:
        """Open the stores and load the models (seconds); or, where a bot serves the data folder, hand everything to the bot.

        A library opened for `writing` is this process's alone. With `sample`, a first start indexes the sample articles.
        Stores that disagree are refused, unless the library is opened to `repair` them.
        """

    def open_apart(self, settings: "Settings", progress: Report, watch: "Stopwatch") -> AbstractContextManager[OwnLibrary]:
        """Open an empty library in a folder of its own; `watch` measures its parts."""

    def open_catalog(self, settings: "Settings") -> AbstractContextManager[CatalogView]:
        """Open the catalog alone: no models, no lock."""

    def open_feeds(self, settings: "Settings") -> AbstractContextManager[FeedsView]:
        """Open the list of followed feeds alone: no models, no lock."""

    def open_reader(self, settings: "Settings") -> "PairReader":
        """Load the reading model alone (seconds)."""

    def open_embedder(self, settings: "Settings") -> "Embedder":
        """Return the embedding model alone; it loads at first use."""

    def load(self, settings: "Settings", sources: Sequence[str]) -> "Iterator[Article | Skipped]":
        """Read files, folders and web addresses, one article at a time."""

    def count(self, sources: Sequence[str]) -> int:
        """Return how many items `load` will yield, as far as that is known beforehand."""

    def sample(self) -> Sequence[str]:
        """Return the sources of the sample articles."""

    def run_bot(self, settings: "Settings", progress: AbstractContextManager[Report]) -> None:
        """Serve Telegram until told to stop; `progress` is shown while the library opens. Raises TelegramUnusable."""

    def train_reader(self, arguments: Sequence[str]) -> None:
        """Train the reader as its own command line says (hours). Raises SystemExit."""

    def train_confidence(self, arguments: Sequence[str]) -> None:
        """Fit the confidence as its own command line says (an hour). Raises SystemExit."""

    def http_client(self) -> "httpx.Client":
        """Return a client to reach the Bot API with; the caller closes it."""
