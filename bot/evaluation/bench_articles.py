"""The articles of a benchmark, as files: so that parsing is measured too, and no more than one of them is in memory."""

import random
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import yaml

from corpus.article import Article, Published

PER_FOLDER = 1000
SENTENCES, WORDS = 6, 12
"""Of a generated article: one passage."""
VOCABULARY = 20_000
SEED = 1


def write(folder: Path, articles: Iterable[Article]) -> list[str]:
    """Write `articles` as Markdown files with front matter; return the folders to add, none of which has too many files."""
    folders: list[str] = []
    iterator = iter(articles)
    while batch := list(islice(iterator, PER_FOLDER)):
        part = folder / f"part-{len(folders):04}"
        part.mkdir(parents=True)
        folders.append(str(part))
        for number, article in enumerate(batch):
            (part / f"article-{number:04}.md").write_text(_file(article), encoding="utf-8", errors="replace")
    return folders


def _file(article: Article) -> str:
    about = {
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
    }
    header = yaml.safe_dump({name: value for name, value in about.items() if value}, allow_unicode=True, width=10_000)
    return f"---\n{header}---\n\n{article.text}\n"


def generated(count: int) -> Iterator[Article]:
    """Yield `count` articles of made-up words, always the same ones; no two are alike, each is one passage."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    words = [_word(chance) for _ in range(VOCABULARY)]
    for number in range(count):
        sentences = [" ".join(chance.choices(words, k=WORDS)).capitalize() for _ in range(SENTENCES)]
        yield Article(
            address=f"https://generated.example/{number}",
            title=" ".join(chance.choices(words, k=5)).capitalize(),
            text=". ".join(sentences) + ".",
            source=f"Source {number % 50}",
            published=Published.parse(f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"),
        )


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))
