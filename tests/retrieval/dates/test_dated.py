from datetime import date

from corpus.article import Published
from retrieval.dates.dated import dates_in, days_of
from retrieval.sentences import sentences
from tests.builders import an_article

PUBLISHED = Published.parse("2025-03-12")


def days(sentence: str) -> list[str]:
    return [str(mention.date) for mention in dates_in(sentence, PUBLISHED)]


def test_every_date_of_a_sentence_is_found_in_its_order() -> None:
    sentence = "The bridge was shut on March 11, 2025 and will reopen on June 2, the mayor said yesterday."
    assert days(sentence) == ["2025-03-11", "2025-06-02", "2025-03-11"]
    assert [sentence[found.start : found.end] for found in dates_in(sentence, PUBLISHED)] == ["March 11, 2025", "June 2", "yesterday"]


def test_a_sentence_without_a_date_has_none() -> None:
    assert days("The mayor met the council.") == []
    assert days("") == []


def test_a_list_of_dates_ends_somewhere() -> None:
    assert len(dates_in(" ".join(f"On May {day}, 2025." for day in range(1, 30)), PUBLISHED)) == 4


def test_the_days_that_an_article_speaks_of() -> None:
    article = an_article(text="The council met on March 11. Mayor Farrow said that the bridge reopens on June 2.")
    assert days_of(article, sentences(article.text)) == {date(2025, 3, 11).toordinal(), date(2025, 6, 2).toordinal()}
