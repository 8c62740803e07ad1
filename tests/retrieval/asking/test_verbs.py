import pytest

from retrieval.asking.verbs import base_form, gerund, is_participle, is_past


@pytest.mark.parametrize(
    ("verb", "base"),
    [
        ("resigned", "resign"),
        ("closed", "close"),
        ("stopped", "stop"),
        ("carried", "carry"),
        ("founded", "found"),
        ("found", "find"),
        ("lent", "lend"),
        ("leads", "lead"),
        ("insures", "insure"),
        ("watches", "watch"),
        ("flies", "fly"),
        ("agreed", "agree"),
        ("hit", "hit"),
        ("died", "die"),
        ("used", "use"),
        ("attend", "attend"),
    ],
)
def test_the_base_form_stands_after_did(verb: str, base: str) -> None:
    assert base_form(verb) == base


@pytest.mark.parametrize(
    ("word", "past"), [("resigned", True), ("won", True), ("died", True), ("need", False), ("bed", False), ("meet", False)]
)
def test_a_past_tense_is_known_by_its_form(word: str, past: bool) -> None:
    assert is_past(word) is past


@pytest.mark.parametrize(("word", "participle"), [("born", True), ("closed", True), ("meeting", True), ("king", False), ("mayor", False)])
def test_a_participle_follows_was(word: str, participle: bool) -> None:
    assert is_participle(word) is participle


@pytest.mark.parametrize(
    ("verb", "form"), [("meet", "meeting"), ("close", "closing"), ("run", "running"), ("die", "dying"), ("be", "being")]
)
def test_the_form_in_ing(verb: str, form: str) -> None:
    assert gerund(verb) == form
