"""The questions that newcomers are shown, kept for a while: to find them takes as long as answering a dozen."""

from collections.abc import Callable, Sequence

KEPT_SECONDS = 900.0
"""How long examples are shown although articles have changed since."""


class Examples:
    """What `find` found, found anew some time after the `version` of the articles has changed; `clock` counts seconds."""

    def __init__(self, *, find: Callable[[], Sequence[str]], version: Callable[[], str], clock: Callable[[], float]) -> None:
        self._find = find
        self._version = version
        self._clock = clock
        self._found: list[str] = []
        self._of: str | None = None
        self._since = 0.0

    def get(self) -> list[str]:
        """Return the questions; none where the articles suggest none."""
        version, now = self._version(), self._clock()
        if version != self._of and (not self._found or now - self._since >= KEPT_SECONDS):
            self._found = list(self._find())
            self._of, self._since = version, now
        return self._found
