import pytest

from corpus.article import Article, Published
from retrieval.summaries.differing import differences
from tests.builders import an_article

TALKS = "Talks on phase two begin on Monday Feb. 3, the White House said."
LATER = "Negotiations on the second phase of the deal are due to begin on February 16."


def told(number: int, text: str, *, source: str = "", published: str | None = "2025-01-29") -> Article:
    return an_article(
        address=f"https://x.example/{number}",
        text=text,
        source=source or f"Source {number}",
        published=Published.parse(published) if published else None,
    )


def versions(*articles: Article) -> list[list[tuple[str, list[str]]]]:
    return [
        [(version.value, [evidence.citation.source for evidence in version.evidence]) for version in difference.versions]
        for difference in differences(articles)
    ]


def dates(one: str, other: str) -> list[list[str]]:
    return [[value for value, _ in difference] for difference in versions(told(1, one), told(2, other))]


def test_two_dates_of_one_planned_event_are_shown_with_who_tells_them() -> None:
    one, other, third = told(1, TALKS), told(2, LATER), told(3, "The talks on phase two will start on Feb. 16, Qatar said.")
    assert versions(one, other, third) == [[("2025-02-03", ["Source 1"]), ("2025-02-16", ["Source 2", "Source 3"])]]
    [difference] = differences([one, other, third])
    best = difference.versions[1].best
    assert (best.span.text, best.quote.text) == ("February 16", LATER)
    assert other.text[best.span.start : best.span.end] == best.span.text


def test_dates_without_a_year_are_compared_where_no_article_is_dated() -> None:
    one, other = told(1, TALKS, published=None), told(2, LATER, published=None)
    assert versions(one, other) == [[("--02-03", ["Source 1"]), ("--02-16", ["Source 2"])]]


def test_that_phase_is_the_one_of_the_sentence_before() -> None:
    one = "The truce nears its second phase. Negotiations on that phase will begin on February 3, a day before the meeting."
    [difference] = differences([told(1, one), told(2, LATER)])
    assert [version.value for version in difference.versions] == ["2025-02-03", "2025-02-16"]
    assert difference.versions[0].best.quote.text == one
    assert dates(one.replace("second", "third"), LATER) == []


def test_a_line_that_is_broken_within_a_sentence_changes_nothing() -> None:
    assert dates(TALKS.replace("begin on", "begin\non"), LATER) == [["2025-02-03", "2025-02-16"]]


def test_a_less_precise_date_that_has_the_other_one_agrees_with_it() -> None:
    assert dates("Talks on phase two begin next week, the White House said.", TALKS) == []
    assert dates("Talks on phase two begin next week, the White House said.", LATER) == [["2025-02-03/2025-02-09", "2025-02-16"]]


def test_a_publisher_may_correct_itself() -> None:
    assert versions(told(1, TALKS, source="Post"), told(2, LATER, source="Post")) == []


def test_what_an_article_said_of_a_day_that_had_passed_when_the_other_appeared_is_no_contradiction() -> None:
    assert versions(told(1, TALKS), told(2, LATER, published="2025-02-10")) == []


def test_an_event_with_many_dates_is_several_events() -> None:
    many = [told(day, f"The museum in Brennick will reopen on March {day}, its director said.") for day in (3, 6, 9, 12)]
    assert len(versions(*many[:3])) == 1
    assert versions(*many) == []


@pytest.mark.parametrize(
    "other",
    [
        "The bridge in Skelmouth may reopen on June 2, he said.",
        "The bridge in Skelmouth was to reopen on June 2, he said.",
        "The bridge in Skelmouth will reopen by June 2, he said.",
        "The bridge in Skelmouth will not reopen on June 2, he said.",
        "The bridge in Skelmouth will reopen on June 2 and not on May 19, he said.",
        "The bridge in Skelmouth will reopen on June 2, 2026, he said.",
        "The bridge in Dorrance will reopen on June 2, he said.",
        "The old bridge in Skelmouth will reopen on June 2, he said.",
        "The bridge in Skelmouth will close on June 2, he said.",
        "It will reopen on June 2, he said at the bridge in Skelmouth.",
        "The mayor said on June 2 that the bridge in Skelmouth will reopen.",
    ],
)
def test_what_is_not_certain_is_not_called_different(other: str) -> None:
    one = "The bridge in Skelmouth will reopen on May 19, he said."
    assert dates(one, "The bridge in Skelmouth will reopen on June 2, he said.") == [["2025-05-19", "2025-06-02"]]
    assert dates(one, other) == []
