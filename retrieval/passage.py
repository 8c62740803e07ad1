"""A passage: a slice of one article, by offsets."""

from dataclasses import dataclass

from corpus.article import Article


@dataclass(frozen=True, slots=True)
class PassageKey:
    """Where a passage lies, as the stores remember it: `Article.text[start:end]` of one revision of one article."""

    article_id: str
    revision: str
    start: int
    end: int

    def __str__(self) -> str:
        """Return the id under which vector stores keep the passage."""
        return f"{self.article_id}.{self.revision}.{self.start}.{self.end}"


@dataclass(frozen=True, slots=True)
class Passage:
    """The characters `start` to `end` of an article's text; never empty, never across articles."""

    article: Article
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.article.text):
            raise ValueError(f"a passage must lie within its article's {len(self.article.text)} characters, got {self.start}:{self.end}")

    @property
    def text(self) -> str:
        """The words, character for character as in the article."""
        return self.article.text[self.start : self.end]

    @property
    def titled(self) -> str:
        """The words below the article's title, which tells what they are about where they only say "he" and "the deal"."""
        return f"{self.article.title}\n{self.text}"

    @property
    def key(self) -> PassageKey:
        """What the stores remember of it."""
        return PassageKey(self.article.id, self.article.revision, self.start, self.end)
