"""A followed feed -> what is new in it: the feed is fetched, its entries are compared with those known, and their pages are read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from corpus.addresses import shown
from corpus.article import Article
from corpus.entries import article_of, completed, is_whole
from corpus.errors import PageUnwelcome, ServerRefused, SourceUnreachable, UnreadableSource, guarded
from corpus.feed import Entry, Feed
from corpus.feed_catalog import KnownEntry
from corpus.feeds import read_feed
from corpus.followed import FollowedFeed
from corpus.loading import Skipped
from corpus.protocols import Fetched, Fetcher, NotModified
from corpus.schedule import next_due
from corpus.web import read_web

FIRST_ENTRIES = 20
"""Entries that are read when a feed is new: the newest ones."""
MOST_AT_ONCE = 50
"""Entries that are read in one go later; the others have their turn the next time."""
MOST_ATTEMPTS = 3
"""How often an entry whose page cannot be reached is tried, once at each fetch of the feed."""
MOST_FAILURES_IN_A_ROW = 3
"""Pages of one feed that cannot be reached before the others are left for the next time."""

LATENESS = timedelta(days=2)
"""How long after its own date an entry may appear in its feed and be new."""

_WAITING = KnownEntry("")
_GONE, _LATER = 410, (408, 425, 429)
_DAY = timedelta(days=1)
_LONGEST_RETRY = 1e8  # seconds, three years; no timedelta holds whatever a server may say


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What one fetch of a feed gave: articles, and skips with their reasons; nothing of it is stored yet.

    `feed` is its state from now on, and `known` what is to be remembered of its entries once the articles are stored.
    """

    feed: FollowedFeed
    loaded: Sequence[Article | Skipped] = ()
    known: Mapping[str, KnownEntry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReader:
    """Reads followed feeds through `fetcher`, and the pages of their entries through `pages`, which may refuse more.

    A feed that goes well is due again after `every`. `chance` returns a number from 0 to 1. Threads may share a reader.
    """

    fetcher: Fetcher
    pages: Fetcher
    every: timedelta
    clock: Callable[[], datetime]
    chance: Callable[[], float]

    def harvest(self, feed: FollowedFeed, known: Mapping[str, KnownEntry]) -> Harvest:
        """Return what is new in `feed`, of whose entries these are `known`; its failure is noted in its new state, never raised."""
        try:
            with guarded(shown(feed.address)):
                fetched = self.fetcher.fetch(feed.address, etag=feed.etag, last_modified=feed.last_modified)
                if isinstance(fetched, NotModified):
                    return Harvest(feed=self._well(feed, fresh=fetched.max_age))
                content = read_feed(fetched.content, url=fetched.url, charset=fetched.charset)
                return self.read(feed, known, content, fetched)
        except (SourceUnreachable, UnreadableSource) as error:
            return Harvest(feed=self._failed(feed, error))

    def read(self, feed: FollowedFeed, known: Mapping[str, KnownEntry], content: Feed, fetched: Fetched) -> Harvest:
        """Return what is new in `feed`, which was `fetched` with this `content`."""
        entries = _newest_first(content.entries)
        unread = [entry for entry in entries if _is_wanted(entry, known)]
        history = {entry.key: KnownEntry(entry.digest) for entry in self._history(feed, unread, known)}
        wanted = [entry for entry in unread if entry.key not in history][:MOST_AT_ONCE]
        feed = replace(feed, title=feed.title or content.title, address=fetched.moved_to or feed.address)
        loaded, read = self._load(feed, wanted, known)
        waiting = {entry.key: _WAITING for entry in wanted if entry.key not in read}
        done = {entry.key: known[entry.key] for entry in entries if entry.key in known} | history | waiting | read
        is_complete = all(not _is_wanted(entry, done) for entry in entries)
        well = self._well(feed, content, fetched if is_complete else None, fresh=fetched.max_age)
        return Harvest(feed=well, loaded=loaded, known=done)

    def _history(self, feed: FollowedFeed, unread: Sequence[Entry], known: Mapping[str, KnownEntry]) -> Sequence[Entry]:
        """Return the entries that are left unread: all but the newest of a new feed, later those from before it was followed.

        The latter slide in at a feed's end when newer entries are taken down.
        """
        if feed.last_fetched is None and not known:
            return unread[FIRST_ENTRIES:]
        start = feed.added - LATENESS
        return [entry for entry in unread if entry.key not in known and entry.published and entry.published.moment < start]

    def _load(
        self, feed: FollowedFeed, wanted: Sequence[Entry], known: Mapping[str, KnownEntry]
    ) -> tuple[list[Article | Skipped], dict[str, KnownEntry]]:
        """Return what became of the entries, and what is to be remembered of them."""
        loaded: list[Article | Skipped] = []
        read: dict[str, KnownEntry] = {}
        unreached = 0
        for entry in wanted:
            before = known.get(entry.key)
            attempt = 1 + (before.attempts if before and before.digest == entry.digest else 0)
            name = entry.url or entry.title or feed.address
            try:
                with guarded(shown(name)):
                    loaded.append(self._sound(self._article(entry, feed, is_last=attempt >= MOST_ATTEMPTS)))
                read[entry.key] = KnownEntry(entry.digest)
                unreached = 0
            except (SourceUnreachable, UnreadableSource) as error:
                loaded.append(Skipped(name, str(error)))
                read[entry.key] = KnownEntry(entry.digest, attempt if _may_pass(error) else 0)
                unreached += _may_pass(error)
            if unreached >= MOST_FAILURES_IN_A_ROW:
                break
        return loaded, read

    def _article(self, entry: Entry, feed: FollowedFeed, *, is_last: bool) -> Article:
        """Return the article of the entry's page, or of the entry itself where it is all of it, or where the page gives none.

        Raises SourceUnreachable and UnreadableSource where neither gives one; the former too where the page may be had later,
        unless this `is_last` of the tries.
        """
        if not entry.url or is_whole(entry):
            return article_of(entry, feed_title=feed.title, feed_address=feed.address)
        try:
            return completed(read_web(entry.url, self.pages), entry, feed_title=feed.title)
        except (SourceUnreachable, UnreadableSource) as error:
            if _may_pass(error) and not is_last:
                raise
            try:
                return article_of(entry, feed_title=feed.title, feed_address=feed.address)
            except UnreadableSource:
                raise error from None

    def _sound(self, article: Article) -> Article:
        """Return `article` without dates that lie in the future: its feed's clock, or its joke, is no news."""
        latest = self.clock() + _DAY
        sound = {name: date for name in ("published", "updated") if (date := getattr(article, name)) is None or date.moment <= latest}
        return replace(article, **{"published": None, "updated": None} | sound)

    def _well(self, feed: FollowedFeed, content: Feed | None = None, fetched: Fetched | None = None, *, fresh: int = 0) -> FollowedFeed:
        """Return the state after a fetch that went well: `content` came, unless nothing had changed, and is `fresh` for so many seconds.

        Without what was `fetched`, because some of it is still to be read, the server is not told the next time what is known.
        """
        now = self.clock()
        if content is not None:
            asked = min(content.pause or timedelta(0), _DAY)
            etag, last_modified = (fetched.etag, fetched.last_modified) if fetched else ("", "")
            feed = replace(feed, asked_minutes=int(asked.total_seconds() / 60), etag=etag, last_modified=last_modified)
        asked = timedelta(minutes=feed.asked_minutes)
        due = next_due(now, every=self.every, asked=asked, fresh=timedelta(seconds=fresh), chance=self.chance())
        return replace(feed, last_fetched=now, last_new=0, failures=0, failing_since=None, error="", due=due)

    def _failed(self, feed: FollowedFeed, error: SourceUnreachable | UnreadableSource) -> FollowedFeed:
        """Return the state after a failure; a feed that is gone for good is paused."""
        now = self.clock()
        retry_after = error.retry_after if isinstance(error, ServerRefused) else None
        due = next_due(
            now,
            every=self.every,
            failures=feed.failures + 1,
            asked=timedelta(minutes=feed.asked_minutes),
            retry_after=timedelta(seconds=min(max(retry_after or 0, 0), _LONGEST_RETRY)),
            chance=self.chance(),
        )
        is_gone = isinstance(error, ServerRefused) and error.status == _GONE
        since = feed.failing_since or now
        return replace(feed, failures=feed.failures + 1, failing_since=since, error=str(error), due=due, paused=feed.paused or is_gone)


def _newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries by their dates, where all have one; else in the feed's own order, which is usually that."""
    moments = [entry.published.moment for entry in entries if entry.published]
    if len(moments) < len(entries):
        return list(entries)
    return [entry for _, entry in sorted(zip(moments, entries, strict=True), key=lambda dated: dated[0], reverse=True)]


def _is_wanted(entry: Entry, known: Mapping[str, KnownEntry]) -> bool:
    """Return whether the entry is new, has changed, or has failed and may be tried again."""
    before = known.get(entry.key)
    return before is None or before.digest != entry.digest or 0 < before.attempts < MOST_ATTEMPTS


def _may_pass(error: Exception) -> bool:
    """Return whether it may go better the next time."""
    if isinstance(error, ServerRefused):
        return error.status >= 500 or error.status in _LATER
    return isinstance(error, SourceUnreachable) and not isinstance(error, PageUnwelcome)
