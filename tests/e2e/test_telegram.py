"""Conversations with the real bot in private chats, over a Bot API on this machine."""

import json
import time

import pytest

from bot import messages
from retrieval.answer import Silence
from tests.e2e.facts import BRIDGE, MEETING, NOT_TOLD, OUTLETS, tells_the_day
from tests.e2e.serving import let_time_pass
from tests.running import SAMPLE_ARTICLES
from tests.telegram import BotApi, User

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("serving")]


def test_a_private_question_is_answered_with_its_source(api: BotApi) -> None:
    reply = api.reply(api.private_message(MEETING, user=User(100)))
    assert tells_the_day(reply)
    assert OUTLETS.search(reply.text)


def test_the_answer_is_bold_above_an_expandable_quote(api: BotApi) -> None:
    reply = api.reply(api.private_message(MEETING, user=User(101)))
    assert tells_the_day(reply)
    (quote,) = reply.marked("expandable_blockquote")
    corpus = "".join(file.read_text() for file in SAMPLE_ARTICLES.glob("*.md"))
    assert quote.strip("“” \n") in corpus


def test_a_sign_of_work_comes_before_the_answer(api: BotApi) -> None:
    api.reply(api.private_message(MEETING, user=User(102)))
    assert [call.method for call in api.calls(chat_id="102")] == ["sendChatAction", "sendMessage"]


def test_an_answer_has_its_four_buttons(api: BotApi) -> None:
    reply = api.reply(api.private_message(BRIDGE, user=User(103)))
    names = " ".join(button.text for button in reply.buttons)
    assert [name for name in ("Passage", "Other answers", "👍", "👎") if name not in names] == []


def test_a_question_that_the_articles_do_not_answer_gets_an_honest_no(api: BotApi) -> None:
    reply = api.reply(api.private_message(NOT_TOLD, user=User(104)))
    assert messages.SILENCES[Silence.NOT_FOUND] in reply.text


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("/ask", messages.EMPTY_QUESTION),
        ("🙂", messages.WORDS_ONLY),
        ("why? " * 2000, messages.TOO_LONG),
        ("Wann findet das Treffen der beiden Männer im Weißen Haus statt?", messages.SILENCES[Silence.OTHER_LANGUAGE]),
        ("/nonsense", messages.UNKNOWN_COMMAND),
    ],
    ids=["empty", "emoji", "10,000 characters", "German", "unknown command"],
)
def test_what_is_no_question_is_told_so(api: BotApi, question: str, sentence: str) -> None:
    assert sentence in api.reply(api.private_message(question, user=User(105))).text


@pytest.mark.parametrize(
    "question",
    [
        "<b>&",
        "when is <b>the meeting & what is </i>&lt; it?",
        "when is the meeting? 👍 &amp; “why”",
    ],
)
def test_markup_in_a_question_does_no_harm(api: BotApi, question: str) -> None:
    asked = api.private_message(question, user=User(106))
    assert api.reply(asked).text


def test_start_offers_three_questions_that_a_tap_answers(api: BotApi) -> None:
    welcome = api.reply(api.private_message("/start", user=User(107)))
    assert len(welcome.buttons) == 3
    api.settled(api.press(welcome.buttons[0].data, welcome, user=User(107)))
    answer = api.wait_for(lambda: api.messages(welcome.chat)[1:])[0]
    assert "Passage" in {button.text for button in answer.buttons}


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/help", messages.HELP_PRIVATE),
        ("/sources", "Meridian Wire"),
        ("/about", messages.ABOUT),
        ("/privacy", "sent to no other service"),
    ],
)
def test_a_command_is_answered(api: BotApi, command: str, words: str) -> None:
    assert words in api.reply(api.private_message(command, user=User(108))).text


def test_an_edited_message_is_not_asked_again(api: BotApi) -> None:
    asked = api.private_message(MEETING, user=User(109))
    api.reply(asked)
    api.edited_message(asked, BRIDGE)
    let_time_pass(api)
    assert len(api.replies(asked)) == 1


def test_two_hours_old_questions_get_one_polite_line(api: BotApi) -> None:
    old = [api.private_message(question, user=User(111), date=int(time.time()) - 7200) for question in (MEETING, BRIDGE)]
    let_time_pass(api)
    assert [message.text for message in api.messages(old[0].chat)] == [messages.STALE]


def test_a_stranger_is_told_how_to_be_let_in(api: BotApi) -> None:
    reply = api.reply(api.private_message(MEETING, user=User(999)))
    assert reply.text == messages.NOT_ALLOWED.format(chat_id=999)


@pytest.mark.parametrize("scope", ["all_private_chats", "all_group_chats"])
def test_commands_are_offered_for_each_kind_of_chat(api: BotApi, scope: str) -> None:
    (offered,) = api.wait_for(lambda: api.calls("setMyCommands", scope=json.dumps({"type": scope})))
    assert "ask" in {command["command"] for command in json.loads(offered.parameters["commands"])}
