"""What `--json` promises to other programs (design.md, section 7); reading it in is the check."""

from pydantic import BaseModel, ConfigDict


class _Object(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class CitedArticle(_Object):
    """What names an article everywhere."""

    id: str
    file: str | None
    title: str
    source: str | None
    url: str | None
    published: str | None
    updated: str | None
    note: str | None


class Evidence(_Object):
    """One article's answer."""

    text: str
    value: str
    kind: str
    confidence: float
    start: int
    end: int
    quote: str
    article: CitedArticle


class Agreement(_Object):
    """How many independent sources say so."""

    sources: int


class Disagreement(_Object):
    """Another answer to the same question."""

    text: str
    value: str
    articles: list[CitedArticle]


class Closest(_Object):
    """A passage to look at where there is no answer."""

    passage: str
    article: CitedArticle


class Asked(_Object):
    """`ask --json`."""

    question: str
    searched_for: str | None = None
    answered: bool
    answer: Evidence | None
    evidence: list[Evidence]
    agreement: Agreement
    disagreements: list[Disagreement]
    alternatives: list[Evidence]
    items: list[Evidence]
    unanswered: list[str]
    closest: list[Closest]
    elapsed_ms: float


class Stored(_Object):
    """A source that `add` took in, or found unchanged."""

    source: str
    id: str
    title: str


class Duplicate(Stored):
    """A source that says what another article says."""

    reason: str


class Skipped(_Object):
    """A source that `add` could not use."""

    source: str
    reason: str


class Feed(_Object):
    """A followed feed in `sources`, `add` and `sources refresh`."""

    feed: int
    title: str | None
    address: str
    state: str
    paused: bool
    last_fetched: str | None
    new: int
    failures: int
    failing_since: str | None
    error: str | None
    due: str | None


class Added(_Object):
    """`add --json`, and `sources refresh --json`."""

    added: list[Stored]
    updated: list[Stored]
    unchanged: list[Stored]
    duplicate: list[Duplicate]
    skipped: list[Skipped]
    feeds: list[Feed]


class Articles(_Object):
    """`articles --json`."""

    articles: list[CitedArticle]


class Source(_Object):
    """One source of `sources`."""

    source: str | None
    articles: int


class Sources(_Object):
    """`sources --json`."""

    sources: list[Source]
    feeds: list[Feed]
