import pytest

from corpus.pacing import MOST_HOSTS, Pacer


class Waiter:
    """A clock that moves as it is slept."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


def test_a_host_is_asked_at_most_so_often() -> None:
    clock = Waiter()
    pacer = Pacer(30, clock=clock, sleep=clock.sleep)
    assert [pacer.wait("a.example") for _ in range(3)] == [0, 2, 2]


def test_hosts_do_not_wait_for_one_another() -> None:
    clock = Waiter()
    pacer = Pacer(30, clock=clock, sleep=clock.sleep)
    assert [pacer.wait(host) for host in ("a.example", "b.example", "a.example")] == [0, 0, 2]


def test_time_that_passed_anyway_is_not_waited_again() -> None:
    clock = Waiter()
    pacer = Pacer(30, clock=clock, sleep=clock.sleep)
    pacer.wait("a.example")
    clock.now += 1.5
    assert pacer.wait("a.example") == 0.5
    clock.now += 60
    assert pacer.wait("a.example") == 0


def test_those_who_ask_while_another_waits_queue_up() -> None:
    waits: list[float] = []
    pacer = Pacer(30, clock=lambda: 0.0, sleep=waits.append)
    for _ in range(4):
        pacer.wait("a.example")
    assert waits == [2, 4, 6]


def test_a_host_whose_turn_is_still_to_come_is_not_forgotten_for_the_many() -> None:
    clock = Waiter()
    pacer = Pacer(30, clock=clock, sleep=clock.sleep)
    for number in range(MOST_HOSTS):
        pacer.wait(f"{number}.example")
    clock.now += 2
    pacer.wait("last.example")
    pacer.wait("another.example")
    assert pacer.wait("last.example") == 2


def test_a_pace_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^per_minute must be more than 0, got 0$"):
        Pacer(0, clock=lambda: 0.0, sleep=lambda seconds: None)
