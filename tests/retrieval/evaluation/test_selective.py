"""Every figure here was computed by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.selective import Bin, Guess, aurc, calibration_error, refused_at, reliability, risk_coverage

GUESSES = [Guess(0.95, right=True), Guess(0.9, right=False), Guess(0.62, right=True), Guess(0.12, right=False)]
any_guesses = st.lists(st.builds(Guess, st.floats(0, 1), st.booleans()), min_size=1)


def test_bins_have_their_mean_confidence_and_share_right() -> None:
    assert reliability(GUESSES) == [
        Bin(0.1, 0.2, 1, 0.12, 0.0),
        Bin(0.6, 0.7, 1, 0.62, 1.0),
        Bin(0.9, 1.0, 2, (0.95 + 0.9) / 2, 0.5),
    ]


def test_a_border_belongs_to_the_upper_bin_and_1_to_the_last() -> None:
    assert [(found.low, found.count) for found in reliability([Guess(0.5, True), Guess(1.0, True), Guess(0.0, False)])] == [
        (0.0, 1),
        (0.5, 1),
        (0.9, 1),
    ]


def test_the_calibration_error_weighs_the_bins() -> None:
    assert calibration_error(GUESSES) == pytest.approx((1 * 0.12 + 1 * 0.38 + 2 * 0.425) / 4)


def test_nothing_is_known_without_guesses() -> None:
    assert (calibration_error([]), aurc([]), list(risk_coverage([]))) == (None, None, [])


def test_risk_is_the_share_wrong_among_the_most_confident() -> None:
    assert list(risk_coverage(GUESSES)) == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert aurc(GUESSES) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_equal_confidences_share_their_errors() -> None:
    """The first of two is right in one order and wrong in the other: half an error."""
    tied = [Guess(0.5, right=False), Guess(0.5, right=True)]
    assert list(risk_coverage(tied)) == list(risk_coverage(tied[::-1])) == pytest.approx([0.5, 0.5])


@given(any_guesses)
def test_neither_figure_depends_on_the_order(guesses: list[Guess]) -> None:
    assert aurc(guesses) == pytest.approx(aurc(guesses[::-1]))
    assert calibration_error(guesses) == pytest.approx(calibration_error(guesses[::-1]))


@given(any_guesses)
def test_the_curve_ends_with_the_share_wrong_of_all(guesses: list[Guess]) -> None:
    assert risk_coverage(guesses)[-1] == pytest.approx(sum(not guess.right for guess in guesses) / len(guesses))


@pytest.mark.parametrize(("false_refusals", "refused"), [(0.0, 0.25), (0.2, 0.5), (0.39, 0.5), (0.4, 0.75), (0.8, 1.0)])
def test_the_threshold_is_put_where_so_many_false_refusals_lie_below(false_refusals: float, refused: float) -> None:
    """0.2 allows one of five false refusals: the threshold is the second lowest of their confidences, 0.5."""
    assert refused_at(false_refusals, [0.9, 0.3, 0.5, 0.8, 0.7], [0.1, 0.4, 0.6, 0.85]) == refused


def test_a_refusal_at_the_threshold_itself_is_none() -> None:
    assert refused_at(0.0, [0.5], [0.5]) == 0.0


@pytest.mark.parametrize(("answerable", "unanswerable"), [([], [0.5]), ([0.5], [])])
def test_refusals_need_both_sorts(answerable: list[float], unanswerable: list[float]) -> None:
    assert refused_at(0.05, answerable, unanswerable) is None


def test_all_refused_is_no_share() -> None:
    with pytest.raises(ValueError, match=r"false_refusals must be at least 0 and less than 1, got 1"):
        refused_at(1, [0.5], [0.5])
