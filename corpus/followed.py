"""The followed feed: a feed that is fetched again and again, and how that goes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedFeed:
    """A feed that is fetched again and again.

    `number` is what people call it by. `last_fetched` is the last time that it could be read, `last_new` how many articles were
    new then; `failures` counts the failures since, `failing_since` is the first of them and `error` says in one sentence what
    the last one was. `asked_minutes` is how long the feed wants to be left alone, 0 where it does not say. `due` is when it is
    fetched next, unless it is `paused`; one that paused itself has the reason in `error`. `came_from` is the source that it was
    named in when it was followed: its own address, or a list of feeds. All moments are in UTC.
    """

    number: int
    address: str
    title: str
    added: datetime
    due: datetime
    etag: str = ""
    last_modified: str = ""
    asked_minutes: int = 0
    last_fetched: datetime | None = None
    last_new: int = 0
    failures: int = 0
    failing_since: datetime | None = None
    error: str = ""
    paused: bool = False
    came_from: str = ""

    @property
    def name(self) -> str:
        """What to show for it: its title, else its address."""
        return self.title or self.address
