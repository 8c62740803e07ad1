from dataclasses import fields, replace

import pytest

from retrieval.aggregation import Candidate, Group
from retrieval.confidence import MARGIN_LIMIT, Calibration, Features, features_of
from retrieval.question import Kind
from retrieval.values import Words
from tests.builders import a_hit


def features(**changes: float) -> Features:
    return Features(**{field.name: changes.get(field.name, 0.0) for field in fields(Features)})


def test_the_bundled_calibration_gives_probabilities_that_grow_with_the_score() -> None:
    calibration = Calibration.load()
    probabilities = [calibration.probability(features(score=score)) for score in (-1e9, -5, 0, 5, 1e9)]
    assert probabilities == sorted(probabilities)
    assert probabilities[0] == pytest.approx(0, abs=1e-9)
    assert probabilities[-1] == pytest.approx(1, abs=1e-9)


def test_weights_for_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="weights must be given for"):
        Calibration({"score": 1.0}, 0.0)


def a_group(score: float, relevance: float = 0.5) -> Group:
    hit = replace(a_hit(), score=relevance)
    return Group((Candidate(hit, 0, 3, 0, 10, Words(("the",)), score, fit=True),))


def test_the_margin_is_to_the_best_other_answer() -> None:
    groups = [a_group(5.0), a_group(3.0), a_group(-20.0)]
    assert [features_of(groups, i, Kind.WHEN).margin for i in range(3)] == [2.0, -2.0, -MARGIN_LIMIT]
    assert features_of(groups[:1], 0, Kind.WHEN).margin == MARGIN_LIMIT


def test_relevance_is_at_most_one() -> None:
    assert [features_of([a_group(1.0, score)], 0, Kind.WHEN).relevance for score in (0.3, 1.4)] == [0.3, 1.0]


def test_a_question_that_any_name_or_number_may_answer_is_broad() -> None:
    groups = [a_group(1.0)]
    assert [features_of(groups, 0, kind).broad for kind in (Kind.WHO, Kind.HOW_MANY, Kind.WHEN, Kind.WHY)] == [1.0, 1.0, 0.0, 0.0]


def test_a_broad_question_makes_the_bundled_calibration_less_sure() -> None:
    calibration = Calibration.load()
    assert calibration.probability(features(broad=1.0)) < calibration.probability(features(broad=0.0))
