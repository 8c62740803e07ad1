"""What the benchmarks ask, and of which articles: paragraphs of an encyclopaedia among news."""

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.news import NEWS, read_rows
from bot.assembly import open_library
from bot.library import Library
from bot.protocols import Report
from bot.settings import Settings, read_settings
from corpus.article import Article, Published
from corpus.catalog import Catalog
from corpus.database import open_database
from retrieval.chunking import Chunker
from retrieval.evaluation.squad import MalformedSquad, Paragraph, SquadArticle, SquadQuestion, read_squad
from retrieval.keywords import Fts5Index

SQUAD = NEWS.parent / "squad" / "dev-13-articles-v1.1.json.gz"
ARTICLES = (NEWS / "wikinews.jsonl.gz", NEWS / "bbc.jsonl.gz")

INDEX = Path("build") / "benchmarks"
"""Where the index is kept from run to run; git ignores it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the article (one paragraph) that answers it. `spans` are the places of the gold answers in its text."""

    id: str
    text: str
    answers: tuple[str, ...]
    article: Article
    spans: tuple[tuple[int, int], ...]


def read_paragraphs(path: Path = SQUAD) -> list[Asked]:
    """Return the questions of a SQuAD file, each paragraph an article of its own, under its article's title. Raises as `read_squad`."""
    return [
        _asked(question, article)
        for entry in read_squad(path)
        for number, paragraph in enumerate(entry.paragraphs)
        for article in [_article(entry, number, paragraph)]
        for question in paragraph.questions
        if question.golds
    ]


def _article(entry: SquadArticle, number: int, paragraph: Paragraph) -> Article:
    title = entry.article.title
    return Article(address=f"{entry.article.address}#{number}", title=title, text=paragraph.text, source=title)


def _asked(question: SquadQuestion, article: Article) -> Asked:
    return Asked(question.id, question.text, question.answers, article, tuple((gold.start, gold.end) for gold in question.golds))


def read_news(limit: int, paths: Sequence[Path] = ARTICLES, *, seed: int = 0) -> list[Article]:
    """Return `limit` news articles, drawn by `seed`, or all where there are fewer; a smaller draw is part of a larger. Raises OSError."""
    rows = [row for path in paths for row in read_rows(path)]
    drawn = random.Random(seed).sample(rows, len(rows))[:limit]  # noqa: S311 - a sample, no secret
    return [
        Article(
            address=row.get("url") or f"news:{row['id']}",
            title=row["title"],
            text=row["text"],
            source=row["id"].partition("/")[0],
            published=Published.parse(row["date"]) if "date" in row else None,
        )
        for row in drawn
    ]


def chosen(
    arguments: Sequence[str] | None, *, program: str, about: str | None, questions: int
) -> tuple[argparse.Namespace, list[Asked], list[Article]]:
    """Return the options of a command line, with all questions and the news that they choose.

    They tell how much is asked of how many articles (`questions` by default), where the data lies and where the index is kept.
    Raises SystemExit for wrong usage and for data that cannot be read.
    """
    parser = argparse.ArgumentParser(prog=program, description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=_positive, default=questions, metavar="N", help="questions to ask (default: %(default)s)")
    parser.add_argument("--news", type=_positive, default=2500, metavar="N", help="news articles that distract (default: %(default)s)")
    parser.add_argument("--squad", type=Path, default=SQUAD, metavar="FILE", help="questions in SQuAD's format (default: %(default)s)")
    parser.add_argument("--index", type=Path, default=INDEX, metavar="DIR", help="the index, kept for the next run (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="draws the questions and the news (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    given = parser.parse_args(arguments)
    try:
        return given, read_paragraphs(given.squad), read_news(given.news, seed=given.seed)
    except (OSError, MalformedSquad) as error:
        parser.error(str(error))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, got {number}")
    return number


def settings_for(index: Path) -> Settings:
    """Return the settings in force, with the data in `index` and in no database elsewhere. Raises InvalidSettings."""
    return read_settings(data_dir=index).model_copy(update={"chroma_url": "", "database_url": ""})


@contextmanager
def stocked(settings: Settings, articles: Sequence[Article], report: Report) -> Iterator[Library]:
    """Open the index in the settings' data folder with these articles and no others in it; what is there already stays."""
    with open_library(settings, writing=True, sample=False, progress=report) as library:
        wanted = {article.id for article in articles}
        for entry in library.catalog.entries():
            if entry.article.id not in wanted:
                library.indexer.remove(entry.article.id)
        for done, _ in enumerate(library.indexer.add(articles), start=1):
            report("Indexing", done, len(articles))
        yield library


def index_words(articles: Iterable[Article], folder: Path) -> Fts5Index:
    """Return an index of the words of `articles`, in a database in `folder`; nothing else is indexed, and no model runs."""
    catalog = Catalog(open_database(f"sqlite:///{folder / 'words.db'}"))
    keywords = Fts5Index(catalog)
    with catalog.transaction() as connection:
        for article in articles:
            catalog.put(connection, article, datetime.now(UTC))
            passages = Chunker().cut(article)
            numbers = catalog.set_passages(connection, article.id, ((passage.start, passage.end) for passage in passages))
            keywords.add(connection, zip(numbers, passages, strict=True))
    return keywords
