"""Furniture learnt by counting, on a real SQLite file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.catalog import Catalog
from corpus.copies import Copies
from corpus.site_lines import FEWEST_ARTICLES, NEWEST, SiteLines
from tests.builders import an_article
from tests.databases import open_migrated

NOON = datetime(2025, 3, 12, 12, tzinfo=UTC)
MENU = "Weather, traffic and tides"
NAMES = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    database = open_migrated(tmp_path / "catalog.db")
    yield Catalog(database)
    database.dispose()


def story(number: int, *more: str, site: str = "post.example") -> Article:
    names = [NAMES[(number // 8**place) % 8] for place in range(3)]
    told = f"{names[0]} met {names[1]} on quay {number} and both of them went to see {names[2]} about boat {number * 7} in the rain."
    return an_article(address=f"https://{site}/{number}", text="\n\n".join([told, *more]))


def put(catalog: Catalog, *articles: Article) -> None:
    """Add articles as the indexer does, each a minute after the last."""
    for article in articles:
        with catalog.transaction() as connection:
            cleaned = SiteLines(catalog).clean(article)
            catalog.put(connection, cleaned, NOON + timedelta(minutes=catalog.count()))
            Copies(catalog).link(connection, cleaned)
            SiteLines(catalog).note(connection, cleaned)


def test_a_line_of_three_articles_is_dropped_from_the_fourth(catalog: Catalog) -> None:
    put(catalog, *(story(number, MENU) for number in range(FEWEST_ARTICLES)))
    assert SiteLines(catalog).clean(story(4, MENU)) == story(4)
    assert SiteLines(catalog).clean(story(4, MENU.upper())) == story(4)


def test_two_articles_teach_nothing(catalog: Catalog) -> None:
    put(catalog, story(1, MENU), story(2, MENU))
    assert SiteLines(catalog).clean(story(4, MENU)) == story(4, MENU)


def test_another_site_is_another_matter(catalog: Catalog) -> None:
    put(catalog, *(story(number, MENU) for number in range(3)))
    assert SiteLines(catalog).clean(story(4, MENU, site="wire.example")).text.endswith(MENU)


def test_copies_of_one_report_teach_nothing(catalog: Catalog) -> None:
    put(catalog, story(1, MENU), *(replace(story(1, MENU), address=f"https://post.example/again{number}") for number in range(4)))
    assert SiteLines(catalog).clean(story(4, MENU)) == story(4, MENU)


def test_a_small_share_of_a_sites_articles_teaches_nothing(catalog: Catalog) -> None:
    put(catalog, *(story(number, *([MENU] if number % 8 == 0 else [])) for number in range(36)))
    assert SiteLines(catalog).clean(story(40, MENU)) == story(40, MENU)


def test_what_a_site_has_lately_is_learnt_however_many_articles_it_has(catalog: Catalog) -> None:
    put(catalog, *(story(number) for number in range(NEWEST)), *(story(number, MENU) for number in range(NEWEST, NEWEST + 10)))
    assert SiteLines(catalog).clean(story(100, MENU)) == story(100)


def test_earlier_articles_with_a_learnt_line_are_known_until_they_are_clean(catalog: Catalog) -> None:
    put(catalog, story(9), *(story(number, MENU) for number in range(3)))
    lines = SiteLines(catalog)
    assert [article.id for article, _ in lines.unclean(2)] == [article.id for article, _ in lines.unclean(9)][:2]
    assert {(article.address[-1], changed.minute) for article, changed in lines.unclean(9)} == {("0", 1), ("1", 2), ("2", 3)}
    put(catalog, *(story(number, MENU) for number in range(3)))
    assert lines.unclean(9) == []
    assert {article.text for article in catalog.articles()} == {story(number).text for number in (0, 1, 2, 9)}


def test_what_was_learnt_outlives_the_articles(catalog: Catalog) -> None:
    put(catalog, *(story(number, MENU) for number in range(3)))
    with catalog.transaction() as connection:
        for article in list(catalog.articles()):
            catalog.remove(connection, article.id)
    assert SiteLines(catalog).clean(story(4, MENU)) == story(4)
    assert SiteLines(catalog).unclean(9) == []


def test_an_article_of_nothing_else_is_kept_as_it_is(catalog: Catalog) -> None:
    only = replace(story(9), text=MENU)
    put(catalog, only, *(story(number, MENU) for number in range(3)))
    lines = SiteLines(catalog)
    assert lines.clean(only) == only
    with catalog.transaction() as connection:
        lines.keep(connection, only)
    assert only not in [article for article, _ in lines.unclean(9)]


def test_facts_and_quotations_are_never_learnt(catalog: Catalog) -> None:
    fact, quotation = "The bridge fell in the flood of the year before.", "“The bridge will open in June”"
    put(catalog, *(story(number, fact, quotation) for number in range(6)))
    assert SiteLines(catalog).clean(story(7, fact, quotation)) == story(7, fact, quotation)


def test_articles_of_an_unknown_site_teach_nothing(catalog: Catalog) -> None:
    put(catalog, *(replace(story(number, MENU), address=f"file:///{number}", source="") for number in range(6)))
    assert SiteLines(catalog).unclean(9) == []
