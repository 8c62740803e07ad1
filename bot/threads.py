"""Work on a thread of its own, and what became of it."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def begin(work: Callable[[], T], name: str) -> Future[T]:
    """Begin `work` on a thread of its own, which does not hold up the end of the program as an executor's would."""
    done: Future[T] = Future()
    Thread(target=settle, args=(done, work), name=name, daemon=True).start()
    return done


def settle(done: Future[T], work: Callable[[], T]) -> None:
    """Do `work` here, and have `done` return what it returns or raise what it raises."""
    try:
        done.set_result(work())
    except BaseException as error:  # noqa: BLE001 - it is raised again by the thread that waits
        done.set_exception(error)
