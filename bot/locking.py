"""Who may use the data folder: one process that writes, or several that read."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from filelock import ReadWriteLock, Timeout

from bot.errors import DataDirInUse, DataDirUnusable

LOCK_FILE = "lock.db"


class DataDirLock:
    """The lock of one data folder; the folder is made where it is missing. A process that dies lets go of it.

    Raises DataDirUnusable where the folder cannot be made or written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = ReadWriteLock(folder / LOCK_FILE, blocking=False, is_singleton=False)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise DataDirUnusable(
                f"The data folder {folder} cannot be used ({reason}); choose another one with --data-dir or DATA_DIR."
            ) from error

    def writing(self, *, patience: float = 0) -> AbstractContextManager[None]:
        """Keep everybody else out. Raises DataDirInUse where somebody is still in after `patience` seconds."""
        return self._held(lambda: self._lock.acquire_write(timeout=patience, blocking=patience > 0))

    def reading(self) -> AbstractContextManager[None]:
        """Keep writers out. Raises DataDirInUse where one is in."""
        return self._held(self._lock.acquire_read)

    @contextmanager
    def _held(self, acquire: Callable[[], object]) -> Iterator[None]:
        try:
            acquire()
        except Timeout as error:
            raise self._in_use() from error
        try:
            yield
        finally:
            self._lock.release()

    def _in_use(self) -> DataDirInUse:
        return DataDirInUse(
            f"The data folder {self._folder} is in use by another quotewire process; stop that one first "
            "(the bot, a chat or an add), or choose another folder with --data-dir."
        )
