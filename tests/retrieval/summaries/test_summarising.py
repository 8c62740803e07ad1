from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from corpus.article import Article, Published
from corpus.copies import Copies
from retrieval.summaries.briefing import Briefing
from retrieval.summaries.summarising import Summariser
from tests.builders import an_article
from tests.fakes import WordEmbedder
from tests.retrieval.conftest import NOON, Shelf

BEFORE = NOON - timedelta(hours=1)


def article(number: int, title: str, text: str, day: str, source: str) -> Article:
    return an_article(
        address=f"https://x.example/{number}", title=title, text=text, published=Published.parse(day), source=source, file=f"{number}.md"
    )


SHUT = article(
    1,
    "St. Orla Bridge in Skelmouth shut",
    "The St. Orla Bridge in Skelmouth was shut to all traffic on March 11, director Lionel Prewitt said. It has 96 hangers of steel.",
    "2025-03-12",
    "Post",
)
WIRE = article(
    2,
    "St. Orla Bridge in Skelmouth is shut",
    "The St. Orla Bridge in Skelmouth was shut on March 11 after cracks were found, Lionel Prewitt said. Drivers were sent back home.",
    "2025-03-12",
    "Wire",
)
REPAIR = article(
    3,
    "St. Orla Bridge repair to cost $4 million",
    "Repair of the St. Orla Bridge in Skelmouth, shut since March 11, will cost $4 million, Lionel Prewitt said. Voters decide in June.",
    "2025-03-14",
    "Post",
)
THEFT = article(
    4,
    "Astrolabe stolen from museum",
    "Thieves stole a gilded astrolabe from the Pellam Museum in Brennick on September 15, police said. One wore a veil.",
    "2025-09-16",
    "Courier",
)


def summariser(shelf: Shelf, articles: Sequence[Article] = (SHUT, WIRE, THEFT)) -> Summariser:
    list(shelf.indexer().add(articles))
    return Summariser(
        catalog=shelf.catalog,
        search=shelf.search,
        keywords=shelf.keywords,
        vectors=shelf.vectors,
        embedder=WordEmbedder(),
    )


def titles(briefing: Briefing) -> list[set[str]]:
    return [{citation.title for citation in story.articles} for story in briefing.stories]


def assert_verbatim(briefing: Briefing, shelf: Shelf) -> None:
    for evidence in (evidence for story in briefing.stories for evidence in story.sentences):
        text = shelf.catalog.get_many([evidence.citation.id])[evidence.citation.id].text
        for extract in (evidence.span, evidence.quote, evidence.passage):
            assert text[extract.start : extract.end] == extract.text


def test_what_is_new_comes_as_stories_the_most_told_first(shelf: Shelf) -> None:
    found = summariser(shelf).since(BEFORE)
    assert titles(found) == [{SHUT.title, WIRE.title}, {THEFT.title}]
    assert [story.sources for story in found.stories] == [2, 1]
    assert all(1 <= len(story.sentences) <= 3 for story in found.stories)
    assert_verbatim(found, shelf)


def test_nothing_is_new_after_the_last_article(shelf: Shelf) -> None:
    assert summariser(shelf).since(NOON) == Briefing(())


def test_a_told_story_that_goes_on_tells_only_what_is_new(shelf: Shelf) -> None:
    found = summariser(shelf, [SHUT, WIRE, REPAIR, THEFT]).since(BEFORE, told=[SHUT.id, WIRE.id, THEFT.id])
    assert titles(found) == [{SHUT.title, WIRE.title, REPAIR.title}]
    story = found.stories[0]
    assert story.is_development
    assert story.new == {REPAIR.id}
    assert {evidence.citation.id for evidence in story.sentences} == {REPAIR.id}


def test_a_told_story_that_goes_on_without_anything_new_takes_no_other_s_place(shelf: Shelf) -> None:
    words = "He said it stays shut to all traffic. It was shut after cracks were found in hangers of steel, and drivers were sent home."
    again = article(5, "St. Orla Bridge in Skelmouth still shut", words, "2025-03-13", "Echo")
    older = replace(THEFT, published=Published.parse("2025-03-01"))
    made = summariser(shelf, [SHUT, WIRE, again, older])
    found = made.since(BEFORE, told=[SHUT.id, WIRE.id], stories=1)
    assert (titles(found), found.left_out) == ([{older.title}], 0)


def test_what_only_an_older_article_ties_together_is_told_once(shelf: Shelf) -> None:
    old = article(
        11,
        "St. Orla Bridge in Skelmouth shut after cracks found in hangers",
        "The St. Orla Bridge in Skelmouth was shut on March 11 after cracks were found in its hangers, director Lionel Prewitt said. "
        "Ferries across the Skel run every ten minutes instead. Repair will cost millions, engineer Mara Hollis said.",
        "2025-03-11",
        "Post",
    )
    cost = article(
        12,
        "Repair of hangers to cost $4 million, says Hollis",
        "Repair of cracks in the hangers of the St. Orla Bridge will cost $4 million, engineer Mara Hollis told the Pellam council.",
        "2025-03-12",
        "Wire",
    )
    ferry = article(
        13,
        "Ferries across the Skel every ten minutes",
        "Passengers queue for ferries on the Skel since the St. Orla Bridge in Skelmouth was shut, director Lionel Prewitt told reporters.",
        "2025-03-13",
        "Echo",
    )
    older = replace(THEFT, published=Published.parse("2025-03-01"))
    made = summariser(shelf, [old, cost, ferry, older])
    assert titles(made.of([cost.id, ferry.id])) == [{old.title, cost.title, ferry.title}]
    found = made.of([cost.id, ferry.id, older.id], told=[old.id], stories=1)
    assert (found.stories[0].new, found.left_out) == (frozenset([cost.id, ferry.id]), 1)
    assert {evidence.citation.id for evidence in found.stories[0].sentences} == {cost.id, ferry.id}
    later = made.topic("Orla bridge hangers", since=BEFORE)
    assert titles(later) == [{old.title, cost.title, ferry.title}]


