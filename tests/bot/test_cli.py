"""The command: what it prints where, and how it ends."""

import gzip
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from bot import messages
from bot.cli import build_app
from bot.errors import DataDirInUse
from bot.settings import Settings
from corpus.errors import DatabaseUnusable
from corpus.loading import Skipped
from retrieval.errors import ModelUnusable
from tests import contract
from tests.bot.fake_backend import ANSWER, MEETING, POST, STAR, FakeBackend, FakeLibrary
from tests.bot.fake_summaries import event
from tests.fakes import PhraseReader

TOKEN = "123456789:AAHfK3lqX0vJ7oUeWm2RzTnYbPdCgSiEaQw"
PERU = "what is the capital of peru?"
COMMANDS = ("run", "chat", "ask", "add", "articles", "remove", "sources", "summary", "reindex", "doctor", "bench", "eval", "train")


@pytest.fixture(autouse=True)
def _nothing_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


@dataclass(frozen=True, slots=True)
class Shown:
    """How a command ended: its exit code, stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, object]:
        """The one object on stdout."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value


def quotewire(*arguments: str, backend: FakeBackend | None = None, typed: str = "", **settings: str) -> Shown:
    """Run the command over `backend`, whose clock ticks once a second."""
    ticks = iter(range(1_000_000))
    app = build_app(backend or FakeBackend(), clock=lambda: float(next(ticks)))
    result: Result = CliRunner().invoke(app, list(arguments), input=typed, env=settings, prog_name="quotewire")
    return Shown(result.exit_code, result.stdout, result.stderr)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    shown = quotewire(command, "--help")
    assert (shown.code, shown.out.startswith(f"Usage: quotewire {command}")) == (0, True)


def test_help_names_every_command() -> None:
    listed = {line.split()[0] for line in quotewire("--help").out.partition("Commands:")[2].splitlines() if line.strip()}
    assert listed >= set(COMMANDS)


# Without a command


def test_without_a_token_it_is_the_conversation() -> None:
    backend = FakeBackend()
    shown = quotewire(backend=backend, typed=f"{MEETING}\n")
    assert (shown.code, shown.out.splitlines()[0], shown.err, backend.served) == (0, "February 4", "", [])


def test_with_a_token_it_is_the_bot() -> None:
    backend = FakeBackend()
    shown = quotewire(backend=backend, TELEGRAM_BOT_TOKEN=TOKEN)
    assert (shown.code, shown.out, [settings.token for settings in backend.served]) == (0, "", [TOKEN])


def test_run_without_a_token_fails_in_a_sentence() -> None:
    shown = quotewire("run")
    assert (shown.code, shown.out, shown.err.startswith("TELEGRAM_BOT_TOKEN is not set;"), shown.err.count("\n")) == (1, "", True, 1)


# ask


def test_ask_prints_the_card() -> None:
    shown = quotewire("ask", MEETING)
    assert (shown.code, shown.out.splitlines()[:3], shown.err) == (
        0,
        ["February 4", "", "“The meeting is on February 4 in Washington.”"],
        "",
    )


def test_ask_opens_the_library_for_reading_with_the_sample(tmp_path: Path) -> None:
    backend = FakeBackend()
    quotewire("--data-dir", str(tmp_path), "ask", MEETING, backend=backend)
    assert backend.opened == [(tmp_path, False, True)]


def test_ask_as_json_prints_one_object() -> None:
    shown = quotewire("ask", MEETING, "--json")
    assert (shown.code, shown.object["answered"], shown.out.count("\n")) == (0, True, 1)


def test_ask_answers_two_questions_as_far_as_the_articles_do() -> None:
    shown = quotewire("ask", f"{MEETING} {PERU}")
    assert (shown.code, shown.out.splitlines()[0], messages.unanswered([PERU]) in shown.out) == (0, "February 4", True)


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_ask_exits_with_3_where_there_is_no_answer(flags: list[str]) -> None:
    assert quotewire("ask", PERU, *flags).code == 3


@pytest.mark.parametrize(
    ("question", "sentence"), [("", "The question is empty;"), (" \n", "The question is empty;"), ("why? " * 300, messages.TOO_LONG)]
)
def test_a_question_that_is_none_is_wrong_usage_and_loads_nothing(question: str, sentence: str) -> None:
    backend = FakeBackend()
    shown = quotewire("ask", question, backend=backend)
    assert (shown.code, shown.out, shown.err.startswith(sentence), backend.opened) == (2, "", True, [])


# Errors


