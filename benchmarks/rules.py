"""How other projects decide on an answer, each on the logits of one and the same reader.

The rules are written anew after the projects' sources: haystack-ai's `TransformersExtractiveReader` (transformers-haystack 2.0),
txtai's `Questions` pipeline behind its `RAG` (txtai 9.14), News-QA-Telegram-Bot's reader. Two faults of the originals are not
taken over, in their favour: Haystack leaves out the token types that a BERT reader was trained with, and txtai raises an error
where the reader says "no answer". The tests compare with the originals where the extra `benchmarks` is installed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.hardware import fastest_dtype

if TYPE_CHECKING:
    from transformers import BatchEncoding

HAYSTACK_CALIBRATION = 0.1
HAYSTACK_ANSWERS = 20
"""Spans that Haystack keeps of each window, and of all windows (`answers_per_seq`, `top_k`)."""
HAYSTACK_OVERLAP = 0.01
"""Of two spans of one document that share more of either than this, the better stays (`overlap_threshold`)."""

TXTAI_MIN_SCORE = 0.05
"""Less probable spans are no answers."""


@dataclass(frozen=True, slots=True)
class Window:
    """The logits of all tokens of one window over `text`. Token 0 is [CLS]: "no answer".

    `offsets` are characters of the text where `inside` is true (elsewhere they mean nothing), `words` the number of the word
    that a token is a piece of.
    """

    text: str
    start: NDArray[np.float32]  # (tokens,)
    end: NDArray[np.float32]  # (tokens,)
    offsets: NDArray[np.int64]  # (tokens, 2)
    inside: NDArray[np.bool_]  # (tokens,)
    words: NDArray[np.int64]  # (tokens,)

    def cut(self, first: int, last: int) -> str:
        """Return the text from token `first` to token `last`."""
        return self.text[int(self.offsets[first, 0]) : int(self.offsets[last, 1])]


@dataclass(frozen=True, slots=True)
class Given:
    """What a system says. `text` is its best span also where it refused; empty where it has none, and then confidence is 0.

    `confidence` orders its answers, and is on the system's own scale.
    """

    text: str
    confidence: float
    refused: bool


NOTHING = Given("", 0.0, refused=True)


class Logits:
    """A question-answering model; `model` is a hub id or a folder. All windows of a question are one batch."""

    def __init__(self, model: str) -> None:
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        self._tokenizer = AutoTokenizer.from_pretrained(model, use_fast=True)
        self._model = AutoModelForQuestionAnswering.from_pretrained(model, dtype=fastest_dtype()).eval()

    def windows(self, question: str, texts: Sequence[str], *, length: int = 384, stride: int = 128) -> list[Window]:
        """Return the windows of `length` tokens over each of the texts, in order; neighbours share `stride` tokens."""
        import torch

        if not texts:
            return []
        encoded: BatchEncoding = self._tokenizer(
            [question] * len(texts),
            list(texts),
            truncation="only_second",
            max_length=length,
            stride=stride,
            padding=True,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        with torch.inference_mode():
            output = self._model(**{name: encoded[name] for name in self._tokenizer.model_input_names if name in encoded})
        start, end = output.start_logits.float().numpy(), output.end_logits.float().numpy()
        lengths = encoded["attention_mask"].sum(dim=1).tolist()
        owners = encoded["overflow_to_sample_mapping"].tolist()
        return [
            Window(
                text=texts[owner],
                start=start[row, :size],
                end=end[row, :size],
                offsets=encoded["offset_mapping"][row, :size].numpy(),
                inside=np.asarray([part == 1 for part in encoded.sequence_ids(row)[:size]]),
                words=np.asarray([-1 if word is None else word for word in encoded.word_ids(row)[:size]]),
            )
            for row, (owner, size) in enumerate(zip(owners, lengths, strict=True))
        ]


def first_window(windows: Sequence[Window]) -> Given:
    """Return the most likely span of the first window that has one: start and end are chosen apart, as in News-QA-Telegram-Bot.

    That bot has no score; here it is the span's log-odds against the window's "no answer".
    """
    for window in windows:
        first, last = int(window.start.argmax()), int(window.end.argmax())
        if window.inside[first] and window.inside[last] and first <= last:
            score = window.start[first] + window.end[last] - window.start[0] - window.end[0]
            return Given(window.cut(first, last), float(score), refused=False)
    return NOTHING


def haystack(windows: Sequence[Window]) -> Given:
    """Return Haystack's answer: sigmoid(0.1 x (start + end)) for each span of each document, refused where "no answer" scores higher.

    "No answer" scores the product of (1 - score) over the best spans; the model's own logits for it are not used.
    Each window is a document of its own here.
    """
    spans = sorted(
        (span for number, window in enumerate(windows) for span in _haystack_spans(number, window)), key=lambda span: -span.score
    )
    kept: list[_Scored] = []
    for span in spans:
        if not any(_overlap(span, other) for other in kept):
            kept.append(span)
    kept = kept[:HAYSTACK_ANSWERS]
    if not kept:
        return NOTHING
    best = kept[0]
    return Given(best.text, best.score, refused=prod(1 - span.score for span in kept) > best.score)


@dataclass(frozen=True, slots=True)
class _Scored:
    document: int
    start: int
    end: int
    text: str
    score: float


def _haystack_spans(document: int, window: Window) -> Iterator[_Scored]:
    inside = np.flatnonzero(window.inside)
    scores = window.start[inside][:, None] + window.end[inside][None, :]
    rows, columns = np.triu_indices(len(inside))
    for place in np.argsort(-scores[rows, columns], kind="stable")[:HAYSTACK_ANSWERS]:
        first, last = inside[rows[place]], inside[columns[place]]
        start, end = int(window.offsets[first, 0]), int(window.offsets[last, 1])
        score = 1 / (1 + exp(-HAYSTACK_CALIBRATION * float(scores[rows[place], columns[place]])))
        yield _Scored(document, start, end, window.text[start:end], score)


def _overlap(one: _Scored, other: _Scored) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return one.document == other.document and shared > HAYSTACK_OVERLAP * shorter


def txtai(window: Window) -> Given:
    """Return txtai's answer: start and end chosen apart over all tokens, widened to whole words, refused below 0.05.

    The score is the product of the two probabilities. A start or an end outside of the text is no answer.
    """
    first, last = int(window.start.argmax()), int(window.end.argmax())
    score = _probability(window.start) * _probability(window.end)
    if not (window.inside[first] and window.inside[last] and first <= last):
        return NOTHING
    opening = np.flatnonzero(window.inside & (window.words == window.words[first]))[0]
    closing = np.flatnonzero(window.inside & (window.words == window.words[last]))[-1]
    return Given(window.cut(opening, closing), score, refused=score < TXTAI_MIN_SCORE)


def _probability(logits: NDArray[np.float32]) -> float:
    """Return the softmax of the largest of `logits`."""
    return float(1 / np.exp(logits - logits.max()).sum())
