"""Whether a bot serves a data folder: a sign that it renews, beside the lock that it holds.

The lock tells for certain whether a process is there, as the system takes it from one that died; the sign tells that this process
takes jobs, and that it is not stuck.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from bot.errors import DataDirInUse
from bot.locking import DataDirLock

SIGN = "serving"
BEAT_SECONDS = 1.0
FRESH_SECONDS = 5.0
"""A sign older than this is worth a look at the lock."""
PATIENCE_SECONDS = 60.0
"""A bot that holds the lock but has not renewed its sign for so long hangs."""


class Presence:
    """The sign of one data folder; `clock` counts seconds since 1970."""

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._sign = folder / SIGN
        self._clock = clock

    @contextmanager
    def shown(self, *, beat: float = BEAT_SECONDS) -> Iterator[None]:
        """Show the sign for the length of the block, and renew it every `beat` seconds. For whoever holds the lock."""
        leaving = Event()
        self._renew()
        heart = Thread(target=self._beat, args=(leaving, beat), name="heartbeat", daemon=True)
        heart.start()
        try:
            yield
        finally:
            leaving.set()
            heart.join()
            self.clear()

    def clear(self) -> None:
        """Take down a sign that a bot left behind when it died. For whoever holds the lock."""
        with suppress(OSError):
            self._sign.unlink(missing_ok=True)

    @property
    def is_served(self) -> bool:
        """Whether a bot takes jobs here now."""
        age = self._age()
        return age is not None and age < PATIENCE_SECONDS and self._is_locked()

    @property
    def is_lost(self) -> bool:
        """Whether the bot that served here has ended or hangs. Cheap while it is well, so that it can be asked often."""
        age = self._age()
        return age is None or (age >= FRESH_SECONDS and not self.is_served)

    def _age(self) -> float | None:
        """Return how long ago the sign was renewed; None where there is none."""
        try:
            return self._clock() - self._sign.stat().st_mtime
        except OSError:
            return None

    def _is_locked(self) -> bool:
        try:
            with DataDirLock(self._folder).reading():
                return False
        except DataDirInUse:
            return True

    def _beat(self, leaving: Event, beat: float) -> None:
        while not leaving.wait(beat):
            self._renew()

    def _renew(self) -> None:
        with suppress(OSError):  # a full disk is no reason to end; the file is there already
            if not self._sign.exists():
                self._sign.write_text(f"{os.getpid()}\n")
            now = self._clock()
            os.utime(self._sign, (now, now))
