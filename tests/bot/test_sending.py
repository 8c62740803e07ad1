from collections.abc import AsyncIterator

import pytest
from telegram.ext import ExtBot

from bot.sending import PAUSES, Place, Sender
from tests.recording import Failure, RecordingRequest, Refusal, Unanswered, Unconnected


class Bed:
    """Sleeps in no time, and remembers how long."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
async def network() -> RecordingRequest:
    return RecordingRequest()


@pytest.fixture
async def bot(network: RecordingRequest) -> AsyncIterator[ExtBot[None]]:
    async with ExtBot("123456:test", request=network, get_updates_request=network) as bot:
        yield bot


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")  # PTB warns of its own attribute
@pytest.mark.parametrize(
    ("failures", "tries", "slept"),
    [
        ([], 1, []),
        ([Unconnected], 2, [0.5]),
        ([Unconnected] * 3, 4, [0.5, 1.0, 2.0]),
        ([Unconnected] * 9, 4, [0.5, 1.0, 2.0]),
        ([Unanswered], 1, []),
        ([Unconnected, Unanswered], 2, [0.5]),
        ([Refusal(502, "Bad Gateway")], 1, []),
        ([Refusal(429, "Too Many Requests", {"retry_after": 1})], 1, []),
        ([Refusal(403, "Forbidden")], 1, []),
    ],
)
async def test_only_what_cannot_have_arrived_is_sent_again(
    bot: ExtBot[None], network: RecordingRequest, failures: list[Failure], tries: int, slept: list[float]
) -> None:
    network.fail("sendMessage", *failures)
    bed = Bed()
    await Sender(bot, sleep=bed).send(Place(7), "hello")
    assert (len(network.named("sendMessage")), bed.slept) == (tries, slept)


@pytest.mark.parametrize(
    ("failures", "tries", "is_shown"),
    [
        ([], 1, True),
        ([Unconnected, Unanswered, Refusal(502, "Bad Gateway")], 4, True),
        ([Unconnected] * 9, 4, False),
        ([Refusal(400, "Bad Request: message is not modified: it shows that already")], 1, True),
        ([Refusal(400, "Bad Request: message to edit not found")], 1, False),
        ([Refusal(403, "Forbidden")], 1, False),
    ],
)
async def test_an_edit_is_made_again_after_what_may_pass(
    bot: ExtBot[None], network: RecordingRequest, failures: list[Failure], tries: int, is_shown: bool
) -> None:
    network.fail("editMessageText", *failures)
    assert await Sender(bot, sleep=Bed()).edit(7, 1, "hello", None) is is_shown
    assert len(network.named("editMessageText")) == tries


async def test_what_was_sent_is_returned(bot: ExtBot[None]) -> None:
    message = await Sender(bot).send(Place(7), "hello")
    assert message is not None
    assert (message.chat.id, message.text) == (7, "hello")


async def test_what_cannot_be_sent_is_none(bot: ExtBot[None], network: RecordingRequest) -> None:
    network.fail("sendMessage", *[Unconnected] * (len(PAUSES) + 1))
    assert await Sender(bot, sleep=Bed()).send(Place(7), "hello") is None


async def test_a_long_toast_is_shortened(bot: ExtBot[None], network: RecordingRequest) -> None:
    await Sender(bot).answer_press("p1", "word " * 100)
    [(_, parameters)] = network.named("answerCallbackQuery")
    assert len(parameters["text"]) <= 200
