"""The report: what a person finds in it, and that no article's words become markup in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.evaluation.report import MAX_EXAMPLES, plain, write_answers_report, write_reader_report
from retrieval.answer import Answer, NoAnswer, Silence, Variant
from retrieval.answering import Asked
from retrieval.evaluation.answer_scores import GoldQuestion, Judged
from retrieval.evaluation.answer_scores import score as score_answers
from retrieval.evaluation.reader_scores import Read
from retrieval.evaluation.reader_scores import score as score_reader
from retrieval.evaluation.squad import Gold, SquadQuestion
from retrieval.question import Kind
from tests.bot.fake_backend import ANSWER, MILLISECONDS, POST, STAR, evidence

HOSTILE = evidence(POST, POST.text, "the 16th day", 0.8)
ABOUT = [("Questions", "3 of questions.jsonl")]


def judged(question: str, *answers: str, result: Answer | NoAnswer = ANSWER, articles: tuple[str, ...] = ("star",)) -> Judged:
    return Judged(GoldQuestion(question, question, answers, articles if answers else ()), Asked(result, MILLISECONDS))


def written(folder: Path, *all_judged: Judged) -> str:
    write_answers_report(folder, ABOUT, all_judged, score_answers(all_judged), threshold=0.45)
    return (folder / "report.md").read_text(encoding="utf-8")


def section(report: str, heading: str) -> str:
    """Return what stands under `heading`, without it."""
    return report.partition(f"{heading}\n\n")[2].partition("\n\n#")[0]


REFUSAL = NoAnswer("?", Kind.WHO, Silence.NOT_FOUND, withheld=evidence(STAR, "The first visit is set.", "The first visit", 0.3))
BY_POST = Answer("?", Kind.WHEN, Variant("", (HOSTILE,), 1), 0.8)


def test_the_report_names_what_was_measured_and_shows_the_pictures(tmp_path: Path) -> None:
    report = written(tmp_path, judged("when?", "February 4"))
    assert "| Questions | 3 of questions.jsonl |" in report
    assert "| F1 on answerable questions | 1.000 |" in report
    assert "| Read, p50 / p95 | 30 / 30 ms |" in report
    assert {file.name for file in tmp_path.iterdir()} == {"report.md", "risk-coverage.png", "reliability.png"}
    assert all(f"]({file.name})" in report for file in tmp_path.glob("*.png"))


def test_mistakes_stand_under_their_kind(tmp_path: Path) -> None:
    report = written(
        tmp_path,
        judged("wrong?", "Washington"),
        judged("elsewhere?", "the 16th day", result=BY_POST),
        judged("refused?", "a visit", "the second visit", result=REFUSAL),
        judged("loud?"),
    )
    assert section(report, "### Wrong span (1)") == (
        "- **wrong?**\\\n  wanted: Washington\\\n"
        "  found: “February 4”, 93 %, in *Netanyahu to Visit the White House*: “The meeting is on February 4 in Washington.”"
    )
    assert section(report, "### Wrong article (1)").startswith("- **elsewhere?**")
    assert "wanted: a visit \\| the second visit\\\n  found: “The first visit”, 30 %" in section(report, "### False refusal (1)")
    assert section(report, "### Should have been silent (1)").startswith("- **loud?**\\\n  found: “February 4”, 93 %")


def test_a_refusal_that_found_nothing_says_so(tmp_path: Path) -> None:
    nothing = NoAnswer("?", Kind.WHAT, Silence.NOT_FOUND)
    assert "- **refused?**\\\n  wanted: x\\\n  found: nothing" in written(tmp_path, judged("refused?", "x", result=nothing))


def test_the_worst_examples_come_first_and_are_few(tmp_path: Path) -> None:
    """Falsely refused is worst where the right answer got the least confidence."""
    refusals = [
        judged(
            f"q{place}", "x", result=NoAnswer("?", Kind.WHO, Silence.NOT_FOUND, withheld=evidence(STAR, STAR.text, "visit", place / 100))
        )
        for place in range(MAX_EXAMPLES + 5)
    ]
    found = section(written(tmp_path, *refusals[::-1]), f"### False refusal ({MAX_EXAMPLES + 5}, the worst {MAX_EXAMPLES})")
    assert [line for line in found.splitlines() if line.startswith("- ")] == [f"- **q{place}**\\" for place in range(MAX_EXAMPLES)]


def test_without_mistakes_there_is_nothing_to_show(tmp_path: Path) -> None:
    assert section(written(tmp_path, judged("when?", "February 4")), "## What went wrong") == "Nothing."


@pytest.mark.parametrize(
    "text", ["[a](b)", "*a* _b_ `c` ~~d~~", "<b>", "&lt;", "![x](y)", "a | b", "\\*", "[bold]Delayed[/bold]", "https://a.example/x_y_z"]
)
def test_words_never_become_markup(text: str) -> None:
    assert rendered(text) == text


def rendered(text: str) -> str:
    """Return what a Markdown renderer shows of `text` within bold words in a list."""
    tokens = MarkdownIt().parse(f"- **x {plain(text)} x**")
    inline = next(token for token in tokens if token.type == "inline").children or []
    assert {token.type for token in inline} <= {"text", "strong_open", "strong_close", "text_special"}
    return "".join(token.content for token in inline).removeprefix("x ").removesuffix(" x")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=100))
def test_any_words_come_through(text: str) -> None:
    assert rendered(text) == " ".join(text.split())


def test_long_words_are_cut_on_one_line() -> None:
    assert plain("a\n" * 1000) == f"{('a ' * 150).strip()} …"


def test_the_readers_report_has_its_mistakes(tmp_path: Path) -> None:
    def read(name: str, probability: float, f1: float, *golds: str, text: str = "words") -> Read:
        question = SquadQuestion(name, f"{name}?", tuple(Gold(0, gold) for gold in golds))
        return Read(question, "The Bridge", text, probability, exact=False, f1=f1)

    results = [
        read("wrong", 0.2, 0.2, "Farrow"),
        read("right", 0.1, 0.9, "some words"),
        read("refused", 0.8, 1.0, "words"),
        read("loud", 0.4, 0.0),
        read("silent", 0.9, 0.0),
        read("empty", 0.4, 1.0, text=""),
    ]
    write_reader_report(tmp_path, ABOUT, results, score_reader(results, 0.5), 12.0)
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert section(report, "### Wrong span (1)") == "- **wrong?**\\\n  wanted: Farrow\\\n  found: “words”, 80 %, in *The Bridge*"
    assert section(report, "### False refusal (1)").startswith("- **refused?**")
    assert section(report, "### Should have been silent (1)").startswith("- **loud?**")
    assert "### Wrong article" not in report
