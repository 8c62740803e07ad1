"""What the reader sees of a pair when it learns: windows of word pieces, in batches."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.reading import MAX_QUESTION_TOKENS
from retrieval.training.pairs import Pair

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

TITLED = 0.75
"""Share of the passages that stand under their title, as in use; the rest teach the reader to do without."""


@dataclass(frozen=True, slots=True)
class Window:
    """What the model sees of a pair: word pieces, the first place of the passage, and the places of the answer's ends.

    Both ends are 0, the first token, where the passage does not answer.
    """

    pieces: tuple[int, ...]
    passage: int
    start: int
    end: int


class Windows:
    """Cuts pairs to windows of at most `size` word pieces."""

    def __init__(self, tokenizer: "PreTrainedTokenizerBase", size: int, rng: random.Random) -> None:
        self._tokenizer = tokenizer
        self._size = size
        self._rng = rng

    def cut(self, pair: Pair) -> Window | None:
        """Return a window that holds the whole answer; None where the answer is longer than a window."""
        question = self._tokenizer(pair.question, add_special_tokens=False)["input_ids"][:MAX_QUESTION_TOKENS]
        head = f"{pair.title}\n" if self._rng.random() < TITLED else ""
        encoded = self._tokenizer(head + pair.passage, add_special_tokens=False, return_offsets_mapping=True)
        pieces, offsets = encoded["input_ids"], encoded["offset_mapping"]
        titled = sum(start < len(head) for start, _ in offsets)
        room = self._size - len(question) - 3 - titled
        first, last = titled, titled
        if pair.span:
            start, end = (place + len(head) for place in pair.span)
            inside = [i for i, (low, high) in enumerate(offsets) if high > start and low < end]
            if not inside or inside[-1] - inside[0] >= room:
                return None
            first, last = inside[0], inside[-1]
        low = self._place(titled, len(pieces), room, (first, last) if pair.span else None)
        kept = [*pieces[:titled], *pieces[low : low + room]]
        before = len(question) + 2
        ends = (before + first - low + titled, before + last - low + titled) if pair.span else (0, 0)
        cls, sep = self._tokenizer.cls_token_id, self._tokenizer.sep_token_id
        return Window((cls, *question, sep, *kept, sep), before, *ends)

    def _place(self, titled: int, length: int, room: int, answer: tuple[int, int] | None) -> int:
        """Return where the window over the passage begins, at random where there is a choice."""
        if length - titled <= room:
            return titled
        low, high = titled, length - room
        if answer:
            low, high = max(low, answer[1] + 1 - room), min(high, answer[0])
        return self._rng.randint(low, high)


def batches(windows: Sequence[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Return the windows in batches of `size`; those of a batch are about equally long, and the batches are shuffled."""
    reach = size * 64
    found = []
    for first in range(0, len(windows), reach):
        part = sorted(windows[first : first + reach], key=lambda window: len(window.pieces))
        found += [part[i : i + size] for i in range(0, len(part), size)]
    rng.shuffle(found)
    return found
