"""The models' own thread: an event loop hands it work, bounded, and never waits for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")

WAITING = 16
"""Tasks that may wait; at half a second each, a longer queue would outlast people's patience."""


class Busy(Exception):
    """As many tasks are waiting as may wait."""


class Stopping(Exception):
    """The worker takes no more tasks, or gave up this one because it is closing."""


class Stale(Exception):
    """Nobody waits for the task any more."""


class Worker:
    """Runs blocking tasks one after another on one thread, in the order of their coming.

    Belongs to one event loop: call its methods there only.
    """

    def __init__(self, *, waiting: int = WAITING) -> None:
        if waiting < 0:
            raise ValueError(f"waiting must not be negative, got {waiting}")
        self._waiting = waiting
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="models")
        self._jobs: set[asyncio.Future[Any]] = set()
        self._last = 0
        self._closed = False
        self._at_work = False

    @property
    def at_work(self) -> bool:
        """Whether the thread is in the middle of a task, one that was given up included."""
        return self._at_work

    def _do(self, task: Callable[[], T]) -> T:
        self._at_work = True
        try:
            return task()
        finally:
            self._at_work = False

    @property
    def waiting(self) -> int:
        """How many tasks wait for the one at hand."""
        return max(len(self._jobs) - 1, 0)

    async def submit(self, task: Callable[[], T]) -> T:
        """Return what `task` returns, or raise what it raises.

        Raises Busy where too many tasks wait already, Stopping where the worker closes before the task is done.
        """
        if self._closed:
            raise Stopping("the worker is closing")
        if len(self._jobs) > self._waiting:  # one of them is running
            raise Busy(f"{self._waiting} tasks are waiting")
        job = asyncio.get_running_loop().run_in_executor(self._executor, self._do, task)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        try:
            await asyncio.wait({job})
        finally:
            job.cancel()  # nothing happens to a job that is done
        if job.cancelled():
            raise Stopping("the worker is closing")
        return job.result()

    async def submit_last(self, task: Callable[[], T], is_wanted: Callable[[], bool]) -> T:
        """Return what `task` returns, done when no other task is at hand; raises what `submit` does.

        Raises Stale where the task is not wanted any more by then, Busy where too many wait like this.
        """
        if self._last >= self._waiting:
            raise Busy(f"{self._last} tasks wait for all others")
        self._last += 1
        try:
            while self._jobs:
                await asyncio.wait(self._jobs, return_when=asyncio.FIRST_COMPLETED)
                await asyncio.sleep(0)  # whoever was woken first has handed in its task by now
            if not is_wanted():
                raise Stale("the task is not wanted any more")
        finally:
            self._last -= 1
        return await self.submit(task)

    async def close(self, timeout: float) -> None:  # noqa: ASYNC109 - a deadline for the tasks, not for this call
        """Refuse new tasks, give those at hand `timeout` seconds, then give up the rest. Closing again does nothing."""
        self._closed = True
        if self._jobs:
            await asyncio.wait(self._jobs, timeout=timeout)
        for job in list(self._jobs):
            job.cancel()
        self._executor.shutdown(wait=False, cancel_futures=True)
