"""Logs: one line per event, and never a token."""

import json
import logging
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.logs import Redactor, configure_logging, log_question
from bot.settings import Settings
from retrieval.answer import Silence
from retrieval.answering import Asked
from tests.bot.fake_backend import ANSWER, MEETING, MILLISECONDS, no_answer

TOKEN = "123456789:AAHfK3lqX0vJ7oUeWm2RzTnYbPdCgSiEaQw"
logger = logging.getLogger("tests.logs")

Written = Callable[[], str]


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[Written]:
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    root.handlers.clear()
    yield lambda: capsys.readouterr().err
    root.handlers[:] = handlers
    root.setLevel(level)


def settings(**changes: object) -> Settings:
    return Settings.model_validate({"telegram_bot_token": SecretStr(TOKEN)} | changes)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    "write",
    [
        lambda: logger.error("the token is %s", TOKEN),
        lambda: logger.error("POST https://api.telegram.org/bot" + TOKEN + "/getMe"),  # noqa: G003 - tokens in messages are the point
        lambda: logger.error("%s", {"url": f"https://api.telegram.org/bot{TOKEN}/getMe"}),
        lambda: logger.error("another's: %s", "987654321:BBHfK3lqX0vJ7oUeWm2RzTnYbPdCgSiEaQw"),
        lambda: logger.error("quoted: %s", TOKEN.replace(":", "%3A")),
    ],
)
def test_a_token_never_reaches_the_log(written: Written, form: str, write: Callable[[], None]) -> None:
    configure_logging(settings(log_format=form))
    write()
    line = written()
    assert ("[token]" in line, TOKEN[10:] in line, "BBHfK3lqX0vJ7oUeWm2RzTnYbPdCgSiEaQw" in line) == (True, False, False)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_token_never_reaches_a_traceback(written: Written, form: str) -> None:
    configure_logging(settings(log_format=form))
    try:
        raise OSError(f"cannot reach /bot{TOKEN}/getMe")
    except OSError:
        logger.exception("failed")
    text = written()
    assert ("OSError: cannot reach /bot[token]/getMe" in text, TOKEN in text) == (True, False)


@given(before=st.text(), after=st.text(alphabet="/ .\n\x1b"))
def test_the_own_token_is_found_in_any_surroundings(before: str, after: str) -> None:
    assert TOKEN not in Redactor(TOKEN).clean(f"{before}{TOKEN}{after}")


def test_a_secret_too_short_to_be_one_leaves_words_whole() -> None:
    assert Redactor("a").clean("a banana") == "a banana"


def test_json_logs_are_one_object_a_line(written: Written) -> None:
    configure_logging(settings(log_format="json"))
    logger.warning("two\nlines")
    entry = json.loads(written())
    assert (entry["level"], entry["logger"], entry["message"]) == ("WARNING", "tests.logs", "two\nlines")


@pytest.mark.parametrize("library", ["httpx", "httpcore", "chromadb", "transformers", "sentence_transformers", "alembic"])
def test_libraries_that_chatter_are_silenced_below_warnings(written: Written, library: str) -> None:
    configure_logging(settings(log_level="DEBUG"))
    logging.getLogger(library).info("chatter")
    assert written() == ""


@pytest.mark.parametrize(
    ("quiet", "changes", "shown"),
    [(False, {}, True), (True, {}, False), (True, {"log_level": "INFO"}, True), (False, {"log_level": "ERROR"}, False)],
)
def test_commands_for_people_log_warnings_only_unless_a_level_was_chosen(
    written: Written, quiet: bool, changes: dict[str, str], shown: bool
) -> None:
    configure_logging(settings(**changes), quiet=quiet)
    logger.info("an event")
    assert ("an event" in written()) == shown


def test_an_answered_question_leaves_one_line_without_its_words(written: Written) -> None:
    configure_logging(settings())
    log_question("group", Asked(ANSWER, MILLISECONDS))
    line = written()
    assert line.count("\n") == 1
    assert line.endswith("question chat=group answered confidence=0.93 search=10ms read=30ms total=41ms\n")


def test_an_unanswered_question_leaves_its_reason(written: Written) -> None:
    configure_logging(settings())
    log_question("private", Asked(no_answer(MEETING, Silence.OTHER_LANGUAGE), MILLISECONDS))
    assert "question chat=private silent reason=other_language search=10ms" in written()


def test_the_words_of_a_question_are_written_at_debug_only(written: Written) -> None:
    configure_logging(settings(log_level="DEBUG"))
    log_question("private", Asked(ANSWER, MILLISECONDS))
    assert repr(MEETING) in written()
