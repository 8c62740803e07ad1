import pytest

from corpus.dating import date_line, dateline, parse_published


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025", "2025"),
        ("2025-01", "2025-01"),
        ("2025-01-29", "2025-01-29"),
        ("1970", "1970"),
        ("1970-01-01", "1970-01-01"),
        ("2025-01-29T10:15:00Z", "2025-01-29T10:15+00:00"),
        ("2025-01-29 10:15", "2025-01-29T10:15+00:00"),
        ("January 29, 2025", "2025-01-29"),
        ("29 Jan 2025 10:15", "2025-01-29T10:15+00:00"),
        ("29th of January 2025", "2025-01-29"),
        ("Tuesday, 28 January 2025, 18:05 GMT", "2025-01-28T18:05+00:00"),
        ("Jan. 29, 2025 at 10:15 a.m. EST", "2025-01-29T10:15-05:00"),
        ("Mon, 18 Nov 2019 16:07:38 -0600", "2019-11-18T16:07-06:00"),
        ("Sept. 3, 2024 | 5:30 pm", "2024-09-03T17:30+00:00"),
        ("29 January 2025 10:15 QQQ", "2025-01-29"),
        ("July 9, 2025, 5:01 a.m. ET", "2025-07-09T05:01-04:00"),
        ("January 9, 2025, 5:01 a.m. ET", "2025-01-09T05:01-05:00"),
        ("Jul 9, 2025 5:01 AM PT", "2025-07-09T05:01-07:00"),
        ("Jul 9, 2025 5:01 AM CT", "2025-07-09T05:01-05:00"),
        ("29 Jan 2025, 10:15 am IST", "2025-01-29T10:15+05:30"),
        ("29 Jan 2025 10:15pm ist", "2025-01-29T22:15+05:30"),
    ],
)
def test_a_complete_date_is_as_exact_as_it_is_written(text: str, iso: str) -> None:
    published = parse_published(text)
    assert published is not None
    assert published.isoformat() == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "yesterday",
        "January 29",
        "next Tuesday",
        "January 2025 was cold",
        "February 30, 2025",
        "2025-02-30",
        "01/02/2025",
        "0001-01-01",
        "9999-12-31T23:59:59-05:00",
        "1970-01-01T00:00:00+00:00",
        "1970-01-01T01:00:00+01:00",
        "x" * 500,
    ],
)
def test_what_is_no_complete_date_is_none(text: str) -> None:
    assert parse_published(text) is None


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("January 29, 2025", "2025-01-29"),
        ("Published: 29 Jan 2025 10:15", "2025-01-29T10:15+00:00"),
        ("Published on January 29, 2025", "2025-01-29"),
        ("Date: 2025-01-29", "2025-01-29"),
        ("Jan 29, 2025, 10:15 PM | Updated Jan 30, 2025", "2025-01-29T22:15+00:00"),
    ],
)
def test_a_line_of_a_date_says_when_the_article_was_published(line: str, iso: str) -> None:
    published = date_line(line)
    assert published is not None
    assert published.isoformat() == iso


@pytest.mark.parametrize(
    "line", ["The talks begin on January 29, 2025", "January 29, 2025 was a cold day.", "Updated: January 29, 2025", "2025"]
)
def test_another_line_with_a_date_does_not(line: str) -> None:
    assert date_line(line) is None


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("WASHINGTON, Jan. 28, 2025 (AP) — The bridge closed.", "2025-01-28"),
        ("Washington, D.C., January 28, 2025 - The bridge closed.", "2025-01-28"),
        ("JERUSALEM (January 28, 2025) – The bridge closed.", "2025-01-28"),
        ("January 28, 2025 — The bridge closed.", "2025-01-28"),
    ],
)
def test_a_dateline_gives_the_day(line: str, iso: str) -> None:
    published = dateline(line)
    assert published is not None
    assert published.isoformat() == iso


@pytest.mark.parametrize(
    "line",
    [
        "SEOUL, Aug. 20 (Yonhap) -- North Korea's newspaper said so.",
        "Trump visited on March 5, 2018 - his first time.",
        "President Donald Trump meets Netanyahu at the White House, Washington, D.C., on March 5, 2018.",
        "The bridge closed on January 28, 2025 — a Tuesday.",
    ],
)
def test_a_sentence_with_a_date_is_no_dateline(line: str) -> None:
    assert dateline(line) is None
