import random
from pathlib import Path

import pytest

from benchmarks.copies import SHARES, Editor, measure, pairs_of
from corpus.article import Article
from corpus.dedupe import TextPrint
from tests.builders import an_article

PLACES = ("Skelmouth", "Orla", "Tarn", "Fenwick", "Holm", "Brae", "Lorne", "Wick")
TOPICS = ("business", "politics", "sport", "tech", "wiki")


def story(topic: str, number: int) -> Article:
    """Return an article of eight sentences that no other story has."""
    rng = random.Random(f"{topic} {number}")
    words = [f"{place.lower()}{rng.randrange(10_000)}x" for place in PLACES for _ in range(12)]
    told = [f"{' '.join(words[at : at + 12]).capitalize()} {rng.randrange(90)} on Monday." for at in range(0, len(words), 12)]
    return an_article(address=f"news:{topic}/{number}", text=" ".join(told))


ARTICLES = [story(topic, number) for topic in TOPICS for number in range(4)]


@pytest.mark.parametrize("share", SHARES)
def test_a_copy_keeps_the_other_sentences(share: float) -> None:
    editor = Editor(ARTICLES, random.Random(0))
    for article in ARTICLES:
        copy = editor.copy(article, share)
        common = TextPrint(copy.text).shingles & TextPrint(article.text).shingles
        assert len(common) >= (1 - share - 0.15) * len(TextPrint(article.text).shingles) * 0.8
        assert (copy.id, copy.source) != (article.id, article.source)


def test_a_pair_around_one_statement_has_it_in_quotation_marks() -> None:
    one, other = Editor(ARTICLES, random.Random(0)).around_one_statement(*ARTICLES[:2])
    statement = one.text.split('"')[1]
    assert statement
    assert statement == other.text.split('"')[1]
    assert len(statement) >= 0.7 * len(ARTICLES[0].text)


def test_notes_of_one_template_differ_in_their_numbers_alone() -> None:
    one, other = Editor(ARTICLES, random.Random(0)).from_one_template("It rose 12 points to 4,912 on Monday.")
    assert one.text != other.text
    assert {pair.text.split()[0] for pair in (one, other)} == {"It"}


def test_pairs_are_of_every_kind() -> None:
    rng = random.Random(0)
    pairs = pairs_of(ARTICLES, {"flood": ARTICLES[:3]}, Editor(ARTICLES, rng), rng, 5)
    assert {kind: len(each) for kind, each in pairs.items()} == {
        "on one topic": 5,
        "on one event": 3,
        "around one statement": 5,
        "from one template": 5,
    }


def test_what_is_measured_is_what_the_product_links(tmp_path: Path) -> None:
    measured = measure(ARTICLES, {}, count=4, seed=0, folder=tmp_path)
    assert [found.changed for found in measured.found] == list(SHARES)
    assert (measured.found[0].recall, measured.found[0].precision) == (1.0, 1.0)
    assert [kind.linked for kind in measured.mistaken] == [0, 0, 0, 0]
