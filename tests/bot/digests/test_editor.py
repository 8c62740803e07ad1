"""What a chat's digest is made from."""

from datetime import timedelta

from bot.digests.editor import MAX_ARTICLES, Editor, History
from retrieval.summaries.topics import Topics
from tests.bot.newsroom import EIGHT, FakeNewsroom, a_subscription, news


def test_what_fits_a_topic_is_told_behind_however_much_that_does_not() -> None:
    newsroom = FakeNewsroom()
    newsroom.arrive(*(news(number) for number in range(MAX_ARTICLES)), news(1000, title="Tunnel to reopen"))
    found = Editor(newsroom).brief(a_subscription(topics=Topics(("tunnel",))), History(), EIGHT + timedelta(hours=1))
    assert [story.headline.title for story in found.stories] == ["Tunnel to reopen"]
