import pytest

from corpus.article import Published
from retrieval.dates.partial_date import PartialDate
from retrieval.quantities import Quantity
from retrieval.values import Match, Value, Words, matched, same, value_of

MARCH_2025 = Published.parse("2025-03-12")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Tuesday, 4 February 2025", PartialDate(2025, 2, 4)),
        ("February 4, 2025", PartialDate(2025, 2, 4)),
        ("2025-02-04", PartialDate(2025, 2, 4)),
        ("on the 4th of February", PartialDate(2025, 2, 4)),
        ("Feb. 16", PartialDate(2025, 2, 16)),
        ("Sept. 1st, 2024", PartialDate(2024, 9, 1)),
        ("Dec. 30", PartialDate(2024, 12, 30)),  # nearest to March 2025
        ("October 2023", PartialDate(2023, 10, None)),
        ("in October", PartialDate(2024, 10, None)),
        ("mid-November", PartialDate(2024, 11, None)),
        ("that it may", Words(("that", "it", "may"))),
        ("15-month", Quantity(15, "month")),
        ("15 months", Quantity(15, "month")),
        ("$4.2 million", Quantity(4_200_000, "$")),
        ("about 4.2 million dollars", Quantity(4_200_000, "$")),
        ("1,250 jobs", Quantity(1250, "job")),
        ("more than 18,000", Quantity(18_000, "")),
        ("twenty-two crossings", Quantity(22, "crossing")),
        ("six minutes", Quantity(6, "minute")),
        ("7%", Quantity(7, "%")),
        ("Steve Witkoff’s", Words(("steve", "witkoff"))),
        ("President Donald Trump", Words(("donald", "trump"))),
        ("the U.S.", Words(("u.s",))),
        ("the", Words(("the",))),
    ],
)
def test_spellings_have_one_meaning(text: str, value: Value) -> None:
    assert value_of(text, MARCH_2025) == value


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("next Tuesday", "2025-01-29", PartialDate(2025, 2, 4)),  # said on a Wednesday
        ("Tuesday of next week", "2025-01-27", PartialDate(2025, 2, 4)),
        ("next Friday", "2025-01-27", Words(("next", "friday"))),  # this week's, or the next one's?
        ("tomorrow evening", "2024-02-28T23:30-05:00", PartialDate(2024, 2, 29)),
        ("yesterday", "2025-01", Words(("yesterday",))),
    ],
)
def test_relative_days_count_from_the_publication(text: str, published: str, value: Value) -> None:
    assert value_of(text, Published.parse(published)) == value


def test_without_a_publication_date_the_year_stays_open() -> None:
    assert value_of("Feb. 16", None) == PartialDate(None, 2, 16)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("4 February 2025", "Feb. 4", True),
        ("4 February 2025", "February 3", False),
        ("February 2025", "4 February 2025", True),
        ("15-month", "15 months", True),
        ("15 months", "15 days", False),
        ("1,250", "1,250 workers", True),
        ("1,250", "1,100", False),
        ("Witkoff", "Steve Witkoff", True),
        ("Steve Witkoff", "Steve Bannon", False),
        ("White House", "the White House", True),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", True),
        ("Kim Jong-un", "Kim Jong Un", True),
        ("Bashar al-Assad", "Bashar Assad", True),
        ("Kim Jong Un", "Kim Jong Il", False),
        ("flight AI171", "flight AI172", False),
        ("red car", "red cat", False),
        ("February", "4 February 2025", True),
        ("", "Steve", False),
    ],
)
def test_equal_answers_are_recognised(one: str, other: str, agree: bool) -> None:
    published = None
    assert same(value_of(one, published), value_of(other, published)) is agree
    assert same(value_of(other, published), value_of(one, published)) is agree


@pytest.mark.parametrize(
    ("value", "text"),
    [(PartialDate(2025, 2, 4), "2025-02-04"), (PartialDate(None, 2, 3), "--02-03"), (PartialDate(2023, 10, None), "2023-10"),
     (Quantity(15, "month"), "15 month"), (Quantity(4_200_000, "$"), "4200000 $"), (Words(("steve", "witkoff")), "steve witkoff")],
)  # fmt: skip
def test_values_are_shown_in_normal_form(value: Value, text: str) -> None:
    assert str(value) == text


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("about 4,200", "4,200 people", Match.SAME),
        ("about 4,200", "4,290 people", Match.COMPATIBLE),
        ("about 4,200", "4,350 people", Match.OPEN),
        ("about 4,200", "about 4,500 people", Match.OPEN),
        ("about 4,200", "4,700 people", Match.EXCLUSIVE),
        ("4,200", "4,350 people", Match.EXCLUSIVE),
        ("about $4,200", "4,350 people", Match.OPEN),
    ],
)
def test_about_leaves_open_what_is_near_and_not_near_enough(one: str, other: str, match: Match) -> None:
    assert matched(value_of(one, None), value_of(other, None)) is match
    assert matched(value_of(other, None), value_of(one, None)) is match
