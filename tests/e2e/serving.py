"""A bot that serves a Bot API, and whom it may talk to."""

from collections.abc import Callable
from pathlib import Path

from tests.e2e.facts import MEETING
from tests.running import Command, Quotewire
from tests.telegram import BotApi, User

APPROVED_PEOPLE = range(100, 160)
ADMINISTRATOR = User(158, "Administrator")
BYSTANDER = User(159, "Bystander")
APPROVED_GROUPS = range(-1030, -1000)

Copy = Callable[[], Quotewire]
"""Makes an index of the sample corpus that a test may change."""

Over = Callable[[Path], Quotewire]
"""Gives the command over the data folder inside a folder."""


def await_polling(api: BotApi, bot: Command, *, after: int = 0) -> None:
    """Wait until the bot has asked for updates more than `after` times; AssertionError with its output where it does not."""
    try:
        api.wait_for(lambda: api.polls > after, seconds=180)
    except AssertionError as error:
        bot.end()
        raise AssertionError(f"the bot did not start: {bot.finish().output}") from error


def let_time_pass(api: BotApi, user: User = BYSTANDER) -> None:
    """Have two more questions replied to, one after the other: by then, what came before has had its effect.

    One would not do: updates that are delivered together may overtake one another.
    """
    for _ in range(2):
        api.reply(api.private_message(MEETING, user=user))
