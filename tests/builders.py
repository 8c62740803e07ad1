"""Objects for tests, with every field given; a test names only what it is about."""

from dataclasses import replace

from corpus.article import Article, Published
from retrieval.chunking import Chunker
from retrieval.passage import Passage
from retrieval.search import Hit

TEXT = "The council met in Skelmouth on Monday. Mayor Odette Farrow said the bridge will reopen on June 2. The repairs cost $4.2 million."


def an_article(**changes: object) -> Article:
    """Return an article about a bridge, with `changes`."""
    article = Article(
        address="https://harbourpost.example/2025/bridge",
        title="Bridge to reopen in June",
        text=TEXT,
        source="Harbour Post",
        published=Published.parse("2025-03-12"),
        file="bridge.md",
    )
    return replace(article, **changes)  # type: ignore[arg-type]


def a_passage(text: str = TEXT, **changes: object) -> Passage:
    """Return the passage that is all of an article's text."""
    article = an_article(text=text, **changes)
    return Passage(article, 0, len(article.text))


def a_hit(passage: Passage | None = None, rank: int = 1, similarity: float | None = 0.5) -> Hit:
    """Return a hit for `passage`."""
    return Hit(passage or a_passage(), rank, 1 / (10 + rank), similarity)


def passages_of(article: Article) -> list[Passage]:
    """Cut `article` as the product does."""
    return Chunker().cut(article)
