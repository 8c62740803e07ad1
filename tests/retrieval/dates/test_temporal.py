"""What temporal expressions mean, seen from Wednesday 29 January 2025 unless another day is given."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Published
from retrieval.dates.partial_date import MONTHS, WEEKDAYS
from retrieval.dates.temporal import first_date

WEDNESDAY = "2025-01-29"


def meaning(
    text: str, published: str | None, *, before: str = "", after: str = "", is_time: bool = True, is_typed: bool = False
) -> str | None:
    """Return the ISO form of the date in `text`."""
    base = Published.parse(published) if published else None
    mention = first_date(text, base, before=before, after=after, is_time=is_time, is_typed=is_typed)
    return str(mention.date) if mention else None


def parts(sentence: str) -> tuple[str, str, str]:
    """Return what stands before, in and after the brackets."""
    before, _, rest = sentence.partition("[")
    span, _, after = rest.partition("]")
    return before, span, after


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 February 2025", "2025-02-04"),
        ("Tuesday, 4 February 2025", "2025-02-04"),
        ("February 4, 2025", "2025-02-04"),
        ("Tuesday, Feb. 4, 2025", "2025-02-04"),
        ("the 4th of February 2025", "2025-02-04"),
        ("February the 4th", "2025-02-04"),
        ("Feb. 16", "2025-02-16"),
        ("February 3", "2025-02-03"),
        ("on the 4th of February", "2025-02-04"),
        ("4-Feb-2025", "2025-02-04"),
        ("Sept. 1st, 2024", "2024-09-01"),
        ("Dec. 30", "2024-12-30"),
        ("Jan. 20", "2025-01-20"),
        ("October 7, 2023", "2023-10-07"),
        ("October 7 last year", "2024-10-07"),
        ("3 May next year", "2026-05-03"),
        ("2025-02-04", "2025-02-04"),
        ("2025-02-04T14:30", "2025-02-04T14:30"),
        ("14/02/2025", "2025-02-14"),
        ("2/14/2025", "2025-02-14"),
        ("04.04.2025", "2025-04-04"),
        ("2/4/2025", None),  # February to some, April to others
        ("29 February 2024", "2024-02-29"),
        ("29 February 2023", None),
        ("30 February", None),
        ("New Year’s Eve", "2024-12-31"),
        ("Christmas Day 2023", "2023-12-25"),
        ("Valentine's Day", "2025-02-14"),
        ("in January", "2025-01"),
        ("October 2023", "2023-10"),
        ("in October of 2023", "2023-10"),
        ("in October 2023", "2023-10"),
        ("in October last year", "2024-10"),
        ("in October", "2024-10"),
        ("mid-November", "2024-11"),
        ("late March", "2025-03"),
        ("the end of February", "2025-02"),
        ("since October", "2024-10"),
        ("October last year", "2024-10"),
        ("in May", "2025-05"),
        ("early May", "2025-05"),
        ("August", "2024-08"),
        ("in 2019", "2019"),
        ("2019", "2019"),
        ("1587", "1587"),
        ("the summer of 2024", "2024"),
        ("the third quarter of 2024", "2024"),
        ("late 2019", "2019"),
        ("AD 70", "0070"),
        ("632 CE", "0632"),
        ("44 BC", None),
        ("1200 BC", None),
        ("the 1960s", "1960-01-01/1969-12-31"),
        ("the early 1990s", "1990-01-01/1999-12-31"),
        ("the ’90s", "1990-01-01/1999-12-31"),
        ("the 16th century", "1501-01-01/1600-12-31"),
        ("16th-century", "1501-01-01/1600-12-31"),
        ("the nineteenth century", "1801-01-01/1900-12-31"),
        ("the week of February 3", "2025-02-03/2025-02-09"),
        ("the week beginning Monday 27 January 2025", "2025-01-27/2025-02-02"),
        ("from 3 to 5 May", "2025-05-03/2025-05-05"),
        ("3–5 May 2024", "2024-05-03/2024-05-05"),
        ("May 3-5", "2025-05-03/2025-05-05"),
        ("between 3 and 5 May", "2025-05-03/2025-05-05"),
        ("from May 30 to June 2, 2024", "2024-05-30/2024-06-02"),
        ("from 30 May to 2 June", "2025-05-30/2025-06-02"),
        ("Dec. 30 to Jan. 2", "2024-12-30/2025-01-02"),
        ("January to March 2024", "2024-01-01/2024-03-31"),
        ("between 2010 and 2015", "2010-01-01/2015-12-31"),
        ("2010–2015", "2010-01-01/2015-12-31"),
        ("1998-99", "1998-01-01/1999-12-31"),
        ("from tomorrow to Feb. 4", "2025-01-30/2025-02-04"),
        ("from 5 to 3 May", None),
        ("today", "2025-01-29"),
        ("tonight", "2025-01-29"),
        ("this morning", "2025-01-29"),
        ("later today", "2025-01-29"),
        ("tomorrow", "2025-01-30"),
        ("tomorrow evening", "2025-01-30"),
        ("the day after tomorrow", "2025-01-31"),
        ("yesterday", "2025-01-28"),
        ("last night", "2025-01-28"),
        ("the day before yesterday", "2025-01-27"),
        ("Wednesday", "2025-01-29"),  # reports name the weekday of their own day
        ("Tuesday", None),  # without a verb it may be either
        ("Tuesday of next week", "2025-02-04"),
        ("Tuesday next week", "2025-02-04"),
        ("next week on Tuesday", "2025-02-04"),
        ("Friday of last week", "2025-01-24"),
        ("last week's Friday", "2025-01-24"),
        ("Friday of this week", "2025-01-31"),
        ("next Tuesday", "2025-02-04"),
        ("next Wednesday", "2025-02-05"),
        ("next Friday", None),  # in two days, or in nine?
        ("last Friday", "2025-01-24"),
        ("last Wednesday", "2025-01-22"),
        ("last Monday", None),
        ("this Friday", "2025-01-31"),
        ("this coming Monday", "2025-02-03"),
        ("this past Monday", "2025-01-27"),
        ("every Tuesday", None),
        ("Tuesdays", None),
        ("Good Friday", None),
        ("the Sunday Times", None),
        ("this week", "2025-01-27/2025-02-02"),
        ("next week", "2025-02-03/2025-02-09"),
        ("early next week", "2025-02-03/2025-02-09"),
        ("last week", "2025-01-20/2025-01-26"),
        ("earlier this week", "2025-01-27/2025-01-29"),
        ("later this week", "2025-01-29/2025-02-02"),
        ("this weekend", "2025-02-01/2025-02-02"),
        ("last weekend", "2025-01-25/2025-01-26"),
        ("next weekend", None),
        ("the weekend", None),
        ("earlier this month", "2025-01-01/2025-01-29"),
        ("later this month", "2025-01-29/2025-01-31"),
        ("this month", "2025-01"),
        ("last month", "2024-12"),
        ("late last month", "2024-12"),
        ("the end of next month", "2025-02"),
        ("the 16th of next month", "2025-02-16"),
        ("last December", "2024-12"),
        ("next June", None),  # this year's, or the one after?
        ("this June", "2025-06"),
        ("last year", "2024"),
        ("earlier this year", "2025-01-01/2025-01-29"),
        ("this year", "2025"),
        ("next year", "2026"),
        ("last decade", "2010-01-01/2019-12-31"),
        ("a day ago", "2025-01-28"),
        ("three days ago", "2025-01-26"),
        ("12 days ago", "2025-01-17"),
        ("a week ago", "2025-01-20/2025-01-26"),
        ("two weeks ago", "2025-01-13/2025-01-19"),
        ("a fortnight ago", "2025-01-13/2025-01-19"),
        ("two months ago", "2024-11"),
        ("five years ago", "2020"),
        ("a decade ago", "2015"),
        ("several days ago", None),
        ("more than a decade ago", None),
        ("less than two weeks ago", None),
        ("half a year ago", None),
        ("10,000 years ago", None),
        ("1,200 years ago", None),
        ("1200 years ago", "0825"),
        ("2.5 years ago", None),
        ("twenty-two years ago", None),
        ("10,000 years from now", None),
        ("twenty-two days after Feb. 4", None),
        ("in two weeks", "2025-02-10/2025-02-16"),
        ("in 60 days", "2025-03-30"),
        ("in three years’ time", "2028"),
        ("three weeks from now", "2025-02-17/2025-02-23"),
        ("a day before", None),
        ("three days later", None),
        ("a day before the Feb. 4 meeting", "2025-02-03"),
        ("two days after 4 February 2025", "2025-02-06"),
        ("the day after Christmas Day", "2024-12-26"),
        ("days before June 2", None),
        ("a week after yesterday’s vote", "2025-02-03/2025-02-09"),
        ("February 3 at 3 p.m.", "2025-02-03T15:00"),
        ("6:40 p.m. on Feb. 3", "2025-02-03T18:40"),
        ("tomorrow at noon", "2025-01-30T12:00"),
        ("10:30 on 4 February", "2025-02-04T10:30"),
        ("12:15 a.m. on Feb. 3", "2025-02-03T00:15"),
        ("from 9 a.m. to 5 p.m. on Feb. 3", "2025-02-03"),
        ("between 6 and 7 p.m. on Feb. 3", "2025-02-03"),
        ("6–7.30pm on 3 February", "2025-02-03"),
        ("3 p.m.", None),
        ("the 16th day of the ceasefire", None),
        ("six weeks", None),
        ("15-month", None),
        ("the next day", None),
        ("after the war", None),
        ("", None),
        ("99999999999999 days ago", None),
        ("9999 years ago", None),
        ("in 9999 years", None),
    ],
)  # fmt: skip
def test_an_expression_means_a_date(text: str, value: str | None) -> None:
    assert meaning(text, WEDNESDAY) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("that it may", None),
        ("Theresa May", None),
        ("May", None),
        ("April Smith", None),
        ("2019", None),
        ("1,250 jobs", None),
        ("about 1500 jobs", None),
        ("$2019", None),
        ("in 2019", "2019"),
        ("in 1500 homes", "1500"),
        ("February", "2025-02"),
        ("4 February", "2025-02-04"),
        ("sat down", None),
        ("march on Washington", None),
        ("a second", None),
        ("the U.S.", None),
        ("In March 12,000 people", None),
        ("By May 20% of them", None),
        ("In January 3.2% fewer", None),
        ("February 4,2025", "2025-02-04"),
    ],
)
def test_where_no_time_is_asked_for_names_and_numbers_are_no_dates(text: str, value: str | None) -> None:
    assert meaning(text, WEDNESDAY, is_time=False) == value


@pytest.mark.parametrize(
    ("text", "in_article", "typed"),
    [
        ("warn that this may delay the vote", None, "2025-05"),
        ("they march 13 miles", None, "2025-03-13"),
        ("took part in march and rally", None, "2025-03"),
        ("on 3 may", None, "2025-05-03"),
        ("from may to june", None, "2025-05-01/2025-06-30"),
        ("This May it may rain", "2025-05", "2025-05"),
        ("on 3 May", "2025-05-03", "2025-05-03"),
        ("in march 2024", None, "2024-03"),
        ("in june", "2025-06", "2025-06"),
    ],
)
def test_may_and_march_are_months_where_they_have_a_capital_or_somebody_types_in_a_chat(
    text: str, in_article: str | None, typed: str | None
) -> None:
    assert meaning(text, WEDNESDAY, is_time=False) == in_article
    assert meaning(text, WEDNESDAY, is_time=False, is_typed=True) == typed


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        # The nearest verb tells the direction.
        ("The council met in Skelmouth on [Monday].", "2025-01-27"),
        ("Police said on [Thursday] that the museum will open on Saturday.", "2025-01-23"),
        ("Police said on Thursday that the museum will open on [Saturday].", "2025-02-01"),
        ("The office announced [Tuesday evening] that Trump had invited him.", "2025-01-28"),
        ("The museum will remain closed until [Saturday].", "2025-02-01"),
        ("Trump is set to meet Netanyahu on [Tuesday].", "2025-02-04"),
        ("Trump is meeting Netanyahu on [Tuesday].", "2025-02-04"),
        ("Trump to meet Netanyahu [Tuesday]", "2025-02-04"),
        ("The meeting is on [Tuesday].", "2025-02-04"),
        ("The cabinet instructed the officials to report to it on [Monday].", "2025-02-03"),
        ("The sides failed to reach a deal on [Monday].", "2025-01-27"),
        ("He said he would resign on [Friday].", "2025-01-31"),
        ("The museum opens its doors again on [Saturday].", "2025-02-01"),
        ("On [Tuesday], the leaders will meet.", "2025-02-04"),
        ("On [Tuesday], the leaders met.", "2025-01-28"),
        ("Talks are due on [Monday].", "2025-02-03"),
        ("The talks were scheduled to begin on [Monday].", None),  # did they?
        ("Talks on [Monday] in Cairo", None),
        ("Over [the weekend], thousands marched.", "2025-01-25/2025-01-26"),
        ("The fair will take place over [the weekend].", "2025-02-01/2025-02-02"),
        # Far from the publication, the tense tells the year; near it, it does not.
        ("The fair will take place in [October].", "2025-10"),
        ("The fair took place in [October].", "2024-10"),
        ("The roofers worked there in [August].", "2024-08"),
        ("They put the cost at $4 million and said that it should reopen on [May 19].", "2025-05-19"),
        ("The mayor said that the bridge, which was shut, is closed until [June 12].", "2025-06-12"),
        ("Talks on the second phase are only scheduled to begin on [Feb. 16].", "2025-02-16"),
        # A far day is not sure to be ahead where it is told as past, nor to be of this year where an event is called by it.
        ("The law took effect on [July 1].", "--07-01"),
        ("Thousands have died since the [Oct. 7] attack.", "--10-07"),
        ("Thousands have died since the attacks of [Oct. 7], 2023.", "2023-10-07"),
        ("The attack on [Jan. 20] was the third.", "2025-01-20"),
        ("The law, which took effect on [July 1], will be changed.", "2025-07-01"),
        # "Since" looks back.
        ("He has been in office [since March].", "2024-03"),
        ("The city has been besieged since [Feb. 24].", "2024-02-24"),
        ("The city has been besieged since [Jan. 24].", "2025-01-24"),
        # What lasts or was put off until a day is over then.
        ("The road remains closed until [Tuesday].", "2025-02-04"),
        ("The road has been closed until [Tuesday].", "2025-02-04"),
        ("It’s closed until [Tuesday].", "2025-02-04"),
        ("The road was closed until [Tuesday].", "2025-01-28"),
        ("The hearing was adjourned until [Monday].", "2025-02-03"),
        ("The minister put off the vote to [Friday].", "2025-01-31"),
        ("Trains were delayed from [Friday to Sunday].", "2025-01-24/2025-01-26"),
        ("Unions called a strike for [Friday].", "2025-01-31"),
        ("Germans cast their votes on [Sunday].", None),
        ("The court heard on [Tuesday] that the trial will start in May.", "2025-01-28"),
        ("They have met every day since [Tuesday].", "2025-01-28"),
        # A distance ahead needs a future.
        ("The bridge will open in [two weeks].", None),
        ("The bridge will open [in two weeks].", "2025-02-10/2025-02-16"),
        ("Nobody had paid for it [in two weeks].", None),
        # A span that cuts an expression has the meaning of the whole.
        ("to the White House on [Tuesday] of next week.", "2025-02-04"),
        ("a meeting on [4 February] 2026, the statement said", "2026-02-04"),
        ("the war that began on October [7], 2023", None),
        ("[three] days ago", None),
        ("from [3] to 5 May", None),
        ("it lasts from May 3 to [June 5]", "2025-06-05"),
        # Days that count from another one in the sentence.
        ("The vote of Feb. 4 was annulled [three days later].", "2025-02-07"),
        ("He fell ill on Jan. 20 and died [the next day].", "2025-01-21"),
        ("He fell ill on Jan. 20 and died [the following day].", "2025-01-21"),
        ("He fell ill on Jan. 20; the symptoms had begun [a day earlier].", "2025-01-19"),
        ("The vote was on Jan. 20, and the debate was [the day before].", "2025-01-19"),
        ("Votes on Jan. 20 and Jan. 22 were annulled [three days later].", None),
        ("The talks begin [a day before] Netanyahu and Trump meet, on February 3.", None),
        ("The talks begin [a day before Netanyahu and Trump meet, on February 3].", "2025-02-03"),
        ("The talks begin a day before Netanyahu and Trump meet, on [February 3].", "2025-02-03"),
        ("It will reopen on [Monday and Tuesday].", "2025-02-03"),
    ],
)
def test_the_sentence_decides_what_the_words_leave_open(sentence: str, value: str | None) -> None:
    before, span, after = parts(sentence)
    assert meaning(span, WEDNESDAY, before=before, after=after, is_time=True) == value


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("next Tuesday", "2025-01-31", "2025-02-04"),
        ("next Friday", "2025-02-01", "2025-02-07"),
        ("tomorrow evening", "2024-02-28T23:30-05:00", "2024-02-29"),
        ("tomorrow", "2025-12-31", "2026-01-01"),
        ("yesterday", "2025-01", None),
        ("last month", "2025-01", "2024-12"),
        ("last year", "2025", "2024"),
        ("last month", "2025", None),
        ("Feb. 16", "2025", "--02-16"),
        ("Feb. 16", None, "--02-16"),
        ("in January", None, "--01"),
        ("4 February 2025", None, "2025-02-04"),
        ("from 3 to 5 May", None, None),
        ("Tuesday of next week", None, None),
        ("two days ago", None, None),
        ("earlier this year", None, None),
        ("earlier this year", "2025", "2025"),
        ("the weekend", "2025-01-25", None),
        ("tomorrow", "9999-12-31", None),
        ("two weeks ago", "0001-01-02", None),
        ("Dec. 31", "9999-12-31", "9999-12-31"),
    ],
)
def test_the_day_of_publication_is_the_base_as_far_as_it_is_known(text: str, published: str | None, value: str | None) -> None:
    assert meaning(text, published) == value


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(days, st.integers(0, 9999))
def test_days_ago_are_days_ago(day: date, count: int) -> None:
    assert meaning(f"{count} days ago", day.isoformat()) == str(day - timedelta(days=count))


@given(days, days, st.sampled_from(["{0.day} {month} {0.year}", "{month} {0.day}, {0.year}", "{0.day} of {month} {0.year}", "{0}"]))
def test_a_complete_date_means_itself_whenever_it_is_written(day: date, published: date, form: str) -> None:
    text = form.format(day, month=MONTHS[day.month - 1].capitalize())
    assert meaning(text, published.isoformat()) == meaning(text, None) == str(day)


@given(days, st.integers(-100, 100))
def test_a_date_near_the_publication_needs_no_year(published: date, distance: int) -> None:
    day = published + timedelta(days=distance)
    assert meaning(f"{MONTHS[day.month - 1].capitalize()} {day.day}", published.isoformat()) == str(day)


@given(days, st.sampled_from(WEEKDAYS), st.sampled_from(["met", "will meet"]))
def test_a_weekday_is_within_a_week_on_the_side_of_its_verb(published: date, weekday: str, verb: str) -> None:
    value = meaning(weekday.capitalize(), published.isoformat(), before=f"They {verb} on ", after=".")
    assert value is not None
    found = date.fromisoformat(value)
    assert WEEKDAYS[found.weekday()] == weekday
    assert 0 <= (found - published).days * (1 if verb == "will meet" else -1) <= 6


WORDS = [
    *"a an three 9999 0 12 29 31 2024 16th day days week weeks months years decade ago before after later the next last this of in".split(),
    *"from to - until and February Dec. may March Tuesday Sunday tomorrow yesterday weekend century 1990s BC noon early late mid-".split(),
    *["3:12 a.m.", ",", ".", "’s", "\n", "\u0660"],
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=12), st.lists(st.sampled_from(WORDS), max_size=6), st.dates() | st.none(), st.booleans())
def test_any_words_on_any_day_mean_a_date_or_none(inside: list[str], around: list[str], day: date | None, is_time: bool) -> None:
    text, beside = " ".join(inside), " ".join(around)
    published = Published.on(day) if day else None
    mention = first_date(text, published, before=beside, after=beside, is_time=is_time)
    assert mention is None or 0 <= mention.start < mention.end <= len(text)


@given(st.text(max_size=80))
def test_any_text_means_a_date_or_none(text: str) -> None:
    mention = first_date(text, Published.parse(WEDNESDAY), is_time=True)
    assert mention is None or mention.date.first is not None


def test_a_huge_span_is_read_to_its_bound() -> None:
    assert meaning("x " * 100_000 + "4 February 2025", WEDNESDAY) is None
    assert meaning("4 February 2025" + " 1" * 100_000, WEDNESDAY) == "2025-02-04"
