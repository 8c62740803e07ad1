"""The article: what the whole program talks about."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self


class Precision(StrEnum):
    """How exactly a moment is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published, as exactly as its source says and no more.

    `moment` is timezone-aware; what lies below `precision` in it (the hour of a DAY, say) means nothing.
    """

    moment: datetime
    precision: Precision

    def __post_init__(self) -> None:
        if self.moment.tzinfo is None:
            raise ValueError(f"moment must have a time zone, got {self.moment.isoformat()}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the moment that an ISO 8601 string names: `2025`, `2025-01`, `2025-01-29` or a date and time.

        A time without an offset is taken as UTC. Raises ValueError for anything else.
        """
        text = text.strip()
        if len(text) == 4 and text.isdecimal():
            return cls(datetime(int(text), 1, 1, tzinfo=UTC), Precision.YEAR)
        if len(text) == 7 and text[4] == "-":
            return cls(datetime.fromisoformat(f"{text}-01").replace(tzinfo=UTC), Precision.MONTH)
        moment = datetime.fromisoformat(text)
        precision = Precision.DAY if len(text) <= 10 else Precision.MINUTE
        return cls(moment if moment.tzinfo else moment.replace(tzinfo=UTC), precision)

    @classmethod
    def on(cls, day: date) -> Self:
        """Return the moment "some time on `day`"."""
        return cls(datetime(day.year, day.month, day.day, tzinfo=UTC), Precision.DAY)

    @property
    def day(self) -> date | None:
        """The day; None where it is known only by its month or year."""
        return self.moment.date() if self.precision in {Precision.DAY, Precision.MINUTE} else None

    def isoformat(self) -> str:
        """Return the ISO 8601 string at this precision; `parse` reads it back."""
        match self.precision:
            case Precision.YEAR:
                return f"{self.moment:%Y}"
            case Precision.MONTH:
                return f"{self.moment:%Y-%m}"
            case Precision.DAY:
                return f"{self.moment:%Y-%m-%d}"
            case Precision.MINUTE:
                return self.moment.isoformat(timespec="minutes")


_UNDATED = datetime.min.replace(tzinfo=UTC)


def moment_of(published: Published | None) -> datetime:
    """Return a moment to sort by; what has no date comes before everything else."""
    return published.moment if published else _UNDATED


def if_later(updated: Published | None, published: Published | None) -> Published | None:
    """Return `updated` where it says more than `published`; None where it names the same day or moment, or an earlier one."""
    if updated is None or published is None:
        return updated
    if updated.precision is Precision.MINUTE:
        return updated if updated.moment.replace(second=0, microsecond=0) > published.moment else None
    return updated if updated.moment.date() > published.moment.date() else None


def _digest(*parts: str) -> str:
    """Return 16 hexadecimal digits that depend on all of `parts` and on their borders."""
    return sha256("\x00".join(parts).encode()).hexdigest()[:16]


def id_of(address: str) -> str:
    """Return the id of the article at `address`: sixteen hexadecimal digits, the same on every run and machine."""
    return _digest(address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One cleaned news article.

    `text` is the body without title and page furniture; every offset in the program counts its characters.
    `address` is what makes it the same article when it comes again: its canonical URL, else its file's URI.
    `updated` is when it was last changed after it was published, `place` where its dateline says that it was written, and `note`
    what its publisher tells readers about it: corrections and editor's notes, a line each.
    Unknown `source`, `author`, `place`, `note` are empty; unknown `published`, `updated`, `file` are None.
    """

    address: str
    title: str
    text: str
    source: str = ""
    author: str = ""
    published: Published | None = None
    file: str | None = None
    updated: Published | None = None
    place: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("address", "title", "text"):
            if not getattr(self, name).strip():
                raise ValueError(f"{name} must not be empty")

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits: the same for the same address on every run and machine."""
        return id_of(self.address)

    @property
    def url(self) -> str | None:
        """The link to show to people; None for an article that only a file holds."""
        return self.address if self.address.startswith(("http://", "https://")) else None

    @property
    def voice(self) -> str:
        """What counts as one source: the publisher's name in lower case, or the article's id where the publisher is unknown."""
        return self.source.casefold() or self.id

    @property
    def revision(self) -> str:
        """Sixteen hexadecimal digits that change whenever anything in the article does."""
        published = self.published.isoformat() if self.published else ""
        added = (self.updated.isoformat() if self.updated else "", self.place, self.note)
        # Articles without the younger fields keep the revisions that older versions of the program gave them.
        younger = added if any(added) else ()
        return _digest(self.title, self.text, self.source, self.author, published, self.file or "", *younger)

    @property
    def text_digest(self) -> str:
        """Sixteen hexadecimal digits of the words alone: equal for copies that differ in spacing or letter case."""
        return _digest(" ".join(self.text.casefold().split()))
