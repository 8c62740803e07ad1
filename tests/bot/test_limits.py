from datetime import datetime, timedelta

import pytest

from bot import limits
from bot.limits import CHAT_FACTOR, GROUP_MOST, MAX_BUCKETS, Limits, Wait
from tests.bot.objects import NOW


class Meter:
    """Limits, and the clock that they see."""

    def __init__(self, per_minute: int, *exempt: int) -> None:
        self.now = NOW
        self.limits = Limits(per_minute, self._clock, exempt=exempt)

    def _clock(self) -> datetime:
        return self.now

    def asks(self, times: int, person: int | None = 7, chat_id: int | None = 7) -> list[Wait | None]:
        return [self.limits.take(person, chat_id) for _ in range(times)]


def test_as_many_as_are_allowed_pass_and_the_next_waits() -> None:
    assert Meter(2).asks(3) == [None, None, Wait(30, is_news=True)]


def test_the_wait_is_told_once_until_a_question_passes_again() -> None:
    meter = Meter(2)
    assert meter.asks(4)[2:] == [Wait(30, is_news=True), Wait(30, is_news=False)]
    meter.now += timedelta(seconds=30)
    assert meter.asks(2) == [None, Wait(30, is_news=True)]


def test_the_wait_gets_shorter_and_a_minute_brings_everything_back() -> None:
    meter = Meter(2)
    meter.asks(2)
    meter.now += timedelta(seconds=20)
    assert meter.asks(1) == [Wait(10, is_news=True)]
    meter.now += timedelta(hours=1)
    assert meter.asks(3)[:2] == [None, None]


def test_a_group_may_ask_more_than_a_person_but_not_without_end() -> None:
    meter = Meter(2)
    people = [meter.asks(2, person, -100) for person in range(CHAT_FACTOR)]
    assert people == [[None, None]] * CHAT_FACTOR
    assert meter.asks(1, 99, -100) == [Wait(10, is_news=True)]
    assert meter.asks(1, 99, -200) == [None]


def test_a_group_may_ask_no_more_than_telegram_lets_the_bot_answer() -> None:
    meter = Meter(20)
    passed = [meter.asks(1, person, -100) for person in range(40)].count([None])
    assert passed == GROUP_MOST


def test_what_the_chat_refuses_costs_the_person_nothing() -> None:
    meter = Meter(1)
    for person in range(CHAT_FACTOR):
        meter.asks(1, person, -100)
    meter.asks(5, 99, -100)
    assert meter.asks(1, 99, 99) == [None]


def test_people_who_are_not_told_count_with_their_chat() -> None:
    assert Meter(1).asks(4, None, -100) == [None, None, None, Wait(20, is_news=True)]


def test_exempt_people_and_no_limit_pass_always() -> None:
    assert Meter(1, 7).asks(50) == [None] * 50
    assert Meter(0).asks(50) == [None] * 50


def test_a_clock_that_is_put_back_takes_nothing_away() -> None:
    meter = Meter(2)
    meter.asks(1)
    meter.now -= timedelta(days=1)
    assert meter.asks(2) == [None, Wait(30, is_news=True)]


def test_only_so_many_are_counted() -> None:
    meter = Meter(1)
    meter.asks(1)
    for person in range(1000, 1000 + MAX_BUCKETS):
        meter.limits.take(person, person)
    assert meter.asks(1) == [None]


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="per_minute must not be negative, got -1"):
        limits.Limits(-1, lambda: NOW)
