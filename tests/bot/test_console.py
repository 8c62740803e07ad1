"""The conversation: the same engine and words as in Telegram, a line at a time."""

import io
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from threading import Event, current_thread

import pytest

from bot import messages
from bot.commands.terminal import make_console
from bot.console import Conversation, Desk, answer_lines, bounded_lines, line_history
from bot.errors import BotError, BotLost
from bot.protocols import LibraryView, Report
from bot.settings import Settings
from corpus.errors import CorpusError, DatabaseUnusable
from retrieval.errors import IndexUnusable, ModelUnusable, RetrievalError
from tests.bot.fake_backend import MEETING, POST, STAR, FakeBackend, FakeLibrary
from tests.bot.fake_summaries import LATEST, event

HISTORY = Path("somewhere/chat_history")


def opener(backend: FakeBackend, report: Report) -> AbstractContextManager[LibraryView]:
    return backend.open_library(Settings(), report, writing=False, sample=True)


def ignore(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


@pytest.fixture
def conversation() -> Iterator[Conversation]:
    with Desk(partial(opener, FakeBackend())) as desk:
        yield Conversation(desk, history=HISTORY, hints=True)


def said(conversation: Conversation, *lines: str) -> str:
    """Return what the last of `lines` was answered with."""
    replies = [conversation.reply(line) for line in lines]
    assert replies[-1] is not None
    return replies[-1].plain


def test_a_question_is_answered_with_a_card_and_a_hint(conversation: Conversation) -> None:
    reply = said(conversation, MEETING)
    assert (reply.splitlines()[0], reply.splitlines()[-1]) == ("February 4", messages.MORE_BY_NUMBER)


@pytest.mark.parametrize(
    ("line", "shown"),
    [("1", POST.text.replace("\x1b", "\ufffd")), ("2", "Washington\n"), ("p", "February 4\n\n" + STAR.text), ("P", STAR.text)],
)
def test_numbers_and_p_show_passages_of_the_last_answer(conversation: Conversation, line: str, shown: str) -> None:
    assert shown in said(conversation, MEETING, line)


@pytest.mark.parametrize("line", ["0", "3", "99999999999999999999"])
def test_a_number_that_is_not_on_the_card_is_refused(conversation: Conversation, line: str) -> None:
    assert said(conversation, MEETING, line) == messages.NO_SUCH_NUMBER


def test_after_an_honest_no_the_closest_passage_has_a_number(conversation: Conversation) -> None:
    assert said(conversation, "what is the capital of peru?", "1").startswith("The first visit is set.")


def test_a_passage_before_any_question_is_refused(conversation: Conversation) -> None:
    assert said(conversation, "p") == messages.NO_PASSAGE_YET


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("/help", messages.HELP_TERMINAL),
        ("/about", messages.ABOUT),
        ("/ABOUT now", messages.ABOUT),
        ("/ask", messages.EMPTY_QUESTION),
        ("/nonsense", messages.UNKNOWN_COMMAND),
        ("x" * 1001, messages.TOO_LONG),
        ("/sources", "The Star: 1 article, newest 29 January 2025\nSource unknown: 1 article"),
        ("/start", f"{messages.WELCOME}\n\n{messages.TRY_ONE}\n  {MEETING}"),
    ],
)
def test_a_line_has_its_answer(conversation: Conversation, line: str, shown: str) -> None:
    assert said(conversation, line) == shown


def test_ask_is_understood_as_in_telegram(conversation: Conversation) -> None:
    assert said(conversation, f"/ask {MEETING}") == said(conversation, MEETING)


def test_privacy_names_the_file_that_keeps_the_lines(conversation: Conversation) -> None:
    assert str(HISTORY) in said(conversation, "/privacy")


@pytest.mark.parametrize("line", ["/quit", "/exit"])
def test_quit_leaves(conversation: Conversation, line: str) -> None:
    assert conversation.reply(line) is None


def test_without_articles_start_says_so() -> None:
    with Desk(partial(opener, FakeBackend(FakeLibrary()))) as desk:
        assert said(Conversation(desk, history=HISTORY, hints=True), "/start").endswith(messages.NO_SOURCES)


def piped(text: str, backend: FakeBackend) -> str:
    output, notices = io.StringIO(), io.StringIO()
    answer_lines(partial(opener, backend), io.StringIO(text), make_console(output), make_console(notices), history=HISTORY)
    assert notices.getvalue() == ""
    return output.getvalue()


