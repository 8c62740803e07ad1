"""What goes wrong outside: each case is one sentence, and whatever else was asked is done."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.contract import Added
from tests.e2e.facts import MEETING
from tests.e2e.serving import Copy, Over
from tests.running import SAMPLE_ARTICLES, Finished, Quotewire
from tests.telegram import BOT, BotApi

pytestmark = pytest.mark.e2e

SENTENCE = re.compile(r"\S+ .+\.")
"""One line of several words that ends with a full stop."""
STORY = (SAMPLE_ARTICLES / "bridge-ferry-lowland-courier.md").read_text()
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


def _huge(file: Path) -> None:
    with file.open("wb") as written:
        written.truncate(50 * 2**20)


def _dangling(file: Path) -> None:
    file.symlink_to(file.parent / "nothing-here.txt")


UNUSABLE: dict[str, Callable[[Path], object]] = {
    "empty.txt": lambda file: file.write_bytes(b""),
    "blank.md": lambda file: file.write_text(" \n\n\t\n"),
    "huge.txt": _huge,
    "picture.txt": lambda file: file.write_bytes(PICTURE),
    "broken-front-matter.md": lambda file: file.write_text(
        '---\ntitle: "Unclosed\npublished: [2025\n---\n\nThe ferry sailed on Saturday.\n'
    ),
    "dangling.txt": _dangling,
}
"""Each makes a file that holds no article, or cannot be read. Root can read any file, so a link to nothing stands for those."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """What became of a folder in which one file in two is unusable."""

    finished: Finished
    added: Added

    def reason(self, name: str) -> str:
        """Return why the file was skipped; AssertionError where it was not."""
        reasons = [skipped.reason for skipped in self.added.skipped if Path(skipped.source).name == name]
        assert len(reasons) == 1, self.added
        return reasons[0]


@pytest.fixture(scope="module")
def mixed(over: Over, tmp_path_factory: pytest.TempPathFactory) -> Mixed:
    folder = tmp_path_factory.mktemp("mixed")
    articles = folder / "articles"
    articles.mkdir()
    for name, make in UNUSABLE.items():
        make(articles / name)
    (articles / "good.md").write_text(STORY)
    (articles / "again.md").write_text(STORY)
    (articles / "latin.txt").write_bytes(
        "Das Café in Skelmouth öffnet wieder. The café reopens on Friday, its owner said.".encode("cp1252")
    )
    (articles / "broken-utf8.txt").write_bytes(
        "The harbour café reopens on Friday, its owner said.".encode()[:15] + b"\xff\xfe\xc3 today.\n"
    )
    (articles / "markup.md").write_text('---\ntitle: "<b>&</b> <script>"\n---\n\nThe <b>&amp; sign cost 12 dollars, the painter said.\n')
    finished = over(folder).run("add", str(articles), "--json")
    return Mixed(finished, finished.read(Added))


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_without_an_article_is_skipped_with_its_reason(mixed: Mixed, name: str) -> None:
    assert SENTENCE.fullmatch(mixed.reason(name))


def test_the_usable_files_beside_them_are_added(mixed: Mixed) -> None:
    added = {Path(article.source).name for article in mixed.added.added}
    assert added >= {"latin.txt", "markup.md"}
    assert len(added & {"good.md", "again.md"}) == 1


def test_a_second_file_with_the_same_article_is_no_second_article(mixed: Mixed) -> None:
    others = [*mixed.added.duplicate, *mixed.added.unchanged, *mixed.added.updated]
    assert len([article for article in others if Path(article.source).name in {"good.md", "again.md"}]) == 1


def test_broken_text_is_read_or_skipped_but_not_lost(mixed: Mixed) -> None:
    sources = [article.source for article in mixed.added.added] + [skipped.source for skipped in mixed.added.skipped]
    assert len([source for source in sources if Path(source).name == "broken-utf8.txt"]) == 1


def test_nothing_but_json_stands_on_stdout_and_no_traceback_anywhere(mixed: Mixed) -> None:
    assert (mixed.finished.code, "Traceback" in mixed.finished.output) == (0, False)


def test_where_every_source_is_unusable_the_command_fails_with_a_sentence_for_each(fresh: Quotewire, tmp_path: Path) -> None:
    folder, link = tmp_path / "no-articles", tmp_path / "dangling"
    folder.mkdir()
    _dangling(link)
    finished = fresh.run("add", str(folder), str(link), "--json")
    skipped = finished.read(Added).skipped
    assert (finished.code, len(skipped), all(SENTENCE.fullmatch(each.reason) for each in skipped)) == (1, 2, True)


@pytest.mark.parametrize("command", [("articles",), ("ask", "why?"), ("add", str(SAMPLE_ARTICLES))], ids=lambda command: command[0])
def test_a_data_folder_that_cannot_be_made_is_refused_in_a_sentence(over: Over, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "file").write_text("no folder")
    finished = replace(over(tmp_path), data_dir=tmp_path / "file" / "data").run(*command)
    assert (finished.code, finished.stdout, str(tmp_path / "file") in finished.complaint) == (1, "", True)


def test_a_data_folder_in_use_is_refused_in_a_sentence(copy: Copy) -> None:
    """A conversation reads it, and serves nobody else as a running bot does."""
    quotewire = copy()
    with quotewire.start("chat") as chat:
        chat.write(f"{MEETING}\n")
        chat.wait_for(lambda shown: "February" in shown or "Feb." in shown)
        finished = quotewire.run("add", str(SAMPLE_ARTICLES))
    assert (finished.code, finished.stdout, bool(SENTENCE.fullmatch(finished.complaint))) == (1, "", True)


def test_a_missing_token_is_named(fresh: Quotewire) -> None:
    finished = fresh.run("run")
    assert (finished.code, finished.stdout, "TELEGRAM_BOT_TOKEN" in finished.complaint) == (1, "", True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MIN_CONFIDENCE", "much"),
        ("MIN_CONFIDENCE", "1.5"),
        ("LOG_FORMAT", "xml"),
        ("ALLOWED_CHATS", "everyone"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_wrong_setting_is_named(fresh: Quotewire, name: str, value: str) -> None:
    finished = replace(fresh, settings={name: value}).run("articles")
    assert (finished.code, finished.stdout, name in finished.complaint) == (2, "", True)


def test_a_wrong_reader_is_named(sample: Quotewire, tmp_path: Path) -> None:
    finished = sample.run("ask", "why?", READER_MODEL=str(tmp_path / "no-model"))
    assert (finished.code, finished.stdout, "READER_MODEL" in finished.complaint) == (1, "", True)


def test_a_wrong_token_is_refused_without_being_shown(sample: Quotewire) -> None:
    token = f"{BOT.id}:WRONG_token_that_is_not_this_bots"
    with BotApi() as api:
        finished = sample.run("run", TELEGRAM_BOT_TOKEN=token, TELEGRAM_BASE_URL=api.url)
    assert (finished.code, token in finished.output, "Traceback" in finished.output) == (1, False, False)
    assert SENTENCE.fullmatch(finished.stderr.splitlines()[-1])
