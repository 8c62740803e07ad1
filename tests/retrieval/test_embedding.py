"""The bundled embedding model, for real."""

import numpy as np
import pytest

from retrieval.embedding import BUNDLED, SentenceEmbedder
from retrieval.errors import ModelUnusable

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def embedder() -> SentenceEmbedder:
    return SentenceEmbedder()


def test_vectors_have_length_1_in_the_order_of_the_texts(embedder: SentenceEmbedder) -> None:
    texts = ["A long sentence about the bridge that will reopen in June after repairs.", "Cat.", ""]
    vectors = embedder.embed(texts)
    assert vectors.shape == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert vectors[1] @ embedder.embed(["Cat."])[0] > 0.999


def test_near_meanings_are_near(embedder: SentenceEmbedder) -> None:
    ferry, boat, law = embedder.embed(["The ferry leaves at noon.", "The boat departs at twelve.", "Parliament passed a tax law."])
    assert float(ferry @ boat) > float(ferry @ law) + 0.2


def test_no_texts_no_vectors(embedder: SentenceEmbedder) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_the_name_is_the_model(embedder: SentenceEmbedder) -> None:
    assert embedder.name == BUNDLED


@pytest.mark.parametrize("model", ["no/such-model", "/nowhere"])
def test_a_model_that_is_not_there_is_one_sentence(model: str) -> None:
    with pytest.raises(ModelUnusable, match=f"The embedding model '{model}' cannot be loaded; set EMBEDDING_MODEL to"):
        SentenceEmbedder(model).load()
