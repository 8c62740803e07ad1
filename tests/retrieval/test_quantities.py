import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.quantities import Quantity


def parsed(text: str) -> Quantity:
    quantity = Quantity.parse(text)
    assert quantity is not None, text
    return quantity


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("15-month", 15, "month"),
        ("$1.13bn", 1_130_000_000, "$"),
        ("1.13 billion dollars", 1_130_000_000, "$"),
        ("US$2 million", 2_000_000, "$"),
        ("A$458.4m", 458_400_000, "A$"),
        ("£788,439", 788_439, "£"),
        ("14bn euros", 14_000_000_000, "€"),
        ("1250", 1250, ""),
        ("two dozen", 24, ""),
        ("a million", 1_000_000, ""),
        ("two hundred thousand people", 200_000, "people"),
        ("a hundred thousand dollars", 100_000, "$"),
        ("3 hundred million euros", 300_000_000, "€"),
        ("twenty-two crossings", 22, "crossing"),
        ("157,000 new jobs", 157_000, "job"),
        ("55 percent", 55, "%"),
        ("12.6%", 12.6, "%"),
        ("120 miles per hour", 120, "mph"),
        ("60–80 mph", 60, "mph"),
        ("18 to 23 foot", 18, "foot"),
        ("10 to 12 million people", 10_000_000, "people"),
        ("two to three weeks", 2, "week"),
        ("between two and three dozen", 24, ""),
        ("a million to two million people", 1_000_000, "people"),
        ("seven to one hundred people", 7, "people"),
        ("1,250 to 1,300 jobs", 1250, "job"),
        ("12 to 1,300 jobs", 12, "job"),
        ("1.5 to 2.5 miles", 1.5, "mile"),
        ("43-year-old", 43, "year"),
        ("three minutes and 40 seconds", 220, "second"),
        ("three years and six months", 42, "month"),
        ("5ft 11in", 71, "inch"),
        ("4 days and 3 nights", 4, "day"),
        ("5 people and 10 dogs", 5, "people"),
        ("530 pence-a-share", 530, "pence per share"),
        ("£50,000-a-year", 50_000, "£ per year"),
        ("20 dollars an hour", 20, "$ per hour"),
        ("20 flights a day", 20, "flight per day"),
        ("22 goals this year", 22, "goal"),
        ("12 attacks on civilians", 12, "attack"),
        ("5 in Gaza", 5, ""),
        ("20,000 sq ft", 20_000, "square foot"),
        ("half a million people", 500_000, "people"),
        ("a quarter of a million people", 250_000, "people"),
        ("a million and a half people", 1_500_000, "people"),
        ("three in ten years", 3, "year"),
        ("40 in two attacks", 40, ""),
        ("about half a dozen", 6, ""),
        ("two and a half years", 2.5, "year"),
        ("one and a half million", 1_500_000, ""),
        ("2½ hours", 2.5, "hour"),
        ("three hundred and fifty people", 350, "people"),
        ("a hundred and twenty-five thousand", 125_000, ""),
        ("one hundred two-bedroom homes", 100, "two"),
        ("$2 million to $3 million", 2_000_000, "$"),
        ("rose 5% to $120", 5, "%"),
        ("$1.5B", 1_500_000_000, "$"),
        ("14 of its 96 steel hangers", 14, ""),
        ("$449K", 449_000, "$"),
        ("magnitude 5.9", 5.9, ""),
    ],
)
def test_numbers_are_read_with_their_units(text: str, number: float, unit: str) -> None:
    assert parsed(text) == Quantity(number, unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the mayor",
        "2-1",
        "17-12",
        "7 to 2",
        "45 points to 24",
        "230-to-197",
        "5 p.m.",
        "no one",
        "1230 GMT",
        "10:39 a.m.",
        "19th",
        "COVID-19",
        "1990s",
        "the day when the town council met 12 times",
        "0." + "1" * 400,
        "1" * 400,
        "1" * 5000 + "-2",
    ],
)
def test_scores_clocks_ordinals_and_names_are_no_quantities(text: str) -> None:
    assert Quantity.parse(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("15-month", "15 months"),
        ("90 minutes", "1.5 hours"),
        ("two weeks", "14 days"),
        ("$1.13bn", "1.13 billion dollars"),
        ("1,250 jobs", "1,250 workers"),
        ("1,250", "1250"),
        ("nearly $449,000", "$449K"),
        ("24", "two dozen"),
    ],
)
def test_one_amount_has_many_spellings(one: str, other: str) -> None:
    assert parsed(one).equals(parsed(other))
    assert parsed(other).equals(parsed(one))


