"""A folder of real news articles to index.

    python -m benchmarks.news FOLDER [--articles N] [--around QUESTIONS] [--seed S] [--news NEWS]

NEWS holds the BBC and Wikinews articles as gzipped JSON lines, and web pages as gzipped HTML which `pages.jsonl` lists. An
article becomes a Markdown file with front matter, a page an HTML file; a file is called what its article's id is, with "-" for "/".
QUESTIONS are JSON lines as `quotewire eval answers` reads them: the articles that answer them are there, however few are drawn.
"""

import argparse
import gzip
import json
import logging
import random
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from retrieval.evaluation.answer_scores import read_gold_questions

logger = logging.getLogger(__name__)

NEWS = Path(__file__).parents[2] / "shared" / "data" / "news"
"""Where the news is, beside the project."""

_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")
"""The characters that a backslash makes literal: all of ASCII's punctuation (CommonMark 0.31.2, section 2.4)."""


def news_files(news: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of a file for each article and page below `news`, always in the same order.

    Read as any file is, an article has the text, title, source, address and date that `news` gives it, a page what its HTML says.
    """
    for row in read_rows(news / "bbc.jsonl.gz"):
        yield _article(row, {"source": "BBC"})
    for row in read_rows(news / "wikinews.jsonl.gz"):
        yield _article(row, {"source": "Wikinews", "url": row["url"], "published": row["date"]})
    for row in read_rows(news / "pages.jsonl"):
        yield f"{_stem(row)}.html", gzip.decompress((news / row["file"]).read_bytes())


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the objects of a file of JSON lines, gzip (".gz") or not. Raises OSError."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        yield from map(json.loads, file)


def _stem(row: Mapping[str, str]) -> str:
    return row["id"].replace("/", "-")


def _article(row: Mapping[str, str], known: Mapping[str, str]) -> tuple[str, bytes]:
    header = yaml.safe_dump({"title": row["title"], **known}, allow_unicode=True, sort_keys=False, width=sys.maxsize)
    body = _MARKUP.sub(r"\\\g<0>", row["text"])
    return f"{_stem(row)}.md", f"---\n{header}---\n\n{body}\n".encode()


def write_news(news: Path, folder: Path, *, articles: int | None = None, around: Collection[str] = (), seed: int = 0) -> int:
    """Write the files of `news_files` into `folder`, or `articles` of them; return how many were written.

    Those whose stem is in `around` are among them; the others are drawn with `seed`. `folder` is made where it is missing; files of
    the same names are replaced, others stay. All files are written where there are fewer than `articles`.
    """
    files = list(news_files(news))
    if articles is not None:
        wanted = [file for file in files if Path(file[0]).stem in around]
        others = [file for file in files if Path(file[0]).stem not in around]
        files = wanted + random.Random(seed).sample(others, max(0, min(articles - len(wanted), len(others))))  # noqa: S311 - a sample, no secret
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        (folder / name).write_bytes(content)
    return len(files)


def main(arguments: Sequence[str]) -> None:
    """Write the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the files go")
    parser.add_argument("--articles", type=int, help="how many, drawn by chance; all where left out")
    parser.add_argument("--around", type=Path, action="append", default=[], help="questions whose articles are kept; may be repeated")
    parser.add_argument("--seed", type=int, default=0, help="of the draw")
    parser.add_argument("--news", type=Path, default=NEWS, help="where the news is")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    around = {stem for path in given.around for question in read_gold_questions(path) for stem in question.articles}
    written = write_news(given.news, given.folder, articles=given.articles, around=around, seed=given.seed)
    logger.info("wrote %d articles to %s", written, given.folder)


if __name__ == "__main__":
    main(sys.argv[1:])
