import os
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.loading import MOST_FILES, Skipped, count, load
from tests.fakes import FakeFetcher


def story(path: Path, text: str = "The mayor closed the bridge.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def outcome(sources: list[str | Path]) -> list[str | None]:
    """Return the file of each article and the reason of each skip, in order."""
    return [item.reason if isinstance(item, Skipped) else item.file for item in load(sources)]


def test_a_folder_gives_all_that_is_below_it_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.html", "A.txt"):
        story(tmp_path / name, "<p>The mayor closed it.</p><p>It opens.</p>" if name.endswith("html") else "It closed.")
    assert outcome([tmp_path]) == ["A.txt", "c.html", "z.md", "b.txt"]


def test_hidden_and_foreign_files_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.txt", ".hidden.txt", ".git/b.txt", "c.jpg", "d", "e.xlsx", "~$f.docx"):
        story(tmp_path / name)
    assert outcome([tmp_path]) == ["a.txt"]


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    story(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01")
    story(tmp_path / "c.txt", "")
    story(tmp_path / "d.md", "---\ntitle: [\n---\nIt closed.")
    story(tmp_path / "e.txt")
    assert outcome([tmp_path]) == [
        "a.txt",
        "b.txt is a binary file, not text.",
        "c.txt is empty.",
        "d.md: line 3 of the front matter is not valid YAML.",
        "e.txt",
    ]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "An empty name is neither a file nor an address; write one of these."),
        (" ", "An empty name is neither a file nor an address; write one of these."),
        ("ftp://x.example/y", "ftp://x.example/y cannot be read; only addresses that begin with http:// or https:// can."),
        ("file:///tmp/a.txt", "file:///tmp/a.txt cannot be read; only addresses that begin with http:// or https:// can."),
    ],
)
def test_what_names_neither_a_file_nor_a_page_is_skipped(source: str, reason: str) -> None:
    assert list(load([source])) == [Skipped(source, reason)]


def test_a_skip_names_its_source(tmp_path: Path) -> None:
    path = story(tmp_path / "a.txt", "")
    assert list(load([str(path)])) == [Skipped(str(path), "a.txt is empty.")]


def test_what_is_missing_or_of_another_kind_is_skipped_with_its_reason(tmp_path: Path) -> None:
    missing = tmp_path / "none.txt"
    assert outcome([missing, story(tmp_path / "a.odt"), "a\0b"]) == [
        f"{missing} cannot be opened: no such file or directory.",
        "a.odt is of a kind that cannot be read; the kinds that can be are .txt, .md, .markdown, .html, .htm, .pdf, .docx.",
        "a\0b cannot be opened: embedded null byte.",
    ]


@pytest.mark.parametrize("url", ["https://example.com/a", "HTTP://example.com"])
def test_without_a_fetcher_a_web_address_is_skipped(url: str) -> None:
    assert list(load([url])) == [Skipped(url, f"{url} is a web address, and only files are read here.")]


def test_web_addresses_and_files_are_read_together_and_each_once(tmp_path: Path) -> None:
    paths = [
        str(story(tmp_path / "a.txt")),
        "https://example.com/a",
        " https://Example.com/a#top",
        "http://[broken",
        "https://example.com/b",
    ]
    web = FakeFetcher({"https://example.com/a": b"<html><body><p>The mayor closed it.</p><p>It opens in May.</p>"})
    assert [item.reason if isinstance(item, Skipped) else item.address for item in load(paths, web)] == [
        (tmp_path / "a.txt").resolve().as_uri(),
        "https://example.com/a",
        "http://[broken does not exist; check the address (HTTP 404).",
        "https://example.com/b does not exist; check the address (HTTP 404).",
    ]


def test_a_page_that_trips_a_parser_does_not_stop_the_rest(tmp_path: Path) -> None:
    web = FakeFetcher({"https://example.com/a": RuntimeError("a parser met what nobody foresaw")})
    assert [
        item.reason if isinstance(item, Skipped) else item.file for item in load(["https://example.com/a", story(tmp_path / "b.txt")], web)
    ] == [
        "https://example.com/a could not be read, for a reason that nobody foresaw; it has been logged.",
        "b.txt",
    ]


def test_a_folder_without_articles_is_one_skip(tmp_path: Path) -> None:
    story(tmp_path / "below" / "picture.jpg")
    assert list(load([tmp_path])) == [Skipped(str(tmp_path), f"{tmp_path} holds no articles.")]


def test_a_file_that_comes_twice_is_read_once(tmp_path: Path) -> None:
    path = story(tmp_path / "a.txt")
    (tmp_path / "link.txt").symlink_to(path)
    assert outcome([path, str(path), tmp_path, tmp_path / "link.txt"]) == ["a.txt"]


def test_two_files_of_one_name_are_two_articles(tmp_path: Path) -> None:
    story(tmp_path / "a" / "story.txt")
    story(tmp_path / "b" / "story.txt")
    assert len({item.id for item in load([tmp_path]) if isinstance(item, Article)}) == 2


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    story(tmp_path / "a" / "story.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert outcome([tmp_path]) == ["story.txt"]


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    story(tmp_path / "elsewhere" / "story.txt")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "more").symlink_to(tmp_path / "elsewhere")
    assert outcome([tmp_path / "corpus"]) == ["story.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_forbidden_folder_does_not_stop_the_rest(tmp_path: Path) -> None:
    story(tmp_path / "a" / "story.txt")
    story(tmp_path / "b.txt")
    (tmp_path / "a").chmod(0)
    assert outcome([tmp_path]) == ["the folder cannot be opened: permission denied", "b.txt"]


def test_a_folder_tree_gives_no_more_than_its_limit(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 2):
        (tmp_path / f"{number:05}.txt").touch()
    assert count([tmp_path]) == MOST_FILES
    *_, last = load([tmp_path])
    assert last == Skipped(str(tmp_path), f"{tmp_path} holds more than 10,000 files; add its subfolders one by one.")


def test_the_count_is_of_what_is_tried(tmp_path: Path) -> None:
    story(tmp_path / "a.txt")
    story(tmp_path / "b.txt", "")
    story(tmp_path / "c.jpg")
    assert count([tmp_path, tmp_path / "a.txt", tmp_path / "none.txt", "https://example.com/a"]) == 4


def test_nothing_gives_nothing() -> None:
    assert (list(load([])), count([])) == ([], 0)
