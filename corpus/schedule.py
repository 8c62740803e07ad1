"""When a feed is fetched next: a pure function of how it went."""

from datetime import datetime, timedelta

LONGEST = timedelta(days=1)
"""Between two fetches of one feed, whatever its failures and its own wishes."""
LONGEST_ASKED = timedelta(days=7)
"""That a server which refuses to answer may ask to be left alone."""
LONGEST_FRESH = timedelta(hours=6)
"""That a server may call a feed fresh: many say a day, or a year, of all their files alike."""
SPREAD = 0.1
"""The part of a pause that is added at most, so that feeds that were added together do not stay together."""


def next_due(
    now: datetime,
    *,
    every: timedelta,
    failures: int = 0,
    asked: timedelta = timedelta(0),
    fresh: timedelta = timedelta(0),
    retry_after: timedelta = timedelta(0),
    chance: float = 0.0,
) -> datetime:
    """Return when to fetch again after a fetch that ended at `now`, its `failures`-th failure in a row (0: it went well).

    The pause is `every`, or what the feed `asked` for, or for how long its server calls it `fresh`, where that is longer; it
    doubles with each failure, and ends at LONGEST.
    `retry_after` is what a refusing server asked for. `chance`, from 0 to 1, says how much of SPREAD is added.
    """
    pause = min(max(every, asked, min(fresh, LONGEST_FRESH)), LONGEST)
    for _ in range(failures):
        if pause >= LONGEST:
            break
        pause = min(2 * pause, LONGEST)
    return now + max(pause, min(retry_after, LONGEST_ASKED)) * (1 + SPREAD * chance)