@pytest.mark.parametrize("trouble", [DataDirInUse("In use."), DatabaseUnusable("Damaged."), ModelUnusable("No such model.")])
@pytest.mark.parametrize("command", [("ask", MEETING), ("add", "a.txt"), ("remove", "1"), ("reindex",)])
def test_trouble_is_one_sentence_and_exit_code_1(command: tuple[str, ...], trouble: Exception) -> None:
    shown = quotewire(*command, backend=FakeBackend(trouble=trouble))
    assert (shown.code, shown.out, shown.err) == (1, "", f"{trouble}\n")


def test_trouble_under_json_is_an_object_and_the_sentence() -> None:
    shown = quotewire("ask", MEETING, "--json", backend=FakeBackend(trouble=ModelUnusable("No such model.")))
    assert (shown.code, shown.object, shown.err) == (1, {"error": "No such model."}, "No such model.\n")


def test_the_unexpected_is_one_sentence_without_a_traceback_or_a_token() -> None:
    shown = quotewire("ask", MEETING, backend=FakeBackend(trouble=KeyError(f"bot{TOKEN}")))
    assert (shown.code, shown.out, shown.err) == (
        1,
        "",
        "Something unexpected went wrong (KeyError: 'bot[token]'); run it again with LOG_LEVEL=DEBUG to see where.\n",
    )


def test_the_traceback_of_the_unexpected_is_in_the_log_at_debug() -> None:
    shown = quotewire("ask", MEETING, backend=FakeBackend(trouble=KeyError("oops")), LOG_LEVEL="DEBUG")
    assert "Traceback (most recent call last)" in shown.err


def test_ctrl_c_ends_quietly() -> None:
    class Interrupted(FakeLibrary):
        def examples(self) -> list[str]:
            raise KeyboardInterrupt

    shown = quotewire("chat", backend=FakeBackend(Interrupted()), typed="/start\n")
    assert (shown.code, shown.out, shown.err) == (130, "", "")


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_a_wrong_setting_is_wrong_usage(flags: list[str]) -> None:
    shown = quotewire("sources", *flags, MIN_CONFIDENCE="2")
    assert (shown.code, shown.err.startswith("MIN_CONFIDENCE is not usable"), "MIN_CONFIDENCE" in shown.out) == (2, True, bool(flags))


@pytest.mark.parametrize("arguments", [["ask", "--json"], ["ask", "--json", "why?", "--nonsense"], ["nonsense", "--json"]])
def test_wrong_usage_under_json_is_an_object_too(arguments: list[str]) -> None:
    shown = quotewire(*arguments)
    assert (shown.code, list(shown.object), bool(shown.err)) == (2, ["error"], True)


# add, articles, remove, sources, reindex


def test_add_reports_every_source() -> None:
    backend = FakeBackend(FakeLibrary(), files={"star.md": STAR, "post.txt": POST})
    shown = quotewire("add", "star.md", "post.txt", "gone.txt", backend=backend)
    assert (shown.code, shown.out.splitlines()[-1], shown.err) == (0, "2 added, 1 skipped.", "")
    assert [word for word in ("Talks [bold]Delayed[/bold]", "gone.txt", "There is no such file.") if word not in shown.out] == []


def test_add_as_json_measures_its_time() -> None:
    shown = quotewire("add", "star.md", "--json", backend=FakeBackend(files={"star.md": STAR}))
    assert (shown.code, shown.object["unchanged"], shown.object["elapsed_ms"]) == (
        0,
        [{"source": "star.md", "id": STAR.id, "title": STAR.title, "passages": 1}],
        1000.0,
    )


def test_add_says_which_feeds_are_followed_from_now_on() -> None:
    feed = "https://post.example/feed.xml"
    shown = quotewire("add", feed, backend=FakeBackend(files={feed: STAR}))
    assert shown.out.splitlines()[-1] == "Followed from now on, while the bot runs or with `quotewire sources refresh`: 7 (Harbour Post)"
    feeds = quotewire("add", feed, "--json", backend=FakeBackend(files={feed: STAR})).object["feeds"]
    assert isinstance(feeds, list)
    assert feeds[0]["address"] == feed


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_add_fails_where_every_source_was_skipped(flags: list[str]) -> None:
    shown = quotewire("add", "gone.txt", "lost.txt", *flags, backend=FakeBackend(files={"gone.txt": Skipped("gone.txt", "It is empty.")}))
    assert (shown.code, "It is empty." in shown.out) == (1, True)


@pytest.mark.parametrize("command", ["add", "remove"])
def test_what_changes_the_library_has_it_alone_and_without_the_sample(tmp_path: Path, command: str) -> None:
    backend = FakeBackend()
    quotewire("--data-dir", str(tmp_path), command, "x", backend=backend)
    assert backend.opened == [(tmp_path, True, False)]


