"""Buttons under summaries, and what a press on one means. What a button carries is an id: Telegram allows it 64 bytes."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.summaries import messages

PREFIX = "story"
STORIES_IN_A_ROW = 6


class Wish(StrEnum):
    """What a press on a button of a summary asks for."""

    MORE = "more"
    TIMELINE = "timeline"
    ASK = "ask"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class StoryPress:
    """A pressed button: the summary's id, and the place of the story in it, from 0."""

    wish: Wish
    id: str
    place: int = 0

    def encode(self) -> str:
        """Return what the button carries, such as `story.more.2:k3J9x`; `decode` reads it back."""
        return f"{PREFIX}.{self.wish}.{self.place}:{self.id}"

    @classmethod
    def decode(cls, data: str | None) -> Self | None:
        """Return the press that a button's data stands for; None where it is none of these."""
        match = re.fullmatch(rf"{PREFIX}\.(?P<wish>\w+)\.(?P<place>\d{{1,2}}):(?P<id>.+)", data or "")
        if match is None or match["wish"] not in set(Wish):
            return None
        return cls(Wish(match["wish"]), match["id"], int(match["place"]))


def under_stories(shown_id: str, stories: int) -> InlineKeyboardMarkup | None:
    """Return the buttons under a list of stories: those of a story where it is only one, else a number for each; None for none."""
    if stories == 0:
        return None
    if stories == 1:
        row = [_button(messages.MORE, StoryPress(Wish.MORE, shown_id)), *_about(shown_id, 0)]
        return InlineKeyboardMarkup([row[:2], row[2:]])
    numbers = [_button(f"{place + 1} …", StoryPress(Wish.MORE, shown_id, place)) for place in range(stories)]
    return InlineKeyboardMarkup([numbers[at : at + STORIES_IN_A_ROW] for at in range(0, stories, STORIES_IN_A_ROW)])


def under_story(shown_id: str, place: int) -> InlineKeyboardMarkup:
    """Return the buttons under the longer summary of one story."""
    return InlineKeyboardMarkup([_about(shown_id, place), [_button(messages.BACK, StoryPress(Wish.LIST, shown_id, place))]])


def _about(shown_id: str, place: int) -> list[InlineKeyboardButton]:
    return [
        _button(messages.TIMELINE, StoryPress(Wish.TIMELINE, shown_id, place)),
        _button(messages.ASK, StoryPress(Wish.ASK, shown_id, place)),
    ]


def _button(label: str, press: StoryPress) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=press.encode())
