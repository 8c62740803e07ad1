"""The real process killed at any moment, over the real stores: afterwards every article is whole or absent, and the stores agree.

Its models are tiny, and it is forked from a process that has imported everything: so it dies at work, not at its start.
"""

import random
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.loading import load
from tests.e2e.looking import Revisions, found_json
from tests.running import Quotewire
from tests.tiny_models import tiny_embedder, tiny_reader
from tests.zygote import Zygote

pytestmark = pytest.mark.e2e

ARTICLES = 200
KILLS = 25
KILLS_OF_REINDEXING = 5
SEED = 20250601


def write(folder: Path, edition: str = "first") -> Path:
    """Write ARTICLES articles of one or two passages into `folder`, no two alike, and return it; editions differ in their words."""
    folder.mkdir()
    for number in range(ARTICLES):
        lines = 24 if number % 10 == 0 else 8  # one article in ten has two passages
        told = " ".join(f"Witness {number * 37 + line} saw {edition}{number}x{line} near gate {line}." for line in range(lines))
        (folder / f"story{number:03}.txt").write_text(f"Story {number} of the {edition} edition\n\n{told}\n")
    return folder


def revisions(folder: Path) -> Revisions:
    """Return what a data folder should hold after the articles in `folder` were added."""
    return {article.id: (article.revision, True) for article in load([folder]) if isinstance(article, Article)}


@dataclass
class Victim:
    """The articles to add, and the command over a data folder that has them all; `seconds` is how long adding them takes, or less."""

    zygote: Zygote
    quotewire: Quotewire
    folder: Path
    articles: Path
    seconds: float
    chance: random.Random

    def expected(self) -> Revisions:
        return revisions(self.articles)

    def copy(self, name: str) -> Path:
        """Return a data folder that has all articles."""
        return Path(shutil.copytree(self.quotewire.data_dir, self.folder / name))

    def over(self, data: Path) -> Quotewire:
        """Return the command over a data folder."""
        return replace(self.quotewire, data_dir=data)

    def die(self, data: Path, *arguments: str, share: float = 1) -> bool:
        """Run a command that takes a `share` of the time of adding, kill it at a random moment, and return whether it died of that."""
        with self.over(data).start(*arguments) as command:
            if command.ends_within(self.chance.uniform(0.1, share * self.seconds)):
                self.seconds *= 0.9  # the machine is faster by now
            command.kill()
            finished = command.finish()
        assert finished.code in {-9, 0}, finished.output
        return finished.code == -9

    def find(self, data: Path) -> Revisions:
        """Return the articles that a restart finds, where the stores agree."""
        looked = replace(self.quotewire, launch=self.zygote.launches("tests.e2e.looking:look")).run(DATA_DIR=str(data))
        assert looked.code == 0, looked.output
        found = found_json.validate_json(looked.stdout)
        assert found.complaints == []
        return found.articles


@pytest.fixture(scope="module")
def victim(zygote: Zygote, tmp_path_factory: pytest.TempPathFactory) -> Victim:
    folder = tmp_path_factory.mktemp("crashes")
    settings = {"EMBEDDING_MODEL": str(tiny_embedder(folder / "embedder")), "READER_MODEL": str(tiny_reader(folder / "reader"))}
    articles, quotewire = write(folder / "articles"), Quotewire(folder / "full", folder / "work", settings, zygote.launch)
    began = time.monotonic()
    added = quotewire.run("add", str(articles))
    assert added.stdout.endswith(f"{ARTICLES} added.\n"), added.output
    return Victim(zygote, quotewire, folder, articles, time.monotonic() - began, random.Random(SEED))


def test_an_addition_that_dies_leaves_every_article_whole_or_absent_and_can_be_completed(victim: Victim) -> None:
    expected, kills, lives = victim.expected(), 0, 0
    data = victim.folder / "data-0"
    while kills < KILLS:
        died = victim.die(data, "add", str(victim.articles))
        kills += died
        found = victim.find(data)
        assert found.items() <= expected.items()
        if not died:
            assert found == expected
            lives += 1
            data = victim.folder / f"data-{lives}"
    assert victim.over(data).run("add", str(victim.articles)).code == 0
    assert victim.find(data) == expected


def test_a_removal_that_dies_leaves_every_article_whole_or_absent(victim: Victim) -> None:
    expected, kills, lives = victim.expected(), 0, 0
    doomed = sorted(expected)[: ARTICLES // 2]
    data, left = victim.copy("removing-0"), expected
    while kills < KILLS:
        died = victim.die(data, "remove", *(left.keys() & doomed), share=0.4)
        kills += died
        found = victim.find(data)
        assert found.items() <= left.items()
        assert found.keys() >= left.keys() - set(doomed)
        left = found
        if not left.keys() & doomed:
            lives += 1
            data, left = victim.copy(f"removing-{lives}"), expected


def test_an_update_that_dies_leaves_the_old_article_or_the_new_one(victim: Victim) -> None:
    data, before, kills = victim.copy("updating"), victim.expected(), 0
    editions = [shutil.copytree(victim.articles, victim.folder / "edition-1"), write(victim.folder / "edition-2", "second")]
    while kills < KILLS:
        editions.reverse()
        shutil.copytree(editions[0], victim.articles, dirs_exist_ok=True)
        after = victim.expected()
        died = victim.die(data, "add", str(victim.articles))
        kills += died
        found = victim.find(data)
        assert found.keys() == before.keys()
        assert [key for key, kept in found.items() if kept not in (before[key], after[key])] == []
        assert died or found == after
        before = found
    shutil.copytree(victim.folder / "edition-1", victim.articles, dirs_exist_ok=True)


def test_a_reindexing_that_dies_leaves_the_old_index_or_the_new_one(victim: Victim) -> None:
    data, expected, kills = victim.copy("reindexing"), victim.find(victim.quotewire.data_dir), 0
    while kills < KILLS_OF_REINDEXING:
        kills += victim.die(data, "reindex")
        assert victim.find(data) == expected


@pytest.mark.parametrize("largest_file", [200_000, 400_000])
def test_a_disk_that_fills_up_stops_the_work_in_a_sentence_and_loses_nothing(victim: Victim, largest_file: int) -> None:
    data = victim.folder / f"small-disk-{largest_file}"
    new = write(victim.folder / f"third-{largest_file}", "third")
    small = replace(victim.over(data), launch=victim.zygote.launches("tests.e2e.looking:run_on_a_small_disk"))
    stopped = small.run("add", str(new), LARGEST_FILE=str(largest_file))
    assert (stopped.code, stopped.stdout) == (1, "")
    assert "is the disk full" in stopped.complaint
    found = victim.find(data)
    assert found.items() <= revisions(new).items()
    assert victim.over(data).run("add", str(new)).code == 0
    assert victim.find(data) == revisions(new)
