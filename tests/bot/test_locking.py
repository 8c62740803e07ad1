from pathlib import Path

import pytest

from bot.errors import DataDirInUse, DataDirUnusable
from bot.locking import DataDirLock


def test_readers_share_the_folder(tmp_path: Path) -> None:
    with DataDirLock(tmp_path).reading(), DataDirLock(tmp_path).reading():
        pass


def test_a_writer_is_alone(tmp_path: Path) -> None:
    for first, second in (("writing", "writing"), ("writing", "reading"), ("reading", "writing")):
        with getattr(DataDirLock(tmp_path), first)(), pytest.raises(DataDirInUse, match="is in use by another quotewire process; stop"):
            getattr(DataDirLock(tmp_path), second)().__enter__()


def test_the_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    lock = DataDirLock(tmp_path)
    for use in (lock.writing, lock.reading, lock.writing):
        with use():
            pass


def test_the_folder_is_made(tmp_path: Path) -> None:
    DataDirLock(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_folder_below_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataDirUnusable, match=r"cannot be used \(Not a directory\); choose another one with --data-dir or DATA_DIR"):
        DataDirLock(tmp_path / "file" / "data")
