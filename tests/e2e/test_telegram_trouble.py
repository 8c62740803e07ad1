"""The real bot when Telegram is unkind: every question gets one answer, and no two."""

import pytest

from bot import messages
from tests.e2e.facts import MEETING
from tests.e2e.serving import let_time_pass
from tests.running import Command
from tests.telegram import FORBIDDEN, AnswerLost, BotApi, Chat, ConnectionReset, Foreign, User, too_many_requests

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("serving")]


def test_an_update_that_comes_twice_is_answered_once(api: BotApi) -> None:
    asked = api.private_message(MEETING, user=User(120))
    api.redeliver(asked)
    api.reply(asked)
    api.redeliver(asked)
    let_time_pass(api)
    assert len(api.replies(asked)) == 1


def test_a_flood_limit_delays_the_answer(api: BotApi) -> None:
    api.fail_next("sendMessage", too_many_requests(1))
    asked = api.private_message(MEETING, user=User(122))
    api.reply(asked)
    let_time_pass(api)
    assert len(api.replies(asked)) == 1


def test_a_flood_limit_in_one_chat_delays_no_answer_elsewhere(api: BotApi) -> None:
    flooded, other = User(123), User(125)
    api.fail_next("sendMessage", too_many_requests(20), chat=Chat.with_person(flooded))
    asked = api.private_message(MEETING, user=flooded)
    api.wait_for(lambda: api.calls("sendMessage", chat_id=str(flooded.id)))
    api.reply(api.private_message(MEETING, user=other))
    assert api.replies(asked) == []
    api.reply(asked)
    let_time_pass(api)
    assert [len(api.calls("sendMessage", chat_id=str(chat.id))) for chat in (flooded, other)] == [2, 1]


def test_who_blocked_the_bot_does_not_stop_it(api: BotApi) -> None:
    api.fail_next("sendMessage", FORBIDDEN)
    asked = api.private_message(MEETING, user=User(124))
    api.wait_for(lambda: api.calls("sendMessage", chat_id="124"))
    let_time_pass(api)
    assert api.replies(asked) == []


def test_an_answer_that_may_have_arrived_is_not_sent_again(api: BotApi) -> None:
    api.fail_next("sendMessage", AnswerLost())
    asked = api.private_message(MEETING, user=User(126))
    api.reply(asked)
    let_time_pass(api)
    assert len(api.replies(asked)) == 1


def test_a_request_that_breaks_off_is_not_made_again(api: BotApi) -> None:
    api.fail_next("sendMessage", ConnectionReset())
    api.private_message(MEETING, user=User(134))
    api.wait_for(lambda: api.calls("sendMessage", chat_id="134"))
    let_time_pass(api)
    assert len(api.calls("sendMessage", chat_id="134")) == 1


def test_an_answer_waits_for_a_server_that_cannot_be_reached(api: BotApi, serving: Command) -> None:
    with api.unreachable():
        asked = api.private_message(MEETING, user=User(136))
        serving.wait_for(lambda output: "chat 136" in output)  # the sign of work could not be sent
    api.reply(asked)
    let_time_pass(api)
    assert len(api.replies(asked)) == 1


def test_each_of_thirty_questions_at_once_gets_one_reply(api: BotApi) -> None:
    asked = [api.private_message(MEETING, user=User(number)) for number in (*range(140, 155), *range(140, 155))]
    replies = [api.reply(question) for question in asked]
    let_time_pass(api)
    assert [question for question in asked if len(api.replies(question)) != 1] == []
    assert 0 < sum(reply.text == messages.BUSY for reply in replies) < len(asked)


def test_a_connection_that_breaks_while_polling_loses_no_question(api: BotApi) -> None:
    api.fail_next("getUpdates", ConnectionReset())
    first = api.private_message(MEETING, user=User(128))
    second = api.private_message(MEETING, user=User(129))
    let_time_pass(api)
    assert [len(api.replies(asked)) for asked in (first, second)] == [1, 1]


def test_what_a_proxy_answers_to_a_poll_loses_no_question(api: BotApi) -> None:
    api.fail_next("getUpdates", Foreign(200, b"null"), Foreign(502, b'"Bad gateway"'), Foreign(200, b'{"error": "x"}'))
    asked = [api.private_message(MEETING, user=User(137)), api.private_message(MEETING, user=User(138))]
    for question in asked:
        api.reply(question)
    let_time_pass(api)
    assert [len(api.replies(question)) for question in asked] == [1, 1]


def test_a_sign_of_work_that_fails_costs_no_answer(api: BotApi) -> None:
    api.fail_next("sendChatAction", ConnectionReset())
    assert api.reply(api.private_message(MEETING, user=User(130))).text


def test_a_question_that_was_deleted_is_answered_all_the_same(api: BotApi) -> None:
    asked = api.private_message(MEETING, user=User(131))
    api.delete(asked)
    assert [message.replied_id for message in api.wait_for(lambda: api.messages(asked.chat))] == [None]


def test_a_message_without_words_does_not_stop_the_bot(api: BotApi) -> None:
    dice = api.private_message("", user=User(132)).payload()
    api.raw({"message": dice | {"message_id": 90, "dice": {"emoji": "🎲", "value": 3}}})
    api.raw({"message": dice | {"message_id": 91, "new_chat_title": "News"}})
    api.raw({"message": dice | {"message_id": 92, "text": MEETING, "date": 10**30}})
    let_time_pass(api)