def test_articles_lists_ids_for_other_commands() -> None:
    shown = quotewire("articles")
    assert [word for word in (STAR.id, POST.id, STAR.title, "29 January 2025") if word not in shown.out] == []


def test_one_article_is_shown_with_its_text() -> None:
    assert STAR.text in quotewire("articles", STAR.id).out
    assert quotewire("articles", STAR.id, "--json").object["text"] == STAR.text


def test_an_unknown_article_fails_in_a_sentence() -> None:
    shown = quotewire("articles", "nonsense")
    assert (shown.code, shown.out, shown.err) == (1, "", "No article has the id 'nonsense'; quotewire articles shows the ids.\n")


def test_remove_does_what_it_can_and_names_the_rest() -> None:
    backend = FakeBackend()
    shown = quotewire("remove", STAR.id, "nonsense", STAR.id, "--json", backend=backend)
    assert (shown.code, shown.object) == (1, {"removed": [STAR.id], "unknown": ["nonsense"]})
    assert (list(backend.library.kept), "'nonsense'" in shown.err) == ([POST.id], True)


def test_remove_says_how_many_are_gone() -> None:
    assert quotewire("remove", STAR.id).out == "1 article removed.\n"


def test_sources_are_listed() -> None:
    assert (quotewire("sources").code, "The Star" in quotewire("sources").out, len(quotewire("sources", "--json").object)) == (0, True, 2)


def test_reindex_says_how_much_it_did() -> None:
    assert (quotewire("reindex").out, quotewire("reindex", "--json").object) == (
        "Indexed 4 passages.\n",
        {"passages": 4, "elapsed_ms": 1000.0},
    )


def test_reindex_opens_stores_that_disagree() -> None:
    disagreeing = FakeLibrary({STAR.id: STAR}, complaints=["The vector store is empty."])
    assert quotewire("reindex", backend=FakeBackend(disagreeing)).out == "Indexed 2 passages.\n"


# doctor, bench


def test_doctor_exits_with_0_where_nothing_failed() -> None:
    shown = quotewire("doctor", "--json")
    assert (shown.code, shown.object["ok"]) == (0, True)


def test_doctor_exits_with_1_where_something_failed() -> None:
    shown = quotewire("doctor", TELEGRAM_BOT_TOKEN=TOKEN)
    assert (shown.code, "cannot be reached" in shown.out, TOKEN in shown.out + shown.err) == (1, True, False)


def test_doctor_reports_settings_that_stop_every_other_command() -> None:
    shown = quotewire("doctor", "--json", LOG_LEVEL="LOUD", MIN_CONFIDENCE="2")
    checks = shown.object["checks"]
    assert isinstance(checks, list)
    assert (shown.code, [check["status"] for check in checks if check["name"] == "settings"]) == (1, ["failed", "failed"])


def test_doctor_asks_the_server_that_the_settings_name() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(401)

    quotewire(
        "doctor",
        backend=FakeBackend(telegram=httpx.MockTransport(answer)),
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_BASE_URL="http://localhost:81/",
    )
    assert asked == ["localhost"]


def test_bench_measures_apart_from_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text(f"{json.dumps({'question': MEETING})}\n" * 3)
    backend = FakeBackend()
    shown = quotewire("--data-dir", str(tmp_path), "bench", "--questions", "questions.jsonl", "--json", backend=backend)
    latency = shown.object["latency_ms"]
    assert (shown.code, shown.object["questions"], latency) == (0, 3, {"p50": 1000.0, "p95": 1000.0})
    assert [(folder == tmp_path, writing, sample) for folder, writing, sample in backend.opened] == [(False, True, False)]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("why?", 'Line 1 of questions.jsonl is not a JSON object with a "question".'),
        ("[]", 'Line 1 of questions.jsonl is not a JSON object with a "question".'),
        ('{"question": 1}', "The question in line 1 of questions.jsonl is not a text of 1 to 1000 characters."),
    ],
)
def test_bench_refuses_questions_that_are_none(tmp_path: Path, line: str, sentence: str) -> None:
    (tmp_path / "questions.jsonl").write_text(line)
    shown = quotewire("bench", "--questions", "questions.jsonl")
    assert (shown.code, shown.err) == (2, f"{sentence}\n")


def test_bench_generates_articles_and_tells_how_it_grows() -> None:
    shown = quotewire("bench", "--articles", "20", "--json", backend=FakeBackend(FakeLibrary()))
    growth = shown.object["growth"]
    assert isinstance(growth, list)
    assert (shown.code, shown.object["articles"], [point["articles"] for point in growth]) == (0, 20, list(range(2, 21, 2)))
    assert set(shown.object) >= {"articles_per_second", "passages_per_second", "shares", "peak_memory_mb"}


