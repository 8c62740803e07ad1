"""The real bot across a restart: stopped in the middle of a question, started again over the same data folder."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from bot import messages
from tests.e2e.facts import BRIDGE, MEETING, THE_REOPENING
from tests.e2e.serving import Copy, await_polling, let_time_pass
from tests.running import Command, Finished
from tests.telegram import ADA, BEN, BotApi, Message, User

pytestmark = pytest.mark.e2e


@dataclass(frozen=True, slots=True)
class Restarted:
    """What was before the restart, and the bot after it."""

    api: BotApi
    asked: Message
    card: Message
    interrupted: Message
    stopped: Finished

    def shown_by(self, button: str) -> str:
        """Press a button of the old card, and return the text of what changes in the chat."""
        before = self.chat()
        self.api.settled(self.api.press(button, self.card))
        changed = self.api.wait_for(lambda: self.chat() - before)
        return " ".join(text for _, text in changed)

    def chat(self) -> set[tuple[int, str]]:
        """Return what the bot's messages say now."""
        return {(message.id, message.text) for message in self.api.messages(self.card.chat)}

    def thumbs(self) -> list[str]:
        """Return what the thumbs under the card say now."""
        (now,) = (message for message in self.api.messages(self.card.chat) if message.id == self.card.id)
        return [button.text for button in now.buttons if button.text[0] in "👍👎"]

    def notice(self, data: str) -> str:
        """Press a button with `data` under the old card, and return what flashes up."""
        card = replace(self.card, markup=json.dumps({"inline_keyboard": [[{"text": "?", "callback_data": data}]]}))
        return self.api.settled(self.api.press(data, card)).parameters.get("text", "")


@pytest.fixture(scope="module")
def restarted(copy: Copy) -> Iterator[Restarted]:
    quotewire = copy()
    with BotApi() as api:

        def start() -> Command:
            return quotewire.start("run", TELEGRAM_BOT_TOKEN=api.token, TELEGRAM_BASE_URL=api.url, LOG_LEVEL="DEBUG")

        with start() as bot:
            await_polling(api, bot)
            asked = api.private_message(BRIDGE)
            card = api.reply(asked)
            api.settled(api.press("👍", card))
            interrupted = api.private_message(MEETING, user=User(300))
            api.wait_for(lambda: api.calls("sendChatAction", chat_id="300"))
            bot.terminate()
            stopped = bot.finish(seconds=60)
        polls = api.polls
        api.redeliver(asked)
        api.redeliver(interrupted)
        with start() as bot:
            await_polling(api, bot, after=polls)
            yield Restarted(api, asked, card, interrupted, stopped)


def test_a_stopped_bot_exits_in_good_order(restarted: Restarted) -> None:
    assert restarted.stopped.code == 0, restarted.stopped.output


def test_the_token_is_in_no_output_however_much_is_logged(restarted: Restarted) -> None:
    assert restarted.api.token not in restarted.stopped.output


def test_a_question_during_the_stop_is_told_something_once(restarted: Restarted) -> None:
    restarted.api.reply(restarted.interrupted)
    let_time_pass(restarted.api)
    assert len(restarted.api.replies(restarted.interrupted)) == 1


def test_an_update_that_comes_again_after_the_restart_is_answered_once(restarted: Restarted) -> None:
    let_time_pass(restarted.api)
    assert len(restarted.api.replies(restarted.asked)) == 1


def test_the_passage_of_an_old_answer_still_opens(restarted: Restarted) -> None:
    assert THE_REOPENING.search(restarted.shown_by("Passage"))


def test_the_other_answers_of_an_old_answer_still_open(restarted: Restarted) -> None:
    assert messages.OTHER_ANSWERS in restarted.shown_by("Other answers")


def test_the_same_thumb_twice_counts_once(restarted: Restarted) -> None:
    for _ in range(2):
        press = restarted.api.press("👍", restarted.card, user=ADA)
        assert restarted.api.settled(press).parameters["text"] == messages.THANKS
    assert restarted.thumbs() == ["👍 1", "👎"]


def test_another_person_s_thumb_counts_too(restarted: Restarted) -> None:
    restarted.api.settled(restarted.api.press("👎", restarted.card, user=BEN))
    assert restarted.api.wait_for(lambda: [name for name in restarted.thumbs() if name == "👎 1"])


@pytest.mark.parametrize("data", ["passage:999999", "?", "👍"])
def test_a_button_of_an_answer_that_is_gone_says_so(restarted: Restarted, data: str) -> None:
    assert restarted.notice(data) == messages.EXPIRED
