"""Digests for many groups at once, from the real bot, to a Bot API that enforces Telegram's limits; and questions in the meantime.

    python -m benchmarks.digests [--groups N] [--rounds N] [--seconds S]

A data folder with the sample corpus is made, and a bot over it serves a Bot API on this machine, which refuses what is sent faster
than thirty messages a second, or twenty a minute to one group. People ask one question after the other, first while nothing else
goes on, then from the minute on in which the digests of all groups are due until the last one has arrived. Each question is compared with
itself: the ratio is the median of what a question took meanwhile over what the same one takes alone (median). The exit code is 1 where a
digest is missing or double, or was refused, or the ratio is above 2.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

from bot.digests.books import Books
from bot.digests.schedule import Rhythm, Schedule
from bot.digests.subscriptions import Length, Subscription
from corpus.database import open_database
from tests.running import SAMPLE_ARTICLES, Quotewire
from tests.telegram import BotApi, Chat, Limits, User

QUESTIONS = (
    "when is the meeting?",
    "When will the St. Orla Bridge reopen?",
    "Who is Trump's envoy to the Middle East?",
    "what was stolen from the museum?",
    "how much will the repairs cost?",
)
START_SECONDS = 300
SETTLING = 3
"""Seconds after the last chat has its digest in which a second message would arrive."""

MOST_RATIO = 2.0
"""A question may take this many times as long as alone while digests are made and sent."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A question, and after how many seconds its reply came."""

    question: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was seen: seconds that each question took alone and meanwhile, seconds from the first to the last digest, what went wrong."""

    alone: Sequence[Timed]
    meanwhile: Sequence[Timed]
    seconds: float
    missing: int
    double: int
    refused: int
    most_in_a_second: int

    @property
    def ratio(self) -> float:
        """How many times as long a question takes meanwhile as the same one alone: the median; infinite where none was asked."""
        normal = {
            question: statistics.median(timed.seconds for timed in self.alone if timed.question == question) for question in QUESTIONS
        }
        return statistics.median([timed.seconds / normal[timed.question] for timed in self.meanwhile] or [float("inf")])


def measure(groups: int, rounds: int, patience: float) -> Measured:
    """Return how a run for so many groups goes; what has not arrived after `patience` seconds is missing."""
    limits = Limits()
    with tempfile.TemporaryDirectory() as folder, BotApi(limits=limits) as api:
        quotewire = Quotewire(Path(folder) / "data", Path(folder) / "work")
        added = quotewire.run("add", str(SAMPLE_ARTICLES), seconds=START_SECONDS)
        if added.code != 0:
            raise SystemExit(added.output)
        with _books(quotewire.data_dir) as books, quotewire.start("run", TELEGRAM_BOT_TOKEN=api.token, TELEGRAM_BASE_URL=api.url):
            api.wait_for(lambda: api.polls, seconds=START_SECONDS)
            for question in QUESTIONS:  # the first ones warm the models up
                _ask(api, question)
            alone = [_ask(api, question) for question in QUESTIONS for _ in range(rounds)]
            chats = [Chat(-(10_000 + number)) for number in range(groups)]
            with api.world.changed:
                api.world.chats |= {chat.id: chat for chat in chats}
            due = _subscribe(books, chats)
            time.sleep(max(0.0, (due - _now()).total_seconds()))
            meanwhile = list(_ask_until(api, lambda: len(_chats(_digests(api))) >= groups, patience))
            time.sleep(SETTLING)
            arrived = _digests(api)
        moments = [moment for _, _, moment in arrived] or [0.0]
        return Measured(
            alone,
            meanwhile,
            seconds=max(moments) - min(moments),
            missing=groups - len(_chats(arrived)),
            double=len(arrived) - len({(chat, text) for chat, text, _ in arrived}),
            refused=limits.refused,
            most_in_a_second=_densest(moments),
        )


@contextmanager
def _books(data_dir: Path) -> Iterator[Books]:
    engine = open_database(f"sqlite:///{data_dir / 'quotewire.db'}")
    yield Books.of(engine, _now)
    engine.dispose()


def _now() -> datetime:
    return datetime.now(UTC)


def _subscribe(books: Books, chats: Sequence[Chat]) -> datetime:
    """Let the digests of `chats` be due at a full minute, so that all are at once, in each length as many; return that minute."""
    due = (_now() + timedelta(minutes=1, seconds=30)).replace(second=0, microsecond=0)
    schedule = Schedule(rhythm=Rhythm.DAILY, times=(due.time(),), zone="UTC")
    for chat, length in zip(chats, cycle(Length), strict=False):
        books.subscriptions.keep(Subscription(chat_id=chat.id, schedule=schedule, since=_now(), length=length))
    return due


def _ask(api: BotApi, question: str) -> Timed:
    """Return how long a question of a person who never asked before takes."""
    started = time.monotonic()
    asked = api.private_message(question, user=User(100 + int(started * 1000) % 10_000_000))
    api.reply(asked, seconds=60)
    return Timed(question, time.monotonic() - started)


def _ask_until(api: BotApi, is_done: Callable[[], bool], patience: float) -> Iterator[Timed]:
    """Ask one question after the other until `is_done` or `patience` seconds are over."""
    end = time.monotonic() + patience
    for question in cycle(QUESTIONS):
        if is_done() or time.monotonic() >= end:
            return
        yield _ask(api, question)


def _digests(api: BotApi) -> list[tuple[str, str, float]]:
    """Return (chat, text, moment) of each message that arrived in a group."""
    sent = [call for call in api.calls("sendMessage") if call.parameters["chat_id"].startswith("-") and not call.refusal]
    return [(call.parameters["chat_id"], call.parameters["text"], call.moment) for call in sent]


def _chats(arrived: Sequence[tuple[str, str, float]]) -> set[str]:
    return {chat for chat, _, _ in arrived}


def _densest(moments: Sequence[float]) -> int:
    return max(sum(start <= moment < start + 1 for moment in moments) for start in moments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--groups", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked while nothing else goes on")
    parser.add_argument("--seconds", type=float, default=300, help="that the digests may take")
    options = parser.parse_args(arguments)
    found = measure(options.groups, options.rounds, options.seconds)
    print(f"groups                         {options.groups}")
    print(f"digests missing, double        {found.missing}, {found.double}")
    print(f"refused for coming too fast    {found.refused}")
    print(f"first to last digest           {found.seconds:.1f} s")
    print(f"most messages in a second      {found.most_in_a_second}")
    print(f"a question alone               {_times(found.alone)}")
    print(f"a question meanwhile           {_times(found.meanwhile)}")
    print(f"meanwhile over alone, median   {found.ratio:.2f} (at most {MOST_RATIO:.0f})")
    return int(bool(found.missing or found.double or found.refused or found.ratio > MOST_RATIO))


def _times(asked: Sequence[Timed]) -> str:
    seconds = [timed.seconds for timed in asked]
    return f"median {statistics.median(seconds):.2f} s of {len(seconds)}, longest {max(seconds):.2f} s" if seconds else "none was asked"


if __name__ == "__main__":
    raise SystemExit(main())