def test_bench_shows_a_table() -> None:
    shown = quotewire("bench", backend=FakeBackend(FakeLibrary({STAR.id: STAR}, {MEETING: ANSWER})))
    assert [word for word in ("articles/s", "passages/s", "embedding", "p95", "Peak memory", "Start-up") if word not in shown.out] == []


# eval, train

SQUAD = {
    "data": [
        {
            "title": "Visit",
            "paragraphs": [
                {
                    "context": STAR.text,
                    "qas": [
                        {"id": "a", "question": "When?", "answers": [{"text": "February 4", "answer_start": 42}]},
                        {"id": "b", "question": "Who?", "answers": [], "is_impossible": True},
                    ],
                }
            ],
        }
    ]
}
GOLD = [
    {"id": "a", "question": MEETING, "answers": ["February 4"], "articles": ["star"]},
    {"id": "b", "question": PERU, "answers": [], "articles": []},
]


@pytest.fixture
def squad(tmp_path: Path) -> str:
    (tmp_path / "squad.json.gz").write_bytes(gzip.compress(json.dumps(SQUAD).encode()))
    return "squad.json.gz"


@pytest.fixture
def gold(tmp_path: Path) -> str:
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in GOLD))
    return "gold.jsonl"


def test_eval_reader_scores_and_keeps_every_span(squad: str) -> None:
    backend = FakeBackend(reader=PhraseReader({"February 4": 0.0}))
    shown = quotewire("eval", "reader", squad, "--predictions", "out.json", "--threshold", "0.6", "--json", backend=backend)
    assert (shown.code, shown.object["f1"], shown.object["forced_f1"], shown.object["ms_per_question"]) == (0, 50.0, 100.0, 500.0)
    assert json.loads(Path("out.json").read_text()) == {
        "a": {"text": "February 4", "no_answer_probability": 0.5},
        "b": {"text": "February 4", "no_answer_probability": 0.5},
    }


def test_eval_reader_shows_a_table_and_writes_a_report(squad: str) -> None:
    shown = quotewire("eval", "reader", squad, "--limit", "1", "--report", "some/where")
    assert (shown.code, shown.out.splitlines()[1].split(), shown.err) == (0, ["Questions", "1"], "")
    assert {file.name for file in Path("some/where").iterdir()} == {"report.md", "risk-coverage.png", "reliability.png"}
    assert "| Questions | 1 of squad.json.gz |" in Path("some/where/report.md").read_text()


def test_eval_answers_scores_and_keeps_every_answer(gold: str) -> None:
    shown = quotewire("eval", "answers", gold, "--predictions", "out.jsonl", "--json")
    assert (shown.code, shown.object["f1"], shown.object["citation_accuracy"], shown.object["abstention_recall"]) == (0, 1.0, 1.0, 1.0)
    rows = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert [contract.Asked.model_validate(row).answered for row in rows] == [True, False]
    assert [row["id"] for row in rows] == ["a", "b"]


def test_eval_answers_asks_the_library_that_ask_does(tmp_path: Path, gold: str) -> None:
    backend = FakeBackend()
    quotewire("--data-dir", str(tmp_path), "eval", "answers", gold, backend=backend)
    assert backend.opened == [(tmp_path, False, True)]


def test_eval_answers_shows_a_table_and_writes_a_report(gold: str) -> None:
    shown = quotewire("eval", "answers", gold, "--report", "report")
    assert (shown.code, shown.out.splitlines()[1].split(), shown.err) == (0, ["Questions", "2", "(1", "answerable)"], "")
    assert "| Articles | 2 in 4 passages |" in Path("report/report.md").read_text()


@pytest.mark.parametrize("flags", [[], ["--json"]])
@pytest.mark.parametrize(
    ("part", "content", "sentence"),
    [
        ("reader", "{}", "bad.json is not in SQuAD's format: data: Field required."),
        ("reader", '{"data": []}', "bad.json has no questions."),
        ("answers", "{}", "Line 1 of bad.json is not a question: id: Field required."),
        ("answers", "", "bad.json has no questions."),
        ("reader", None, "bad.json cannot be read: No such file or directory."),
        ("answers", None, "bad.json cannot be read: No such file or directory."),
    ],
)
def test_eval_refuses_a_file_in_a_sentence_and_loads_nothing(part: str, content: str | None, sentence: str, flags: list[str]) -> None:
    if content is not None:
        Path("bad.json").write_text(content)
    backend = FakeBackend(trouble=AssertionError("it was opened"))
    shown = quotewire("eval", part, "bad.json", *flags, backend=backend)
    assert (shown.code, shown.err, "error" in shown.out) == (2, f"{sentence}\n", bool(flags))


