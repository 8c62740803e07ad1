"""Which lines may be furniture, judged from one article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.repeated import folded, site_of, suspects, without_lines
from tests.builders import TEXT, an_article

PARTS = ("one", "two", "three", "four", "five", "six")
TOLD = [f"Farrow opened part {part} of the bridge in the morning and the ferry stopped." for part in PARTS]


def between(line: str) -> str:
    """Return a text with `line` in the middle."""
    return "\n\n".join([*TOLD, line, *TOLD])


@pytest.mark.parametrize(
    "line", ["Weather | Traffic | Tides", "Top of page", "More stories like this one", "Photos of the day", "•  Get the app •"]
)
def test_a_line_that_is_no_sentence_may_be_furniture_anywhere(line: str) -> None:
    assert suspects(an_article(text=between(line))) == [folded(line)]


@pytest.mark.parametrize(
    "line", ["Tell your friends about this.", "The Harbour Post is printed on paper from Orla.", "Our newsroom is run by its readers."]
)
def test_a_sentence_may_be_furniture_at_the_edge_alone(line: str) -> None:
    assert suspects(an_article(text=between(line))) == []
    assert suspects(an_article(text=f"{TEXT}\n\n{line}")) == [folded(line)]


@pytest.mark.parametrize(
    "line",
    [
        "“We will open it in June”",
        '"We will open it," she said.',
        "The mayor said you must wait.",
        "Farrow opened the bridge in the morning.",  # a fact, however often it is repeated
        "The war began when the neighbours crossed the river.",
        "Toll: five crowns",
        "Harbour Post 7",
        "a line of so many words without a full stop that it must be a paragraph of the article",
        "!!!",
        "You " + "must " * 60 + "wait.",
    ],
)
def test_reporting_is_never_furniture(line: str) -> None:
    assert suspects(an_article(text=f"{TEXT}\n\n{line}")) == []
    assert without_lines(an_article(text=f"{TEXT}\n\n{line}"), {folded(line)}) == f"{TEXT}\n\n{line}"


def test_what_is_dropped_leaves_the_rest_as_it_was() -> None:
    article = an_article(text=f"Photos of the day\n\n{TEXT}\n\n  Top of Page\nSee you tomorrow with the Harbour Post.")
    furniture = {"photos of the day", "top of page", "see you tomorrow with the harbour post"}
    assert without_lines(article, furniture) == TEXT


def test_a_text_of_nothing_but_furniture_stays() -> None:
    assert without_lines(an_article(text="Top of page\n\nGet the app"), {"top of page", "get the app"}) == "Top of page\n\nGet the app"


LINES = st.lists(
    st.sampled_from(["Top of page", "Tell us more.", "Get the app", *TOLD[:2], '"No," she said.', ""]), min_size=1, max_size=12
)


@given(lines=LINES.filter(any), one=st.sets(st.sampled_from(["top of page", "tell us more", "get the app"])), both=st.booleans())
def test_cleaning_only_takes_lines_away_and_in_steps_comes_to_the_same(lines: list[str], one: set[str], both: bool) -> None:
    article = an_article(text="\n".join([*lines, TOLD[2]]))
    everything = {*one, "top of page"} if both else one
    text = without_lines(article, everything)
    kept = iter(article.text.split("\n"))
    assert all(any(line == other for other in kept) for line in text.split("\n") if line)
    assert without_lines(an_article(text=text), everything) == text
    assert without_lines(an_article(text=without_lines(article, one)), everything) == text


@pytest.mark.parametrize(
    ("changes", "site"),
    [
        ({}, "harbourpost.example"),
        ({"address": "https://www.harbourpost.example/a"}, "harbourpost.example"),
        ({"address": "file:///a.txt"}, "harbour post"),
        ({"address": "file:///a.txt", "source": ""}, ""),
    ],
)
def test_a_site_is_its_host_or_its_publisher(changes: dict[str, str], site: str) -> None:
    assert site_of(an_article(**changes)) == site
