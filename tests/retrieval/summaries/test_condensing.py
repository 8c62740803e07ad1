from dataclasses import replace

from corpus.article import Published
from retrieval.summaries.condensing import MAX_SENTENCES_READ, Length, Saying, condense, in_reading_order, sayings, told_by
from tests.builders import an_article
from tests.fakes import WordEmbedder

LEAD = "The St. Orla Bridge in Skelmouth was closed to all traffic on Tuesday."
NEXT = "He ordered the bridge closed at once after reading it."
COST = "Repairs of the St. Orla Bridge will cost $4.2 million, the council said."
BRIDGE = an_article(
    title="St. Orla Bridge closed", text=f"{LEAD} {NEXT} Is it safe for cars today? {COST} Nothing else is known so far about it."
)
FERRY = an_article(
    address="https://x.example/ferry",
    title="Free ferry breaks its record",
    text="Corrin Ferries carried 9,860 passengers to Gannet Island on Saturday. The St. Orla Bridge in Skelmouth was closed on Tuesday.",
)


def texts(found: list[Saying]) -> list[str]:
    return [saying.text for saying in found]


def test_the_sentences_are_verbatim() -> None:
    found = condense([BRIDGE, FERRY], WordEmbedder(), Length(3))
    assert len(found) == 3
    assert all(saying.article.text[saying.start : saying.end] == saying.text for saying in found)


def test_a_sentence_that_points_back_is_taken_only_with_the_one_before_it() -> None:
    assert NEXT not in texts(condense([an_article(text=f"Is it safe for cars today? {NEXT}")], WordEmbedder(), Length(5)))
    found = texts(in_reading_order(condense([BRIDGE], WordEmbedder(), Length(5))))
    assert NEXT not in found or found.index(NEXT) == found.index(LEAD) + 1


def test_what_was_told_is_not_told_again() -> None:
    assert LEAD in texts(condense([BRIDGE], WordEmbedder(), Length(2)))
    assert LEAD not in texts(condense([BRIDGE], WordEmbedder(), Length(2), told=[LEAD]))
    assert LEAD in told_by([BRIDGE])


def test_nothing_is_told_of_nothing() -> None:
    assert condense([], WordEmbedder(), Length(3)) == []
    assert condense([an_article(text="Why? Because.")], WordEmbedder(), Length(3)) == []
    assert condense([BRIDGE], WordEmbedder(), Length(0)) == []


def test_a_summary_keeps_to_its_length_in_words() -> None:
    assert len(condense([BRIDGE], WordEmbedder(), Length(9, words=1))) == 1
    assert sum(len(saying.text.split()) for saying in condense([BRIDGE], WordEmbedder(), Length(9, words=26))) <= 26


def test_sentences_of_one_article_stay_together_in_its_order_and_the_story_goes_on_in_time() -> None:
    later = replace(FERRY, published=Published.parse("2025-04-02"))
    first, second, third = Saying(later, 0, 0, 5), Saying(BRIDGE, 3, 0, 5), Saying(BRIDGE, 0, 0, 5)
    assert in_reading_order([first, second, third]) == [third, second, first]


def test_huge_articles_cost_no_more_than_long_ones() -> None:
    huge = an_article(text="The council met in Skelmouth on some Monday. " * 5000)
    assert len(sayings([huge, FERRY])) <= MAX_SENTENCES_READ
