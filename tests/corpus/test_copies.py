"""Links between articles and their copies, on a real SQLite file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article, Published
from corpus.catalog import Catalog
from corpus.copies import Copies
from tests.builders import an_article
from tests.databases import open_migrated

NOON = datetime(2025, 3, 12, 12, tzinfo=UTC)
SENTENCES = [
    f"{who} told the {what} committee on {day} that {number} of the old moorings would be {done} before the autumn storms come back."
    for who, what, day, number, done in (
        ("Odette Farrow", "harbour", "Monday", 12, "renewed"),
        ("Rufus Tanskey", "fisheries", "Tuesday", 31, "moved upstream"),
        ("The engineer", "bridge", "Wednesday", 47, "closed for good"),
        ("A spokesman for Lowland Ferries", "transport", "Thursday", 58, "given to the rowing club"),
        ("Nobody from the castle", "heritage", "Friday", 66, "sold to the highest bidder"),
        ("Her predecessor", "budget", "Saturday", 79, "paid for by the county"),
    )
]
TEXT = " ".join(SENTENCES)
FERRY = an_article(
    address="https://lowland.example/ferry",
    text="A ferry will run between the banks every twenty minutes while the bridge is shut, and passengers will pay two crowns a trip.",
)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    database = open_migrated(tmp_path / "catalog.db")
    yield Catalog(database)
    database.dispose()


def report(name: str, day: str | None = None, text: str = TEXT) -> Article:
    published = Published.parse(day) if day else None
    return an_article(address=f"https://{name}.example/a", source=name, text=text, published=published)


def put(catalog: Catalog, *articles: Article, now: datetime = NOON) -> None:
    copies = Copies(catalog)
    with catalog.transaction() as connection:
        for article in articles:
            catalog.put(connection, article, now)
            copies.link(connection, article)


def remove(catalog: Catalog, article: Article) -> None:
    with catalog.transaction() as connection:
        Copies(catalog).unlink(connection, article.id)
        catalog.remove(connection, article.id)


def links(catalog: Catalog) -> dict[str, str]:
    """Return the outlets of the copies with those of their originals."""
    names = {article.id: article.source for article in catalog.articles()}
    return {names[copy]: names[original] for copy, original in Copies(catalog).originals(names).items()}


def test_a_copy_is_linked_to_the_one_published_first_whichever_came_first(catalog: Catalog) -> None:
    put(catalog, report("late", "2025-03-03"), FERRY, report("early", "2025-03-01T08:00"), report("middle", "2025-03-02"))
    assert links(catalog) == {"late": "early", "middle": "early"}


def test_what_has_a_date_comes_before_what_has_none(catalog: Catalog) -> None:
    put(catalog, report("undated"), report("dated", "2025-03-03"))
    assert links(catalog) == {"undated": "dated"}


def test_of_undated_ones_the_first_seen_is_the_original(catalog: Catalog) -> None:
    put(catalog, report("first"))
    put(catalog, report("second"), now=NOON + timedelta(minutes=1))
    assert links(catalog) == {"second": "first"}


def test_a_known_hour_comes_before_some_time_on_that_day(catalog: Catalog) -> None:
    put(catalog, report("day", "2025-03-03"), report("hour", "2025-03-03T23:00"), report("month", "2025-03"))
    assert links(catalog) == {"day": "hour", "month": "hour"}


def test_articles_without_copies_are_no_copies(catalog: Catalog) -> None:
    put(catalog, report("one"), FERRY)
    assert Copies(catalog).originals([FERRY.id, "unknown"]) == {}


def test_a_short_text_is_a_copy_of_the_same_words_alone(catalog: Catalog) -> None:
    put(
        catalog,
        report("a", "2025-03-01", "The fair is off."),
        report("b", "2025-03-02", "THE fair is off."),
        report("c", None, "The fair is on."),
    )
    assert links(catalog) == {"b": "a"}


def test_a_copy_of_a_copy_has_the_same_original(catalog: Catalog) -> None:
    """Each has half of the one before it, the last next to nothing of the first."""
    put(
        catalog,
        report("first", "2025-03-01", " ".join(SENTENCES[:4])),
        report("last", "2025-03-03", " ".join(SENTENCES[3:])),
        report("second", "2025-03-02", " ".join(SENTENCES[2:5])),
    )
    assert links(catalog) == {"second": "first", "last": "first"}


def test_a_report_that_takes_in_two_others_does_not_make_them_one(catalog: Catalog) -> None:
    one, other = report("one", "2025-03-01", " ".join(SENTENCES[:3])), report("other", "2025-03-02", " ".join(SENTENCES[3:]))
    put(catalog, one, other, report("both", "2025-03-03"))
    assert links(catalog) == {"both": "one"}


def test_removing_an_original_links_its_copies_to_the_earliest_of_them(catalog: Catalog) -> None:
    original, earlier, later = report("original", "2025-03-01"), report("earlier", "2025-03-02"), report("later", "2025-03-03")
    put(catalog, later, original, earlier)
    remove(catalog, original)
    assert links(catalog) == {"later": "earlier"}
    remove(catalog, earlier)
    assert links(catalog) == {}


def test_an_article_rewritten_is_a_copy_no_more_and_its_copies_find_one_another(catalog: Catalog) -> None:
    original, copies = report("original", "2025-03-01"), [report("earlier", "2025-03-02"), report("later", "2025-03-03")]
    put(catalog, original, *copies)
    put(catalog, replace(original, text=FERRY.text))
    assert links(catalog) == {"later": "earlier"}
    put(catalog, original)
    assert links(catalog) == {"earlier": "original", "later": "original"}


def test_a_corrected_date_changes_which_is_the_original(catalog: Catalog) -> None:
    one, other = report("one", "2025-03-01"), report("other", "2025-03-02")
    put(catalog, one, other, report("third", "2025-03-04"))
    put(catalog, replace(one, published=Published.parse("2025-03-03")))
    assert links(catalog) == {"one": "other", "third": "other"}


def test_linking_again_changes_nothing(catalog: Catalog) -> None:
    articles = [report("a", "2025-03-01"), report("b", "2025-03-02"), FERRY]
    put(catalog, *articles)
    before = links(catalog)
    put(catalog, *reversed(articles))
    assert (links(catalog), Copies(catalog).unlinked()) == (before, [])


def test_articles_that_were_never_compared_are_known(catalog: Catalog) -> None:
    with catalog.transaction() as connection:
        catalog.put(connection, FERRY, NOON)
    put(catalog, report("a"))
    assert Copies(catalog).unlinked() == [FERRY.id]


def test_many_copies_of_one_report_have_one_original(catalog: Catalog) -> None:
    put(catalog, *(report(f"paper{number:02}", f"2025-03-{1 + number % 28:02}T{number % 24:02}:00") for number in range(120)))
    assert set(links(catalog).values()) == {"paper00"}
    assert len(links(catalog)) == 119


def arrivals() -> st.SearchStrategy[list[Article]]:
    """Return reports, each some of the same sentences, in any order; some are dated."""
    some = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6, unique=True).map(" ".join)
    days = st.sampled_from(["2025-03-01", "2025-03-02", "2025-03-02T10:00", None])
    return st.lists(st.tuples(some, days), min_size=2, max_size=6).map(
        lambda given: [report(f"paper{number}", day, text) for number, (text, day) in enumerate(given)]
    )


def linked(folder: Path, articles: Sequence[Article], removed: Sequence[Article] = ()) -> dict[str, str]:
    path = folder / "links.db"
    for file in folder.glob("links.db*"):
        file.unlink()
    database = open_migrated(path)
    catalog = Catalog(database)
    put(catalog, *articles)
    for article in removed:
        remove(catalog, article)
    found = links(catalog)
    database.dispose()
    return found


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(articles=arrivals(), data=st.data())
def test_the_order_of_arrival_and_what_was_removed_meanwhile_change_no_link(
    tmp_path: Path, articles: list[Article], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(articles))
    gone = data.draw(st.lists(st.sampled_from(articles), max_size=2, unique_by=lambda article: article.id))
    left = [article for article in articles if article not in gone]
    assert linked(tmp_path, shuffled, gone) == linked(tmp_path, left)
