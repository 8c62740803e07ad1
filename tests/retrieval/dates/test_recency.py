from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Published
from retrieval.dates.recency import TimePreference

WEDNESDAY = date(2025, 1, 29)


@pytest.mark.parametrize(
    "question",
    [
        "when is the meeting?",
        "who invited Netanyahu?",
        "how many died?",
        "what did the mayor say about the bridge?",
        "how long is the bridge?",
        "who is Theresa May?",
        "may I ask who came?",
        "what happened next?",
        "which know-how is nowhere?",
        "how many people live there, 2019 or more?",
        "what does USA Today say?",
        "what is the 16th day?",
        "who ruled in the last two years of the war?",
        "what happened in mar a lago?",
        "",
        "?" * 1000,
    ],
)
def test_an_ordinary_question_prefers_no_time(question: str) -> None:
    assert not TimePreference.of(question, WEDNESDAY)


@pytest.mark.parametrize(
    "question",
    [
        "what is the latest on the ceasefire?",
        "who is the current mayor?",
        "what does it currently cost?",
        "what is the toll now?",
        "what's the most recent price?",
        "how many have died so far?",
        "what has Trump said lately?",
        "how many fires were there this summer?",
        "what’s happening in Gaza?",
        "what has he said in the last few days?",
    ],
)
def test_words_for_the_present_prefer_the_newest(question: str) -> None:
    assert TimePreference.of(question) == TimePreference.of(question, WEDNESDAY) == TimePreference(newest=True)


@pytest.mark.parametrize(
    ("question", "preference"),
    [
        ("what happened today?", TimePreference(WEDNESDAY, WEDNESDAY, newest=True)),
        ("what happened yesterday", TimePreference(date(2025, 1, 28), date(2025, 1, 28), newest=True)),
        ("who spoke this week?", TimePreference(date(2025, 1, 27), date(2025, 2, 2), newest=True)),
        ("who resigned last month?", TimePreference(date(2024, 12, 1), date(2024, 12, 31))),
        ("who won last year", TimePreference(date(2024, 1, 1), date(2024, 12, 31))),
        ("what has happened since Monday?", TimePreference(since=date(2025, 1, 27))),
        ("anything since monday", TimePreference(since=date(2025, 1, 27))),
        ("who was elected in 2019?", TimePreference(date(2019, 1, 1), date(2019, 12, 31))),
        ("what has been built since 2019?", TimePreference(since=date(2019, 1, 1))),
        ("what was known before March 2024?", TimePreference(until=date(2024, 3, 1))),
        ("what was known until March 2024?", TimePreference(until=date(2024, 3, 31))),
        ("what came after 3 May 2024?", TimePreference(since=date(2024, 5, 3))),
        ("what happened in january", TimePreference(month=1)),
        ("what has happened in gaza since january?", TimePreference(since=date(2025, 1, 1))),
        ("what has happened since March?", TimePreference(since=date(2024, 3, 1))),
        ("what has happened since 3 February?", TimePreference(since=date(2024, 2, 3))),
        ("what will happen after 3 May 2026?", TimePreference(since=date(2026, 5, 3))),
        ("what was known before March?", TimePreference(until=date(2025, 3, 1))),
        ("who died in march", TimePreference(month=3)),
        ("who spoke on 3 may 2024", TimePreference(date(2024, 5, 3), date(2024, 5, 3))),
        ("what happened in January 2020?", TimePreference(date(2020, 1, 1), date(2020, 1, 31))),
        ("what happened in January last year?", TimePreference(date(2024, 1, 1), date(2024, 1, 31))),
        ("what was said on Tuesday", TimePreference(date(2025, 1, 28), date(2025, 1, 28))),
        ("what happened on 4 February 2025?", TimePreference(date(2025, 2, 4), date(2025, 2, 4))),
        ("todays news", TimePreference(WEDNESDAY, WEDNESDAY, newest=True)),
        ("what happened in the last 3 days?", TimePreference(date(2025, 1, 26), WEDNESDAY, newest=True)),
        ("what happened in the last two weeks?", TimePreference(date(2025, 1, 15), WEDNESDAY, newest=True)),
        ("what happened over the past week?", TimePreference(date(2025, 1, 22), WEDNESDAY, newest=True)),
        ("who resigned in the last 24 hours?", TimePreference(date(2025, 1, 28), WEDNESDAY, newest=True)),
        ("how many died in the past 9999 years?", TimePreference(date.min, WEDNESDAY)),
        ("who spoke in jan", TimePreference(month=1)),
        ("news from january", TimePreference(month=1)),
        ("what has happened since dec?", TimePreference(since=date(2024, 12, 1))),
        ("when is the match on Saturday?", TimePreference(date(2025, 2, 1), date(2025, 2, 1))),
        ("is it closed until friday?", TimePreference(until=date(2025, 1, 31))),
        ("is it true that he died on Monday?", TimePreference(date(2025, 1, 27), date(2025, 1, 27))),
        ("what happened after 3 February?", TimePreference(since=date(2024, 2, 3))),
        ("what happened two days ago?", TimePreference(date(2025, 1, 27), date(2025, 1, 27))),
    ],
)
def test_a_time_in_a_question_is_preferred(question: str, preference: TimePreference) -> None:
    assert TimePreference.of(question, WEDNESDAY) == preference


