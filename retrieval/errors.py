"""The errors of this package: each message is one sentence for the operator.

RetrievalError
├── ModelUnusable   a model is missing, broken, or of the wrong kind
└── IndexUnusable   the vector store cannot be opened, or was made with another embedding model
"""


class RetrievalError(Exception):
    """Anything that this package refuses; the message is one sentence for people."""


class ModelUnusable(RetrievalError):
    """The model cannot be loaded, or is of the wrong kind."""


class IndexUnusable(RetrievalError):
    """The vector store cannot be opened, or does not fit the embedding model."""