def test_what_was_told_is_not_told_again(shelf: Shelf) -> None:
    assert summariser(shelf).since(BEFORE, told=[SHUT.id, WIRE.id, THEFT.id]) == Briefing(())


def test_stories_without_room_are_counted(shelf: Shelf) -> None:
    found = summariser(shelf).since(BEFORE, stories=1)
    assert (len(found.stories), found.left_out) == (1, 1)


def test_a_topic_is_told_from_all_articles_in_sentences_about_it(shelf: Shelf) -> None:
    found = summariser(shelf).topic("astrolabe")
    assert titles(found) == [{THEFT.title}]
    assert ["astrolabe" in evidence.span.text for evidence in found.stories[0].sentences] == [True]
    assert_verbatim(found, shelf)


@pytest.mark.parametrize("topic", ["volcano", "", "?!"])
def test_a_topic_that_no_article_mentions_has_no_stories(shelf: Shelf, topic: str) -> None:
    assert summariser(shelf).topic(topic).stories == ()


def test_a_topic_can_be_about_what_is_new_alone(shelf: Shelf) -> None:
    assert summariser(shelf).topic("astrolabe", since=NOON) == Briefing(())


def test_what_is_new_on_a_topic_is_found_behind_all_that_is_old_on_it(shelf: Shelf) -> None:
    old = [
        article(
            100 + number, f"Astrolabe {number}", " ".join(f"Astrolabe word{number}x{each}." for each in range(12)), "2025-01-02", "Post"
        )
        for number in range(60)
    ]
    made = summariser(shelf, old)
    list(shelf.indexer(now=NOON + timedelta(days=1)).add([THEFT]))
    assert titles(made.topic("astrolabe", since=NOON)) == [{THEFT.title}]
    assert made.topic("volcano", since=NOON) == Briefing(())


def test_one_article_is_told_in_its_own_sentences(shelf: Shelf) -> None:
    story = summariser(shelf).article(THEFT.id)
    assert story is not None
    assert {evidence.citation.id for evidence in story.sentences} == {THEFT.id}
    assert summariser(shelf).article("unknown") is None


def test_the_longer_story_has_more_sentences_of_the_articles_that_are_left(shelf: Shelf) -> None:
    found = summariser(shelf).story([SHUT.id, WIRE.id, "gone"], sentences=4)
    assert found is not None
    assert {citation.id for citation in found.articles} == {SHUT.id, WIRE.id}
    assert len(found.sentences) > 1
    assert summariser(shelf).story(["gone"]) is None


def test_the_last_arrival_is_known(shelf: Shelf) -> None:
    assert summariser(shelf, []).newest() is None
    assert summariser(shelf).newest() == NOON


def test_a_copy_of_what_was_told_is_nothing_new_and_no_further_source(shelf: Shelf) -> None:
    copy = replace(SHUT, address="https://copy.example/1", source="Other")
    made = summariser(shelf, [SHUT, THEFT])
    with shelf.catalog.transaction() as connection:
        shelf.catalog.put(connection, copy, NOON)
        Copies(shelf.catalog).link(connection, SHUT)
        Copies(shelf.catalog).link(connection, copy)
    assert made.since(BEFORE, told=[SHUT.id, THEFT.id]) == Briefing(())
    assert {story.sources for story in made.since(BEFORE).stories} == {1}


def test_a_story_that_was_told_through_a_copy_tells_only_what_is_new(shelf: Shelf) -> None:
    copy = replace(SHUT, address="https://copy.example/1", source="Other")
    made = summariser(shelf, [SHUT, REPAIR])
    with shelf.catalog.transaction() as connection:
        shelf.catalog.put(connection, copy, NOON)
        Copies(shelf.catalog).link(connection, SHUT)
        Copies(shelf.catalog).link(connection, copy)
    (story,) = made.since(BEFORE, told=[copy.id]).stories
    assert story.is_development
    assert {evidence.citation.id for evidence in story.sentences} == {REPAIR.id}


def test_an_article_is_known_by_its_link_however_it_is_written(shelf: Shelf) -> None:
    made = summariser(shelf)
    assert made.known_at("https://X.example/1/?utm_source=chat#top") == SHUT.id
    assert made.known_at("https://x.example/unknown") is None
    assert made.known_at("no address") is None


def test_a_timeline_is_of_a_topic_or_of_articles(shelf: Shelf) -> None:
    made = summariser(shelf)
    assert [str(event.date) for event in made.timeline("astrolabe")] == ["2025-09-15"]
    assert [str(event.date) for event in made.timeline_of([SHUT.id, "gone"])] == ["2025-03-11"]
    assert made.timeline("volcano") == []
    assert made.timeline_of([]) == []
