"""Asking the models on behalf of a chat, which may have to be told that there is no time for it."""

from collections.abc import Callable
from typing import TypeVar

from bot import messages
from bot.sending import Place, Sender
from bot.worker import Busy, Stopping, Worker
from retrieval.question import QuestionTooLong

T = TypeVar("T")

REFUSALS: dict[type[Exception], str] = {Busy: messages.BUSY, Stopping: messages.STOPPING, QuestionTooLong: messages.TOO_LONG}


def refusal(error: Busy | Stopping | QuestionTooLong) -> str:
    """Return the line that says why the models were not asked."""
    return REFUSALS[type(error)]


async def consult(worker: Worker, work: Callable[[], T], sender: Sender, place: Place) -> T | str:
    """Return what `work` returns on the models' thread, or the line to say instead; the chat sees meanwhile that it is at work."""
    try:
        async with sender.typing(place):
            return await worker.submit(work)
    except (Busy, Stopping, QuestionTooLong) as error:
        return refusal(error)
