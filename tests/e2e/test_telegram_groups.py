"""The real bot in groups: it speaks when spoken to."""

import pytest

from bot import messages
from tests.e2e.facts import MEETING, tells_the_day
from tests.telegram import ADA, BOT, BotApi, Chat, User

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("serving")]


@pytest.mark.parametrize("command", ["/ask", f"/ask@{BOT.username}"])
def test_a_question_in_a_topic_is_answered_there(api: BotApi, command: str) -> None:
    asked = api.group_message(f"{command} {MEETING}", Chat(-1001, is_forum=True), thread_id=7)
    reply = api.reply(asked)
    assert (reply.thread_id, tells_the_day(reply)) == (7, True)


def test_a_reply_to_the_bot_is_a_question(api: BotApi) -> None:
    group = Chat(-1002)
    answer = api.reply(api.group_message(f"/ask {MEETING}", group))
    asked = api.group_message("Who is Trump's envoy to the Middle East?", group, reply_to=answer)
    assert "Witkoff" in api.reply(asked).text


def test_a_mention_is_a_question(api: BotApi) -> None:
    asked = api.group_message(f"@{BOT.username} {MEETING}", Chat(-1003, "group"))
    assert tells_the_day(api.reply(asked))


@pytest.mark.parametrize(
    ("text", "user"),
    [
        (MEETING, ADA),
        ("/ask@other_test_bot when is the meeting?", ADA),
        (f"@{BOT.username}_fan when is the meeting?", ADA),
        (f"/ask {MEETING}", User(40, "Robot", "other_test_bot", is_bot=True)),
    ],
    ids=["chatter", "another bot's command", "another's mention", "a bot's question"],
)
def test_what_is_not_for_the_bot_stays_unanswered(api: BotApi, text: str, user: User) -> None:
    group = Chat(-1004)
    before = len(api.messages(group))
    api.group_message(text, group, user=user)
    api.reply(api.group_message(f"/ask {MEETING}", group))  # by its answer, the bot has seen both
    assert len(api.messages(group)) == before + 1


def test_a_reply_between_people_stays_unanswered(api: BotApi) -> None:
    group = Chat(-1005)
    api.group_message("No idea.", group, reply_to=api.group_message(MEETING, group))
    api.reply(api.group_message(f"/ask {MEETING}", group))
    assert len(api.messages(group)) == 1


def test_an_empty_ask_in_a_group_is_told_how(api: BotApi) -> None:
    assert api.reply(api.group_message("/ask", Chat(-1006))).text == messages.EMPTY_QUESTION


def test_a_group_that_is_not_approved_gets_silence(api: BotApi) -> None:
    stranger, approved = Chat(-5001), Chat(-1007)
    api.group_message(f"/ask {MEETING}", stranger)
    api.reply(api.group_message(f"/ask {MEETING}", approved))
    assert api.messages(stranger) == []
