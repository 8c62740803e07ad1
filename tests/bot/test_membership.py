from pathlib import Path

import pytest

from bot import render
from bot.handlers.access import Access
from tests.bot.harness import Bench, bench
from tests.bot.objects import (
    ADA,
    GROUP,
    NOW,
    PRIVATE,
    WIRE,
    Json,
)

RIGHTS = [
    *(
        "can_be_edited",
        "can_change_info",
        "can_delete_messages",
        "can_delete_stories",
        "can_edit_stories",
        "can_invite_users",
        "can_manage_chat",
    ),
    *("can_manage_video_chats", "can_post_stories", "can_promote_members", "can_restrict_members", "is_anonymous"),
]
DETAILS: dict[str, Json] = {"kicked": {"until_date": 0}, "administrator": dict.fromkeys(RIGHTS, False)}


def membership(old: str, new: str, chat: Json = GROUP) -> Json:
    """Return the news that the bot's standing in a chat changed."""
    before, after = ({"user": WIRE, "status": status} | DETAILS.get(status, {}) for status in (old, new))
    return {"chat": chat, "from": ADA, "date": int(NOW.timestamp()), "old_chat_member": before, "new_chat_member": after}


@pytest.mark.parametrize(("new", "sees_mentions"), [("member", False), ("administrator", True)])
async def test_a_group_is_greeted_when_the_bot_comes_in(bot: Bench, new: str, sees_mentions: bool) -> None:
    [(method, parameters)] = await bot.feed(my_chat_member=membership("left", new))
    assert (method, parameters["chat_id"], parameters["text"]) == (
        "sendMessage",
        -100,
        render.hello("WireBot", sees_mentions=sees_mentions),
    )


@pytest.mark.parametrize(
    ("old", "new", "chat"),
    [
        ("member", "administrator", GROUP),
        ("member", "left", GROUP),
        ("member", "kicked", GROUP),
        ("kicked", "member", PRIVATE),
        ("left", "administrator", {"id": -5, "type": "channel", "title": "x"}),
    ],
)
async def test_other_changes_are_not_commented(bot: Bench, old: str, new: str, chat: Json) -> None:
    assert await bot.feed(my_chat_member=membership(old, new, chat)) == []


async def test_a_group_that_is_not_allowed_is_not_greeted(tmp_path: Path) -> None:
    async with bench(tmp_path, access=Access(chats=frozenset({8}))) as bot:
        assert await bot.feed(my_chat_member=membership("left", "member")) == []


async def test_the_hello_says_how_to_ask_what_it_sees_and_how_to_get_summaries_and_is_said_again_after_a_return(bot: Bench) -> None:
    hellos = [
        await bot.feed(my_chat_member=membership(old, new)) for old, new in (("left", "member"), ("member", "left"), ("left", "member"))
    ]
    assert [len(calls) for calls in hellos] == [1, 0, 1]
    [(_, parameters)] = hellos[0]
    assert [word for word in ("/ask", "/digest", "mentions of my name") if word not in parameters["text"]] == []
    assert len(parameters["text"]) < 400