def test_over_a_pipe_each_line_is_answered_and_nothing_else_is_said() -> None:
    output = piped(f"{MEETING}\n\n  \nwhat is the capital of peru?", FakeBackend())
    assert (output.splitlines()[0], output.count("\n\nThat is not in my articles."), messages.MORE_BY_NUMBER in output) == (
        "February 4",
        1,
        False,
    )


@pytest.mark.parametrize("trouble", [BotLost("Ask again."), DatabaseUnusable("Ask again."), IndexUnusable("Ask again.")])
def test_a_question_that_fails_is_answered_with_the_reason_and_the_next_one_as_always(
    trouble: BotError | CorpusError | RetrievalError,
) -> None:
    failures = iter([trouble])

    def fail_once() -> None:
        for failure in failures:
            raise failure

    output = piped(f"{MEETING}\n{MEETING}\n", FakeBackend(FakeLibrary(meanwhile=fail_once)))
    assert output.startswith("Ask again.\n\nFebruary 4\n")


def test_over_an_empty_pipe_nothing_is_said() -> None:
    assert piped("", FakeBackend()) == ""


def test_quit_ends_a_pipe_early() -> None:
    assert piped(f"/quit\n{MEETING}\n", FakeBackend()) == ""


def test_what_opening_the_library_raises_reaches_the_caller() -> None:
    with pytest.raises(ModelUnusable, match="no such model"):
        piped(MEETING, FakeBackend(trouble=ModelUnusable("no such model")))


@pytest.mark.parametrize("end", ["\n", ""])
def test_an_endless_line_is_cut_to_one_refused_question(end: str) -> None:
    lines = list(bounded_lines(io.StringIO("x" * 100_000 + end + MEETING)))
    assert (len(lines[0]), lines[1:]) == (2000, [MEETING] if end else [])


@pytest.mark.parametrize("length", [1999, 2000, 2001, 3999, 4000, 4001])
def test_a_line_of_any_length_leaves_the_next_one_whole(length: int) -> None:
    assert list(bounded_lines(io.StringIO("x" * length + f"\n{MEETING}\n")))[-1] == f"{MEETING}\n"


def test_the_library_is_used_in_one_thread_from_opening_to_closing() -> None:
    threads = []

    class Noting(FakeLibrary):
        def examples(self) -> list[str]:
            threads.append(current_thread())
            return []

    with Desk(partial(opener, FakeBackend(Noting()))) as desk:
        desk.call(lambda library: library.examples())
        desk.call(lambda library: library.examples())
    assert (len(set(threads)), threads[0] is current_thread()) == (1, False)


def test_leaving_while_the_library_opens_stops_the_opening() -> None:
    started, completed = Event(), []

    def endless(report: Report) -> AbstractContextManager[LibraryView]:
        for _ in range(1_000_000_000):
            report("Indexing", 0, 0)
            started.set()
        completed.append(True)
        return FakeBackend().open_library(Settings(), report, writing=False, sample=True)

    with Desk(endless):
        assert started.wait(60)
    assert completed == []


def test_the_history_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "chat_history"
    path.write_text("")
    path.chmod(0o644)
    with line_history(path):
        pass
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_history_that_cannot_be_kept_is_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    with line_history(tmp_path / "file" / "chat_history"):
        pass
    assert "cannot be kept" in caplog.text


def test_a_follow_up_is_understood_until_new_begins(conversation: Conversation) -> None:
    assert "\nUnderstood as: Where is the meeting?\n" in said(conversation, MEETING, "where?")
    assert said(conversation, "/new") == messages.FORGOTTEN
    assert "Understood as" not in said(conversation, "where?")


def test_summary_and_timeline_are_understood_in_the_terminal() -> None:
    backend = FakeBackend()
    backend.library.summariser.events = [event(STAR, "2025-02-04", "The meeting is on February 4 in Washington.", "February 4")]
    with Desk(partial(opener, backend)) as desk:
        conversation = Conversation(desk, history=HISTORY, hints=True, now=lambda: LATEST)
        assert "“The first visit is set.”" in said(conversation, "/summary since 3 days")
        assert "“The first visit is set.”" in said(conversation, "what's new?")
        assert "New since" in said(conversation, "what happened this week?")
        assert said(conversation, "1") == "Nothing above has that number."
        assert "Netanyahu to Visit the White House" in said(conversation, "/SUMMARY netanyahu")
        assert said(conversation, "/summary volcano") == "My articles do not mention that topic."
        assert "Tuesday 4 February 2025" in said(conversation, "/timeline netanyahu")
        assert said(conversation, "/timeline volcano") == "I found no dated events for that."
