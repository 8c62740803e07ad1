"""/sources where it says more: to an administrator, in private."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import markup, messages, render
from bot.feed_list import feed_list
from bot.handlers.access import Access
from corpus.article import Published
from corpus.catalog import SourceSummary
from tests.bot.calls import sent, texts
from tests.bot.fake_feeds import FAILING, FINE, NOON, PAUSED
from tests.bot.harness import Bench, bench
from tests.bot.objects import GROUP, message

SOURCES = [SourceSummary("Harbour Post", 2, Published.parse("2025-01-29"))]


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bench]:
    async with bench(tmp_path, access=Access(admins=frozenset({7}))) as running:
        running.library.feeding.followed += [FINE, FAILING, PAUSED]
        yield running


async def say(bot: Bench, text: str) -> str:
    """Write to the bot; return what it says."""
    (reply,) = texts(await bot.feed(message=message(text)))
    return reply


async def test_an_administrator_sees_the_feeds_below_the_sources(bot: Bench) -> None:
    bot.now = bot.now.astimezone(ZoneInfo("Asia/Tokyo"))
    lines = (await say(bot, "/sources")).splitlines()
    assert (lines[0], "<b>Feeds</b>" in lines) == ("<b>Sources</b>: 2 articles", True)
    assert [line for line in lines if line[:2] in ("1.", "2.", "4.")] == [
        '1. <a href="https://post.example/feed.xml">Harbour Post</a>: last fetched just now, 3 new',
        f'2. <a href="https://star.example/rss">The Star</a>: failing since 12 March 21:00: {FAILING.error}',
        '4. <a href="https://quiet.example/">https://quiet.example/</a>: paused',
    ]
    assert lines[-1] == markup.plain(messages.FEED_ORDERS)


@pytest.mark.parametrize(
    ("order", "note", "changes"),
    [
        ("pause 1", "Paused: Harbour Post.", [("pause", 1)]),
        ("Resume 4", "Fetched again from now on: https://quiet.example/.", [("resume", 4)]),
        ("refresh 1 2", "To be fetched within a minute, unless paused: Harbour Post, The Star.", [("hasten", 1), ("hasten", 2)]),
        ("refresh", "To be fetched within a minute, unless paused: Harbour Post, The Star.", [("hasten", 1), ("hasten", 2)]),
        ("remove https://post.example/feed.xml", "No longer followed: Harbour Post. The articles stay.", [("remove", 1)]),
        ("refresh 1, 2", "To be fetched within a minute, unless paused: Harbour Post, The Star.", [("hasten", 1), ("hasten", 2)]),
        ("pause 1,2", "Paused: Harbour Post, The Star.", [("pause", 1), ("pause", 2)]),
        ("pause", messages.WHICH_FEED, []),
        ("pause 1 77", "No feed has the number or address 77; nothing was changed.", []),
        ("dance 1", messages.UNKNOWN_ORDER, []),
    ],
)
async def test_feeds_are_changed_by_what_an_administrator_types(bot: Bench, order: str, note: str, changes: list[tuple[str, int]]) -> None:
    said = await say(bot, f"/sources {order}")
    assert (said.splitlines()[0], bot.library.feeding.changes) == (markup.plain(note), changes)


async def test_nobody_else_and_no_group_sees_or_changes_feeds(bot: Bench) -> None:
    stranger = {"id": 8, "is_bot": False, "first_name": "Eve"}
    chat = {"id": 8, "type": "private", "first_name": "Eve"}
    expected = render.sources(SOURCES)
    assert await bot.feed(message=message("/sources pause 1", chat=chat, sender=stranger)) == [sent(expected, chat_id=8)]
    assert await bot.feed(message=message("/sources pause 1", chat=GROUP)) == [sent(expected, chat_id=-100)]
    assert bot.library.feeding.changes == []


async def test_an_order_that_is_delivered_twice_is_obeyed_once(bot: Bench) -> None:
    for _ in range(2):
        await bot.feed(900, message=message("/sources pause 1"))
    assert bot.library.feeding.changes == [("pause", 1)]


def test_hostile_names_are_only_text() -> None:
    html = feed_list([], [replace(FINE, title="<b>&", address='https://x.example/?a="><b>')], NOON)
    assert '<a href="https://x.example/?a=&quot;&gt;&lt;b&gt;">&lt;b&gt;&amp;</a>' in html


def test_five_hundred_feeds_fit_into_one_message_as_far_as_they_do() -> None:
    feeds = [replace(FAILING, number=number, title="A long name " * 20, error="It is out of order. " * 50) for number in range(1, 501)]
    html = feed_list(SOURCES * 50, feeds, NOON, note="Paused.")
    assert markup.units(markup.visible(html)) <= markup.LIMIT
    assert "more." in html


def test_without_feeds_it_is_told_how_to_follow_one() -> None:
    assert feed_list(SOURCES, [], NOON).endswith(messages.NO_FEEDS)
