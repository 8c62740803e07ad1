import asyncio
from collections.abc import Callable
from functools import partial
from threading import Event

import pytest

from bot.worker import Busy, Stale, Stopping, Worker


async def settle() -> None:
    """Let tasks that are ready run as far as they can."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_task_gives_what_it_returns() -> None:
    worker = Worker()
    assert await worker.submit(lambda: 6 * 7) == 42
    await worker.close(1)


async def test_a_task_raises_what_it_raises() -> None:
    worker = Worker()
    with pytest.raises(ZeroDivisionError, match="by zero"):
        await worker.submit(lambda: 1 // 0)
    await worker.close(1)


async def test_tasks_run_one_after_another_in_their_order() -> None:
    worker = Worker()
    done: list[int] = []
    await asyncio.gather(*(worker.submit(partial(done.append, number)) for number in range(10)))
    assert done == list(range(10))
    await worker.close(1)


async def test_a_full_queue_is_busy() -> None:
    worker, gate = Worker(waiting=1), Event()
    running = asyncio.create_task(worker.submit(gate.wait))
    waiting = asyncio.create_task(worker.submit(lambda: "done"))
    await settle()
    with pytest.raises(Busy, match="1 tasks are waiting"):
        await worker.submit(lambda: "too much")
    gate.set()
    assert [await running, await waiting] == [True, "done"]
    await worker.close(1)


async def test_a_finished_task_makes_room() -> None:
    worker = Worker(waiting=0)
    assert [await worker.submit(partial(abs, number)) for number in (-1, -2)] == [1, 2]
    await worker.close(1)


async def test_closing_finishes_what_is_at_hand() -> None:
    worker = Worker()
    task = asyncio.create_task(worker.submit(lambda: "done"))
    await settle()
    await worker.close(10)
    assert await task == "done"


async def test_closing_gives_up_what_takes_too_long() -> None:
    worker, gate = Worker(), Event()
    tasks = [asyncio.create_task(worker.submit(gate.wait)) for _ in range(2)]
    await settle()
    await worker.close(0)
    gate.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [Stopping, Stopping]


async def test_a_closed_worker_refuses() -> None:
    worker = Worker()
    await worker.close(0)
    with pytest.raises(Stopping, match="closing"):
        await worker.submit(lambda: 1)


async def test_a_cancelled_caller_leaves_the_worker_usable() -> None:
    worker, gate = Worker(waiting=0), Event()
    task = asyncio.create_task(worker.submit(gate.wait))
    await settle()
    task.cancel()
    gate.set()
    await asyncio.wait({task})
    await settle()
    assert await worker.submit(lambda: "next") == "next"
    await worker.close(1)


def test_a_negative_queue_is_refused() -> None:
    with pytest.raises(ValueError, match="waiting must not be negative, got -1"):
        Worker(waiting=-1)


def _after(gate: Event, task: Callable[[], None]) -> None:
    gate.wait()
    task()


async def test_a_task_that_comes_last_waits_for_all_others() -> None:
    worker, gate, done = Worker(), Event(), list[str]()
    first = asyncio.create_task(worker.submit(partial(_after, gate, partial(done.append, "first"))))
    await asyncio.sleep(0)
    last = asyncio.create_task(worker.submit_last(lambda: done.append("last"), lambda: True))
    second = asyncio.create_task(worker.submit(lambda: done.append("second")))
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(first, last, second)
    assert done == ["first", "second", "last"]
    await worker.close(1)


async def test_a_task_that_is_not_wanted_any_more_is_dropped_and_only_so_many_wait() -> None:
    worker, gate, done = Worker(waiting=1), Event(), list[str]()
    first = asyncio.create_task(worker.submit(gate.wait))
    await asyncio.sleep(0)
    stale = asyncio.create_task(worker.submit_last(lambda: done.append("stale"), lambda: False))
    await asyncio.sleep(0)
    with pytest.raises(Busy, match="1 tasks wait for all others"):
        await worker.submit_last(lambda: done.append("too many"), lambda: True)
    gate.set()
    await first
    with pytest.raises(Stale):
        await stale
    assert done == []
    await worker.close(1)
