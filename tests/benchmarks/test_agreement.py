from collections import Counter

import pytest

from benchmarks.agreement import Pair, read_pairs, report
from benchmarks.labelled import HALVES, SAMPLE, SHARED, Side, find_span
from benchmarks.news import NEWS
from retrieval.agreement import Relation

PAIRS = read_pairs()


def needs_shared_data(side: Side) -> bool:
    return isinstance(side.article, str) and not (SAMPLE / f"{side.article}.md").is_file()


def a_pair(label: Relation) -> Pair:
    side = Side("bridge-closure-harbour-post", "May 19")
    return Pair("p-1", HALVES[0], "when?", side, side, label)


def test_there_are_enough_pairs_of_each_label_in_both_halves() -> None:
    assert len({pair.id for pair in PAIRS}) == len(PAIRS) >= 180
    assert all(count >= 35 for count in Counter(pair.label for pair in PAIRS).values())
    assert all(count >= 19 for count in Counter((pair.split, pair.label) for pair in PAIRS).values())
    assert {pair.split for pair in PAIRS} == set(HALVES)


def test_no_article_is_in_both_halves() -> None:
    dev, held_out = ({str(side.article) for pair in PAIRS if pair.split == half for side in (pair.one, pair.other)} for half in HALVES)
    shared = dev & held_out
    assert len(shared) <= 3, shared


def stands_in_its_article(side: Side) -> bool:
    article, start, end = find_span(side)
    return article.text[start:end] == side.text


@pytest.mark.parametrize("shared", [False, True], ids=["shipped", "shared"])
def test_every_answer_stands_in_its_article(shared: bool) -> None:
    if shared and not (NEWS.is_dir() and (SHARED / "articles").is_dir()):
        pytest.skip("the shared articles and news are not on this machine")
    sides = [(pair.id, side) for pair in PAIRS for side in (pair.one, pair.other) if needs_shared_data(side) is shared]
    assert len(sides) > 20
    assert [pair_id for pair_id, side in sides if not stands_in_its_article(side)] == []


def test_the_report_counts_labels_against_relations() -> None:
    labels = [Relation.SAME, Relation.DIFFERENT, Relation.DIFFERENT, Relation.UNRELATED]
    found = [Relation.SAME, Relation.DIFFERENT, Relation.UNRELATED, Relation.DIFFERENT]
    lines = report([a_pair(label) for label in labels], found).splitlines()
    assert [line.split() for line in lines[:5]] == [
        ["same", "compatible", "different", "unrelated"],
        ["same", "1", "0", "0", "0"],
        ["compatible", "0", "0", "0", "0"],
        ["different", "0", "0", "1", "1"],
        ["unrelated", "0", "0", "1", "0"],
    ]
    assert lines[5] == "different: precision 0.50 (1 of 2), recall 0.50 of 2"
    assert lines[6] == "same: precision 1.00 (1 of 1), recall 1.00 of 1"
