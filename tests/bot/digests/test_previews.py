"""What chats would get, for the operator."""

from pathlib import Path

from bot.digests.editor import Editor
from bot.digests.previews import previews
from bot.handlers.access import Access
from tests.bot.newsroom import EIGHT, Clock, FakeNewsroom, a_subscription, books_in, news


def test_chats_that_the_bot_may_not_speak_in_get_nothing(tmp_path: Path) -> None:
    engine, books = books_in(tmp_path, Clock())
    newsroom = FakeNewsroom()
    newsroom.arrive(news(1))
    for chat in (-101, -100, 7):
        books.subscriptions.keep(a_subscription(chat))
    found = previews(books, Editor(newsroom), EIGHT, access=Access(chats=frozenset({-100}), admins=frozenset({7})))
    assert [(preview.subscription.chat_id, len(preview.drafts)) for preview in found] == [(-100, 1), (7, 1)]
    engine.dispose()
