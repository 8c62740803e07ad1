"""The conversation in a terminal, or over a pipe: the same engine and the same words as in Telegram."""

import contextlib
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from pathlib import Path
from threading import Event
from typing import Self, TextIO, TypeVar

from rich.console import Console
from rich.text import Text

from bot import clock, messages
from bot.cards import card, detail, more_by_number, others, sources_list
from bot.clock import Clock
from bot.commands.terminal import LOADING, progress_bar
from bot.errors import BotError
from bot.logs import log_question
from bot.printable import printable
from bot.protocols import LibraryView, Report
from bot.summaries.cards import briefing_card, timeline_card
from bot.summaries.lookup import events, look_up, read_wish
from bot.summaries.messages import NO_EVENTS
from corpus.errors import CorpusError
from retrieval.answer import Answer, NoAnswer
from retrieval.asking.followup import Context, ask_in_context
from retrieval.asking.smalltalk import news_since
from retrieval.errors import RetrievalError
from retrieval.question import MAX_LENGTH, QuestionTooLong

HISTORY_LINES = 500
PROMPT = "> "
TICK_SECONDS = 0.1
CHAT_KIND = "terminal"

T = TypeVar("T")
Opener = Callable[[Report], AbstractContextManager[LibraryView]]

logger = logging.getLogger(__name__)


class Left(Exception):
    """The person left while the library was still being opened."""


class Desk:
    """A library that opens in a thread of its own, so that a person can type meanwhile.

    Everything that it does, closing included, happens in that one thread: locks and models stay where they were made.
    """

    def __init__(self, opener: Opener) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")
        self._stack = ExitStack()
        self._left = Event()
        self._stage = (LOADING, 0, 0)
        self._library: Future[LibraryView] = self._thread.submit(self._open, opener)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._left.set()
        closing = self._thread.submit(self._stack.close)
        self._thread.shutdown()
        closing.result()

    def _open(self, opener: Opener) -> LibraryView:
        return self._stack.enter_context(opener(self._note))

    def _note(self, what: str, done: int, total: int) -> None:
        if self._left.is_set():
            raise Left
        self._stage = (what, done, total)

    def wait(self, report: Report) -> None:
        """Return when the library is open, telling `report` how far it is. Raises whatever opening it raised."""
        while wait([self._library], timeout=TICK_SECONDS).not_done:
            report(*self._stage)
        self._library.result()

    @property
    def is_open(self) -> bool:
        """Whether there is nothing left to wait for."""
        return self._library.done()

    def call(self, work: Callable[[LibraryView], T]) -> T:
        """Return what `work` returns for the library, waiting for it where it is still being opened."""
        library = self._library.result()
        return self._thread.submit(work, library).result()


class Conversation:
    """One person's questions and commands, a line at a time. `hints` say what can be typed under an answer."""

    def __init__(self, desk: Desk, *, history: Path, hints: bool, today: Callable[[], date] = clock.today, now: Clock = clock.now) -> None:
        self._desk = desk
        self._today = today
        self._now = now
        self._history = history
        self._hints = hints
        self._last: Answer | NoAnswer | None = None
        self._earlier: Answer | NoAnswer | None = None
        self._has_shown = False

    def reply(self, line: str) -> Text | None:
        """Return what to show for `line`, which may be why there is no answer; None where the person wants to leave."""
        try:
            return self._reply(line.strip())
        except (BotError, CorpusError, RetrievalError) as error:
            logger.debug("a line could not be answered", exc_info=True)
            return Text(printable(str(error)))

    def _reply(self, line: str) -> Text | None:
        word, _, rest = line.partition(" ")
        if word.lower() == "/ask":
            return self._ask(rest) if rest.strip() else Text(messages.EMPTY_QUESTION)
        if word.lower() in {"/summary", "/timeline"}:
            return self._summary(rest) if word.lower() == "/summary" else self._timeline(rest)
        if (since := news_since(line)) is not None:
            return self._summary(since)
        if line.startswith("/"):
            return self._command(word.lower())
        if line.lower() == "p":
            return self._passage()
        if line.isdecimal() and self._has_shown:
            return self._numbered(int(line[:9]))
        return self._ask(line)

    def _ask(self, text: str) -> Text:
        try:
            asked = self._desk.call(lambda library: ask_in_context(library.answerer, text, self._earlier))
        except QuestionTooLong:
            return Text(messages.TOO_LONG)
        log_question(CHAT_KIND, asked)
        self._show(asked.result)
        self._earlier = asked.result if Context.of(asked.result) else self._earlier
        shown = card(asked.result, today=self._today())
        hint = more_by_number(asked.result) if self._hints else None
        return Text("\n\n").join([shown, hint]) if hint else shown

    def _show(self, result: Answer | NoAnswer | None) -> None:
        """Let numbers stand for what is on the card of `result`; for nothing below a summary or a timeline, which has none."""
        self._last, self._has_shown = result, True

    def _summary(self, typed: str) -> Text:
        self._show(None)
        now = self._now()
        topic, since = read_wish(typed, now)
        found = self._desk.call(lambda library: look_up(library.summariser, topic=topic, since=since, now=now))
        return briefing_card(found.briefing, heading=found.heading)

    def _timeline(self, typed: str) -> Text:
        self._show(None)
        now = self._now()
        topic, since = read_wish(typed, now)
        found = self._desk.call(lambda library: events(library.summariser, topic=topic, since=since, now=now))
        return timeline_card(found, title=typed.strip(), today=self._today()) if found else Text(NO_EVENTS)

    def _passage(self) -> Text:
        if isinstance(self._last, Answer):
            return detail(self._last.variant.best)
        return detail(self._last.closest[0]) if self._last and self._last.closest else Text(messages.NO_PASSAGE_YET)

    def _numbered(self, number: int) -> Text:
        shown = others(self._last) if self._last else ()
        return detail(shown[number - 1]) if 1 <= number <= len(shown) else Text(messages.NO_SUCH_NUMBER)

    def _command(self, word: str) -> Text | None:
        match word:
            case "/quit" | "/exit":
                return None
            case "/start":
                return Text(f"{messages.WELCOME}\n\n").append_text(self.examples())
            case "/new":
                self._earlier = None
                return Text(messages.FORGOTTEN)
            case "/help":
                return Text(messages.HELP_TERMINAL)
            case "/about":
                return Text(messages.ABOUT)
            case "/privacy":
                return Text(messages.PRIVACY_TERMINAL.format(lines=HISTORY_LINES, path=printable(str(self._history))))
            case "/sources":
                return sources_list(self._desk.call(lambda library: library.catalog.sources()))
            case _:
                return Text(messages.UNKNOWN_COMMAND)

    def examples(self) -> Text:
        """Return a few questions to try; where there are no articles, how to add some."""
        questions = self._desk.call(lambda library: library.examples())
        if not questions:
            return Text(messages.NO_SOURCES)
        return Text("\n").join([Text(messages.TRY_ONE), *(Text(f"  {printable(question)}") for question in questions)])


