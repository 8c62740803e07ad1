from dataclasses import replace

import pytest

from corpus.article import Article, Published
from retrieval.summaries.briefing import Difference
from retrieval.summaries.differing import differences
from tests.builders import an_article


def told(number: int, text: str) -> Article:
    return an_article(address=f"https://x.example/{number}", text=text, source=f"Source {number}")


def differing(one: str, other: str) -> list[list[str]]:
    found: tuple[Difference, ...] = differences([told(1, one), told(2, other)])
    return [[variant.best.span.text for variant in difference.versions] for difference in found]


def test_two_numbers_for_one_thing_are_shown_with_who_tells_them() -> None:
    one, other = (
        "The fire in the Brennick hotel killed 17 people, police said.",
        "Police said the fire in the Brennick hotel killed 19 people.",
    )
    assert differing(one, other) == [["17", "19"]]
    versions = differences([told(1, one), told(2, other)])[0].versions
    assert [version.best.citation.source for version in versions] == ["Source 1", "Source 2"]
    assert [version.best.quote.text for version in versions] == [one, other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The fire in the Brennick hotel killed 17 people, police said.", "Police said the fire in the Brennick hotel killed 17 people."),
        (
            "The fire in the Brennick hotel killed 17 people, police said.",
            "The fire in the Brennick hotel injured 40 people badly, doctors said.",
        ),
        (
            "The fire in the Brennick hotel killed about 20 people, police said.",
            "The fire in the Brennick hotel killed 19 people, police said.",
        ),
        (
            "The fire in the Brennick hotel broke out at 3:12 a.m. that night.",
            "The fire in the Brennick hotel broke out at 4:30 a.m. that night.",
        ),
        (
            "Strikes killed 17 people in Brennick on Monday, officials said.",
            "Strikes killed 23 people in Brennick on Tuesday, officials said.",
        ),
        (
            "An air raid killed 17 people in Brennick, health officials said.",
            "An air raid killed 23 people in Dorrance, health officials said.",
        ),
        ("The fire in the Brennick hotel killed 17 people, police said.", "The fire in the Brennick hotel injured 23 people, police said."),
        ("US employers added 143,000 jobs in January, officials said.", "US employers added 151,000 jobs in February, officials said."),
        ("Shares of the Brennick bank were up 5% on the news.", "Shares of the Brennick bank were down 7% on the news."),
        (
            "The driver from Brennick, 43, left the burning car by himself.",
            "The driver from Brennick, 45, left the burning car by himself.",
        ),
    ],
)
def test_what_is_not_certain_is_not_called_different(one: str, other: str) -> None:
    assert differing(one, other) == []


@pytest.mark.parametrize(
    ("one", "other", "numbers"),
    [
        (
            "The repair of the Brennick bridge will cost $4,200,000, the council said.",
            "The mayor said the repair of the Brennick bridge will cost $5,600,000.",
            ["$4,200,000", "$5,600,000"],
        ),
        (
            "The fire in the Brennick hotel killed 17 people, police said.",
            "Officials said that the fire in the Brennick hotel killed 19 people late on Monday.",
            ["17", "19"],
        ),
    ],
)
def test_whoever_says_so_the_numbers_differ(one: str, other: str, numbers: list[str]) -> None:
    assert differing(one, other) == [numbers]


def test_one_article_never_differs_from_itself() -> None:
    text = "The fire in the Brennick hotel killed 17 people. The fire in the Brennick hotel killed 19 people."
    assert differences([told(1, text)]) == ()


def test_a_publisher_that_brings_a_number_up_to_date_does_not_contradict_itself() -> None:
    morning = told(1, "The fire in the Brennick hotel killed at least 12 people, police said.")
    evening = told(2, "The fire in the Brennick hotel killed at least 18 people, police said.")
    assert len(differences([morning, evening])) == 1
    assert differences([morning, replace(evening, source=morning.source)]) == ()


def test_a_number_that_its_publisher_has_corrected_differs_from_none() -> None:
    fire = "The fire in the Brennick hotel killed {} people, police said."
    morning, evening, other = (
        replace(told(number, fire.format(dead)), source=source, published=Published.parse(at))
        for number, dead, source, at in (
            (1, 12, "Post", "2025-01-29T08:00"),
            (2, 18, "Post", "2025-01-29T20:00"),
            (3, 18, "Wire", "2025-01-29T21:00"),
        )
    )
    assert len(differences([other, morning])) == 1
    assert differences([other, evening, morning]) == ()
