from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates.partial_date import PartialDate

DAY = PartialDate(2025, 2, 4)
WEEK = PartialDate.week_of(date(2025, 2, 4))


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (DAY, "2025-02-04"),
        (PartialDate(2025, 2), "2025-02"),
        (PartialDate(70), "0070"),
        (PartialDate(None, 2, 3), "--02-03"),
        (PartialDate(None, 2), "--02"),
        (WEEK, "2025-02-03/2025-02-09"),
        (PartialDate(2025, 2, 4, clock=time(18, 40)), "2025-02-04T18:40"),
    ],
)
def test_a_date_is_written_as_iso_8601(known: PartialDate, text: str) -> None:
    assert str(known) == text


@pytest.mark.parametrize(
    ("one", "other", "fits", "contradicts"),
    [
        (DAY, PartialDate(2025, 2, 4), True, False),
        (DAY, PartialDate(2025, 2, 5), False, True),
        (DAY, WEEK, True, False),
        (DAY, PartialDate(2025, 2), True, False),
        (DAY, PartialDate(2025), True, False),
        (PartialDate(2025, 3), PartialDate(2025), True, False),
        (DAY, PartialDate(2024), False, True),
        (PartialDate(2019), PartialDate.between(date(2010, 1, 1), date(2019, 12, 31)), True, False),
        (WEEK, PartialDate.between(date(2025, 2, 8), date(2025, 2, 12)), False, False),  # they overlap, no more
        (DAY, PartialDate(None, 2, 4), True, False),
        (DAY, PartialDate(None, 2, 3), False, True),
        (DAY, PartialDate(None, 2), True, False),
        (WEEK, PartialDate(None, 2, 9), True, False),
        (PartialDate(None, 2, 3), PartialDate(None, 2), True, False),
        (PartialDate(None, 2, 3), PartialDate(None, 2, 16), False, True),
        (PartialDate(None, 2, 29), PartialDate(2023), False, True),
        (PartialDate(None, 2, 29), PartialDate(2024, 2, 29), True, False),
        (PartialDate.between(date(2024, 12, 30), date(2025, 1, 2)), PartialDate(None, 1, 1), True, False),
        (PartialDate(2025, 2, 4, clock=time(18)), DAY, True, False),
        (PartialDate(2025, 2, 4, clock=time(18)), PartialDate(2025, 2, 4, clock=time(18, 40)), True, False),
        (PartialDate(2025, 2, 4, clock=time(18, 10)), PartialDate(2025, 2, 4, clock=time(18, 40)), False, False),
    ],
)
def test_dates_fit_when_one_holds_the_other_and_contradict_when_they_share_no_day(
    one: PartialDate, other: PartialDate, fits: bool, contradicts: bool
) -> None:
    assert (one.fits(other), other.fits(one)) == (fits, fits)
    assert (one.contradicts(other), other.contradicts(one)) == (contradicts, contradicts)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2025, 2, 30), (None, 2, 30), (2025, 13, None), (None, None, None), (2025, None, 3), (10_000, None, None)],
)
def test_a_day_that_no_calendar_has_is_refused(year: int | None, month: int | None, day: int | None) -> None:
    with pytest.raises(ValueError, match=r"month|year|day"):
        PartialDate(year, month, day)


def test_a_stretch_ends_after_it_begins() -> None:
    with pytest.raises(ValueError, match="until must not be before 2025-02-04"):
        PartialDate.between(date(2025, 2, 4), date(2025, 2, 3))


parts = st.dates().flatmap(
    lambda day: st.sampled_from(
        [PartialDate.on(day), PartialDate(day.year, day.month), PartialDate(day.year), PartialDate(None, day.month, day.day)]
    )
)


@given(parts, parts)
def test_what_fits_does_not_contradict(one: PartialDate, other: PartialDate) -> None:
    assert one.fits(one)
    assert one.fits(other) == other.fits(one)
    assert not (one.fits(other) and one.contradicts(other))
