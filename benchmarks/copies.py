"""Which copies are found, and what is taken for one: `python -m benchmarks.copies`.

Copies are made from real news: a share of the sentences is left out, replaced by sentences of other articles, reworded or moved,
or the end is cut off; each copy has a headline and a byline of its own. Beside them stand pairs that are no copies: articles on
one topic, pages of different outlets on one event, two reports around one long quotation, notes of one template with other
facts. All are linked as the product links them, in one database.

recall      the share of the copies that have the original of their original
precision   of all links, those of copies and those between pairs that are none, the share that is right
"""

import argparse
import gzip
import json
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.table import Table

from benchmarks.collection import read_news
from benchmarks.news import NEWS, read_rows
from bot.commands.terminal import make_console
from corpus.article import Article
from corpus.catalog import Catalog
from corpus.copies import Copies
from corpus.database import open_database
from corpus.pages import read_page
from retrieval.sentences import sentences

SHARES = (0.0, 0.1, 0.2, 0.3, 0.4)
NOTE_LENGTH = 700
"""Characters of a note made from a template."""
FEWEST_NUMBERS = 4
"""In a note; a template with fewer hardly differs from day to day."""
MOST_QUOTED = 0.8
"""Of the shorter of two reports: how long the quotation is that both have."""

# fmt: off
_REWORDED = {
    "said": "stated", "says": "states", "but": "however", "also": "as well", "about": "around", "many": "numerous", "big": "large",
    "will": "is going to", "people": "persons", "after": "following", "because": "since", "new": "fresh", "before": "prior to",
    "while": "as", "told": "informed", "has": "has now", "would": "might", "his": "their", "which": "that", "against": "versus",
}
# fmt: on
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_NUMBER = re.compile(r"\d+")
_DAY = re.compile("|".join(_DAYS))

