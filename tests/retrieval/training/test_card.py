from dataclasses import asdict, replace

from retrieval.evaluation.reader_scores import Best, ReaderScores, Scores
from retrieval.evaluation.text_scores import normalize_answer
from retrieval.training.card import Measured, model_card
from retrieval.training.pairs import Mixture
from retrieval.training.recipe import Recipe, Run

RECIPE = Recipe(
    files=("train.json.gz",),
    held_out=("Warsaw",),
    start="",
    mixture=Mixture(),
    rate=1e-4,
    share=0.7,
    batch=32,
    window=224,
    seed=3,
    kept="older",
    kept_share=0.4,
)
RUN = Run(RECIPE, pairs=78_200, windows=78_171, steps=2443, minutes=78, word_pieces=12_000_000, last_loss=0.8)
SCORES = ReaderScores(
    threshold=0.5,
    forced=Scores(71.6, 81.04, 700),
    overall=Scores(50.0, 55.0, 1388),
    has_answer=Scores(60.0, 70.0, 700),
    no_answer=Scores(40.0, 40.0, 688),
    best_exact=Best(60.0, 0.1),
    best_f1=Best(64.27, 0.1),
)


def test_a_card_tells_how_the_reader_was_made() -> None:
    card = normalize_answer(model_card(RUN, []))
    facts = [
        "2443 steps",
        "78171 windows",
        "seed 3",
        "78 minutes",
        "train.json.gz",
        "Warsaw",
        "70%",
        "40% of that are from older",
        "all-MiniLM-L6-v2",
        "not measured",
    ]
    for fact in facts:
        assert normalize_answer(fact) in card


def test_a_card_tells_all_the_runs_that_made_the_reader() -> None:
    first = asdict(replace(RUN, steps=99, minutes=7, recipe=replace(RECIPE, start="")))
    card = model_card(replace(RUN, recipe=replace(RECIPE, start="first"), before=first), [])
    assert "- **Start:** 99 steps (7 minutes) on train.json.gz from the encoder of all-MiniLM-L6-v2 (Apache-2.0)\n" in card


def test_a_card_has_a_row_for_every_measured_set() -> None:
    card = model_card(RUN, [Measured("aside", SCORES)])
    assert "| aside | 1,388 | 71.6 | 81.0 | 64.3 |" in card
    assert "not measured" not in card
