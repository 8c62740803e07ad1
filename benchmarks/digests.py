"""Digests for many groups at once, from the real bot, to a Bot API that enforces Telegram's limits; and questions in the meantime.

    python -m benchmarks.digests [--groups N] [--questions N] [--seconds S]

A data folder with the sample corpus is made, and a bot over it serves a Bot API on this machine, which refuses what is sent faster
than thirty messages a second, or twenty a minute to one group. People ask one question after the other, first while nothing else
goes on, then while the digests of all groups are due. The exit code is 1 where a digest is missing or double, or was refused.
"""

import argparse
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.digests.books import Books
from bot.digests.schedule import Rhythm, Schedule
from bot.digests.subscriptions import Subscription
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


@dataclass(frozen=True, slots=True)
class Measured:
    """What was seen: seconds that questions took alone and meanwhile, seconds from the first to the last digest, and what went wrong."""

    alone: Sequence[float]
    meanwhile: Sequence[float]
    seconds: float
    missing: int
    double: int
    refused: int
    most_in_a_second: int


def measure(groups: int, questions: int, patience: float) -> Measured:
    """Return how a run for so many groups goes; what has not arrived after `patience` seconds is missing."""
    limits = Limits()
    with tempfile.TemporaryDirectory() as folder, BotApi(limits=limits) as api:
        quotewire = Quotewire(Path(folder) / "data", Path(folder) / "work")
        added = quotewire.run("add", str(SAMPLE_ARTICLES), seconds=START_SECONDS)
        if added.code != 0:
            raise SystemExit(added.output)
        with _books(quotewire.data_dir) as books, quotewire.start("run", TELEGRAM_BOT_TOKEN=api.token, TELEGRAM_BASE_URL=api.url):
            api.wait_for(lambda: api.polls, seconds=START_SECONDS)
            _ask(api, 1)  # the first one warms the models up
            alone = _ask(api, questions)
            chats = [Chat(-(10_000 + number)) for number in range(groups)]
            with api.world.changed:
                api.world.chats |= {chat.id: chat for chat in chats}
            _subscribe(books, chats)
            api.wait_for(lambda: _digests(api), seconds=120)
            meanwhile = list[float]()
            end = time.monotonic() + patience
            while len(meanwhile) < questions or (len(_digests(api)) < groups and time.monotonic() < end):
                meanwhile += _ask(api, 1)
            time.sleep(1)
            arrived = _digests(api)
        counts = Counter(chat for chat, _ in arrived)
        moments = [moment for _, moment in arrived]
        double = sum(count - 1 for count in counts.values())
        seconds = max(moments) - min(moments)
        return Measured(alone, meanwhile, seconds, groups - len(counts), double, limits.refused, _densest(moments))


@contextmanager
def _books(data_dir: Path) -> Iterator[Books]:
    engine = open_database(f"sqlite:///{data_dir / 'quotewire.db'}")
    yield Books.of(engine, _now)
    engine.dispose()


def _now() -> datetime:
    return datetime.now(UTC)


def _subscribe(books: Books, chats: Sequence[Chat]) -> None:
    """Let the digests of `chats` be due at the next full minute, so that all are at once."""
    due = _now() + timedelta(minutes=1)
    schedule = Schedule(rhythm=Rhythm.DAILY, times=(due.time().replace(second=0, microsecond=0),), zone="UTC")
    for chat in chats:
        books.subscriptions.keep(Subscription(chat_id=chat.id, schedule=schedule, since=_now()))


def _ask(api: BotApi, times: int) -> list[float]:
    """Return the seconds until each of so many questions, asked by different people, has its reply."""
    taken = []
    for number in range(times):
        started = time.monotonic()
        asked = api.private_message(QUESTIONS[number % len(QUESTIONS)], user=User(100 + int(started * 1000) % 10_000_000))
        api.reply(asked, seconds=60)
        taken.append(time.monotonic() - started)
    return taken


def _digests(api: BotApi) -> list[tuple[str, float]]:
    """Return (chat, moment) of each message that arrived in a group."""
    sent = api.calls("sendMessage")
    return [(call.parameters["chat_id"], call.moment) for call in sent if call.parameters["chat_id"].startswith("-") and not call.refusal]


def _densest(moments: Sequence[float]) -> int:
    return max(sum(start <= moment < start + 1 for moment in moments) for start in moments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print a table, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--groups", type=int, default=300)
    parser.add_argument("--questions", type=int, default=10, help="asked while nothing else goes on, and at least so many meanwhile")
    parser.add_argument("--seconds", type=float, default=180, help="that the digests may take")
    options = parser.parse_args(arguments)
    found = measure(options.groups, options.questions, options.seconds)
    print(f"groups                         {options.groups}")
    print(f"digests missing, double        {found.missing}, {found.double}")
    print(f"refused for coming too fast    {found.refused}")
    print(f"first to last digest           {found.seconds:.1f} s")
    print(f"most messages in a second      {found.most_in_a_second}")
    print(f"a question alone, median       {statistics.median(found.alone):.2f} s of {len(found.alone)}, longest {max(found.alone):.2f} s")
    meanwhile = f"{statistics.median(found.meanwhile):.2f} s of {len(found.meanwhile)}, longest {max(found.meanwhile):.2f} s"
    print(f"a question meanwhile, median   {meanwhile}")
    return int(bool(found.missing or found.double or found.refused))


if __name__ == "__main__":
    raise SystemExit(main())
