import pytest

from corpus.article import Article
from retrieval.summaries.headlines import best_headline
from tests.builders import an_article


def titled(title: str, number: int = 0) -> Article:
    return an_article(title=title, address=f"https://x.example/{number}", text="The Orla Bridge in Skelmouth was shut on Tuesday.")


@pytest.mark.parametrize(
    "teasing",
    [
        "You won’t believe what shut the Orla Bridge",
        "Why was the Orla Bridge in Skelmouth shut?",
        "Orla Bridge",
        "ORLA BRIDGE SHUT IN SKELMOUTH",
        "Live: Orla Bridge shut in Skelmouth",
    ],
)
def test_a_plain_headline_wins_over_one_that_teases_or_shouts(teasing: str) -> None:
    plain = titled("Orla Bridge shut in Skelmouth", 1)
    assert best_headline([titled(teasing), plain]) == plain


def test_the_headline_that_the_other_articles_bear_out_wins() -> None:
    aside = titled("Ferry company pleased with many new passengers", 1)
    central = titled("Orla Bridge in Skelmouth is shut", 2)
    assert best_headline([aside, central, titled("Bridge shut in Skelmouth on Tuesday", 3)]) == central


def test_of_equals_the_first_wins() -> None:
    first, second = titled("Orla Bridge shut on Tuesday", 1), titled("Orla Bridge shut on Tuesday", 2)
    assert best_headline([first, second]) == first
