from datetime import date

from corpus.article import Published
from retrieval.summaries.timeline import MAX_EVENTS, Event, timeline
from tests.builders import an_article
from tests.fakes import WordEmbedder

SHUT = an_article(
    address="https://x.example/1",
    title="Orla Bridge shut",
    text="The Orla Bridge in Skelmouth was shut on March 11. He would not drive across it on March 12. "
    "The council votes about the Orla Bridge on April 2, Mayor Farrow said on Wednesday. The Orla Bridge was built in 1953.",
    source="Post",
)
WIRE = an_article(
    address="https://x.example/2",
    title="Gannet Island cut off",
    text="The Orla Bridge in Skelmouth was shut on Tuesday. Corrin Ferries carried 900 passengers to the island on March 10.",
    source="Wire",
)


def told(*events: Event) -> list[tuple[str, int]]:
    return [(str(event.date), event.sources) for event in events]


def test_events_come_the_earliest_first_and_those_of_several_articles_are_one() -> None:
    found = timeline([SHUT, WIRE], WordEmbedder(), {})
    assert told(*found) == [("2025-03-10", 1), ("2025-03-11", 2), ("2025-04-02", 1)]


def test_each_event_has_its_quote_with_the_words_of_its_date() -> None:
    shut = timeline([SHUT, WIRE], WordEmbedder(), {})[1]
    assert [(evidence.span.text, evidence.citation.source) for evidence in shut.evidence] == [("March 11", "Post"), ("Tuesday", "Wire")]
    for evidence, article in zip(shut.evidence, (SHUT, WIRE), strict=True):
        assert article.text[evidence.quote.start : evidence.quote.end] == evidence.quote.text
        assert article.text[evidence.span.start : evidence.span.end] == evidence.span.text


def test_the_day_on_which_something_was_only_said_and_whole_years_are_no_events() -> None:
    dates = {str(event.date) for event in timeline([SHUT], WordEmbedder(), {})}
    assert "2025-03-12" not in dates
    assert "1953" not in dates


def test_a_copy_is_no_further_source() -> None:
    assert told(*timeline([SHUT, WIRE], WordEmbedder(), {WIRE.id: SHUT.id}))[1] == ("2025-03-11", 1)


def test_a_topic_leaves_out_what_does_not_mention_it() -> None:
    assert told(*timeline([WIRE], WordEmbedder(), {}, topic="bridge")) == [("2025-03-11", 1)]
    assert timeline([SHUT, WIRE], WordEmbedder(), {}, topic="volcano") == []


def test_what_lies_ahead_is_known_by_the_day() -> None:
    found = timeline([SHUT], WordEmbedder(), {})
    assert [event.is_ahead(date(2025, 3, 20)) for event in found] == [False, True]


def test_a_long_article_has_a_timeline_that_can_be_read() -> None:
    text = " ".join(f"The council of Skelmouth opened office number {day} on March {day}." for day in range(1, 29))
    assert len(timeline([an_article(text=text)], WordEmbedder(), {})) <= MAX_EVENTS


def test_an_undated_article_has_only_dates_with_a_year() -> None:
    article = an_article(published=None, text="The bridge was shut on March 11, 2025. The ferry sank on Tuesday near the island.")
    assert told(*timeline([article], WordEmbedder(), {})) == [("2025-03-11", 1)]
    assert timeline([], WordEmbedder(), {}) == []


def test_a_relative_date_counts_from_its_article() -> None:
    article = an_article(published=Published.parse("2025-03-12"), text="The Orla Bridge in Skelmouth was shut yesterday.")
    assert told(*timeline([article], WordEmbedder(), {})) == [("2025-03-11", 1)]
