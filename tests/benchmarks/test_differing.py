import pytest

from benchmarks.differing import Pair, is_marked, judged, marked_in_stories, read_pairs, score
from benchmarks.labelled import HALVES, SAMPLE, SHARED, Side
from benchmarks.news import NEWS
from retrieval.summaries.differing import differences

PAIRS = read_pairs()


def is_at_hand(side: Side) -> bool:
    shipped = not isinstance(side.article, str) or (SAMPLE / f"{side.article}.md").is_file()
    return shipped or (NEWS.is_dir() and (SHARED / "articles").is_dir())


def test_there_are_enough_pairs_of_both_kinds_in_both_halves() -> None:
    assert len({pair.id for pair in PAIRS}) == len(PAIRS)
    for half in HALVES:
        chosen = [pair.is_different for pair in PAIRS if pair.split == half]
        assert min(sum(chosen), len(chosen) - sum(chosen)) >= 10


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if not pair.is_different], ids=lambda pair: pair.id)
def test_dates_that_do_not_contradict_each_other_are_never_marked(pair: Pair) -> None:
    if not (is_at_hand(pair.one) and is_at_hand(pair.other)):
        pytest.skip("the shared articles and news are not on this machine")
    assert not is_marked(pair)


def test_most_of_the_contradicting_dates_are_marked() -> None:
    different = [pair for pair in PAIRS if pair.is_different and is_at_hand(pair.one) and is_at_hand(pair.other)]
    assert sum(map(is_marked, different)) >= 0.7 * len(different)


def test_the_two_articles_as_they_come_differ_on_when_the_talks_begin() -> None:
    if not (SHARED / "articles").is_dir():
        pytest.skip("the shared articles are not on this machine")
    [pair] = [pair for pair in PAIRS if pair.id == "d-002"]
    [difference] = differences(pair.articles)
    assert [(version.value, version.best.span.text) for version in difference.versions] == [
        ("--02-16", "Feb. 16"),
        ("--02-03", "February 3"),
    ]


def test_whatever_is_marked_in_the_labelled_stories_is_labelled_as_different() -> None:
    if not NEWS.is_dir():
        pytest.skip("the shared news are not on this machine")
    found = [(name, judged(difference, PAIRS)) for name, difference in marked_in_stories()]
    assert {name for name, _ in found} >= {"bridge", "white-house"}
    assert {label for _, label in found} == {"right"}


def test_the_score_says_how_many_are_right() -> None:
    assert score(PAIRS[:2], [True, False]) == "2 pairs: precision 1.00 (1 of 1 marked), recall 0.50 (1 of 2 different)"