Sentences = list[str]
Pair = tuple[Article, Article]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of the copies with one share of their sentences changed."""

    changed: float
    copies: int
    recall: float
    precision: float


@dataclass(frozen=True, slots=True)
class Mistaken:
    """How many pairs of a kind that are no copies were linked all the same."""

    kind: str
    pairs: int
    linked: int


@dataclass(frozen=True, slots=True)
class Measured:
    """All of it, with the milliseconds and bytes of the database that an article takes."""

    found: tuple[Found, ...]
    mistaken: tuple[Mistaken, ...]
    articles: int
    milliseconds: float
    bytes: float


class Editor:
    """Makes copies, and pairs that are none, out of `articles`."""

    def __init__(self, articles: Sequence[Article], rng: random.Random) -> None:
        self._articles = articles
        self._rng = rng
        self._made = 0

    def copy(self, article: Article, share: float) -> Article:
        """Return `article` as another outlet might carry it, with `share` of its sentences changed."""
        told = _sentences(article)
        chosen = set(self._rng.sample(range(len(told)), round(share * len(told))))
        change = self._rng.choice((self._drop, self._replace, self._reword, self._move, self._cut, self._mix))
        kept = change(told, chosen) or told[:1]
        return self._publish(f"By A. Copier, Elsewhere. {' '.join(kept)}")

    def around_one_statement(self, one: Article, other: Article) -> Pair:
        """Return two reports, each with the same long quotation put in."""
        longest = int(MOST_QUOTED * min(len(one.text), len(other.text)))
        words = [told for told in (self._foreign() for _ in range(100)) if '"' not in told]
        statement = f'He said: "{" ".join(words)[:longest].strip()}".'
        return self._with(one, statement), self._with(other, statement)

    def from_one_template(self, note: str) -> Pair:
        """Return the note twice, with numbers and days of its own each time."""
        return self._publish(self._with_other_facts(note)), self._publish(self._with_other_facts(note))

    def _with(self, article: Article, statement: str) -> Article:
        told = _sentences(article)
        return self._publish(" ".join([*told[:1], statement, *told[1:]]))

    def _with_other_facts(self, note: str) -> str:
        other = _NUMBER.sub(lambda number: str(self._rng.randrange(10 ** len(number[0]))), note)
        return _DAY.sub(lambda _: self._rng.choice(_DAYS), other)

    def _publish(self, text: str) -> Article:
        self._made += 1
        return Article(address=f"https://copies.example/{self._made}", title=f"A headline {self._made}", text=text, source="Copier")

    def _drop(self, told: Sentences, chosen: set[int]) -> Sentences:
        return [sentence for place, sentence in enumerate(told) if place not in chosen]

    def _replace(self, told: Sentences, chosen: set[int]) -> Sentences:
        return [self._foreign() if place in chosen else sentence for place, sentence in enumerate(told)]

    def _reword(self, told: Sentences, chosen: set[int]) -> Sentences:
        return [_reworded(sentence) if place in chosen else sentence for place, sentence in enumerate(told)]

    def _move(self, told: Sentences, chosen: set[int]) -> Sentences:
        moved = iter(self._rng.sample([told[place] for place in sorted(chosen)], len(chosen)))
        return [next(moved) if place in chosen else sentence for place, sentence in enumerate(told)]

    def _cut(self, told: Sentences, chosen: set[int]) -> Sentences:
        return told[: len(told) - len(chosen)]

    def _mix(self, told: Sentences, chosen: set[int]) -> Sentences:
        changes: tuple[Callable[[str], str], ...] = (lambda _: "", lambda _: self._foreign(), _reworded)
        changed = [self._rng.choice(changes)(sentence) if place in chosen else sentence for place, sentence in enumerate(told)]
        return [sentence for sentence in changed if sentence]

    def _foreign(self) -> str:
        return self._rng.choice(_sentences(self._rng.choice(self._articles)))


def _sentences(article: Article) -> Sentences:
    return [article.text[start:end] for start, end in sentences(article.text)]


def _reworded(sentence: str) -> str:
    return " ".join(_REWORDED.get(word, word) for word in sentence.split(" "))


def read_pages(news: Path) -> dict[str, list[Article]]:
    """Return the web pages below `news`, by the event that they are on."""
    events: dict[str, list[Article]] = {}
    for row in read_rows(news / "pages.jsonl"):
        page = read_page(gzip.decompress((news / row["file"]).read_bytes()), address_hint=row["url"], file=None)
        events.setdefault(row.get("cluster") or row["id"], []).append(page)
    return events


def pairs_of(
    articles: Sequence[Article], pages: Mapping[str, Sequence[Article]], editor: Editor, rng: random.Random, count: int
) -> dict[str, list[Pair]]:
    """Return pairs that are no copies, about `count` of each kind; there are as many of pages as there are."""
    topics = [[article for article in articles if topic in article.address] for topic in ("business", "politics", "sport", "tech", "wiki")]
    on_topic = [(one, other) for one, other in (rng.sample(rng.choice(topics), 2) for _ in range(count))]
    notes = [article.text[:NOTE_LENGTH] for article in articles if len(_NUMBER.findall(article.text[:NOTE_LENGTH])) >= FEWEST_NUMBERS]
    return {
        "on one topic": on_topic,
        "on one event": [pair for event in pages.values() for pair in combinations(event, 2)],
        "around one statement": [editor.around_one_statement(*pair) for pair in on_topic],
        "from one template": [editor.from_one_template(rng.choice(notes)) for _ in range(count)],
    }


def measure(articles: Sequence[Article], pages: Mapping[str, Sequence[Article]], *, count: int, seed: int, folder: Path) -> Measured:
    """Link everything in a database in `folder`, and count; `count` is of the copies for each share, and of the pairs of each kind."""
    rng = random.Random(seed)  # noqa: S311 - a sample, no secret
    editor = Editor(articles, rng)
    made = {share: [(article, editor.copy(article, share)) for article in rng.sample(list(articles), count)] for share in SHARES}
    pairs = pairs_of(articles, pages, editor, rng, count)
    everything = {article.id: article for article in articles}
    everything |= {article.id: article for both in (*made.values(), *pairs.values()) for pair in both for article in pair}
    began = perf_counter()
    voices = _linked(list(everything.values()), folder)
    elapsed = perf_counter() - began
    mistaken = tuple(Mistaken(kind, len(each), sum(_one_voice(pair, voices) for pair in each)) for kind, each in pairs.items())
    wrong = sum(kind.linked for kind in mistaken)
    found = tuple(_found(share, each, voices, wrong) for share, each in made.items())
    size = sum(file.stat().st_size for file in folder.iterdir()) - sum(len(article.text) for article in everything.values())
    return Measured(found, mistaken, len(everything), 1000 * elapsed / len(everything), size / len(everything))


def _linked(articles: Sequence[Article], folder: Path) -> dict[str, str]:
    """Return the original of each article, itself for one that is no copy."""
    database = open_database(f"sqlite:///{folder / 'copies.db'}")
    catalog = Catalog(database)
    copies = Copies(catalog)
    for article in articles:
        with catalog.transaction() as connection:
            catalog.put(connection, article, datetime(2025, 1, 1, tzinfo=UTC))
            copies.link(connection, article)
    originals = copies.originals(article.id for article in articles)
    database.dispose()
    return {article.id: originals.get(article.id, article.id) for article in articles}


def _one_voice(pair: Pair, voices: Mapping[str, str]) -> bool:
    return voices[pair[0].id] == voices[pair[1].id]


def _found(share: float, made: Sequence[Pair], voices: Mapping[str, str], wrong: int) -> Found:
    right = sum(_one_voice(pair, voices) for pair in made)
    astray = sum(voices[copy.id] != copy.id and not _one_voice((article, copy), voices) for article, copy in made)
    return Found(share, len(made), right / len(made), right / max(1, right + astray + wrong))


def tables(measured: Measured) -> Iterator[Table]:
    """Yield what was measured, for people."""
    table = Table("sentences changed", "copies", "recall", "precision")
    for found in measured.found:
        table.add_row(f"{found.changed:.0%}", str(found.copies), f"{found.recall:.3f}", f"{found.precision:.3f}")
    yield table
    table = Table("pairs that are no copies", "pairs", "linked")
    for kind in measured.mistaken:
        table.add_row(kind.kind, str(kind.pairs), str(kind.linked))
    yield table
    table = Table("articles", "ms for each", "bytes for each beside its text")
    table.add_row(str(measured.articles), f"{measured.milliseconds:.1f}", f"{measured.bytes:.0f}")
    yield table


def main(arguments: Sequence[str]) -> None:
    """Measure, and print the tables or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--count", type=int, default=200, metavar="N", help="copies for each share, pairs of each kind (default: %(default)s)"
    )
    parser.add_argument("--articles", type=int, default=2518, metavar="N", help="news articles among which they are (default: %(default)s)")
    parser.add_argument("--news", type=Path, default=NEWS, metavar="DIR", help="where the news is (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of all that is drawn (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    given = parser.parse_args(arguments)
    articles = read_news(given.articles, [given.news / f"{name}.jsonl.gz" for name in ("bbc", "wikinews")], seed=given.seed)
    with TemporaryDirectory() as folder:
        measured = measure(articles, read_pages(given.news), count=given.count, seed=given.seed, folder=Path(folder))
    if given.json:
        sys.stdout.write(json.dumps(asdict(measured)) + "\n")
        return
    console = make_console(sys.stdout)
    for table in tables(measured):
        console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
