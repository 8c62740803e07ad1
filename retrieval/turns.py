"""Threads that share a model take turns."""

from collections import deque
from threading import Lock


class Turns:
    """A lock that threads get in the order in which they ask for it.

    A plain lock may go to the thread that has just let go of it, again and again: a question would wait for all of an indexing run.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[Lock] = deque()  # the first one's owner has its turn; the others' locks are taken until theirs

    def __enter__(self) -> None:
        turn = Lock()
        with self._guard:
            self._waiting.append(turn)
            if self._waiting[0] is not turn:
                turn.acquire()
        turn.acquire()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            self._waiting.popleft()
            if self._waiting:
                self._waiting[0].release()

    def __len__(self) -> int:
        """Return how many have or await their turn."""
        return len(self._waiting)