@pytest.mark.parametrize("option", ["--predictions", "--report"])
def test_eval_knows_that_it_cannot_write_before_it_works(gold: str, squad: str, option: str) -> None:
    backend = FakeBackend(trouble=AssertionError("it was opened"))
    for part, file in (("answers", gold), ("reader", squad)):
        shown = quotewire("eval", part, file, option, f"{file}/nowhere", backend=backend)
        assert (shown.code, shown.err) == (2, f"{file}/nowhere cannot be written: Not a directory.\n")


@pytest.mark.parametrize("part", ["reader", "answers"])
def test_eval_explains_a_model_that_is_not_there(gold: str, squad: str, part: str) -> None:
    backend = FakeBackend(trouble=ModelUnusable("The reader model 'x' cannot be loaded."))
    shown = quotewire("eval", part, gold if part == "answers" else squad, "--json", backend=backend)
    assert (shown.code, shown.object) == (1, {"error": "The reader model 'x' cannot be loaded."})


@pytest.mark.parametrize(
    "arguments",
    [["reader"], ["nonsense"], ["answers", "x", "--nonsense"], ["reader", "x", "--limit", "0"], ["reader", "x", "--threshold", "2"]],
)
def test_wrong_usage_of_eval_under_json_is_one_object(arguments: list[str]) -> None:
    shown = quotewire("eval", *arguments, "--json")
    assert (shown.code, list(shown.object), bool(shown.err)) == (2, ["error"], True)


@pytest.mark.parametrize("part", ["reader", "confidence"])
@pytest.mark.parametrize("arguments", [[], ["a.json", "--seed", "7", "--out=x"], ["--help"]])
def test_train_hands_its_arguments_on(part: str, arguments: list[str]) -> None:
    backend = FakeBackend()
    shown = quotewire("train", part, *arguments, backend=backend)
    assert (shown.code, shown.out, backend.trained) == (0, "", [(part, arguments)])


def test_the_version_is_shown() -> None:
    shown = quotewire("--version")
    assert (shown.code, shown.out.count(".")) == (0, 2)


def test_summary_tells_what_is_new_in_sentences_of_the_articles() -> None:
    shown = quotewire("summary", "--since", "2025-01-31")
    assert (shown.code, shown.err) == (0, "")
    assert "“The first visit is set.”" in shown.out


def test_summary_says_in_one_sentence_that_there_is_nothing() -> None:
    shown = quotewire("summary", "volcano")
    assert (shown.code, shown.out) == (0, "My articles do not mention that topic.\n")
    assert quotewire("summary", "volcano", "--json").object == {"topic": "volcano", "since": None, "stories": [], "left_out": 0}


def test_summary_of_an_article_takes_its_id() -> None:
    assert "Netanyahu to Visit the White House" in quotewire("summary", "--article", STAR.id).out
    unknown = quotewire("summary", "--article", "nonsense", "--json")
    assert (unknown.code, unknown.object) == (1, {"error": "No article has the id 'nonsense'; quotewire articles shows the ids."})


@pytest.mark.parametrize(
    "arguments", [("bridge", "--article", "a1"), ("--article", "a1", "--since", "today"), ("--since", "soon"), ("--since", "")]
)
def test_summary_refuses_what_contradicts_itself_or_is_no_moment(arguments: tuple[str, ...]) -> None:
    shown = quotewire("summary", *arguments)
    assert (shown.code, shown.out) == (2, "")
    assert len(shown.err.strip().splitlines()) == 1


def test_summary_as_a_timeline_tells_what_happened_when() -> None:
    backend = FakeBackend()
    backend.library.summariser.events = [event(STAR, "2025-02-04", "The meeting is on February 4 in Washington.", "February 4")]
    shown = quotewire("summary", "netanyahu", "--timeline", backend=backend)
    assert "Tuesday 4 February 2025 (2025-02-04)\n  “The meeting is on February 4 in Washington.”" in shown.out
    found = quotewire("summary", "--article", STAR.id, "--timeline", "--json", backend=backend).object["events"]
    assert isinstance(found, list)
    assert [each["date"] for each in found] == ["2025-02-04"]


def test_summary_as_a_timeline_says_where_there_are_no_dates() -> None:
    shown = quotewire("summary", "volcano", "--timeline")
    assert (shown.code, shown.out) == (0, "I found no dated events for that.\n")
    assert quotewire("summary", "--article", "nonsense", "--timeline").code == 1