@pytest.mark.parametrize(
    ("one", "other", "possible"),
    [
        ("about 40", "39", True),
        ("hundreds of thousands of people", "200,000 people", True),
        ("hundreds of thousands of people", "40,000 people", False),
        ("tens of thousands", "40,000", True),
        ("several million", "1 million", False),
        ("about 40", "30", False),
        ("about 4,200", "4,150", True),
        ("about 4,200", "4,350", False),
        ("about 42", "43", False),
        ("about 18,430", "18,700", True),
        ("about $1.2 million", "$1.29 million", True),
        ("about $1.2 million", "$1.31 million", False),
        ("about twenty-five thousand", "26,400", False),
        ("about 2.0 million", "2.15 million", False),
        ("about 2 million", "2.15 million", True),
        ("more than 18,000", "18,400 vehicles", True),
        ("more than 18,000", "17,900", False),
        ("at least 62", "81", False),  # true in logic, but an older toll
        ("nearly $6 million", "$5.9 million", True),
        ("less than 10 minutes", "15 minutes", False),
        ("60–80 mph", "75 mph", True),
        ("60–80 mph", "90 mph", False),
        ("two to three weeks", "three weeks", True),
        ("two to three weeks", "four weeks", False),
        ("twenty-two to thirty-five workers", "35 workers", True),
        ("twenty-two to thirty-five workers", "36 workers", False),
        ("between two and five people", "4 people", True),
        ("$2 million to $3 million", "$2.8 million", True),
        ("£10-12m", "£11m", True),
        ("50% to 60%", "55%", True),
        ("two or three people", "three people", True),
        ("rose 5% to $120", "50%", False),
        ("up to 500 people", "470", True),
        ("in excess of 500", "510 people", True),
        ("no more than 500", "540", False),
        ("two and five people", "4 people", False),  # two of the one and five of the other
        ("10 to 12 jobs", "12 jobs", True),
        ("$9.4bn", "$9.37bn", True),
        ("$27bn", "$27.5bn", True),
        ("$2 million", "$3 million", False),
        ("2.4 million", "2.5 million", False),
        ("39", "40", False),
        ("87%", "87.3 percent", True),
        ("five miles", "eight kilometers", True),
        ("five miles", "ten kilometers", False),
        ("20,000 square feet", "1,858 square metres", True),
        ("98 people", "100 dead", False),
        ("$5", "5%", False),
        ("85 million pounds", "92 million pounds", False),
    ],
)
def test_rounded_and_approximate_numbers_leave_room(one: str, other: str, possible: bool) -> None:
    assert parsed(one).overlaps(parsed(other)) is possible
    assert parsed(other).overlaps(parsed(one)) is possible


@pytest.mark.parametrize(
    ("one", "other", "comparable"),
    [
        ("15 days", "3 weeks", True),
        ("1,100 jobs", "1,250 workers", True),
        ("39", "13 missing", True),
        ("$5", "£4", False),
        ("5 ships", "4 cars", False),
        ("17 killed", "23 people", True),
        ("17 killed", "23 injured", False),
        ("12 children", "40 people", False),
        ("17 soldiers", "23 civilians", False),
        ("nine out of ten", "90%", False),
        ("20 flights a day", "140 flights a week", False),
    ],
)
def test_only_like_things_can_be_compared(one: str, other: str, comparable: bool) -> None:
    assert parsed(one).measures_like(parsed(other)) is comparable


@pytest.mark.parametrize(
    ("one", "other", "possible"),
    [
        ("nearly three hours", "170 minutes", True),
        ("10 to 12 miles", "18 km", True),
        ("two weeks", "15 days", True),
        ("about 4,200 people", "4,350 workers", True),
        ("five miles", "ten kilometers", False),
        ("three hours", "90 minutes", False),
    ],
)
def test_a_rounded_number_in_another_unit_is_not_excluded(one: str, other: str, possible: bool) -> None:
    assert parsed(one).may_overlap(parsed(other)) is possible
    assert parsed(other).may_overlap(parsed(one)) is possible


@pytest.mark.parametrize("share", ["one in five", "1 in 5 residents", "nearly one in four"])
def test_a_share_is_no_number_of_things(share: str) -> None:
    assert Quantity.parse(share) is None


def test_a_quarter_of_a_million_is_a_round_number() -> None:
    assert parsed("a quarter of a million people").may_overlap(parsed("240,000 people"))
    assert not parsed("a quarter of a million people").may_overlap(parsed("a million people"))


@given(st.text(max_size=80))
def test_any_text_is_read_in_some_way(text: str) -> None:
    quantity = Quantity.parse(text)
    assert quantity is None or (quantity.equals(quantity) and quantity.number >= 0)
