"""Windows over passages, with the packaged tokenizer."""

import random

import pytest
from transformers import AutoTokenizer

from retrieval.reading import BUNDLED
from retrieval.training.pairs import Pair
from retrieval.training.windows import Windows, batches

pytestmark = pytest.mark.models


def test_a_window_holds_the_whole_answer() -> None:
    tokenizer = AutoTokenizer.from_pretrained(BUNDLED)
    passage = "word " * 300 + "the answer is Odette Farrow, mayor. " + "word " * 300
    start = passage.index("Odette Farrow")
    pair = Pair("who is mayor", "Town", passage, (start, start + len("Odette Farrow")))
    for seed in range(30):
        window = Windows(tokenizer, 64, random.Random(seed)).cut(pair)
        assert window is not None
        assert len(window.pieces) == 64
        assert tokenizer.decode(list(window.pieces[window.start : window.end + 1])) == "odette farrow"
        assert window.pieces[window.passage - 1] == tokenizer.sep_token_id


def test_a_window_without_an_answer_points_at_its_first_token() -> None:
    window = Windows(AutoTokenizer.from_pretrained(BUNDLED), 64, random.Random(0)).cut(Pair("who", "Town", "Nobody knows.", None))
    assert window is not None
    assert (window.start, window.end) == (0, 0)


def test_an_answer_longer_than_a_window_is_passed_over() -> None:
    passage = "word " * 100
    assert Windows(AutoTokenizer.from_pretrained(BUNDLED), 64, random.Random(0)).cut(Pair("who", "T", passage, (0, len(passage)))) is None


def test_batches_hold_every_window_once() -> None:
    cutting = Windows(AutoTokenizer.from_pretrained(BUNDLED), 64, random.Random(0))
    windows = [window for i in range(11) if (window := cutting.cut(Pair("who", "Town", f"Nobody {'knows ' * i}.", None)))]
    found = batches(windows, 4, random.Random(0))
    assert sorted(len(batch) for batch in found) == [3, 4, 4]
    assert sorted(window.pieces for batch in found for window in batch) == sorted(window.pieces for window in windows)
