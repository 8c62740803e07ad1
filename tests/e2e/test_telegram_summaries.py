"""Summaries and timelines from the real bot, over a Bot API on this machine."""

import pytest

from tests.running import SAMPLE_ARTICLES
from tests.telegram import BotApi, User

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("serving")]

CORPUS = "".join(file.read_text(encoding="utf-8") for file in SAMPLE_ARTICLES.glob("*.md"))


def test_a_topic_is_told_in_sentences_that_stand_in_the_articles(api: BotApi) -> None:
    reply = api.reply(api.private_message("/summary astrolabe", user=User(156)))
    quotes = reply.marked("blockquote")
    assert quotes
    assert [quote for quote in quotes if quote not in CORPUS] == []
    api.settled(api.press("More", reply, user=User(156)))


def test_a_timeline_is_a_picture_and_its_quotes(api: BotApi) -> None:
    asked = api.private_message("/timeline bridge", user=User(157))
    assert api.reply(asked).photo.startswith(b"\x89PNG")
    _, told = api.wait_for(lambda: api.messages(asked.chat)[1:] and api.messages(asked.chat))
    assert "11 March 2025" in told.text
    assert [quote for quote in told.marked("blockquote") if quote not in CORPUS] == []
