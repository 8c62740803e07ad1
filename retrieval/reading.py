"""Extractive readers behind `Reader`: question-answering models of transformers, with span decoding of our own.

The model gives every token of a window two logits: that an answer starts there, that one ends there. The first token
([CLS]) stands for "no answer in this window". A span's score is its start and end logits minus those two of the same
window: the log-odds of that span against "no answer", as in SQuAD 2.0 (Devlin et al. 2019, section 4.3).
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import ModelUnusable
from retrieval.hardware import fastest_dtype, keep_freed_memory
from retrieval.passage import Passage
from retrieval.protocols import Reading, Span
from retrieval.turns import Turns

if TYPE_CHECKING:
    from transformers import BatchEncoding, PreTrainedModel, PreTrainedTokenizerBase

BUNDLED = str(Path(__file__).parent / "models" / "reader")
"""The folder of the reader that the project ships."""

MAX_QUESTION_TOKENS = 64
"""Word pieces of a question that are read, as BERT's scripts for SQuAD have it (Devlin et al. 2019): the passage needs the rest."""

MAX_TITLE_LENGTH = 200
"""Characters of the title that the model sees above a passage."""

MAX_ANSWER_TOKENS = 30
"""Word pieces of a span, by the same scripts; a longer one is a sentence, and no answer in a few words."""

