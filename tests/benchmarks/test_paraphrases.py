from collections.abc import Callable

import pytest

from benchmarks.paraphrases import SAMPLE, Group, Outcome, ask_group, faults, read_groups, report
from corpus.files import read_file
from retrieval.answer import Answer, Citation, Evidence, Extract, NoAnswer, Silence, Variant
from retrieval.question import Kind

GROUPS = read_groups()
OPENING = Group("w-1", ("when does it open?", "opening date?", "when does it start"), ("May 19",))
OWNER = Group("w-2", ("who owns it?", "owner?"), ())


def answering(spans: dict[str, str]) -> Callable[[str], Answer | NoAnswer]:
    """Return what answers with the span for a question, or not at all."""

    def ask(question: str) -> Answer | NoAnswer:
        if question not in spans:
            return NoAnswer(question, Kind.WHEN, Silence.NOT_FOUND)
        span = Extract(0, len(spans[question]), spans[question])
        evidence = Evidence(Citation("1", "Bridge", "Post", None, None, None), span, span, span, 0.9)
        return Answer(question, Kind.WHEN, Variant(span.text, (evidence,), 1), 0.9)

    return ask


def test_there_are_seventy_groups_and_no_wording_stands_twice() -> None:
    wordings = [wording for group in GROUPS for wording in group.wordings]
    assert len({group.id for group in GROUPS}) == len(GROUPS) >= 70
    assert len(set(wordings)) == len(wordings)
    assert all(3 <= len(group.wordings) <= 4 for group in GROUPS)
    assert sum(not group.answers for group in GROUPS) >= 10


def test_every_answer_stands_in_a_sample_article() -> None:
    texts = [read_file(path).text for path in SAMPLE.glob("*.md")]
    assert [answer for group in GROUPS for answer in group.answers if not any(answer in text for text in texts)] == []


@pytest.mark.parametrize(
    ("given", "consistent"),
    [
        (("May 19", "on May 19", "May 19"), True),
        ((None, None, None), True),
        (("May 19", None, "May 19"), False),
        (("May 19", "June 2", "May 19"), False),
    ],
)
def test_a_group_is_consistent_where_all_wordings_get_one_answer_or_none(given: tuple[str | None, ...], *, consistent: bool) -> None:
    assert Outcome(OPENING, given, (True, True, True)).consistent is consistent


def test_a_refusal_is_right_where_there_is_no_answer() -> None:
    ask = answering({"when does it open?": "May 19", "opening date?": "June 2", "owner?": "the town"})
    opening, owner = ask_group(OPENING, ask), ask_group(OWNER, ask)
    assert (opening.given, opening.right) == (("May 19", "June 2", None), (True, False, False))
    assert owner.right == (True, False)
    assert report([opening, owner]).splitlines() == [
        "answered by the articles: 1 groups, 3 wordings; right 0.333, refused 0.333, consistent groups 0.000, right in every wording 0.000",
        "not answered by them: 1 groups, 2 wordings; right 0.500, refused 0.500, consistent groups 0.000, right in every wording 0.000",
    ]
    assert faults([opening]).splitlines() == ["w-1: opening date?", "    June 2", "w-1: when does it start", "    (refused)"]
