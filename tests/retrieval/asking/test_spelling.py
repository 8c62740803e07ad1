"""Questions over a small index: what is brought to the spelling of its articles, and what is left alone."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect
from sqlalchemy import text as sql

from corpus.catalog import MIGRATIONS, Catalog
from corpus.database import open_database
from retrieval.asking.spelling import MAX_LOOKUPS, Speller, is_same_wording
from retrieval.keywords import Fts5Index
from tests.builders import an_article
from tests.retrieval.conftest import Shelf

NEWS = an_article(
    title="Netanyahu invited to the White House",
    text="Prime Minister Benjamin Netanyahu of Israel meets President Trump in the White House on Feb. 4 to discuss the ceasefire in Gaza. "
    "Steve Witkoff, the envoy, said that the phase two talks about the hostages begin on the 16th day. The house is guarded. "
    "Volodymyr Zelenský sent a message to the government in Skelmouth about the G7 meeting.",
)


@pytest.fixture
def speller(shelf: Shelf) -> Speller:
    list(shelf.indexer().add([NEWS]))
    return Speller(shelf.keywords)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("when is the netanyaho meeting", "when is the netanyahu meeting"),
        ("who is Witcoff?", "who is Witkoff?"),
        ("Benjamen Netenyahu", "Benjamin Netanyahu"),
        ("netenyahoo meeting", "netanyahu meeting"),
        ("isreal and gazza", "israel and gaza"),
        ("what did the goverment say", "what did the government say"),
        ("hostges", "hostages"),
        ("wehn is teh meating", "when is the meeting"),
        ("Israel adn Gaza", "Israel and Gaza"),
        ("the ceasfire", "the ceasefire"),
        ("netanyaho's message", "netanyahu's message"),
        ("ISREAL TALKS", "ISRAEL TALKS"),
        ("zelenski message", "zelensky message"),
        ("what hapened in gaza", "what happened in gaza"),
    ],
)
def test_misspelt_words_get_the_spelling_of_the_articles(speller: Speller, typed: str, meant: str) -> None:
    assert speller.correct(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who visits the whitehouse", "who visits the white house"),
        ("Whitehouse meeting", "White house meeting"),
        ("when is phasetwo", "when is phase two"),
        ("whatdid trump say", "what did trump say"),
        ("when did the cease fire begin", "when did the ceasefire begin"),
        ("who is the primeminister", "who is the prime minister"),
        ("whatday is it", "what day is it"),
        ("who is trumpsenvoy", "who is trumps envoy"),
    ],
)
def test_blanks_go_where_the_articles_have_them(speller: Speller, typed: str, meant: str) -> None:
    assert speller.correct(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("whos the envoy", "who's the envoy"),
        ("what didnt trump say", "what didn't trump say"),
        ("Whats next", "What's next"),
        ("wats next", "what's next"),
        ("wen is the meeting", "when is the meeting"),
        ("waht did trump say", "what did trump say"),
        ("Wich day", "Which day"),
        ("WICH DAY", "WHICH DAY"),
        ("qhat day", "what day"),
        ("whet day", "what day"),
        ("how manny hostages", "how many hostages"),
        ("how nany hostages", "how many hostages"),
        ("how lomg are the talks", "how long are the talks"),
        ("whta day", "what day"),
    ],
)
def test_question_words_are_understood(speller: Speller, typed: str, meant: str) -> None:
    assert speller.correct(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "is a horse in gaza",  # English, though the articles only have "house"
        "who is the mayor of Skelmouth",
        "hostage talks",  # the singular of a word that they have
        "Trumps meeting",
        "what is the NATO position",  # an abbreviation
        "who is Ng",
        "who is paulina voss of pellam",  # names that are near to rare English words
        "the organisation of a litre",
        "the g8 meeting",
        "WHA talks",
        "JAZA talks",
        "the GAZAs",
        "what happened over time",
        "what is the capital of peru?",
        "don't stop o'clock",
        "wow, what a day",
        "show me the talks",
        "hat of the envoy",
        "how may he speak",
        "когда встреча нетаньяху",
        "🙂 ?!",
        "",
        "   ",
        "xqzvbnmk plrtgh",
    ],
)
def test_what_is_right_or_unknown_stays(speller: Speller, typed: str) -> None:
    assert speller.correct(typed) == typed


def test_what_the_articles_write_is_right(shelf: Shelf) -> None:
    list(shelf.indexer().add([an_article(text="The goverment of Isreal, as the sign spelt it, fell.")]))
    assert Speller(shelf.keywords).correct("goverment of isreal") == "goverment of isreal"


def test_without_articles_english_is_still_corrected(shelf: Shelf) -> None:
    assert Speller(shelf.keywords).correct("whatdid hapened to witcoff") == "what did happened to witcoff"


def test_new_and_removed_articles_count_at_once_whoever_adds_them(shelf: Shelf, tmp_path: Path) -> None:
    speller = Speller(shelf.keywords)
    assert speller.correct("who is witcoff") == "who is witcoff"
    list(shelf.indexer().add([NEWS]))
    assert speller.correct("who is witcoff") == "who is witkoff"
    elsewhere = open_database(f"sqlite:///{tmp_path / 'catalog.db'}")  # as another process sees it
    catalog = Catalog(elsewhere)
    with catalog.transaction() as connection:
        Fts5Index(catalog).drop(connection, NEWS.id)
        catalog.remove(connection, NEWS.id)
    elsewhere.dispose()
    assert speller.correct("who is witcoff") == "who is witcoff"


def test_the_vocabulary_forgets_what_no_article_says_any_more(shelf: Shelf) -> None:
    list(shelf.indexer().add([NEWS]))
    shelf.indexer().remove(NEWS.id)
    assert shelf.keywords.vocabulary() == {}


def columns(engine: Engine) -> dict[str, set[str]]:
    """Return the names of the columns of each table."""
    found = inspect(engine)
    return {table: {column["name"] for column in found.get_columns(table)} for table in found.get_table_names()}


def take_back(engine: Engine, first: Engine) -> None:
    """Leave of the database behind `engine` only the tables and columns that there are behind `first`."""
    kept = columns(first)
    with engine.begin() as connection:
        for table, names in columns(engine).items():
            if table not in kept and not table.startswith("passage_forms_"):  # those go with passage_forms
                connection.execute(sql(f"DROP TABLE {table}"))
            for later in names - kept.get(table, names):
                connection.execute(sql(f"ALTER TABLE {table} DROP COLUMN {later}"))
        connection.execute(sql("UPDATE corpus_version SET version_num = '0001'"))


def at_the_first_version(path: Path) -> Engine:
    """Return a database as the first migration makes it."""
    engine, config = open_database(f"sqlite:///{path}"), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes.update(connection=connection, version_table="corpus_version")
        command.upgrade(config, "0001")
    return engine


def test_a_data_folder_of_an_earlier_version_gets_its_vocabulary(shelf: Shelf, tmp_path: Path) -> None:
    list(shelf.indexer().add([NEWS]))
    words = shelf.keywords.vocabulary()
    database, first = open_database(f"sqlite:///{tmp_path / 'catalog.db'}"), at_the_first_version(tmp_path / "first.db")
    take_back(database, first)
    assert Fts5Index(Catalog(database)).vocabulary() == words
    for engine in (database, first):
        engine.dispose()


@pytest.mark.parametrize(
    "typed",
    [
        "x" * 1000,
        " ".join(["netanyaho"] * 100),
        " ".join(f"w{chr(97 + i % 26)}{chr(97 + i // 26)}q" for i in range(200)),
        "netanyahu\x00 \ud800 isreal",
        'isreal" OR NEAR(gaza) * -^:',
    ],
)
def test_hostile_text_comes_back_as_long_as_it_was(speller: Speller, typed: str) -> None:
    assert abs(len(speller.correct(typed)) - len(typed)) <= 2 * MAX_LOOKUPS


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("whos there?", "who's there?", True), ("whitehouse", "white house", True), ("isreal", "israel", False), ("", "?!", True)],
)
def test_blanks_and_apostrophes_are_no_other_wording(one: str, other: str, same: bool) -> None:
    assert is_same_wording(one, other) == same
