"""How well answers from two articles are told to agree, to differ or to be about different things."""

import gzip
import json
from functools import cached_property
from pathlib import Path

from corpus.article import Article, Published
from corpus.files import read_file
from corpus.pages import read_page

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpus" / "articles"
SHARED = ROOT.parent / "shared"


class Library:
    """The articles that the pairs name."""

    def article(self, key):
        if isinstance(key, dict):
            return Article(address=f"invented:{key['source']}:{key['title']}", title=key["title"], source=key["source"], text=key["text"], published=Published.parse(key["published"]))
        if key.startswith("html/"):
            return self._page(key)
        if "/" in key:
            return self._news[key]
        if key.endswith(".txt"):
            return read_file(SHARED / "articles" / key)
        return read_file(SAMPLE / f"{key}.md")

    @cached_property
    def _news(self):
        found = {}
        for name, source in (("bbc", "BBC"), ("wikinews", "Wikinews")):
            with gzip.open(SHARED / "data" / "news" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
                for row in map(json.loads, file):
                    found[row["id"]] = Article(address=row.get("url") or row["id"], title=row["title"], text=row["text"], source=source, published=Published.parse(row["date"]) if "date" in row else None)
        return found

    def _page(self, key):
        rows = map(json.loads, (SHARED / "data" / "news" / "pages.jsonl").read_text(encoding="utf-8").splitlines())
        row = next(row for row in rows if row["id"] == key)
        with gzip.open(SHARED / "data" / "news" / row["file"]) as file:
            return read_page(file.read(), address_hint=row["url"] or row["id"], file=None)
