"""The real bot in chats that it is not in."""

import json

import pytest

from tests.e2e.facts import MEETING, THE_DAY
from tests.telegram import BotApi, User

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("serving")]


def test_a_question_typed_after_the_bots_name_is_offered_answers(api: BotApi) -> None:
    call = api.offered(api.inline_query(MEETING, user=User(101, "Cleo")))
    first = json.loads(call.parameters["results"])[0]
    assert THE_DAY.search(first["title"])
    assert MEETING in first["input_message_content"]["message_text"]
    assert call.refusal == ""
