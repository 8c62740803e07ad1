import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Published
from corpus.headers import Header, read_header, shorten, title_from

BODY = "The mayor said on Tuesday that the old bridge would be closed for repairs until May.\n\nIt was built in 1901."


@pytest.mark.parametrize(
    ("top", "header"),
    [
        (
            "Town Gazette\n\nOld bridge to close for repairs",
            Header(body=BODY, source="Town Gazette", title="Old bridge to close for repairs"),
        ),
        (
            "Town Gazette\nOld bridge to close for repairs",
            Header(body=BODY, source="Town Gazette", title="Old bridge to close for repairs"),
        ),
        (
            "The New York Daily News\n\nIs the bridge closed?",
            Header(body=BODY, source="The New York Daily News", title="Is the bridge closed?"),
        ),
        ("example.com\n\nOld bridge to close", Header(body=BODY, source="example.com", title="Old bridge to close")),
        ("Old bridge to close for repairs", Header(body=BODY, title="Old bridge to close for repairs")),
        ("iTunes sells the bridge song", Header(body=BODY, title="iTunes sells the bridge song")),
        (
            "Will the mayor who closed the bridge be elected again?",
            Header(body=BODY, title="Will the mayor who closed the bridge be elected again?"),
        ),
        (
            "Old bridge to close\n\nIt is the oldest in town",
            Header(body=f"It is the oldest in town\n\n{BODY}", title="Old bridge to close"),
        ),
        ("Old bridge to close\nBy Jane Doe and John Roe", Header(body=BODY, title="Old bridge to close", author="Jane Doe and John Roe")),
        ("Title: Old bridge to close\nSource: Gazette", Header(body=BODY, title="Old bridge to close", source="Gazette")),
        (
            "HEADLINE: Old bridge to close\nURL: https://Example.com/a/",
            Header(body=BODY, title="Old bridge to close", url="https://example.com/a"),
        ),
        (
            "Old bridge to close\n\nhttps://example.com/a?utm_source=x",
            Header(body=BODY, title="Old bridge to close", url="https://example.com/a"),
        ),
        (
            "Old bridge to close\nDate: January 29, 2025",
            Header(body=BODY, title="Old bridge to close", published=Published.parse("2025-01-29")),
        ),
        (
            "Old bridge to close\n\nPublished: 29 Jan 2025 10:15",
            Header(body=BODY, title="Old bridge to close", published=Published.parse("2025-01-29T10:15")),
        ),
        ("Advertisement\n\nOld bridge to close", Header(body=BODY, title="Old bridge to close")),
        *(
            (f"{way}\n\nOld bridge to close", Header(body=BODY, title="Old bridge to close"))
            for way in (
                "Home > News > World",
                "Home / News / Skelmouth",
                "Home » Old bridge to close",
                "News | World | Europe",
                "Sport › Rowing",
                "Home\nNews\nWorld",
                "BREAKING NEWS",
                "Middle East & Africa",
            )
        ),
        ("Town Gazette\n\nHome > News\n\nOld bridge to close", Header(body=BODY, source="Town Gazette", title="Old bridge to close")),
        ("Opinion | Close the old bridge", Header(body=BODY, title="Opinion | Close the old bridge")),
        *(
            (
                f"Old bridge to close\n{line}",
                Header(body=BODY, title="Old bridge to close", source="Town Gazette", published=Published.parse("2025-01-29")),
            )
            for line in (
                "Town Gazette, January 29, 2025",
                "Town Gazette - 29 Jan 2025",
                "29 January 2025 - Town Gazette",
                "Source: Town Gazette, 29 Jan 2025",
                "Town Gazette · Jan 29, 2025 · 3 min read",
            )
        ),
        (
            "Town Gazette, January 29, 2025\n\nOld bridge to close",
            Header(body=BODY, title="Old bridge to close", source="Town Gazette", published=Published.parse("2025-01-29")),
        ),
        (
            "Old bridge to close\n\nBY  JANE DOE\nReuters, 29 January 2025, 10:15",
            Header(
                body=BODY, title="Old bridge to close", author="JANE DOE", source="Reuters", published=Published.parse("2025-01-29T10:15")
            ),
        ),
        (
            "Old bridge to close\n\nBy Jane Doe, Town Gazette\nPublished 10:12 AM EST, Wed January 29, 2025",
            Header(
                body=BODY, title="Old bridge to close", author="Jane Doe", source="Town Gazette", published=Published.parse("2025-01-29")
            ),
        ),
        (
            "Old bridge to close\n\nJanuary 29, 2025 / 10:12 AM EST / Town News",
            Header(body=BODY, title="Old bridge to close", source="Town News", published=Published.parse("2025-01-29T10:12-05:00")),
        ),
        (
            "Old bridge to close\n\nJane Doe | January 29, 2025 | 10:12 AM",
            Header(body=BODY, title="Old bridge to close", author="Jane Doe", published=Published.parse("2025-01-29")),
        ),
        *(
            (
                f"Old bridge to close\n\nJane Doe | {clock} | January 29, 2025",
                Header(body=BODY, title="Old bridge to close", author="Jane Doe", published=Published.parse("2025-01-29")),
            )
            for clock in ("10:12", "10:12:30 GMT", "10.12am +05:30", "10:12Z")
        ),
        (
            "Old bridge to close\n\nUpdated 10:12 AM EST, January 29, 2025",
            Header(body=BODY, title="Old bridge to close", notes=("Updated 10:12 AM EST, January 29, 2025",)),
        ),
        ("Old bridge to close\n2 hours ago\nShare\nSave", Header(body=BODY, title="Old bridge to close")),
        ("Old bridge to close\n===================", Header(body=BODY, title="Old bridge to close")),
        ("Daily News Review - January 29, 2025", Header(body=BODY, title="Daily News Review - January 29, 2025")),
        (
            "Old bridge to close\n\nSkelmouth, January 29, 2025",
            Header(body=f"Skelmouth, January 29, 2025\n\n{BODY}", title="Old bridge to close"),
        ),
        ("Source: Gazette\n\nDate: soon", Header(body=f"Date: soon\n\n{BODY}", source="Gazette")),
    ],
)
def test_the_top_of_a_text_says_what_it_is(top: str, header: Header) -> None:
    assert read_header(f"{top}\n\n{BODY}") == header