def converse(opener: Opener, console: Console, notices: Console, *, history: Path, first_start: bool) -> None:
    """Talk with a person until Ctrl-D or /quit. `notices` shows progress; a `first_start` waits for its end.

    Raises whatever opening the library raises, and KeyboardInterrupt on Ctrl-C.
    """
    console.print(Text(messages.WELCOME))
    console.print(Text(messages.HINT_TERMINAL, style="dim"))
    with Desk(opener) as desk, line_history(history):
        conversation = Conversation(desk, history=history, hints=True)
        if first_start:
            _wait(desk, notices)
            console.print(Text("\n").append_text(conversation.examples()))
        for line in _typed():
            _wait(desk, notices)
            shown = conversation.reply(line)
            if shown is None:
                return
            console.print(Text(), shown, Text(), sep="\n")
        console.print()
        if desk.is_open:
            _wait(desk, notices)


def _wait(desk: Desk, notices: Console) -> None:
    if desk.is_open:
        desk.wait(lambda *_: None)
        return
    with progress_bar(notices) as report:
        desk.wait(report)


def _typed() -> Iterator[str]:
    """Yield the lines that a person types, blank ones left out, until Ctrl-D."""
    with contextlib.suppress(EOFError):
        while True:
            line = input(PROMPT)
            if line.strip():
                yield line


def answer_lines(opener: Opener, stream: TextIO, console: Console, notices: Console, *, history: Path) -> None:
    """Answer each line of `stream`, with a blank line between two answers; nothing else reaches `console`."""
    with Desk(opener) as desk:
        conversation = Conversation(desk, history=history, hints=False)
        _wait(desk, notices)
        for number, line in enumerate(bounded_lines(stream)):
            shown = conversation.reply(line)
            if shown is None:
                return
            console.print(*([Text()] if number else []), shown, sep="\n")


def bounded_lines(stream: TextIO) -> Iterator[str]:
    """Yield the lines of `stream`, blank ones left out; of one that is no question any more, only the beginning."""
    limit = 2 * MAX_LENGTH
    while line := stream.readline(limit):
        rest = line
        while rest and not rest.endswith("\n") and len(rest) == limit:
            rest = stream.readline(limit)
        if line.strip():
            yield line


@contextmanager
def line_history(path: Path) -> Iterator[None]:
    """Let the arrow keys find earlier lines for the length of the block, and keep them in `path`, readable by their owner only.

    Where the system has no readline, or `path` cannot be used, the conversation goes on without.
    """
    try:
        import readline
    except ImportError:
        yield
        return
    with contextlib.suppress(OSError):
        readline.read_history_file(path)
    readline.set_history_length(HISTORY_LINES)
    try:
        yield
    finally:
        try:
            path.touch(mode=0o600)
            path.chmod(0o600)
            readline.write_history_file(path)
        except OSError as error:
            logger.warning("The history of this conversation cannot be kept in %s: %s.", path, error.strerror)
