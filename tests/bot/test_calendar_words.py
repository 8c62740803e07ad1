from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar_words import adds_to, from_today, in_full
from retrieval.dates.partial_date import PartialDate

TODAY = date(2025, 2, 10)


@pytest.mark.parametrize(
    ("known", "words", "distance"),
    [
        (PartialDate(2025, 2, 4), "Tuesday 4 February 2025", "6 days ago"),
        (PartialDate(2025, 2, 10), "Monday 10 February 2025", "today"),
        (PartialDate(2025, 2, 11), "Tuesday 11 February 2025", "tomorrow"),
        (PartialDate(2025, 2, 9), "Sunday 9 February 2025", "yesterday"),
        (PartialDate(2025, 2, 24), "Monday 24 February 2025", "in 2 weeks"),
        (PartialDate(2025, 3, 2), "Sunday 2 March 2025", "in 3 weeks"),
        (PartialDate(2025, 4, 12), "Saturday 12 April 2025", "in 9 weeks"),
        (PartialDate(2025, 5, 9), "Friday 9 May 2025", "in 2 months"),
        (PartialDate(2025, 5, 10), "Saturday 10 May 2025", "in 3 months"),
        (PartialDate(2025, 5, 19), "Monday 19 May 2025", "in 3 months"),
        (PartialDate(2024, 2, 10), "Saturday 10 February 2024", "12 months ago"),
        (PartialDate(2023, 2, 11), "Saturday 11 February 2023", "23 months ago"),
        (PartialDate(2023, 2, 10), "Friday 10 February 2023", "2 years ago"),
        (PartialDate(2028, 2, 10), "Thursday 10 February 2028", "in 3 years"),
        (PartialDate(1968, 6, 1), "Saturday 1 June 1968", "56 years ago"),
        (PartialDate(1, 1, 1), "Monday 1 January 1", "2024 years ago"),
        (PartialDate.week_of(date(2025, 2, 4)), "3 to 9 February 2025", "yesterday"),
        (PartialDate.week_of(TODAY), "10 to 16 February 2025", ""),
        (PartialDate.week_of(date(2025, 1, 30)), "27 January to 2 February 2025", "8 days ago"),
        (PartialDate.between(date(2024, 12, 30), date(2025, 1, 2)), "30 December 2024 to 2 January 2025", "6 weeks ago"),
        (PartialDate.between(date(1990, 1, 1), date(1999, 12, 31)), "1990 to 1999", "25 years ago"),
        (PartialDate(2025, 1), "January 2025", "last month"),
        (PartialDate(2025, 2), "February 2025", "this month"),
        (PartialDate(2025, 10), "October 2025", "in 8 months"),
        (PartialDate(2023, 10), "October 2023", "16 months ago"),
        (PartialDate(2020, 10), "October 2020", "4 years ago"),
        (PartialDate(2024), "2024", "last year"),
        (PartialDate(2019), "2019", "6 years ago"),
        (PartialDate(None, 2, 3), "", ""),
    ],
)
def test_a_date_is_told_in_full_and_by_its_distance(known: PartialDate, words: str, distance: str) -> None:
    assert (in_full(known), from_today(known, TODAY)) == (words, distance)


@pytest.mark.parametrize(
    ("known", "said", "adds"),
    [
        (PartialDate(2025, 2, 4), "4 February 2025", True),  # the weekday
        (PartialDate(2025, 2, 4), "Tuesday, 4 February 2025", False),
        (PartialDate(2025, 1), "in January", True),
        (PartialDate(2025, 1), "in January 2025", False),
        (PartialDate(2019), "2019", False),
        (PartialDate.between(date(1990, 1, 1), date(1999, 12, 31)), "the 1990s", False),
        (PartialDate.between(date(2010, 1, 1), date(2019, 12, 31)), "last decade", True),
        (PartialDate.between(date(2025, 2, 3), date(2025, 2, 5)), "3–5 February 2025", False),
        (PartialDate(None, 2, 3), "February 3", False),
    ],
)
def test_what_was_said_already_is_not_told_again(known: PartialDate, said: str, adds: bool) -> None:
    assert adds_to(known, said) is adds


@given(st.dates(), st.dates())
def test_past_is_past_and_future_is_future(day: date, today: date) -> None:
    words = from_today(PartialDate.on(day), today)
    assert (words.startswith("in ") or words == "tomorrow") is (day > today)
    assert (words.endswith(" ago") or words == "yesterday") is (day < today)
