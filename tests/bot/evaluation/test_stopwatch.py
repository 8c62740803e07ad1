from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.evaluation.bench_articles import PER_FOLDER, generated, write
from bot.evaluation.stopwatch import EMBEDDING, PARSING, SQL, VECTORS, Stopwatch, TimedEmbedder, TimedStore
from corpus.article import Article
from corpus.copies import Copies
from corpus.loading import load
from retrieval.chunking import Chunker
from retrieval.outcome import Outcome
from tests.builders import a_passage, an_article
from tests.fakes import ListStore, WordEmbedder
from tests.retrieval.conftest import Shelf, shelf

__all__ = ["shelf"]  # the fixture


class Ticks:
    """A clock that goes on by a second each time it is read."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def test_each_part_has_its_share_of_the_time() -> None:
    watch = Stopwatch(Ticks())
    embedder, store = TimedEmbedder(WordEmbedder(), watch), TimedStore(ListStore(), watch)
    assert list(watch.each(PARSING, ["a", "b"])) == ["a", "b"]
    vectors = embedder.embed([a_passage().text])
    store.add([a_passage()], vectors)
    store.erase("nothing", "of it")
    assert [watch.share(part, 10) for part in (PARSING, EMBEDDING, VECTORS, SQL)] == [0.3, 0.1, 0.2, 0.0]
    assert (store.count(), store.keys(), embedder.name) == (1, {a_passage().key}, "words")
    assert [match.key for match in store.nearest(vectors[0], 5)] == [a_passage().key]
    watch.restart()
    assert (watch.share(PARSING, 10), watch.share(PARSING, 0)) == (0.0, 0.0)


def test_the_time_in_transactions_is_sql_s(shelf: Shelf) -> None:
    watch = Stopwatch(Ticks())
    with shelf.catalog.transaction() as connection:
        watch.watch(connection.engine)
    watch.restart()
    shelf.catalog.count()
    assert watch.share(SQL, 1) == 1.0


def test_generated_articles_are_one_passage_each_and_no_copies(shelf: Shelf) -> None:
    articles = list(generated(100))
    assert [len(Chunker().cut(article)) for article in articles] == [1] * 100
    assert articles == list(generated(100))
    outcomes = [result.outcome for result in shelf.indexer().add(articles)]
    assert outcomes == [Outcome.ADDED] * 100
    assert Copies(shelf.catalog).originals([article.id for article in articles]) == {}


@pytest.mark.parametrize("article", [an_article(), an_article(title='A "title": with --- marks', published=None, source="")])
def test_an_article_comes_back_from_its_file(tmp_path: Path, article: Article) -> None:
    (read,) = load(write(tmp_path, [article]))
    assert isinstance(read, Article)
    assert (read.id, read.title, read.text, read.published) == (article.id, article.title, article.text, article.published)


def test_no_folder_has_too_many_files(tmp_path: Path) -> None:
    folders = write(tmp_path, generated(PER_FOLDER + 1))
    assert [len(list(Path(folder).iterdir())) for folder in folders] == [PER_FOLDER, 1]


def nothing() -> Iterator[Article]:
    yield from ()


def test_no_articles_make_no_folders(tmp_path: Path) -> None:
    assert write(tmp_path, nothing()) == []
