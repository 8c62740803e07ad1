"""Followed feeds without a database: a list, and a note of every change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from corpus.followed import FollowedFeed
from retrieval.outcome import Indexed, Outcome

NOON = datetime(2025, 3, 12, 12, tzinfo=UTC)
FINE = FollowedFeed(
    number=1,
    address="https://post.example/feed.xml",
    title="Harbour Post",
    added=NOON,
    due=NOON + timedelta(minutes=30),
    last_fetched=NOON,
    last_new=3,
)
FAILING = FollowedFeed(
    number=2,
    address="https://star.example/rss",
    title="The Star",
    added=NOON,
    due=NOON + timedelta(hours=1),
    failures=1,
    failing_since=NOON,
    error="https://star.example/rss does not exist; check the address.",
)
PAUSED = FollowedFeed(number=4, address="https://quiet.example/", title="", added=NOON, due=NOON, paused=True)


@dataclass
class FakeFeeds:
    """A `FeedsView`, and what refreshes its feeds: each that does not fail brings one article. `changes` notes what was asked."""

    followed: list[FollowedFeed] = field(default_factory=list)
    changes: list[tuple[str, int]] = field(default_factory=list)

    def feeds(self) -> list[FollowedFeed]:
        return self.followed

    def find(self, name: str) -> FollowedFeed | None:
        return next((feed for feed in self.followed if name in (str(feed.number), feed.address)), None)

    def pause(self, number: int) -> None:
        self.changes.append(("pause", number))

    def resume(self, number: int) -> None:
        self.changes.append(("resume", number))

    def hasten(self, numbers: Sequence[int]) -> None:
        self.changes += [("hasten", number) for number in numbers]

    def remove(self, number: int) -> None:
        self.changes.append(("remove", number))

    def refresh_feeds(self, numbers: Sequence[int]) -> Iterator[Indexed]:
        for feed in self.followed:
            if feed.number in numbers:
                self.changes.append(("refresh", feed.number))
                news = Indexed(Outcome.ADDED, feed.address, "abc", f"News {feed.number}", 2)
                yield Indexed(Outcome.SKIPPED, feed.address, reason=feed.error) if feed.failures else news
