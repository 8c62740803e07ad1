import pytest

from retrieval.asking.clause import Clause


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("when is the meeting?", ("when", "", "is", "the meeting", "")),
        ("When will the St. Orla Bridge reopen?", ("When", "", "will", "the St. Orla Bridge", "reopen")),
        ("When was the bridge closed?", ("When", "", "was", "the bridge", "closed")),
        ("Will the school stay open?", ("", "", "will", "the school", "stay open")),
        ("How many hangers were cracked?", ("How many hangers", "hangers", "were", "", "cracked")),
        ("How many jobs will the plant create?", ("How many jobs", "jobs", "will", "the plant", "create")),
        ("Which town lent the Marguerite?", ("Which town", "town", "", "", "lent the Marguerite")),
        ("Who resigned as minister?", ("Who", "", "", "", "resigned as minister")),
        ("Who was arrested for the theft?", ("Who", "", "was", "", "arrested for the theft")),
        ("Who is the mayor of Skelmouth?", ("Who", "", "is", "the mayor of Skelmouth", "")),
        ("When did the war in Gaza start?", ("When", "", "did", "the war in Gaza", "start")),
        ("When will the takeover be completed?", ("When", "", "will", "the takeover", "be completed")),
        ("How many people died in the flood?", ("How many people", "people", "", "", "died in the flood")),
        ("When and where is the summit?", ("When and where", "", "is", "the summit", "")),
        ("In which year was it founded?", ("In which year", "year", "was", "it", "founded")),
    ],
)
def test_a_question_has_its_parts(question: str, parts: tuple[str, str, str, str, str]) -> None:
    clause = Clause.parse(question)
    assert (clause.asked, clause.noun, clause.auxiliary, clause.subject, clause.rest) == parts


def test_a_bare_phrase_is_a_topic() -> None:
    assert Clause.parse("ceasefire") == Clause("", "", "", "ceasefire", "", is_topic=True)


@pytest.mark.parametrize("text", ["", "?", "who", "when is", "which", "how many", "..."])
def test_scraps_are_taken_apart_too(text: str) -> None:
    assert Clause.parse(text).rest == ""


@pytest.mark.parametrize(
    ("question", "objects"),
    [
        ("What did Ben Gvir call the ceasefire deal?", ["the ceasefire deal"]),
        ("When will Netanyahu meet Trump at the White House?", ["Trump"]),
        ("How did the council vote on the bridge?", ["the bridge"]),
        ("When is the meeting?", []),
    ],
)
def test_objects_are_things_and_persons_but_no_places(question: str, objects: list[str]) -> None:
    assert Clause.parse(question).objects == objects