SPANS_PER_PASSAGE = 5
"""Spans that a passage proposes at most; four times as many are looked at, since the best ones overlap."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Window:
    """The logits of one window over the passage of a pair: its tokens alone. `offsets` are characters of the passage."""

    pair: int
    start: NDArray[np.float32]  # (tokens,)
    end: NDArray[np.float32]  # (tokens,)
    offsets: NDArray[np.int64]  # (tokens, 2)
    null: float


class SpanReader:
    """A question-answering model on the CPU; `model` is a hub id or a folder.

    Windows of `window` word pieces overlap by `stride` (the lengths of BERT's scripts for SQuAD), so that an answer at a border is whole in
    one of them. Threads may share it: they take turns, batch by batch.
    Raises ModelUnusable where the model cannot be loaded or is of another kind.
    """

    def __init__(self, model: str = BUNDLED, *, window: int = 384, stride: int = 128, batch_size: int = 8) -> None:
        self._tokenizer, self._model = _load(model)
        self._window = min(window, self._model.config.max_position_embeddings, self._tokenizer.model_max_length)
        self._stride = stride
        self._batch_size = batch_size
        self._turns = Turns()

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return one reading per passage, in the same order; spans lie within their passage, by offsets in the article.

        The model reads each passage under its article's title, which often names what the passage only calls "he" or "the company".
        """
        return self.read_pairs([(question, passage) for passage in passages])

    def read_pairs(self, pairs: Sequence[tuple[str, Passage]]) -> list[Reading]:
        """Return one reading per question and passage, in the same order; batches span questions, which is faster than one by one."""
        found: list[list[Span]] = [[] for _ in pairs]
        for window in self._windows(pairs):
            found[window.pair] += _decode(window, pairs[window.pair][1])
        return [Reading(passage, _best(spans)) for (_, passage), spans in zip(pairs, found, strict=True)]

    def _windows(self, pairs: Sequence[tuple[str, Passage]]) -> Iterator[_Window]:
        if not pairs:
            return
        heads = [f"{passage.article.title[:MAX_TITLE_LENGTH]}\n" for _, passage in pairs]
        texts = [head + passage.text for head, (_, passage) in zip(heads, pairs, strict=True)]
        with self._turns:
            encoded = self._encode([question for question, _ in pairs], texts)
        lengths = np.asarray([sum(mask) for mask in encoded["attention_mask"]])
        order = np.argsort(lengths, kind="stable")  # windows of one length share a batch: little padding
        for first in range(0, len(order), self._batch_size):
            rows = order[first : first + self._batch_size]
            with self._turns:
                start, end = self._logits(encoded, rows)
            for i, row in enumerate(rows):
                yield _window(encoded, int(row), heads, start[i], end[i])

    def _encode(self, questions: list[str], texts: list[str]) -> "BatchEncoding":
        shortened = {question: self._shortened(question) for question in set(questions)}
        encoded: BatchEncoding = self._tokenizer(
            [shortened[question] for question in questions],
            texts,
            truncation="only_second",
            max_length=self._window,
            stride=self._stride,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
        )
        return encoded

    def _shortened(self, question: str) -> str:
        """Return the question cut to MAX_QUESTION_TOKENS, so that it leaves room for the passage."""
        asked = self._tokenizer(question, add_special_tokens=False, return_offsets_mapping=True)
        kept = asked["offset_mapping"][:MAX_QUESTION_TOKENS]
        return question[: kept[-1][1]] if kept else question

    def _logits(self, encoded: "BatchEncoding", rows: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the start and end logits of some windows, each (windows, tokens)."""
        import torch

        names = [name for name in self._tokenizer.model_input_names if name in encoded]
        batch = self._tokenizer.pad({name: [encoded[name][row] for row in rows] for name in names}, return_tensors="pt")
        with torch.inference_mode():
            output = self._model(**batch)
        return output.start_logits.float().numpy(), output.end_logits.float().numpy()


def _window(encoded: "BatchEncoding", row: int, heads: Sequence[str], start: NDArray[np.float32], end: NDArray[np.float32]) -> _Window:
    """Keep of a window the tokens of its passage; the special tokens, the question and the title cannot answer."""
    pair = encoded["overflow_to_sample_mapping"][row]
    offsets = np.asarray(encoded["offset_mapping"][row], dtype=np.int64) - len(heads[pair])
    inside = np.asarray([part == 1 for part in encoded.sequence_ids(row)]) & (offsets[:, 0] >= 0)
    tokens = len(inside)
    return _Window(pair, start[:tokens][inside], end[:tokens][inside], offsets[inside], float(start[0] + end[0]))


def _decode(window: _Window, passage: Passage) -> Iterator[Span]:
    """Yield the best spans of a window: start and end together, of whole words, at most MAX_ANSWER_TOKENS long."""
    tokens = len(window.start)
    if tokens == 0:
        return
    text = passage.text
    opens = np.asarray([not _inside_word(text, start) for start, _ in window.offsets])
    closes = np.asarray([not _inside_word(text, end) for _, end in window.offsets])
    scores = window.start[:, None] + window.end[None, :]  # (start, end)
    allowed = np.triu(np.ones((tokens, tokens), dtype=bool)) & ~np.triu(np.ones((tokens, tokens), dtype=bool), MAX_ANSWER_TOKENS)
    scores = np.where(allowed & opens[:, None] & closes[None, :], scores, -np.inf)
    count = min(4 * SPANS_PER_PASSAGE, tokens * tokens)
    for flat in np.argpartition(scores.ravel(), -count)[-count:]:
        first, last = divmod(int(flat), tokens)
        start, end = int(window.offsets[first, 0]), int(window.offsets[last, 1])
        if np.isfinite(scores[first, last]) and start < end:
            yield Span(passage.start + start, passage.start + end, float(scores[first, last]) - window.null)


def _inside_word(text: str, place: int) -> bool:
    """Whether `place` parts a word of a script that puts blanks between words (those below U+0E00: Latin, Greek, Cyrillic, ...)."""
    return 0 < place < len(text) and all(char.isalnum() and char < "\u0e00" for char in text[place - 1 : place + 1])


def _best(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the best spans that do not overlap one another, best first."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (-span.score, span.start, span.end)):
        if len(kept) == SPANS_PER_PASSAGE:
            break
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return tuple(kept)


def _load(model: str) -> "tuple[PreTrainedTokenizerBase, PreTrainedModel]":
    from transformers import AutoConfig, AutoModelForQuestionAnswering, AutoTokenizer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call] # it would tear our own bar
    keep_freed_memory()
    remedy = "set READER_MODEL to a hub id or folder of a question-answering model, or leave it empty for the bundled one."
    try:
        config = AutoConfig.from_pretrained(model)
        tokenizer = AutoTokenizer.from_pretrained(model, use_fast=True)
        loaded = AutoModelForQuestionAnswering.from_pretrained(model, config=config, dtype=fastest_dtype())
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        logger.debug("loading %s failed", model, exc_info=True)
        raise ModelUnusable(f"The reader model {model!r} cannot be loaded; {remedy}") from error
    if not any(name.endswith("ForQuestionAnswering") for name in config.architectures or []):
        raise ModelUnusable(f"The model {model!r} is not a question-answering model; {remedy}")
    if not tokenizer.is_fast:
        raise ModelUnusable(f"The model {model!r} has no fast tokenizer, which the reader needs for exact offsets; {remedy}")
    return tokenizer, loaded.eval()
