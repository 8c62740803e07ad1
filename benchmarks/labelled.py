"""The articles, and the words in them, that labelled sets name: of the sample, of the data beside the checkout, or invented ones."""

import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.news import NEWS, read_rows
from corpus.article import Article, Published
from corpus.files import read_file
from corpus.pages import read_page

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpus" / "articles"
SHARED = ROOT.parent / "shared"

HALVES = ("dev", "held-out")
"""The halves of a labelled set: rules are made on the first, and measured on both."""

Key = str | dict[str, str]
"""How a set names an article: see `Side`."""


@dataclass(frozen=True, slots=True)
class Side:
    """An answer: the `occurrence`-th `text` in an article.

    `article` is the stem of a sample article's file, the name of a shared article's file, the id of a news article, or an invented
    article's title, source, published and text.
    """

    article: Key
    text: str
    occurrence: int = 1


def find_article(key: Key) -> Article:
    """Return the article that a side names, as the product reads it. Raises KeyError where there is none."""
    return _find(key if isinstance(key, str) else json.dumps(key))


@cache
def _find(key: str) -> Article:
    if key.startswith("{"):
        return _invented(json.loads(key))
    if key.startswith("html/"):
        row = _pages()[key]
        with gzip.open(NEWS / row["file"]) as file:
            return read_page(file.read(), address_hint=row["url"] or key, file=None)
    if "/" in key:
        return _news()[key]
    return read_file(SHARED / "articles" / key if key.endswith(".txt") else SAMPLE / f"{key}.md")


def _invented(row: dict[str, str]) -> Article:
    address = f"invented:{row['source']}:{row['title']}"
    return Article(address=address, title=row["title"], text=row["text"], source=row["source"], published=Published.parse(row["published"]))


@cache
def _pages() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in read_rows(NEWS / "pages.jsonl")}


@cache
def _news() -> dict[str, Article]:
    return {row["id"]: _news_article(row) for name in ("bbc", "wikinews") for row in read_rows(NEWS / f"{name}.jsonl.gz")}


def _news_article(row: dict[str, str]) -> Article:
    return Article(
        address=row.get("url", row["id"]),
        title=row["title"],
        text=row["text"],
        source="BBC" if row["id"].startswith("bbc/") else "Wikinews",
        published=Published.parse(row["date"]) if "date" in row else None,
    )


def find_span(side: Side) -> tuple[Article, int, int]:
    """Return a side's article, and where in it the answer stands. Raises ValueError where it does not."""
    article = find_article(side.article)
    start = -1
    for _ in range(side.occurrence):
        start = article.text.index(side.text, start + 1)
    return article, start, start + len(side.text)
