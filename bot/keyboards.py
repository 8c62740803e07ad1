"""Inline buttons, and what a press on one means. What a button carries is an id: Telegram allows it 64 bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.messages import BACK, OTHER_ANSWERS, PASSAGE, QUOTE
from bot.state import Example, Result, Tally
from retrieval.answer import Answer, Silence


class View(StrEnum):
    """What an answer's message shows at the moment."""

    QUOTE = "quote"
    PASSAGE = "passage"
    OTHERS = "others"


class Action(StrEnum):
    """What a press asks for."""

    ASK = "ask"
    SHOW = "show"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button. `id` is an answer's (an example's for ASK); `view` is the one wanted or, for a vote, the one on show."""

    action: Action
    id: str
    view: View = View.QUOTE

    def encode(self) -> str:
        """Return what the button carries, such as `show.passage:k3J9x`; `decode` reads it back."""
        return f"{self.action}.{self.view}:{self.id}"

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Return the press that a button's data stands for; None where it is none of ours."""
        verb, _, subject = (data or "").partition(":")
        action, _, view = verb.partition(".")
        try:
            return cls(Action(action), subject, View(view)) if subject else None
        except ValueError:
            return None


def under(answer_id: str, result: Result, view: View, tally: Tally) -> InlineKeyboardMarkup | None:
    """Return the buttons for an answer shown in `view`; None where nothing was looked up, so that there is nothing to judge."""
    if isinstance(result, Answer):
        return InlineKeyboardMarkup([_views(answer_id, result, view), _thumbs(answer_id, view, tally)])
    return InlineKeyboardMarkup([_thumbs(answer_id, view, tally)]) if result.silence is Silence.NOT_FOUND else None


def _views(answer_id: str, answer: Answer, view: View) -> list[InlineKeyboardButton]:
    if view is View.OTHERS:
        return [_button(BACK, Press(Action.SHOW, answer_id, View.QUOTE))]
    first = (PASSAGE, View.PASSAGE) if view is View.QUOTE else (QUOTE, View.QUOTE)
    offered = [first, (OTHER_ANSWERS, View.OTHERS)] if answer.disagreements or answer.alternatives else [first]
    return [_button(label, Press(Action.SHOW, answer_id, target)) for label, target in offered]


def _thumbs(answer_id: str, view: View, tally: Tally) -> list[InlineKeyboardButton]:
    good, bad = (f"{thumb} {count}" if count else thumb for thumb, count in (("👍", tally.good), ("👎", tally.bad)))
    return [_button(good, Press(Action.GOOD, answer_id, view)), _button(bad, Press(Action.BAD, answer_id, view))]


def examples(offered: Sequence[Example]) -> InlineKeyboardMarkup | None:
    """Return one button per question, one below the other; None for none."""
    rows = [[_button(example.question, Press(Action.ASK, example.id))] for example in offered]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(label: str, press: Press) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=press.encode())
