from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from corpus.article import Precision, Published, if_later
from tests.builders import an_article


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2025", Precision.YEAR),
        ("2025-01", Precision.MONTH),
        ("2025-01-29", Precision.DAY),
        ("2025-01-29T18:30+02:00", Precision.MINUTE),
    ],
)
def test_a_publication_date_keeps_its_precision(text: str, precision: Precision) -> None:
    published = Published.parse(text)
    assert (published.precision, published.isoformat()) == (precision, text)


def test_a_time_without_a_zone_is_utc() -> None:
    assert Published.parse("2025-01-29 18:30") == Published(datetime(2025, 1, 29, 18, 30, tzinfo=UTC), Precision.MINUTE)


def test_a_day_is_a_day() -> None:
    assert Published.on(date(2024, 2, 29)) == Published.parse("2024-02-29")


@pytest.mark.parametrize("text", ["", "yesterday", "2025-13", "2025-02-30", "20x5", "0000"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - datetime's own messages
        Published.parse(text)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="moment must have a time zone"):
        Published(datetime(2025, 1, 1), Precision.DAY)  # noqa: DTZ001


def test_the_id_depends_on_the_address_alone() -> None:
    article = an_article()
    assert replace(article, title="x", text="y").id == article.id == "440042b7f90f4af1"
    assert replace(article, address="https://other.example/").id != article.id


@pytest.mark.parametrize(
    "change",
    [
        {"title": "x"},
        {"text": "x"},
        {"source": "x"},
        {"author": "x"},
        {"published": None},
        {"file": None},
        {"updated": Published.parse("2025-03-13")},
        {"place": "x"},
        {"note": "x"},
    ],
)
def test_any_change_makes_a_new_revision(change: dict[str, object]) -> None:
    assert an_article(**change).revision != an_article().revision


def test_an_article_has_the_revision_that_older_versions_gave_it() -> None:
    assert an_article().revision == "86b56798cba6e99d"


@pytest.mark.parametrize(
    ("updated", "published", "kept"),
    [
        ("2025-01-30", "2025-01-29", True),
        ("2025-01-29", "2025-01-29", False),
        ("2025-01-28", "2025-01-29", False),
        ("2025-01-29", "2025-01-29T10:00Z", False),
        ("2025-01-30", "2025-01-29T10:00Z", True),
        ("2025-01-29T10:00Z", "2025-01-29", True),
        ("2025-01-29T10:00Z", "2025-01-29T10:00Z", False),
        ("2025-01-29T10:00:40Z", "2025-01-29T10:00:05Z", False),
        ("2025-01-29T10:01:00Z", "2025-01-29T10:00:05Z", True),
        ("2025-01-29T10:00Z", "2025-01-29T12:00+02:00", False),
        ("2025-01-29T10:00Z", "2025-01-29T11:59+02:00", True),
        ("2025-01-29", None, True),
    ],
)
def test_an_update_is_later_than_the_article(updated: str, published: str | None, kept: bool) -> None:
    moment = Published.parse(updated)
    assert if_later(moment, Published.parse(published) if published else None) == (moment if kept else None)


def test_words_may_not_wander_between_fields_unnoticed() -> None:
    assert an_article(title="a b", text="c").revision != an_article(title="a", text="b c").revision


def test_copies_differ_in_blanks_and_letter_case_only() -> None:
    assert an_article(text="A  b\nC").text_digest == an_article(text="a b c", title="other").text_digest
    assert an_article(text="a b d").text_digest != an_article(text="a b c").text_digest


@pytest.mark.parametrize(("address", "url"), [("https://x.example/a", "https://x.example/a"), ("file:///a.txt", None)])
def test_only_a_web_address_is_a_link(address: str, url: str | None) -> None:
    assert an_article(address=address).url == url


@pytest.mark.parametrize("field", ["address", "title", "text"])
def test_an_article_needs_its_parts(field: str) -> None:
    with pytest.raises(ValueError, match=f"{field} must not be empty"):
        an_article(**{field: " \n"})