@pytest.mark.parametrize(
    ("question", "preference"),
    [
        ("who spoke this week?", TimePreference(newest=True)),
        ("who resigned last month?", TimePreference()),
        ("who was elected in 2019?", TimePreference(date(2019, 1, 1), date(2019, 12, 31))),
        ("what has happened since January?", TimePreference()),
        ("what happened in January?", TimePreference(month=1)),
    ],
)
def test_without_a_clock_only_what_counts_from_no_day_is_known(question: str, preference: TimePreference) -> None:
    assert TimePreference.of(question) == preference


JANUARY = TimePreference(date(2025, 1, 1), date(2025, 1, 31))


@pytest.mark.parametrize(
    ("preference", "published", "raised"),
    [
        (JANUARY, "2025-01-01", True),
        (JANUARY, "2025-01-31T23:59-05:00", True),
        (JANUARY, "2025-02-01", True),  # the morning after
        (JANUARY, "2025-02-02", False),
        (JANUARY, "2024-12-31", False),
        (JANUARY, "2025-01", True),
        (JANUARY, "2025", True),
        (JANUARY, None, False),
        (TimePreference(month=1), "2019-01-20", True),
        (TimePreference(month=1), "2019-02-20", False),
        (TimePreference(month=1), "2019", False),
        (TimePreference(since=date(2025, 1, 27)), "2030-01-01", True),
        (TimePreference(since=date(2025, 1, 27)), "2025-01-26", False),
        (TimePreference(until=date(2025, 1, 27)), "1999-01-01", True),
        (TimePreference(until=date.max), "9999-12-31", True),
    ],
)
def test_articles_from_the_time_asked_for_are_raised(preference: TimePreference, published: str | None, raised: bool) -> None:
    (weight,) = preference.weighed([1.0], [Published.parse(published) if published else None])
    assert (weight > 1.0) is raised


def test_the_newest_of_comparable_articles_is_raised_most_however_old_all_are() -> None:
    published = [Published.parse(day) for day in ("1990-01-01", "1990-01-02", "1990-03-01", "1999-01-01")]
    weights = TimePreference(newest=True).weighed([1.0, 1.0, 1.0, 0.4], published)
    assert weights == [1.0, 1.25, 1.5, 0.4]  # the last one is not comparable


def test_articles_without_a_date_are_not_raised() -> None:
    assert TimePreference(newest=True).weighed([1.0, 0.9], [None, Published.parse("2025")]) == [1.0, 0.9]


@given(st.lists(st.tuples(st.floats(0.01, 1), st.none() | st.dates()), max_size=8), st.sampled_from([JANUARY, TimePreference(newest=True)]))
def test_a_preference_raises_and_never_lowers(articles: list[tuple[float, date | None]], preference: TimePreference) -> None:
    scores = [score for score, _ in articles]
    published = [Published.on(day) if day else None for _, day in articles]
    assert TimePreference().weighed(scores, published) == scores
    assert all(score <= weight <= 2 * score for score, weight in zip(scores, preference.weighed(scores, published), strict=True))


@given(st.text(max_size=100), st.none() | st.dates())
def test_any_text_on_any_day_has_a_preference_or_none(question: str, today: date | None) -> None:
    assert TimePreference.of(question, today).weighed([1.0], [None]) == [1.0]
