"""The other projects' rules on logits that we set, and, where the extra `benchmarks` is installed, beside the projects' own code."""

import numpy as np
import pytest

from benchmarks import rules
from benchmarks.rules import NOTHING, Given, Logits, Window
from retrieval.reading import BUNDLED

TEXT = "Farrow reopens the bridge-road on June 2."
WORDS = [(0, 6), (7, 14), (15, 18), (19, 25), (25, 26), (26, 30), (31, 33), (34, 38), (39, 40), (40, 41)]
QUESTION_TOKENS = 3


def a_window(start: dict[str, float], end: dict[str, float], null: tuple[float, float] = (0.0, 0.0), text: str = TEXT) -> Window:
    """Return a window over TEXT: [CLS], a question of three tokens, TEXT's words and marks. A word without a logit has -20."""
    offsets = [(0, 0)] * (1 + QUESTION_TOKENS) + WORDS
    return Window(
        text=text,
        start=np.asarray([null[0], *[-20.0] * QUESTION_TOKENS, *[start.get(TEXT[a:b], -20.0) for a, b in WORDS]], dtype=np.float32),
        end=np.asarray([null[1], *[-20.0] * QUESTION_TOKENS, *[end.get(TEXT[a:b], -20.0) for a, b in WORDS]], dtype=np.float32),
        offsets=np.asarray(offsets),
        inside=np.asarray([False] * (1 + QUESTION_TOKENS) + [True] * len(WORDS)),
        words=np.asarray([-1, 0, 1, 2, 0, 1, 2, 3, 3, 3, 4, 5, 6, 7]),  # "bridge-road" is one word here
    )


JUNE = a_window({"June": 5.0}, {"2": 5.0})
SILENT = a_window({"June": 5.0}, {"2": 5.0}, null=(9.0, 9.0))
BACKWARDS = a_window({"June": 5.0}, {"Farrow": 5.0})


def test_the_first_window_with_a_span_wins_over_a_better_one() -> None:
    better = a_window({"Farrow": 9.0}, {"Farrow": 9.0})
    assert rules.first_window([SILENT, BACKWARDS, JUNE, better]) == Given("June 2", 10.0, refused=False)


def test_the_score_of_the_first_window_is_measured_against_no_answer() -> None:
    assert rules.first_window([a_window({"June": 5.0}, {"2": 5.0}, null=(1.0, 2.0))]).confidence == 7.0


@pytest.mark.parametrize("windows", [[], [SILENT], [BACKWARDS]])
def test_windows_without_a_span_give_nothing(windows: list[Window]) -> None:
    assert rules.first_window(windows) == NOTHING


def test_haystack_scores_spans_by_a_flat_sigmoid_and_ignores_the_models_silence() -> None:
    given = rules.haystack([SILENT])
    assert (given.text, given.refused) == ("June 2", False)
    assert given.confidence == pytest.approx(1 / (1 + np.exp(-1.0)))


def test_haystack_refuses_where_no_answer_is_more_probable_than_the_best() -> None:
    unlikely = a_window({"June": -20.0}, {"2": -20.0})
    assert rules.haystack([unlikely]).refused
    assert not rules.haystack([unlikely, JUNE]).refused


def test_haystack_keeps_the_better_of_overlapping_spans_only() -> None:
    """With "June 2", "June" and "2" kept beside each other, "no answer" would be less probable than it is."""
    window = a_window({"June": -2.0, "2": -2.0}, {"2": -2.0, "June": -2.5})
    others = 1 - 1 / (1 + np.exp(4.0))
    best = 1 / (1 + np.exp(0.4))
    given = rules.haystack([window])
    assert given.confidence == pytest.approx(best)
    assert given.refused == ((1 - best) * others**8 > best)


def test_txtai_widens_a_span_to_whole_words() -> None:
    assert rules.txtai(a_window({"bridge": 9.0}, {"-": 9.0})).text == "bridge-road"


def test_txtai_answers_with_the_product_of_two_probabilities() -> None:
    given = rules.txtai(a_window({"June": 5.0, "Farrow": 5.0}, {"2": 9.0}))
    assert given.confidence == pytest.approx(0.5, abs=0.01)
    assert not given.refused


