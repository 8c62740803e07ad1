"""The real bot in groups: it speaks when spoken to."""

import pytest

from bot import messages
from tests.e2e.facts import MEETING, tells_the_day
from tests.e2e.serving import let_time_pass
from tests.telegram import ADA, BEN, BOT, BotApi, Chat, User

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("serving")]


@pytest.mark.parametrize("command", ["/ask", f"/ask@{BOT.username}"])
def test_a_question_in_a_topic_is_answered_there(api: BotApi, command: str) -> None:
    asked = api.group_message(f"{command} {MEETING}", Chat(-1001, is_forum=True), thread_id=7)
    assert api.reply(asked).thread_id == 7


def test_a_reply_to_the_bot_is_a_question(api: BotApi) -> None:
    group = Chat(-1002)
    answer = api.reply(api.group_message(f"/ask {MEETING}", group))
    asked = api.group_message("Who is Trump's envoy to the Middle East?", group, reply_to=answer)
    assert "Witkoff" in api.reply(asked).text


def test_a_follow_up_in_a_reply_carries_the_subject_over(api: BotApi) -> None:
    group = Chat(-1007)
    answer = api.reply(api.group_message(f"/ask {MEETING}", group))
    where = api.reply(api.group_message("and where?", group, user=BEN, reply_to=answer))
    assert "White House" in where.marked("bold")[0]
    assert where.text.endswith("Understood as: Where is the meeting?")


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
    api.group_message(text, group, user=user)
    let_time_pass(api)
    assert api.messages(group) == []


def test_a_reply_between_people_stays_unanswered(api: BotApi) -> None:
    group = Chat(-1005)
    api.group_message("No idea.", group, reply_to=api.group_message(MEETING, group))
    let_time_pass(api)
    assert api.messages(group) == []


def test_an_empty_ask_in_a_group_is_told_how(api: BotApi) -> None:
    assert api.reply(api.group_message("/ask", Chat(-1006))).text == messages.EMPTY_QUESTION


def test_a_group_that_is_not_approved_gets_silence(api: BotApi) -> None:
    stranger = Chat(-5001)
    api.group_message(f"/ask {MEETING}", stranger)
    let_time_pass(api)
    assert api.messages(stranger) == []
