"""The one thread that changes the articles while the bot runs: others hand it work, and questions go on meanwhile."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from queue import Empty, Full, Queue
from threading import Event, Thread, current_thread
from typing import Any, TypeVar

from bot.threads import settle
from bot.worker import Busy, Stopping

T = TypeVar("T")

WAITING = 64
"""Pieces of work that may wait; each comes from a thread that waits for it, so there are few."""

Stop = Callable[[], bool]
"""Whether to end after the current batch, as the bot is being stopped."""

logger = logging.getLogger(__name__)


class Writer:
    """Does work one piece after another on a thread of its own, in the order of its coming.

    A piece should be short, such as adding a few articles: others wait for it, and so does the end of the program. A longer one
    asks the `Stop` that it is called with, batch by batch.
    """

    def __init__(self, *, waiting: int = WAITING) -> None:
        self._pieces: Queue[tuple[Callable[[Stop], Any], Future[Any]]] = Queue(waiting)
        self._closing = Event()
        self._thread = Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Stop], T]) -> Future[T]:
        """Have `work` done soon; the result is what it returns or raises, or Stopping where the writer closes before its turn.

        Raises Stopping where the writer is closing, Busy where too much waits already.
        """
        if self._closing.is_set():
            raise Stopping("the writer is closing")
        done: Future[T] = Future()
        try:
            self._pieces.put_nowait((work, done))
        except Full as error:
            raise Busy(f"{self._pieces.maxsize} pieces of work are waiting") from error
        if not self._thread.is_alive():
            self._refuse()
        return done

    def call(self, work: Callable[[], T]) -> T:
        """Have `work` done and return what it returns, or raise what it raises; Stopping where the writer closes before its turn.

        On the writer's own thread, where it would wait for itself, it is done at once.
        """
        return work() if current_thread() is self._thread else self.submit(lambda _: work()).result()

    def every(self, seconds: float, name: str, work: Callable[[Stop], object]) -> None:
        """Call `work` on a thread of its own, at once and then `seconds` after each end, until the writer closes.

        What fails is logged, and done again the next time. Changes of the articles go through `submit`, in small pieces.
        """
        Thread(target=self._repeat, args=(seconds, name, work), name=name, daemon=True).start()

    def close(self, timeout: float) -> bool:
        """Refuse new work, and wait `timeout` seconds for the piece at hand; return whether it was done by then."""
        self._closing.set()
        with suppress(Full):  # the thread is awake
            self._pieces.put_nowait((_nothing, Future()))
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while not self._closing.is_set():
            work, done = self._pieces.get()
            if done.set_running_or_notify_cancel():
                settle(done, partial(work, self._closing.is_set))
        self._refuse()

    def _refuse(self) -> None:
        """Tell those whose work has not begun that it will not be."""
        with suppress(Empty):
            while True:
                _, done = self._pieces.get_nowait()
                if done.set_running_or_notify_cancel():
                    done.set_exception(Stopping("the writer is closing"))

    def _repeat(self, seconds: float, name: str, work: Callable[[Stop], object]) -> None:
        while not self._closing.is_set():
            try:
                work(self._closing.is_set)
            except Stopping:
                return
            except Exception:
                logger.exception("%s failed; next try in %.0f s", name, seconds)
            self._closing.wait(seconds)


def _nothing(_: Stop) -> None:
    """Wakes a thread that waits for work."""
