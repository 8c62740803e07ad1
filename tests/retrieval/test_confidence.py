from dataclasses import fields

import pytest

from retrieval.confidence import Calibration, Features


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
