import logging
from collections.abc import Iterator
from threading import Event

import pytest

from bot.worker import Busy, Stopping
from bot.writer import Stop, Writer

PATIENCE = 60
"""Seconds for what is done at once, on however busy a machine."""


@pytest.fixture
def writer() -> Iterator[Writer]:
    writer = Writer()
    yield writer
    writer.close(PATIENCE)


def occupy(writer: Writer, gate: Event) -> None:
    """Give the writer a piece that lasts until `gate` is set, and return when it has begun."""
    begun = Event()

    def work(_: Stop) -> None:
        begun.set()
        gate.wait()

    writer.submit(work)
    assert begun.wait(PATIENCE)


def test_work_gives_what_it_returns(writer: Writer) -> None:
    assert writer.submit(lambda _: 6 * 7).result(PATIENCE) == 42


def test_work_raises_what_it_raises_and_the_next_goes_on(writer: Writer) -> None:
    broken = writer.submit(lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError, match="by zero"):
        broken.result(PATIENCE)
    assert writer.submit(lambda _: "next").result(PATIENCE) == "next"


def test_work_is_done_one_piece_after_another_in_its_order(writer: Writer) -> None:
    done: list[int] = []
    pieces = [writer.submit(lambda _, number=number: done.append(number)) for number in range(10)]  # type: ignore[misc]
    for piece in pieces:
        piece.result(PATIENCE)
    assert done == list(range(10))


def test_too_much_work_is_refused() -> None:
    writer, gate = Writer(waiting=1), Event()
    occupy(writer, gate)
    writer.submit(lambda _: None)
    with pytest.raises(Busy, match="1 pieces of work are waiting"):
        writer.submit(lambda _: None)
    gate.set()
    assert writer.close(PATIENCE)


def test_closing_lets_the_piece_at_hand_end_and_refuses_the_rest() -> None:
    writer, begun = Writer(), Event()

    def work(stop: Stop) -> str:
        begun.set()
        while not stop():
            pass
        return "ended early"

    at_hand, waiting = writer.submit(work), writer.submit(lambda _: "never")
    assert begun.wait(PATIENCE)
    assert writer.close(PATIENCE)
    assert at_hand.result(0) == "ended early"
    with pytest.raises(Stopping, match="closing"):
        waiting.result(0)
    with pytest.raises(Stopping, match="closing"):
        writer.submit(lambda _: "never")


def test_closing_tells_whether_the_piece_at_hand_was_done() -> None:
    writer, gate = Writer(), Event()
    occupy(writer, gate)
    assert not writer.close(0)
    gate.set()
    assert writer.close(PATIENCE)


def test_what_is_done_again_and_again_goes_on_after_a_failure(writer: Writer, caplog: pytest.LogCaptureFixture) -> None:
    rounds, often = list[int](), Event()

    def work(_: Stop) -> None:
        rounds.append(writer.submit(lambda _: len(rounds)).result(PATIENCE))
        if len(rounds) == 1:
            raise OSError("no network")
        often.set()

    with caplog.at_level(logging.ERROR):
        writer.every(0, "refreshing", work)
        assert often.wait(PATIENCE)
    assert rounds[:2] == [0, 1]
    assert "refreshing failed; next try in 0 s" in caplog.text