def test_a_title_may_be_apart_from_the_text_by_a_line_break_alone() -> None:
    text = BODY.replace("May.\n\n", "May, and that there would be a ferry.\n")
    assert read_header(f"Old bridge to close\n{text}") == Header(body=text, title="Old bridge to close")
    assert read_header(f"Town Gazette\nOld bridge to close\n{text}") == Header(
        body=text, source="Town Gazette", title="Old bridge to close"
    )


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "The council of Harwick said on Monday that its mayor would go to\nLondon on Wednesday to talk about it with officials there.",
        "The bridge is closed.\n\nIt opens in May.",
        "The bridge was hard-wrapped\nby an old program that cuts\nlines at thirty characters.\n\nIt opens in May.",
        "They will meet next week(AP)\n\nThe bridge is closed.",
        "Only one line without a full stop",
        "a bridge that begins in lower case\n\nIt opens in May.",
        "By the time the bridge opened, it was May.\n\nIt rained.",
        "",
    ],
)
def test_a_text_without_a_header_keeps_everything(text: str) -> None:
    assert read_header(text) == Header(body=text)


def test_a_header_without_a_text_is_the_text() -> None:
    assert read_header("Title: Old bridge to close\nSource: Gazette") == Header(body="Title: Old bridge to close\nSource: Gazette")


def test_a_date_below_the_first_paragraph_is_not_the_articles() -> None:
    assert read_header(f"{BODY}\n\nJanuary 29, 2025").published is None


def test_the_day_of_a_dateline_is_known_and_the_dateline_stays() -> None:
    text = "Old bridge to close\n\nSMALLVILLE, Jan. 29, 2025 — The mayor closed the old bridge on Tuesday."
    assert read_header(text) == Header(
        body="SMALLVILLE, Jan. 29, 2025 — The mayor closed the old bridge on Tuesday.",
        title="Old bridge to close",
        published=Published.parse("2025-01-29"),
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The U.S. mayor, Mr. Doe, closed it. It opens in May.", "The U.S. mayor, Mr. Doe, closed it."),
        ("No full stop\nat all", "No full stop at all"),
        ("word " * 40, "word " * 19 + "word…"),
        ("x" * 200, "x" * 99 + "…"),
    ],
)
def test_a_title_is_made_from_the_first_sentence(text: str, title: str) -> None:
    assert title_from(text) == title


@given(st.text(), st.integers(min_value=1, max_value=30))
def test_a_shortened_text_keeps_to_its_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit
