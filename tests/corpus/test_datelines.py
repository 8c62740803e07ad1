"""What a report begins with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import Cleaned, take_apart
from corpus.datelines import Dateline, read_dateline
from corpus.headers import read_header
from tests.builders import TEXT


def clean(text: str) -> str:
    return take_apart(text).text


@pytest.mark.parametrize(
    ("before", "agency", "place"),
    [
        ("JERUSALEM, Jan. 29 (Reuters) - ", "Reuters", "JERUSALEM"),
        ("NEW YORK/LONDON, Jan 29 (Reuters) - ", "Reuters", "NEW YORK/LONDON"),
        ("LONDON — ", "", "LONDON"),
        ("SYDNEY -- ", "", "SYDNEY"),
        ("SKELMOUTH, England — ", "", "SKELMOUTH, England"),
        ("ST. LOUIS (AP) — ", "AP", "ST. LOUIS"),
        ("Washington (AP) -- ", "AP", "Washington"),
        ("WASHINGTON, D.C., Jan. 3, 2025 (UPI) -- ", "UPI", "WASHINGTON, D.C."),
        ("PARIS, 29 January 2025 (AFP) - ", "AFP", "PARIS"),
        ("Lowland, 29 January 2025 – ", "", "Lowland"),
        ("SKELMOUTH, January 29, 2025 (HP) - ", "", "SKELMOUTH"),
        ("EXCLUSIVE (Reuters) - ", "Reuters", ""),
        ("(Reuters) - ", "Reuters", ""),
    ],
)
@pytest.mark.parametrize("told", ["Two boats sank.", "“We saw it,” she said.", "12 people swam."])
def test_a_dateline_goes_and_its_agency_and_place_are_known(before: str, agency: str, place: str, told: str) -> None:
    assert read_dateline(before + told) == Dateline(len(before), agency, place)
    assert take_apart(before + told) == Cleaned(told, place)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "NATO — the alliance — met.",
        "Smith — The man from the ferry — met her.",
        "The mayor — A man of few words — met her.",
        "U.S. — The word stood on the wall.",
        "10 Jan - 5 Feb is the time for it.",
        "Sky News (UK) - The programme ended.",
        "NATO (North Atlantic Treaty Organisation) — The alliance met.",
        "ITV - The programme ended.",
        "EXCLUSIVE — The bridge opens.",
        "Friday — The day of the fair.",
        '"LONDON — The word stood on the wall."',
        "LONDON",
        "",
    ],
)
def test_what_only_looks_like_a_dateline_stays(text: str) -> None:
    assert (read_dateline(text), clean(text)) == (None, text)


@given(st.text(alphabet="ABab .,—-()19“\n", max_size=40))
def test_a_dateline_is_taken_from_the_front_alone(text: str) -> None:
    dateline = read_dateline(text)
    assert dateline is None or (dateline.end <= len(text) and dateline.place in text[: dateline.end])


@pytest.mark.parametrize(
    ("body", "source", "published"),
    [
        ("JERUSALEM, Jan. 29 (Reuters) - Two boats sank on the river.", "Reuters", None),  # no year, so no date
        ("PARIS, 29 January 2025 (AFP) - Two boats sank on the river.", "AFP", "2025-01-29"),
        ("LONDON — Two boats sank on the river.", "", None),
    ],
)
def test_a_dateline_gives_the_day_and_the_publisher(body: str, source: str, published: str | None) -> None:
    header = read_header(f"Boats sink in a storm\n\n{body}")
    assert (header.source, header.published.isoformat() if header.published else None) == (source, published)


@pytest.mark.parametrize(
    ("line", "author", "source", "published"),
    [
        ("Jane Doe, Staff Writer | 29 January 2025", "Jane Doe", "", "2025-01-29"),
        ("Jane Doe | 29 January 2025", "Jane Doe", "", "2025-01-29"),
        ("By Jane Doe | Harbour Post", "Jane Doe", "Harbour Post", None),
        ("By Jane Doe • Staff Writer • Jan. 29, 2025", "Jane Doe", "", "2025-01-29"),
        ("BY JANE DOE AND JOHN ROE | Associated Press", "JANE DOE AND JOHN ROE", "Associated Press", None),
        ("Ferry | 29 January 2025", "", "Ferry", "2025-01-29"),
    ],
)
def test_a_credit_line_of_several_parts_is_taken_apart(line: str, author: str, source: str, published: str | None) -> None:
    header = read_header(f"Boats sink in a storm\n\n{line}\n\nTwo boats sank on the river on Monday.")
    if published or author:
        assert header.body == "Two boats sank on the river on Monday."
    assert (header.author, header.source, header.published.isoformat() if header.published else None) == (author, source, published)


@pytest.mark.parametrize("line", ["Floods | What we know", "Jane Doe | Two boats sank", "War — Peace", "One • Two • Three"])
def test_a_line_with_bars_that_is_no_credit_stays(line: str) -> None:
    assert line in read_header(f"Boats sink in a storm\n\n{line}\n\nTwo boats sank on the river on Monday.").body


@pytest.mark.parametrize(
    "line",
    [
        "Updated at 14:05 GMT",
        "This article was corrected on 3 February 2025.",
        "This story was updated on Feb. 3 at 3 p.m. to include what the mayor said.",
        "Correction: The bridge is 40 metres long, not 400, the mayor said.",
        "Correction (Feb. 3): The mayor’s name is Farrow.",
        "Editor’s note: This story has been updated to add a comment of the mayor.",
        "An earlier version of this article gave the wrong day.",
    ],
)
def test_notes_on_changes_go_from_the_text_and_are_kept_beside_it(line: str) -> None:
    assert take_apart(f"{TEXT}\n\n{line}") == Cleaned(TEXT, notes=(line,))


def test_a_long_correction_is_one_and_a_long_report_on_a_change_is_reporting() -> None:
    more = "The mayor’s office had named another figure at first, and another newspaper had printed that. " * 4
    assert clean(f"{TEXT}\n\nCorrection: {more}") == TEXT
    assert clean(f"{TEXT}\n\nThe report was changed by the county. {more.strip()}").endswith(more.strip())


def test_a_note_in_a_list_of_other_articles_is_theirs() -> None:
    assert take_apart(f"{TEXT}\n\nMore stories\n\nUpdated at 14:05 GMT\n\nA ferry for the river") == Cleaned(TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "Update: The bridge has reopened.",
        "A correction of the market followed.",
        "“Correction: it was me”",
        "The story was about a bridge.",
        "The report was published by the county and changed little.",
    ],
)
def test_reporting_on_changes_stays(line: str) -> None:
    assert clean(f"{TEXT}\n\n{line}") == f"{TEXT}\n\n{line}"