def test_txtai_refuses_below_a_fixed_score() -> None:
    flat = a_window({}, {})
    even = Window(TEXT, np.where(flat.inside, 1.0, 0.0), np.where(flat.inside, 1.0, 0.0), flat.offsets, flat.inside, flat.words)
    assert rules.txtai(even).refused


@pytest.mark.parametrize("window", [SILENT, BACKWARDS])
def test_txtai_has_nothing_where_start_or_end_is_no_place_in_the_text(window: Window) -> None:
    assert rules.txtai(window) == NOTHING


PASSAGES = [
    "The council met in Skelmouth on Monday. Mayor Odette Farrow said the bridge will reopen on June 2. The repairs cost $4.2 million.",
    "Passengers pay two crowns for the crossing, and the ferry sails at noon from the old pier below the lighthouse.",
    "The lighthouse of Skelmouth was built in 1871 by Ada Brennan, whose brother drew the bridge that was finished two years later.",
]
QUESTIONS = ["When will the bridge reopen?", "Who built the lighthouse?", "What do passengers pay?", "Where did the council meet?"]


@pytest.fixture(scope="module")
def logits() -> Logits:
    return Logits(BUNDLED)


@pytest.mark.models
def test_no_texts_have_no_windows(logits: Logits) -> None:
    assert logits.windows(QUESTIONS[0], []) == []


@pytest.mark.models
def test_windows_cover_a_long_text_by_its_offsets(logits: Logits) -> None:
    text = " ".join(PASSAGES)
    windows = logits.windows(QUESTIONS[0], [text, PASSAGES[0]], length=40, stride=10)
    over_it = [window for window in windows if window.text == text]
    covered = {at for window in over_it for start, end in window.offsets[window.inside] for at in range(start, end)}
    assert len(over_it) > 1
    assert "".join(text[at] for at in sorted(covered)) == text.replace(" ", "")
    assert {window.text for window in windows[len(over_it) :]} == {PASSAGES[0]}


@pytest.mark.models
@pytest.mark.parametrize("question", QUESTIONS)
def test_haystacks_own_reader_says_the_same(logits: Logits, question: str) -> None:
    """Given the token types that it leaves out."""
    transformers = pytest.importorskip("transformers")
    haystack = pytest.importorskip("haystack", reason="the extra `benchmarks` is not installed")
    readers = pytest.importorskip("haystack_integrations.components.readers.transformers", reason="the extra `benchmarks` is not installed")
    utils = pytest.importorskip("haystack.utils")
    model = transformers.AutoModelForQuestionAnswering.from_pretrained(BUNDLED, dtype="float32").eval()

    def with_token_types(input_ids, attention_mask):  # type: ignore[no-untyped-def]
        separators = (input_ids == 102).cumsum(dim=1) - (input_ids == 102).int()
        return model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=(separators == 1).int())

    reader = readers.TransformersExtractiveReader(BUNDLED)
    reader.tokenizer = transformers.AutoTokenizer.from_pretrained(BUNDLED)
    reader.model = with_token_types
    reader.device = utils.ComponentDevice.from_str("cpu")
    theirs = reader.run(question, [haystack.Document(content=passage) for passage in PASSAGES])["answers"]
    best = next(answer for answer in theirs if answer.data is not None)
    given = rules.haystack(logits.windows(question, PASSAGES))
    assert (given.text, given.refused) == (best.data, theirs[0].data is None)
    assert given.confidence == pytest.approx(best.score, abs=0.02)


@pytest.mark.models
@pytest.mark.parametrize("question", QUESTIONS)
def test_txtais_own_pipeline_says_the_same(logits: Logits, question: str) -> None:
    pipeline = pytest.importorskip("txtai.pipeline", reason="the extra `benchmarks` is not installed")
    context = " ".join(PASSAGES)
    theirs = pipeline.Questions(BUNDLED, gpu=False)([question], [context])[0]
    given = rules.txtai(logits.windows(question, [context], length=512, stride=0)[0])
    assert (None if given.refused else given.text) == theirs
