"""The real command in a terminal, or rather in a pipe, as other programs use it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import messages
from retrieval.answer import Silence
from tests.contract import Added, Articles, Asked, Sources
from tests.e2e.facts import MEETING, NOT_TOLD, OUTLETS, THE_DAY
from tests.e2e.serving import Over
from tests.running import SAMPLE_ARTICLES, SHARED_ARTICLES, Finished, Quotewire

pytestmark = pytest.mark.e2e

NOT_FOUND = messages.SILENCES[Silence.NOT_FOUND]


def test_ask_as_json_keeps_the_contract(sample: Quotewire) -> None:
    finished = sample.anew.run("ask", MEETING, "--json")
    asked = finished.read(Asked)
    assert (finished.code, asked.question, asked.answered) == (0, MEETING, True)
    assert asked.answer
    assert THE_DAY.search(asked.answer.text)
    assert asked.answer.text in asked.answer.quote
    assert asked.answer.article.file in {file.name for file in SAMPLE_ARTICLES.glob("white-house-*.md")}


def test_ask_exits_with_3_where_the_articles_do_not_answer(sample: Quotewire) -> None:
    finished = sample.run("ask", NOT_TOLD)
    assert (finished.code, NOT_FOUND in finished.stdout, "\x1b" in finished.stdout) == (3, True, False)


@pytest.mark.parametrize("arguments", [["ask"], ["ask", " "], ["nonsense"], ["ask", "why?", "--nonsense"]], ids=" ".join)
def test_wrong_usage_exits_with_2(fresh: Quotewire, arguments: list[str]) -> None:
    assert fresh.run(*arguments).code == 2


def test_a_question_too_long_is_refused_in_a_sentence(sample: Quotewire) -> None:
    finished = sample.run("ask", "why? " * 2000)
    assert (finished.code, finished.stdout) == (2, "")
    assert "1000 characters" in finished.complaint


def test_both_shared_articles_are_evidence_for_the_day(shared: Quotewire) -> None:
    asked = shared.run("ask", MEETING, "--json").read(Asked)
    assert {evidence.article.file for evidence in asked.evidence} == {file.name for file in SHARED_ARTICLES.iterdir()}
    assert [evidence.text for evidence in asked.evidence if not THE_DAY.search(evidence.text)] == []


def test_a_data_folder_holds_only_what_was_added_to_it(shared: Quotewire) -> None:
    listed = shared.run("articles", "--json").read(Articles)
    assert sorted(article.file or "" for article in listed.articles) == sorted(file.name for file in SHARED_ARTICLES.iterdir())


def test_chat_answers_line_by_line_and_leaves_at_the_end_of_input(sample: Quotewire) -> None:
    finished = sample.run("chat", typed=f"{MEETING}\n\n{NOT_TOLD}\n/sources\n")
    assert finished.code == 0, finished.output
    assert (bool(THE_DAY.search(finished.stdout)), finished.stdout.count(NOT_FOUND)) == (True, 1)
    assert OUTLETS.search(finished.stdout)
    assert [expected for expected in ("Meridian Wire", "Lowland Courier") if expected not in finished.stdout] == []
    assert "\x1b" not in finished.stdout


def test_a_first_start_without_a_command_indexes_the_sample_and_answers(fresh: Quotewire) -> None:
    finished = fresh.anew.run(typed=f"{MEETING}\n", seconds=300)
    assert finished.code == 0, finished.output
    assert (bool(THE_DAY.search(finished.stdout)), NOT_FOUND in finished.stdout) == (True, False)
    listed = fresh.run("articles", "--json").read(Articles)
    assert {article.file for article in listed.articles} == {file.name for file in SAMPLE_ARTICLES.glob("*.md")}


def test_sources_counts_articles_per_source(sample: Quotewire) -> None:
    counted = sample.run("sources", "--json").read(Sources)
    assert ("The Harbour Post", sum("source: The Harbour Post" in file.read_text() for file in SAMPLE_ARTICLES.iterdir())) in [
        (source.source, source.articles) for source in counted.sources
    ]


@dataclass(frozen=True, slots=True)
class Changes:
    """A folder of three files added, one of them changed, the folder added again, that article removed with one that never was."""

    first: Added
    second: Added
    removed: Finished
    left: Articles


@pytest.fixture(scope="module")
def changes(over: Over, tmp_path_factory: pytest.TempPathFactory) -> Changes:
    folder = tmp_path_factory.mktemp("changing")
    quotewire, articles = over(folder), folder / "articles"
    articles.mkdir()
    for name in ("bridge-ferry-lowland-courier.md", "astrolabe-theft-harbour-post.md"):
        shutil.copy(SAMPLE_ARTICLES / name, articles)
    _write_copy(articles / "bridge-ferry-lowland-courier.md", articles / "same-words.md")
    first = quotewire.run("add", str(articles), "--json").read(Added)
    changed = articles / "astrolabe-theft-harbour-post.md"
    changed.write_text(changed.read_text() + "\nThe museum’s cat, Ptolemy, was found asleep in the empty case.\n")
    second = quotewire.run("add", str(articles), "--json").read(Added)
    removed = quotewire.run("remove", second.updated[0].id, "0123456789abcdef")
    return Changes(first, second, removed, quotewire.run("articles", "--json").read(Articles))


def _write_copy(original: Path, copy: Path) -> None:
    """Write the same report as another outlet would carry it: at an address of its own."""
    copy.write_text(original.read_text().replace("url: https://lowlandcourier.example", "url: https://copycat.example"))


def _names(sources: list[str]) -> list[str]:
    return sorted(Path(source).name for source in sources)


def test_new_files_are_added(changes: Changes) -> None:
    added = _names([article.source for article in changes.first.added])
    assert added == ["astrolabe-theft-harbour-post.md", "bridge-ferry-lowland-courier.md"]


def test_the_same_words_at_another_address_are_a_duplicate(changes: Changes) -> None:
    assert _names([article.source for article in changes.first.duplicate]) == ["same-words.md"]


def test_the_same_file_again_is_unchanged(changes: Changes) -> None:
    assert _names([article.source for article in changes.second.unchanged]) == ["bridge-ferry-lowland-courier.md"]


def test_a_changed_file_updates_its_article(changes: Changes) -> None:
    assert _names([article.source for article in changes.second.updated]) == ["astrolabe-theft-harbour-post.md"]


def test_a_removed_article_is_gone(changes: Changes) -> None:
    assert [article.file for article in changes.left.articles] == ["bridge-ferry-lowland-courier.md"]


def test_removing_what_is_not_there_fails_in_a_sentence(changes: Changes) -> None:
    assert (changes.removed.code, "0123456789abcdef" in changes.removed.complaint) == (1, True)
